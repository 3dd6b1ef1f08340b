#include "ops/nn/nn_ops.h"

#include <icecore/kernel.h>

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
  };
  return kTable;
}

}  // namespace icecore::inline v0
