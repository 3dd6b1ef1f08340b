// Conv2D, DepthwiseConv2dNative, and the ops of their gradients.
#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ops/array/array_functions.h"
#include "ops/in_float32.h"
#include "ops/nn/convolution.h"
#include "ops/nn/nn_ops.h"

namespace icecore::inline v0 {
namespace {

bool is_depthwise(const NodeInfo& node) {
  return node.op().starts_with("Depthwise");
}

Kernel for_type(const NodeInfo& node, Kernel kernel) {
  return is_short_float(node.type_attr("T")) ? in_float32(std::move(kernel)) : kernel;
}

Shape shape_from_sizes(const Tensor& sizes, const std::string& label) {
  if (sizes.shape().rank() != 1) {
    throw Error(Code::kInvalidArgument,
                label + " must be a vector, not " + to_string(sizes.shape()));
  }
  const std::vector<std::int64_t> dims = int_vector(sizes);
  if (std::ranges::any_of(dims, [](std::int64_t dim) { return dim < 0; })) {
    throw Error(Code::kInvalidArgument, label + " has a negative dimension");
  }
  return Shape(dims);
}

// That the gradient has the shape of what the convolution gives.
ConvolutionGeometry checked_geometry(const NodeInfo& node, const WindowAttrs& attrs,
                                     const Shape& input, const Shape& filter,
                                     const Shape& gradient) {
  const auto refuse = [&](const std::string& message) {
    throw Error(Code::kInvalidArgument, node.op() + ": " + message);
  };
  if (input.rank() != 4) refuse("input must be 4-dimensional");
  if (filter.rank() != 4) refuse("filter must be 4-dimensional");
  if (gradient.rank() != 4) refuse("out_backprop must be 4-dimensional");
  ConvolutionGeometry g = convolution_geometry(attrs, input, filter, is_depthwise(node));
  if (gradient.dim(0) != g.batch) {
    refuse("input and out_backprop must have the same batch size, not " + std::to_string(g.batch) +
           " and " + std::to_string(gradient.dim(0)));
  }
  if (gradient.dim(attrs.channel_dim()) != g.out_channels) {
    refuse("filter and out_backprop must have the same out_depth");
  }
  for (int i = 0; i < 2; ++i) {
    const Window& window = i == 0 ? g.rows : g.columns;
    const std::int64_t actual = gradient.dim(attrs.row_dim() + i);
    if (actual == window.out) continue;
    refuse("Size of out_backprop doesn't match computed: actual = " + std::to_string(actual) +
           ", computed = " + std::to_string(window.out) +
           " spatial_dim: " + std::to_string(attrs.row_dim() + i) +
           " input: " + std::to_string(window.in) + " filter: " + std::to_string(window.size) +
           " output: " + std::to_string(actual) + " stride: " + std::to_string(window.stride) +
           " dilation: " + std::to_string(window.dilation));
  }
  return g;
}

// Adds an op with the convolution's own attributes.
Output conv_node(GradientContext& c, std::string_view op, const std::vector<OpInput>& inputs) {
  AttrList attrs;
  for (const char* name : {"dilations", "strides", "padding", "explicit_paddings",
                           "use_cudnn_on_gpu", "data_format"}) {
    if (c.op().has_attr(name)) attrs.emplace_back(name, c.op().attr(name));
  }
  return c.graph().apply_op(op, inputs, attrs).output();
}

void sizes_shape(ShapeContext& c, int input) {
  c.set_output(0, with_rank(c.shape_input(input), 4));
}

}  // namespace

void conv2d_shape(ShapeContext& c) {
  const Shape input = with_rank(c.input(0), 4);
  const Shape filter = with_rank(c.input(1), 4);
  const WindowAttrs attrs = WindowAttrs::of_convolution_shape(c.node(), "Conv2D");
  const std::int64_t in = input.dim(attrs.channel_dim()), filter_in = filter.dim(2);
  if (in >= 0 && filter_in >= 0 && in != filter_in) {
    if (filter_in == 0 || in % filter_in != 0) {
      throw Error(Code::kInvalidArgument,
                  "Depth of input (" + std::to_string(in) +
                      ") is not a multiple of input depth of filter (" + std::to_string(filter_in) +
                      ")",
                  Misuse::kValue);
    }
    const std::int64_t groups = in / filter_in;
    if (groups > 0 && filter.dim(3) >= 0 && filter.dim(3) % groups != 0) {
      throw Error(Code::kInvalidArgument,
                  "Depth of output (" + std::to_string(filter.dim(3)) +
                      ") is not a multiple of the number of groups (" + std::to_string(groups) +
                      ")",
                  Misuse::kValue);
    }
  }
  const auto size = [&](int i) {
    const auto at = static_cast<std::size_t>(i);
    return windowed_size(input.dim(attrs.row_dim() + i), filter.dim(i), attrs.dilations[at],
                         attrs.strides[at], attrs.padding, attrs.before[at], attrs.after[at]);
  };
  const std::int64_t rows = size(0), columns = size(1);
  c.set_output(0, image_shape(attrs.nchw, input.dim(0), rows, columns, filter.dim(3)));
}

void depthwise_conv2d_shape(ShapeContext& c) {
  const Shape input = with_rank(c.input(0), 4);
  const Shape filter = with_rank(c.input(1), 4);
  // TensorFlow's shape function overlooks dilations; the sizes here are those that come out.
  const WindowAttrs attrs = WindowAttrs::of_convolution_shape(c.node(), "DepthwiseConv2D");
  const std::int64_t depth = merge_dims(input.dim(attrs.channel_dim()), filter.dim(2));
  std::int64_t out = -1;
  if (depth >= 0 && filter.dim(3) >= 0 && __builtin_mul_overflow(depth, filter.dim(3), &out)) {
    throw Error(Code::kInvalidArgument, "The filter has too many channels", Misuse::kValue);
  }
  const auto size = [&](int i) {
    const auto at = static_cast<std::size_t>(i);
    return windowed_size(input.dim(attrs.row_dim() + i), filter.dim(i), attrs.dilations[at],
                         attrs.strides[at], attrs.padding);
  };
  const std::int64_t rows = size(0), columns = size(1);
  c.set_output(0, image_shape(attrs.nchw, input.dim(0), rows, columns, out));
}

void conv2d_backprop_input_shape(ShapeContext& c) {
  sizes_shape(c, 0);
}

void conv2d_backprop_filter_shape(ShapeContext& c) {
  sizes_shape(c, 1);
}

Kernel conv2d_kernel(const NodeInfo& node) {
  return for_type(node, [attrs = WindowAttrs::of_convolution(node),
                         convolution = std::make_shared<Convolution>()](KernelContext& context) {
    const Tensor& input = context.input(0);
    const Tensor& filter = context.input(1);
    const ConvolutionGeometry geometry =
        convolution_geometry(attrs, input.shape(), filter.shape(), is_depthwise(context.node()));
    context.set_output(0, convolution->forward(context, geometry, input, filter));
  });
}

Kernel conv2d_backprop_input_kernel(const NodeInfo& node) {
  return for_type(node, [attrs = WindowAttrs::of_convolution(node),
                         convolution = std::make_shared<Convolution>()](KernelContext& context) {
    const Shape input = shape_from_sizes(context.input(0), context.node().op() + ": input_sizes");
    const Tensor& filter = context.input(1);
    const Tensor& gradient = context.input(2);
    const ConvolutionGeometry geometry =
        checked_geometry(context.node(), attrs, input, filter.shape(), gradient.shape());
    context.set_output(0, convolution->backward_input(context, geometry, filter, gradient));
  });
}

Kernel conv2d_backprop_filter_kernel(const NodeInfo& node) {
  return for_type(node, [attrs = WindowAttrs::of_convolution(node),
                         convolution = std::make_shared<Convolution>()](KernelContext& context) {
    const Tensor& input = context.input(0);
    const Shape filter = shape_from_sizes(context.input(1), context.node().op() + ": filter_sizes");
    const Tensor& gradient = context.input(2);
    const ConvolutionGeometry geometry =
        checked_geometry(context.node(), attrs, input.shape(), filter, gradient.shape());
    context.set_output(0, convolution->backward_filter(context, geometry, input, gradient));
  });
}

void conv2d_gradient(GradientContext& c) {
  const Operation shapes =
      c.graph().apply_op("ShapeN", {std::vector<Input>{c.input(0), c.input(1)}});
  const Output gradient = c.gradient();
  c.set(0, conv_node(c, "Conv2DBackpropInput", {shapes.output(0), c.input(1), gradient}));
  c.set(1, conv_node(c, "Conv2DBackpropFilter", {c.input(0), shapes.output(1), gradient}));
}

void conv2d_backprop_input_gradient(GradientContext& c) {
  const Output gradient = c.gradient();
  const Output filter_shape = icecore::shape(c.graph(), c.input(1));
  c.set(1, conv_node(c, "Conv2DBackpropFilter", {gradient, filter_shape, c.input(2)}));
  c.set(2, conv_node(c, "Conv2D", {gradient, c.input(1)}));
}

void conv2d_backprop_filter_gradient(GradientContext& c) {
  const Output gradient = c.gradient();
  const Output input_shape = icecore::shape(c.graph(), c.input(0));
  c.set(0, conv_node(c, "Conv2DBackpropInput", {input_shape, gradient, c.input(2)}));
  c.set(2, conv_node(c, "Conv2D", {c.input(0), gradient}));
}

void depthwise_conv2d_gradient(GradientContext& c) {
  const Output gradient = c.gradient();
  const Output input_shape = icecore::shape(c.graph(), c.input(0));
  c.set(0, conv_node(c, "DepthwiseConv2dNativeBackpropInput", {input_shape, c.input(1), gradient}));
  const Output filter_shape = icecore::shape(c.graph(), c.input(1));
  c.set(1,
        conv_node(c, "DepthwiseConv2dNativeBackpropFilter", {c.input(0), filter_shape, gradient}));
}

void depthwise_conv2d_backprop_input_gradient(GradientContext& c) {
  const Output gradient = c.gradient();
  const Output filter_shape = icecore::shape(c.graph(), c.input(1));
  c.set(1,
        conv_node(c, "DepthwiseConv2dNativeBackpropFilter", {gradient, filter_shape, c.input(2)}));
  c.set(2, conv_node(c, "DepthwiseConv2dNative", {gradient, c.input(1)}));
}

void depthwise_conv2d_backprop_filter_gradient(GradientContext& c) {
  const Output gradient = c.gradient();
  const Output input_shape = icecore::shape(c.graph(), c.input(0));
  c.set(0, conv_node(c, "DepthwiseConv2dNativeBackpropInput", {input_shape, gradient, c.input(2)}));
  c.set(2, conv_node(c, "DepthwiseConv2dNative", {c.input(0), gradient}));
}

}  // namespace icecore::inline v0
