#include "ops/reduction/reduction_functions.h"

#include <map>
#include <vector>

#include "graph/builder_data.h"
#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"

namespace icecore::inline v0 {
namespace {

using Ints = std::vector<std::int64_t>;

// A graph remembers what it worked out once, since working it out makes nodes.
struct ReducedShapes {
  struct Known {
    Ints kept_dims, tile_scaling;
  };
  std::map<std::pair<Ints, Ints>, Known> known;
};

Input int32_vector(const Ints& values) {
  const std::vector<std::int32_t> ints(values.begin(), values.end());
  return Tensor::of<std::int32_t>(Shape{static_cast<std::int64_t>(ints.size())}, ints);
}

// math_ops.cast to int32 of what may be no tensor yet.
// Where shape and axes are known: shapes as constants, after the nodes by which TensorFlow gets
// them, the first time in a graph.
const ReducedShapes::Known& known_reduced_shape(GraphBuilder& graph, const Ints& shape,
                                                const Tensor& axes_tensor) {
  const Ints axes = ints_of(axes_tensor);
  auto& known = graph.data().extra<ReducedShapes>().known;
  const auto key = std::make_pair(shape, axes);
  if (const auto found = known.find(key); found != known.end()) return found->second;
  ReducedShapes::Known made{shape, Ints(shape.size(), 1)};
  const auto rank = static_cast<int>(shape.size());
  for (const std::int64_t axis : axes) {
    const int dim = resolve_axis(axis, rank,
                                 "Invalid reduction dimension " + std::to_string(axis) +
                                     " for input with " + std::to_string(rank) + " dimensions.");
    made.kept_dims[static_cast<std::size_t>(dim)] = 1;
  }
  for (std::size_t i = 0; i < shape.size(); ++i) {
    made.tile_scaling[i] = shape[i] / std::max<std::int64_t>(made.kept_dims[i], 1);
  }
  // A tuple of axes becomes int32 there, an empty one float32.
  const Input axes_input =
      axes.empty() ? Input(Tensor(DType::kFloat32, Shape{0})) : int32_vector(axes);
  reduced_shape(graph, int32_vector(shape), axes_input);
  safe_shape_div(graph, int32_vector(shape), int32_vector(made.kept_dims));
  return known.emplace(key, std::move(made)).first->second;
}

bool is_all_dims(const Tensor& axes, int rank) {
  if (axes.shape().rank() != 1 || axes.num_elements() != rank) return false;
  const Ints values = ints_of(axes);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] != static_cast<std::int64_t>(i)) return false;
  }
  return true;
}

Output tile(GraphBuilder& graph, const Output& x, const Input& multiples) {
  return add_node(graph, "Tile", {Input(x), multiples});
}

}  // namespace

Output binary(GraphBuilder& graph, std::string_view op, const Input& x, const Input& y,
              std::string_view name) {
  return add_node(graph, op, {x, y}, {}, name);
}

Output select(GraphBuilder& graph, const Output& condition, const Output& x, const Output& y) {
  return add_node(graph, "Select", {Input(condition), Input(x), Input(y)});
}

Output reduced_shape(GraphBuilder& graph, const Input& input_shape, const Input& axes_given) {
  const Output shape = cast(graph, input_shape, DType::kInt32);
  Output axes = cast(graph, axes_given, DType::kInt32);
  const Output rank = icecore::size(graph, shape);
  axes = binary(graph, "FloorMod", binary(graph, "AddV2", axes, rank, "add"), rank, "mod");
  const Output axes_shape = icecore::shape(graph, axes);
  const Output all = range(graph, 0, rank, 1);
  const Output ones = add_node(graph, "Fill", {Input(axes_shape), Input(1)});
  return add_node(
      graph, "DynamicStitch",
      {std::vector<Input>{Input(all), Input(axes)}, std::vector<Input>{Input(shape), Input(ones)}});
}

Output safe_shape_div(GraphBuilder& graph, const Input& x, const Input& y) {
  return binary(graph, "FloorDiv", x, binary(graph, "Maximum", y, 1), "floordiv");
}

Output spread_sum_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output input = c.input(0);
  const Shape shape = input.shape();
  if (shape.has_rank()) {
    if (const std::optional<Tensor> axes = graph.constant_value(c.input(1))) {
      if (is_all_dims(*axes, shape.rank())) {
        const Ints ones(static_cast<std::size_t>(shape.rank()), 1);
        const Output spread = reshape(graph, c.gradient(), int32_vector(ones));
        const Output multiples =
            shape.is_fully_defined()
                ? graph.constant(std::get<Tensor>(int32_vector(dims_of(shape)).value()))
                : icecore::shape(graph, input);
        return tile(graph, spread, multiples);
      }
      if (shape.is_fully_defined()) {
        const ReducedShapes::Known& known = known_reduced_shape(graph, dims_of(shape), *axes);
        const Output spread = reshape(graph, c.gradient(), int32_vector(known.kept_dims));
        return tile(graph, spread, int32_vector(known.tile_scaling));
      }
    }
  }
  const Output input_shape = icecore::shape(graph, input);
  Output kept_dims, tile_scaling;
  {
    const ScopeGuard beside = graph.colocate_with(input_shape.op());
    kept_dims = reduced_shape(graph, input_shape, c.input(1));
    tile_scaling = safe_shape_div(graph, input_shape, kept_dims);
  }
  return tile(graph, reshape(graph, c.gradient(), kept_dims), tile_scaling);
}

}  // namespace icecore::inline v0
