#include "ops/math/math_functions.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "graph/builder_data.h"
#include "ops/array/array_functions.h"

namespace icecore::inline v0 {
namespace {

using Dims = std::vector<std::int64_t>;

Tensor int32s(const Dims& values) {
  Tensor tensor(DType::kInt32, Shape{static_cast<std::int64_t>(values.size())});
  std::ranges::transform(values, tensor.mutable_values<std::int32_t>().begin(),
                         [](std::int64_t value) { return static_cast<std::int32_t>(value); });
  return tensor;
}

// The pairs of shapes that a graph has met (Graph._bcast_grad_args_cache).
struct MetPairs {
  std::map<std::pair<Dims, Dims>, bool> pairs;
};

// Over which dimensions the gradient of an operand of shape `x` is summed.
Dims axes_of(const Dims& x, const Dims& y) {
  Dims axes;
  if (x == y) return axes;
  const std::size_t rank = std::max(x.size(), y.size());
  for (std::size_t i = 0; i < rank; ++i) {
    const std::size_t missing = rank - x.size();
    if (i < missing || x[i - missing] == 1) axes.push_back(static_cast<std::int64_t>(i));
  }
  return axes;
}

Dims dims_of(const Shape& shape) {
  return {shape.dims().begin(), shape.dims().end()};
}

bool is_known(const Shape& shape) {
  return shape.has_rank() && shape.is_fully_defined();
}

}  // namespace

Output MathNodes::call(std::string_view op, const Input& x) const {
  return graph_.apply_op(op, {x}).output();
}

Output MathNodes::call(std::string_view op, const Input& x, const Input& y,
                       std::string_view name) const {
  return graph_.apply_op(op, {x, y}, {}, name).output();
}

Output MathNodes::conj(const Output& x) const {
  return icecore::conj(graph_, x);
}

Output MathNodes::where(const Output& condition, const Output& x, const Output& y) const {
  return graph_.apply_op("Select", {condition, x, y}).output();
}

Output MathNodes::constant(double value, DType dtype) const {
  return graph_.convert_to_tensor(Input(value), dtype);
}

Output MathNodes::ones_like(const Output& x) const {
  return icecore::ones_like(graph_, x);
}

std::pair<SpreadBack, SpreadBack> spread_back(GraphBuilder& graph, const Output& x,
                                              const Output& y) {
  const Output x_shape = icecore::shape(graph, x), y_shape = icecore::shape(graph, y);
  const Operation axes = graph.apply_op("BroadcastGradientArgs", {x_shape, y_shape});
  return {{x_shape, axes.output(0)}, {y_shape, axes.output(1)}};
}

std::pair<SpreadBack, SpreadBack> smart_spread_back(GraphBuilder& graph, const Output& x,
                                                    const Output& y, const Output& gradient) {
  const Shape x_shape = x.shape(), y_shape = y.shape();
  if (!is_known(x_shape) || !is_known(y_shape)) {
    const Output sx = add_node(graph, "Shape", {x}, {{"out_type", DType::kInt32}});
    const Output sy = add_node(graph, "Shape", {y}, {{"out_type", DType::kInt32}});
    const Operation axes = graph.apply_op("BroadcastGradientArgs", {sx, sy});
    return {{sx, axes.output(0)}, {sy, axes.output(1)}};
  }
  const Dims x_dims = dims_of(x_shape), y_dims = dims_of(y_shape);
  bool& met = graph.data().extra<MetPairs>().pairs[{x_dims, y_dims}];
  if (!met) {
    graph.apply_op("BroadcastGradientArgs", {Input(int32s(x_dims)), Input(int32s(y_dims))});
    met = true;
  }
  return {{int32s(x_dims), int32s(axes_of(x_dims, y_dims)), x_shape != gradient.shape()},
          {int32s(y_dims), int32s(axes_of(y_dims, x_dims)), y_shape != gradient.shape()}};
}

Output spread_back(GraphBuilder& graph, const Output& gradient, const SpreadBack& how) {
  if (!how.needed) return gradient;
  return reshape(graph, reduce_sum(graph, gradient, {.axis = how.axes}), how.shape);
}

bool known_and_equal_shapes(const Output& x, const Output& y, const Output& gradient) {
  return is_known(x.shape()) && x.shape() == y.shape() && x.shape() == gradient.shape();
}

ScopeGuard after(const Output& gradient) {
  return gradient.op().graph().control_dependencies({gradient.op()});
}

}  // namespace icecore::inline v0
