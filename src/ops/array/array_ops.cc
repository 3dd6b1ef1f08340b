#include "ops/array/array_ops.h"

namespace icecore::inline v0 {

OpTable array_ops() {
  static const OpImplementation table[] = {
      concat_op,
      concat_offset_op,
      concat_v2_op,
      deep_copy_op,
      empty_op,
      ensure_shape_op,
      expand_dims_op,
      fill_op,
      gather_nd_op,
      gather_op,
      gather_v2_op,
      ones_like_op,
      pack_op,
      rank_op,
      reshape_op,
      shape_n_op,
      shape_op,
      size_op,
      slice_op,
      split_op,
      split_v_op,
      squeeze_op,
      strided_slice_op,
      strided_slice_assign_op,
      strided_slice_grad_op,
      unpack_op,
      zeros_like_op,
  };
  return table;
}

}  // namespace icecore::inline v0
