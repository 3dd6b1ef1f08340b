#include "ops/linalg/linalg_ops.h"

#include <array>

namespace icecore::inline v0 {

OpTable linalg_ops() {
  static constexpr std::array kTable{
      OpImplementation{"BatchMatMul", batch_mat_mul_shape, batch_mat_mul_kernel,
                       batch_mat_mul_gradient},
      OpImplementation{"BatchMatMulV2", batch_mat_mul_v2_shape, batch_mat_mul_v2_kernel,
                       batch_mat_mul_v2_gradient},
      OpImplementation{"MatMul", mat_mul_shape, mat_mul_kernel, mat_mul_gradient},
  };
  return kTable;
}

}  // namespace icecore::inline v0
