// Neural networks: biases, convolutions, pooling, normalisation, losses.
#pragma once

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable nn_ops();

// bias_add.cc
void bias_add_shape(ShapeContext&);
Kernel bias_add_kernel(const NodeInfo&);
void bias_add_gradient(GradientContext&);
void bias_add_v1_gradient(GradientContext&);
void bias_add_grad_shape(ShapeContext&);
Kernel bias_add_grad_kernel(const NodeInfo&);
void bias_add_grad_gradient(GradientContext&);

}  // namespace icecore::inline v0
