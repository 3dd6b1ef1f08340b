#include "ops/linalg/linalg_ops.h"

#include <array>

#include "ops/linalg/matrices.h"

namespace icecore::inline v0 {

OpTable linalg_ops() {
  static constexpr std::array kTable{
      OpImplementation{"BatchMatMul", batch_mat_mul_shape, batch_mat_mul_kernel,
                       batch_mat_mul_gradient},
      OpImplementation{"BatchMatMulV2", batch_mat_mul_v2_shape, batch_mat_mul_v2_kernel,
                       batch_mat_mul_v2_gradient},
      OpImplementation{"Cholesky", square_matrices_shape, cholesky_kernel, cholesky_gradient,
                       kMatrixTypes},
      OpImplementation{"MatMul", mat_mul_shape, mat_mul_kernel, mat_mul_gradient},
      OpImplementation{"MatrixDeterminant", matrix_determinant_shape, matrix_determinant_kernel,
                       matrix_determinant_gradient, kMatrixTypes},
      OpImplementation{"MatrixInverse", square_matrices_shape, matrix_inverse_kernel,
                       matrix_inverse_gradient, kMatrixTypes},
      OpImplementation{"MatrixSolve", matrix_solve_shape, matrix_solve_kernel,
                       matrix_solve_gradient, kMatrixTypes},
      OpImplementation{"MatrixTriangularSolve", matrix_solve_shape, matrix_triangular_solve_kernel,
                       matrix_triangular_solve_gradient, kMatrixTypes},
      OpImplementation{"Qr", qr_shape, qr_kernel, qr_gradient, kMatrixTypes},
  };
  return kTable;
}

}  // namespace icecore::inline v0
