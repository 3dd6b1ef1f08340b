// Matrix products and decompositions.
#pragma once

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable linalg_ops();

// mat_mul.cc
void mat_mul_shape(ShapeContext&);
Kernel mat_mul_kernel(const NodeInfo&);
void mat_mul_gradient(GradientContext&);

// batch_mat_mul.cc
void batch_mat_mul_shape(ShapeContext&);
void batch_mat_mul_v2_shape(ShapeContext&);
Kernel batch_mat_mul_kernel(const NodeInfo&);
Kernel batch_mat_mul_v2_kernel(const NodeInfo&);
void batch_mat_mul_gradient(GradientContext&);
void batch_mat_mul_v2_gradient(GradientContext&);

// lu.cc, qr.cc, cholesky.cc; shape functions are in matrices.h.
Kernel matrix_inverse_kernel(const NodeInfo&);
Kernel matrix_determinant_kernel(const NodeInfo&);
Kernel matrix_solve_kernel(const NodeInfo&);
Kernel qr_kernel(const NodeInfo&);
Kernel cholesky_kernel(const NodeInfo&);
Kernel matrix_triangular_solve_kernel(const NodeInfo&);

// decomposition_gradients.cc
void matrix_inverse_gradient(GradientContext&);
void matrix_determinant_gradient(GradientContext&);
void matrix_solve_gradient(GradientContext&);
void qr_gradient(GradientContext&);
void cholesky_gradient(GradientContext&);
void matrix_triangular_solve_gradient(GradientContext&);

}  // namespace icecore::inline v0
