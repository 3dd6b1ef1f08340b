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

// conv2d.cc
void conv2d_shape(ShapeContext&);
void depthwise_conv2d_shape(ShapeContext&);
void conv2d_backprop_input_shape(ShapeContext&);
void conv2d_backprop_filter_shape(ShapeContext&);
Kernel conv2d_kernel(const NodeInfo&);  // These go by the op's name.
Kernel conv2d_backprop_input_kernel(const NodeInfo&);
Kernel conv2d_backprop_filter_kernel(const NodeInfo&);
void conv2d_gradient(GradientContext&);
void conv2d_backprop_input_gradient(GradientContext&);
void conv2d_backprop_filter_gradient(GradientContext&);
void depthwise_conv2d_gradient(GradientContext&);
void depthwise_conv2d_backprop_input_gradient(GradientContext&);
void depthwise_conv2d_backprop_filter_gradient(GradientContext&);

// pooling.cc
void max_pool_shape(ShapeContext&);
void max_pool_with_argmax_shape(ShapeContext&);
void max_pool_grad_shape(ShapeContext&);
void max_pool_grad_grad_shape(ShapeContext&);
void avg_pool_shape(ShapeContext&);
void avg_pool_grad_shape(ShapeContext&);
Kernel max_pool_kernel(const NodeInfo&);
Kernel max_pool_with_argmax_kernel(const NodeInfo&);
Kernel max_pool_grad_kernel(const NodeInfo&);
Kernel max_pool_grad_with_argmax_kernel(const NodeInfo&);
Kernel max_pool_grad_grad_kernel(const NodeInfo&);
Kernel avg_pool_kernel(const NodeInfo&);
Kernel avg_pool_grad_kernel(const NodeInfo&);
void max_pool_gradient(GradientContext&);
void max_pool_v2_gradient(GradientContext&);
void max_pool_with_argmax_gradient(GradientContext&);
void max_pool_grad_gradient(GradientContext&);  // Goes by the op's name.
void avg_pool_gradient(GradientContext&);
void avg_pool_grad_gradient(GradientContext&);

// softmax.cc
void softmax_shape(ShapeContext&);
Kernel softmax_kernel(const NodeInfo&);
Kernel log_softmax_kernel(const NodeInfo&);
void softmax_gradient(GradientContext&);
void log_softmax_gradient(GradientContext&);
void cross_entropy_shape(ShapeContext&);
Kernel cross_entropy_kernel(const NodeInfo&);
void cross_entropy_gradient(GradientContext&);
void sparse_cross_entropy_shape(ShapeContext&);
Kernel sparse_cross_entropy_kernel(const NodeInfo&);
void sparse_cross_entropy_gradient(GradientContext&);

// l2_loss.cc
Kernel l2_loss_kernel(const NodeInfo&);
void l2_loss_gradient(GradientContext&);

// top_k.cc
void top_k_shape(ShapeContext&);
Kernel top_k_kernel(const NodeInfo&);
void top_k_gradient(GradientContext&);
void in_top_k_shape(ShapeContext&);
Kernel in_top_k_kernel(const NodeInfo&);

// lrn.cc
void lrn_shape(ShapeContext&);
void lrn_grad_shape(ShapeContext&);
Kernel lrn_kernel(const NodeInfo&);
Kernel lrn_grad_kernel(const NodeInfo&);
void lrn_gradient(GradientContext&);

// fused_batch_norm.cc
void fused_batch_norm_shape(ShapeContext&);
void fused_batch_norm_grad_shape(ShapeContext&);
Kernel fused_batch_norm_kernel(const NodeInfo&);
Kernel fused_batch_norm_grad_kernel(const NodeInfo&);
void fused_batch_norm_gradient(GradientContext&);  // Goes by the op's name.
void global_normalization_shape(ShapeContext&);
Kernel global_normalization_kernel(const NodeInfo&);

}  // namespace icecore::inline v0
