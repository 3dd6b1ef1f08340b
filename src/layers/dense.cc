#include <icecore/array.h>
#include <icecore/math.h>
#include <icecore/nn.h>

#include "layers/layer.h"

namespace icecore::inline v0::layers {
namespace {

using Dims = std::vector<std::int64_t>;

// tf.tensordot of x's last axis with the kernel's first, of known shapes.
Output product_along_last(GraphBuilder& graph, const Output& x, const Variable& kernel) {
  const Shape shape = x.shape();
  const std::optional<std::int64_t> elements = shape.num_elements();
  if (!elements) {
    throw Error(Code::kUnimplemented,
                "a dense layer of a tensor of shape " + to_string(shape) +
                    ": of more than two dimensions all must be known; reshape it to two");
  }
  const ScopeGuard scope = graph.name_scope("Tensordot");
  const Output weights = graph.convert_to_tensor(kernel, {}, "b");
  const auto transpose = [&](const Output& tensor) {
    Dims same;
    for (int i = 0; i < tensor.shape().rank(); ++i) same.push_back(i);
    return graph.apply_op("Transpose", {Input(tensor), Input(same)}, {}, "transpose").output();
  };
  const std::int64_t depth = shape.dim(shape.rank() - 1);
  const std::int64_t units = weights.shape().dim(1);
  std::int64_t rows = 1;
  for (int i = 0; i + 1 < shape.rank(); ++i) rows *= shape.dim(i);
  const Output left = reshape(graph, transpose(x), Dims{rows, depth});
  const Output right = reshape(graph, transpose(weights), Dims{depth, units});
  Dims dims(shape.dims().begin(), shape.dims().end());
  dims.back() = units;
  return reshape(graph, matmul(graph, left, right), dims, scope.name());
}

std::int64_t last_dim(const Output& x) {
  const Shape shape = x.shape();
  if (!shape.has_rank() || shape.rank() < 2) {
    refuse_as(Misuse::kValue,
              "Input 0 of layer dense is incompatible with the layer: : expected min_ndim=2, "
              "found a tensor of shape " +
                  to_string(shape));
  }
  if (shape.dim(shape.rank() - 1) < 0) {
    refuse_as(Misuse::kValue,
              "The last dimension of the inputs to `Dense` should be defined. Found `None`.");
  }
  return shape.dim(shape.rank() - 1);
}

}  // namespace

Output dense(GraphBuilder& graph, const Output& x, std::int64_t units,
             const DenseOptions& options) {
  const std::int64_t depth = last_dim(x);
  LayerScope layer(graph, "dense", options.name, options.reuse, true);
  const Variable kernel = layer.weight(
      "kernel", Shape({depth, units}),
      {options.kernel_initializer, options.kernel_regularizer, options.trainable, x.dtype()});
  std::optional<Variable> bias;
  if (options.use_bias) {
    bias = layer.weight("bias", Shape({units}),
                        {options.bias_initializer.value_or(zeros_initializer()),
                         options.bias_regularizer, options.trainable, x.dtype()});
  }
  Output y = x.shape().rank() > 2 ? product_along_last(graph, x, kernel)
                                  : graph.apply_op("MatMul", {Input(x), Input(kernel)}).output();
  if (bias) y = bias_add(graph, y, *bias);
  return options.activation ? options.activation(graph, y) : y;
}

Output flatten(GraphBuilder& graph, const Output& x, std::string_view name) {
  const Shape shape = x.shape();
  if (!shape.has_rank() || shape.rank() < 1) {
    refuse_as(Misuse::kValue,
              "Input 0 of layer flatten is incompatible with the layer: : expected "
              "min_ndim=1, found a tensor of shape " +
                  to_string(shape));
  }
  const LayerScope layer(graph, "flatten", std::string(name), false, false);
  Output flat;
  // TensorFlow takes a dimension of 0 for one that isn't known.
  if (shape.dim(0) > 0) {
    flat = reshape(graph, x, Dims{shape.dim(0), -1});
  } else {
    const Output rows = subscript(graph, icecore::shape(graph, x), 0);
    const ScopeGuard scope = graph.name_scope("Reshape");
    const ScopeGuard list = graph.name_scope("shape");
    const Output rest = graph.constant(Tensor::scalar(std::int32_t{-1}), "1");
    const Output dims =
        graph.apply_op("Pack", {std::vector<Input>{rows, rest}}, {}, list.name()).output();
    flat = reshape(graph, x, dims, scope.name());
  }
  Dims inner(shape.dims().begin() + 1, shape.dims().end());
  const std::optional<std::int64_t> size = Shape(inner).num_elements();
  graph.set_shape(flat, Shape({shape.dim(0), size && *size > 0 ? *size : -1}));
  return flat;
}

Output dropout(GraphBuilder& graph, const Output& x, double rate, bool training,
               std::optional<std::int64_t> seed, std::string_view name) {
  const LayerScope layer(graph, "dropout", std::string(name), false, false);
  if (!training) return graph.identity(x);
  DropoutOptions options;
  options.seed = seed;
  return icecore::dropout(graph, x, rate, options);
}

}  // namespace icecore::inline v0::layers
