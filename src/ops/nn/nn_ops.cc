#include "ops/nn/nn_ops.h"

#include <icecore/shape_context.h>

#include <array>

namespace icecore::inline v0 {

OpTable nn_ops() {
  static constexpr std::array kTable{
      OpImplementation{"BiasAdd", bias_add_shape, bias_add_kernel, bias_add_gradient},
      OpImplementation{"BiasAddGrad", bias_add_grad_shape, bias_add_grad_kernel,
                       bias_add_grad_gradient},
      OpImplementation{"BiasAddV1", bias_add_shape, bias_add_kernel, bias_add_v1_gradient},
      OpImplementation{"Conv2D", conv2d_shape, conv2d_kernel, conv2d_gradient},
      OpImplementation{"Conv2DBackpropFilter", conv2d_backprop_filter_shape,
                       conv2d_backprop_filter_kernel, conv2d_backprop_filter_gradient},
      OpImplementation{"Conv2DBackpropInput", conv2d_backprop_input_shape,
                       conv2d_backprop_input_kernel, conv2d_backprop_input_gradient},
      OpImplementation{"DepthwiseConv2dNative", depthwise_conv2d_shape, conv2d_kernel,
                       depthwise_conv2d_gradient},
      OpImplementation{"DepthwiseConv2dNativeBackpropFilter", conv2d_backprop_filter_shape,
                       conv2d_backprop_filter_kernel, depthwise_conv2d_backprop_filter_gradient},
      OpImplementation{"DepthwiseConv2dNativeBackpropInput", conv2d_backprop_input_shape,
                       conv2d_backprop_input_kernel, depthwise_conv2d_backprop_input_gradient},
      OpImplementation{"AvgPool", avg_pool_shape, avg_pool_kernel, avg_pool_gradient},
      OpImplementation{"AvgPoolGrad", avg_pool_grad_shape, avg_pool_grad_kernel,
                       avg_pool_grad_gradient},
      OpImplementation{"MaxPool", max_pool_shape, max_pool_kernel, max_pool_gradient},
      OpImplementation{"MaxPoolGrad", max_pool_grad_shape, max_pool_grad_kernel,
                       max_pool_grad_gradient},
      OpImplementation{"MaxPoolGradGrad", max_pool_grad_grad_shape, max_pool_grad_grad_kernel,
                       max_pool_grad_gradient},
      OpImplementation{"MaxPoolGradGradV2", max_pool_grad_grad_shape, max_pool_grad_grad_kernel},
      OpImplementation{"MaxPoolGradV2", max_pool_grad_shape, max_pool_grad_kernel,
                       max_pool_grad_gradient},
      OpImplementation{"MaxPoolV2", max_pool_shape, max_pool_kernel, max_pool_v2_gradient},
      OpImplementation{"MaxPoolGradWithArgmax",
                       max_pool_grad_shape,
                       max_pool_grad_with_argmax_kernel,
                       nullptr,
                       {DType::kFloat16, DType::kBFloat16, DType::kFloat32, DType::kFloat64}},
      OpImplementation{"MaxPoolWithArgmax", max_pool_with_argmax_shape, max_pool_with_argmax_kernel,
                       max_pool_with_argmax_gradient},
      OpImplementation{"InTopK", in_top_k_shape, in_top_k_kernel},
      OpImplementation{"InTopKV2", in_top_k_shape, in_top_k_kernel},
      OpImplementation{"L2Loss", scalar_shape, l2_loss_kernel, l2_loss_gradient},
      OpImplementation{"LRN", lrn_shape, lrn_kernel, lrn_gradient},
      OpImplementation{"LRNGrad", lrn_grad_shape, lrn_grad_kernel},
      OpImplementation{"LogSoftmax", softmax_shape, log_softmax_kernel, log_softmax_gradient},
      OpImplementation{"Softmax", softmax_shape, softmax_kernel, softmax_gradient},
      OpImplementation{"SoftmaxCrossEntropyWithLogits", cross_entropy_shape, cross_entropy_kernel,
                       cross_entropy_gradient},
      OpImplementation{"SparseSoftmaxCrossEntropyWithLogits", sparse_cross_entropy_shape,
                       sparse_cross_entropy_kernel, sparse_cross_entropy_gradient},
      OpImplementation{"TopK", top_k_shape, top_k_kernel, top_k_gradient},
      OpImplementation{"TopKV2", top_k_shape, top_k_kernel, top_k_gradient},
      OpImplementation{"BatchNormWithGlobalNormalization", global_normalization_shape,
                       global_normalization_kernel},
      OpImplementation{"FusedBatchNorm", fused_batch_norm_shape, fused_batch_norm_kernel,
                       fused_batch_norm_gradient},
      OpImplementation{"FusedBatchNormGrad", fused_batch_norm_grad_shape,
                       fused_batch_norm_grad_kernel},
      OpImplementation{"FusedBatchNormV2", fused_batch_norm_shape, fused_batch_norm_kernel,
                       fused_batch_norm_gradient},
      OpImplementation{"FusedBatchNormGradV2", fused_batch_norm_grad_shape,
                       fused_batch_norm_grad_kernel},
      OpImplementation{"FusedBatchNormV3", fused_batch_norm_shape, fused_batch_norm_kernel,
                       fused_batch_norm_gradient},
      OpImplementation{"FusedBatchNormGradV3", fused_batch_norm_grad_shape,
                       fused_batch_norm_grad_kernel},
  };
  return kTable;
}

}  // namespace icecore::inline v0
