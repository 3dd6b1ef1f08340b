#include "ops/random/random_ops.h"

namespace icecore::inline v0 {

OpTable random_ops() {
  static const OpImplementation table[] = {
      accidental_hits_op,
      log_uniform_candidate_sampler_op,
      multinomial_op,
      random_shuffle_op,
      random_standard_normal_op,
      random_uniform_int_op,
      random_uniform_op,
      stateless_multinomial_op,
      stateless_random_normal_op,
      stateless_random_uniform_int_op,
      stateless_random_uniform_op,
      stateless_truncated_normal_op,
      truncated_normal_op,
      uniform_candidate_sampler_op,
  };
  return table;
}

}  // namespace icecore::inline v0
