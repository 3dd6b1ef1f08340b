// MaxPool and AvgPool, of both versions, and the ops of their gradients.
#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ops/array/array_functions.h"
#include "ops/in_float32.h"
#include "ops/nn/nn_ops.h"
#include "ops/nn/pooling_loops.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse(const std::string& message, Code code = Code::kInvalidArgument) {
  throw Error(code, message);
}

// What the node says of its windows; of the second versions the inputs say it.
struct Attrs {
  bool nchw = false;
  Padding padding = Padding::kValid;
  std::vector<std::int64_t> ksize, strides;

  std::size_t channel_dim() const { return nchw ? 1 : 3; }
  std::size_t row_dim() const { return nchw ? 2 : 1; }
  std::int64_t channel_window() const { return ksize[channel_dim()]; }
};

Attrs attrs_of(const NodeInfo& node) {
  Attrs attrs;
  attrs.nchw = is_nchw(node);
  attrs.padding = padding_of(node);
  if (node.has_attr("ksize")) {
    attrs.ksize = node.ints_attr("ksize");
    attrs.strides = node.ints_attr("strides");
  }
  return attrs;
}

void check_attrs(const Attrs& attrs) {
  if (attrs.ksize.size() != 4) refuse("Sliding window ksize field must specify 4 dimensions");
  if (attrs.strides.size() != 4) refuse("Sliding window strides field must specify 4 dimensions");
  if (attrs.ksize[0] != 1 || attrs.strides[0] != 1) {
    refuse("Pooling is not yet supported on the batch dimension.", Code::kUnimplemented);
  }
  for (std::size_t i = 0; i < 4; ++i) {
    if (attrs.ksize[i] <= 0) refuse("Sliding window ksize must be positive");
    if (attrs.strides[i] <= 0) refuse("Sliding window strides must be positive");
  }
}

Attrs attrs_of(const KernelContext& context, const Attrs& of_node) {
  Attrs attrs = of_node;
  if (attrs.ksize.empty() && context.num_inputs() >= 3) {
    attrs.ksize = int_vector(context.input(context.num_inputs() - 2));
    attrs.strides = int_vector(context.input(context.num_inputs() - 1));
  }
  check_attrs(attrs);
  return attrs;
}

void check_rank(const Tensor& tensor, const char* name) {
  if (tensor.shape().rank() != 4) {
    refuse(std::string(name) + " must be 4-dimensional, not " + to_string(tensor.shape()));
  }
}

PoolingGeometry geometry_of(const Attrs& attrs, const Shape& input) {
  WindowAttrs windows;
  windows.nchw = attrs.nchw;
  windows.padding = attrs.padding;
  const std::size_t row = attrs.row_dim();
  windows.strides = {attrs.strides[row], attrs.strides[row + 1]};
  PoolingGeometry g;
  g.batch = input.dim(0);
  g.channels = input.dim(static_cast<int>(attrs.channel_dim()));
  g.rows = make_window(windows, 0, input.dim(static_cast<int>(row)), attrs.ksize[row]);
  g.columns = make_window(windows, 1, input.dim(static_cast<int>(row) + 1), attrs.ksize[row + 1]);
  return g;
}

Tensor last(const KernelContext& context, const Attrs& attrs, const Tensor& images) {
  return attrs.nchw ? channels_last(context, images) : images;
}

void set_images(KernelContext& context, const Attrs& attrs, Tensor images) {
  context.set_output(0, attrs.nchw ? channels_first(context, images) : std::move(images));
}

void refuse_channels(const Attrs& attrs, const char* what) {
  if (attrs.channel_window() != 1 || attrs.strides[attrs.channel_dim()] != 1) {
    refuse(std::string(what) + " is not yet supported on the depth dimension.",
           Code::kUnimplemented);
  }
}

void pool_channels(KernelContext& context, const Attrs& attrs, const Tensor& input) {
  const std::size_t row = attrs.row_dim();
  if (attrs.ksize[row] != 1 || attrs.ksize[row + 1] != 1) {
    refuse(
        "MaxPooling supports exactly one of pooling across depth or pooling across width/height.",
        Code::kUnimplemented);
  }
  const std::int64_t window = attrs.channel_window();
  std::vector<std::int64_t> dims(input.shape().dims().begin(), input.shape().dims().end());
  if (dims[3] % window != 0) {
    refuse("Depthwise max pooling requires the depth window to evenly divide the input depth",
           Code::kUnimplemented);
  }
  if (attrs.strides[attrs.channel_dim()] != window) {
    refuse("Depthwise max pooling requires the depth window to equal the depth stride",
           Code::kUnimplemented);
  }
  dims[3] /= window;
  Tensor output = context.allocate(input.dtype(), Shape(dims));
  max_pool_channels(context, window, input, output);
  set_images(context, attrs, std::move(output));
}

Kernel for_type(const NodeInfo& node, Kernel kernel) {
  return is_short_float(node.type_attr("T")) ? in_float32(std::move(kernel)) : kernel;
}

// That the tensors of a gradient have the sizes of the pooling.
PoolingGeometry gradient_geometry(const Attrs& attrs, const Shape& input, const Tensor& output) {
  const PoolingGeometry g = geometry_of(attrs, input);
  const Shape expected = image_shape(attrs.nchw, g.batch, g.rows.out, g.columns.out, g.channels);
  if (output.shape() != expected) {
    refuse("Expected the gradient of a pooling to have shape " + to_string(expected) + ", not " +
           to_string(output.shape()));
  }
  return g;
}

void pooled_shape(ShapeContext& c, const char* op, const std::vector<std::int64_t>& ksize,
                  const std::vector<std::int64_t>& strides, bool pools_channels) {
  const Shape input = with_rank(c.input(0), 4);
  const auto check = [&](const std::vector<std::int64_t>& values, const char* what) {
    if (values.size() == 4) return;
    throw Error(Code::kInvalidArgument,
                std::string(op) + " requires the " + what +
                    " attribute to contain 4 values, but got: " + std::to_string(values.size()),
                Misuse::kValue);
  };
  check(strides, "stride");
  check(ksize, "ksize");
  const bool nchw = is_nchw(c.node());
  const Padding padding = padding_of(c.node());
  const int row = nchw ? 2 : 1, channel = nchw ? 1 : 3;
  const auto size = [&](int i) {
    const auto at = static_cast<std::size_t>(i);
    return windowed_size(input.dim(i), ksize[at], 1, strides[at], padding);
  };
  const std::int64_t rows = size(row), columns = size(row + 1);
  const std::int64_t channels = pools_channels ? size(channel) : input.dim(channel);
  c.set_output(0, image_shape(nchw, input.dim(0), rows, columns, channels));
}

Output pool_node(GradientContext& c, std::string_view op, const std::vector<OpInput>& inputs) {
  AttrList attrs;
  for (const char* name :
       {"ksize", "strides", "padding", "data_format", "include_batch_in_index"}) {
    if (c.op().has_attr(name)) attrs.emplace_back(name, c.op().attr(name));
  }
  return c.graph().apply_op(op, inputs, attrs).output();
}

}  // namespace

void max_pool_shape(ShapeContext& c) {
  if (c.node().has_attr("ksize")) {
    pooled_shape(c, "MaxPool", c.node().ints_attr("ksize"), c.node().ints_attr("strides"), true);
    return;
  }
  const int n = c.num_inputs();
  with_rank(c.input(0), 4);
  merge_dims(with_rank(c.input(n - 2), 1).dim(0), 4);
  merge_dims(with_rank(c.input(n - 1), 1).dim(0), 4);
  const auto ksize = c.constant_ints(n - 2), strides = c.constant_ints(n - 1);
  if (ksize && strides) pooled_shape(c, "MaxPool", *ksize, *strides, true);
}

void max_pool_with_argmax_shape(ShapeContext& c) {
  max_pool_shape(c);
  c.set_output(1, c.outputs()[0]);
}

void avg_pool_shape(ShapeContext& c) {
  pooled_shape(c, "AvgPool", c.node().ints_attr("ksize"), c.node().ints_attr("strides"), false);
}

void max_pool_grad_shape(ShapeContext& c) {
  c.set_output(0, with_rank(c.input(0), 4));
}

void max_pool_grad_grad_shape(ShapeContext& c) {
  max_pool_shape(c);
  merge_shapes(c.input(0), c.input(2));
  merge_shapes(c.input(1), c.outputs()[0]);
}

void avg_pool_grad_shape(ShapeContext& c) {
  c.set_output(0, with_rank(c.shape_input(0), 4));
}

Kernel max_pool_kernel(const NodeInfo& node) {
  return for_type(node, [of_node = attrs_of(node)](KernelContext& context) {
    const Attrs attrs = attrs_of(context, of_node);
    check_rank(context.input(0), "tensor_in");
    const Tensor input = last(context, attrs, context.input(0));
    if (attrs.channel_window() != 1) return pool_channels(context, attrs, input);
    const PoolingGeometry g = geometry_of(attrs, context.input(0).shape());
    Tensor output = context.allocate(input.dtype(), g.output_shape());
    if (output.num_elements() > 0) max_pool(context, g, input, output);
    set_images(context, attrs, std::move(output));
  });
}

Kernel max_pool_with_argmax_kernel(const NodeInfo& node) {
  const bool count_batch = node.bool_attr("include_batch_in_index");
  const DType where_type = node.type_attr("Targmax");
  return for_type(node,
                  [of_node = attrs_of(node), count_batch, where_type](KernelContext& context) {
                    const Attrs attrs = attrs_of(context, of_node);
                    const Tensor& input = context.input(0);
                    check_rank(input, "tensor_in");
                    refuse_channels(attrs, "MaxPoolWithArgmax");
                    const PoolingGeometry g = geometry_of(attrs, input.shape());
                    Tensor output = context.allocate(input.dtype(), g.output_shape());
                    Tensor where = context.allocate(where_type, g.output_shape());
                    if (output.num_elements() > 0) {
                      max_pool_with_argmax(context, g, count_batch, input, output, where);
                    }
                    context.set_output(0, std::move(output));
                    context.set_output(1, std::move(where));
                  });
}

Kernel max_pool_grad_kernel(const NodeInfo& node) {
  return for_type(node, [of_node = attrs_of(node)](KernelContext& context) {
    const Attrs attrs = attrs_of(context, of_node);
    check_rank(context.input(0), "tensor_in");
    check_rank(context.input(1), "tensor_out");
    check_rank(context.input(2), "out_backprop");
    refuse_channels(attrs, "MaxPoolingGrad");
    const PoolingGeometry g = gradient_geometry(attrs, context.input(0).shape(), context.input(2));
    const Tensor input = last(context, attrs, context.input(0));
    const Tensor gradient = last(context, attrs, context.input(2));
    Tensor result = context.allocate(input.dtype(), g.input_shape());
    max_pool_gradient(context, g, input, gradient, result);
    set_images(context, attrs, std::move(result));
  });
}

Kernel max_pool_grad_grad_kernel(const NodeInfo& node) {
  return for_type(node, [of_node = attrs_of(node)](KernelContext& context) {
    const Attrs attrs = attrs_of(context, of_node);
    check_rank(context.input(0), "tensor_in");
    check_rank(context.input(1), "tensor_out");
    check_rank(context.input(2), "out_grad_backprop");
    refuse_channels(attrs, "MaxPoolingGradGrad");
    const PoolingGeometry g = gradient_geometry(attrs, context.input(0).shape(), context.input(1));
    if (context.input(2).shape() != context.input(0).shape()) {
      refuse("The gradient must have the shape of the input");
    }
    const Tensor input = last(context, attrs, context.input(0));
    const Tensor output = last(context, attrs, context.input(1));
    const Tensor gradient = last(context, attrs, context.input(2));
    Tensor result = context.allocate(input.dtype(), g.output_shape());
    if (result.num_elements() > 0) max_pool_pick(context, g, input, output, gradient, result);
    set_images(context, attrs, std::move(result));
  });
}

Kernel avg_pool_kernel(const NodeInfo& node) {
  return for_type(node, [of_node = attrs_of(node)](KernelContext& context) {
    const Attrs attrs = attrs_of(context, of_node);
    check_rank(context.input(0), "tensor_in");
    refuse_channels(attrs, "Pooling");
    const PoolingGeometry g = geometry_of(attrs, context.input(0).shape());
    const Tensor input = last(context, attrs, context.input(0));
    Tensor output = context.allocate(input.dtype(), g.output_shape());
    if (output.num_elements() > 0) average_pool(context, g, input, output);
    set_images(context, attrs, std::move(output));
  });
}

Kernel avg_pool_grad_kernel(const NodeInfo& node) {
  return for_type(node, [of_node = attrs_of(node)](KernelContext& context) {
    const Attrs attrs = attrs_of(context, of_node);
    const Tensor& sizes = context.input(0);
    if (sizes.shape().rank() != 1 || sizes.num_elements() != 4) {
      refuse("out_backprop must be 4-dimensional");
    }
    check_rank(context.input(1), "out_backprop");
    refuse_channels(attrs, "Pooling");
    const std::vector<std::int64_t> dims = int_vector(sizes);
    if (std::ranges::any_of(dims, [](std::int64_t dim) { return dim < 0; })) {
      refuse("orig_input_shape has a negative dimension");
    }
    const PoolingGeometry g = gradient_geometry(attrs, Shape(dims), context.input(1));
    const Tensor gradient = last(context, attrs, context.input(1));
    Tensor result = context.allocate(gradient.dtype(), g.input_shape());
    average_pool_gradient(context, g, gradient, result);
    set_images(context, attrs, std::move(result));
  });
}

void max_pool_gradient(GradientContext& c) {
  c.set(0, pool_node(c, "MaxPoolGrad", {c.input(0), c.output(0), c.gradient()}));
}

void max_pool_v2_gradient(GradientContext& c) {
  c.set(0, pool_node(c, "MaxPoolGradV2",
                     {c.input(0), c.output(0), c.gradient(), c.input(1), c.input(2)}));
}

void max_pool_with_argmax_gradient(GradientContext& c) {
  c.set(0, pool_node(c, "MaxPoolGradWithArgmax", {c.input(0), c.gradient(), c.output(1)}));
}

void max_pool_grad_gradient(GradientContext& c) {
  const bool v2 = c.op().num_inputs() == 5;
  const bool back = c.op().type().starts_with("MaxPoolGradGrad");
  c.set(0, zeros(c.graph(), icecore::shape(c.graph(), c.input(0)), c.input(0).dtype()));
  c.set(1, zeros(c.graph(), icecore::shape(c.graph(), c.input(1)), c.input(1).dtype()));
  std::vector<OpInput> inputs{c.input(0), c.input(1), c.gradient()};
  if (v2) {
    inputs.emplace_back(c.input(3));
    inputs.emplace_back(c.input(4));
  }
  const std::string op = std::string(back ? "MaxPoolGrad" : "MaxPoolGradGrad") + (v2 ? "V2" : "");
  c.set(2, pool_node(c, op, inputs));
}

void avg_pool_gradient(GradientContext& c) {
  const Output shape = icecore::shape(c.graph(), c.input(0));
  c.set(0, pool_node(c, "AvgPoolGrad", {shape, c.gradient()}));
}

void avg_pool_grad_gradient(GradientContext& c) {
  c.set(0, c.graph().apply_op("StopGradient", {c.input(0)}).output());
  c.set(1, pool_node(c, "AvgPool", {c.gradient()}));
}

}  // namespace icecore::inline v0
