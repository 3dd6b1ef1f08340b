// Ops on quantized numbers: integers that stand for floats of a range, which goes along as two
// scalars.
#pragma once

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable quantized_ops();

// fake_quant.cc
void fake_quant_shape(ShapeContext&);
void fake_quant_per_channel_shape(ShapeContext&);
void fake_quant_gradient_shape(ShapeContext&);
void fake_quant_vars_gradient_shape(ShapeContext&);
void fake_quant_per_channel_gradient_shape(ShapeContext&);
Kernel fake_quant_args_kernel(const NodeInfo&);
Kernel fake_quant_args_gradient_kernel(const NodeInfo&);
Kernel fake_quant_vars_kernel(const NodeInfo&);
Kernel fake_quant_vars_gradient_kernel(const NodeInfo&);
void fake_quant_args_gradient(GradientContext&);
void fake_quant_vars_gradient(GradientContext&);  // Also per channel: goes by the op's name.

// quantize.cc
void quantize_shape(ShapeContext&);
void dequantize_shape(ShapeContext&);
Kernel quantize_kernel(const NodeInfo&);
Kernel dequantize_kernel(const NodeInfo&);

// requantize.cc
void requantize_shape(ShapeContext&);
void requantization_range_shape(ShapeContext&);
Kernel requantize_kernel(const NodeInfo&);
Kernel requantization_range_kernel(const NodeInfo&);
Kernel quantize_down_kernel(const NodeInfo&);

// quantized_products.cc
void quantized_mat_mul_shape(ShapeContext&);
void quantized_conv2d_shape(ShapeContext&);
Kernel quantized_mat_mul_kernel(const NodeInfo&);
Kernel quantized_conv2d_kernel(const NodeInfo&);

// quantized_layers.cc
void quantized_bias_add_shape(ShapeContext&);
void quantized_max_pool_shape(ShapeContext&);
void quantized_avg_pool_shape(ShapeContext&);
void quantized_reshape_shape(ShapeContext&);
Kernel quantized_bias_add_kernel(const NodeInfo&);
Kernel quantized_max_pool_kernel(const NodeInfo&);
Kernel quantized_avg_pool_kernel(const NodeInfo&);
Kernel quantized_relu_kernel(const NodeInfo&);
Kernel quantized_relu6_kernel(const NodeInfo&);
Kernel quantized_reshape_kernel(const NodeInfo&);

}  // namespace icecore::inline v0
