// Sparse tensors: indices of elements, their values, and a dense shape.
#pragma once

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable sparse_ops();

// fill_empty_rows.cc
void sparse_fill_empty_rows_shape(ShapeContext&);
void sparse_fill_empty_rows_grad_shape(ShapeContext&);
Kernel sparse_fill_empty_rows_kernel(const NodeInfo&);
Kernel sparse_fill_empty_rows_grad_kernel(const NodeInfo&);
void sparse_fill_empty_rows_gradient(GradientContext&);

// sparse_reshape.cc
void sparse_reshape_shape(ShapeContext&);
Kernel sparse_reshape_kernel(const NodeInfo&);

}  // namespace icecore::inline v0
