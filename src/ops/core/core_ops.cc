#include "ops/core/core_ops.h"

namespace icecore::inline v0 {

OpTable core_ops() {
  static const OpImplementation table[] = {
      assert_op,
      check_numerics_op,
      const_op,

      eager_py_func_op,
      identity_n_op,
      identity_op,
      placeholder_op,
      placeholder_v2_op,
      placeholder_with_default_op,
      prevent_gradient_op,
      print_op,
      print_v2_op,
      py_func_op,
      py_func_stateless_op,
      ref_identity_op,
      snapshot_op,
      stop_gradient_op,
  };
  return table;
}

}  // namespace icecore::inline v0
