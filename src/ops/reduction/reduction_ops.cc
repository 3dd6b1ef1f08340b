#include "ops/reduction/reduction_ops.h"

namespace icecore::inline v0 {

OpTable reduction_ops() {
  static const OpImplementation table[] = {
      all_op,
      any_op,
      arg_max_op,
      arg_min_op,
      cumprod_op,
      cumsum_op,
      euclidean_norm_op,
      max_op,
      mean_op,
      min_op,
      prod_op,
      segment_max_op,
      segment_mean_op,
      segment_min_op,
      segment_prod_op,
      segment_sum_op,
      sparse_segment_mean_grad_op,
      sparse_segment_mean_op,
      sparse_segment_mean_with_num_segments_op,
      sparse_segment_sqrt_n_grad_op,
      sparse_segment_sqrt_n_op,
      sparse_segment_sqrt_n_with_num_segments_op,
      sparse_segment_sum_op,
      sparse_segment_sum_with_num_segments_op,
      sum_op,
      unsorted_segment_max_op,
      unsorted_segment_min_op,
      unsorted_segment_prod_op,
      unsorted_segment_sum_op,
  };
  return table;
}

}  // namespace icecore::inline v0
