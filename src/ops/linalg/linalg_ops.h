// Matrix products.
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

}  // namespace icecore::inline v0
