#include <icecore/random.h>

#include <algorithm>
#include <array>
#include <variant>

#include "compose/nodes.h"

namespace icecore::inline v0 {
namespace {

using AnyShape = std::variant<Shape, Output>;

// The shape as the op wants it, made in the scope that stands.
Output shape_input(GraphBuilder& graph, const AnyShape& shape) {
  if (const auto* output = std::get_if<Output>(&shape)) return *output;
  return graph.constant(shape_tensor(std::get<Shape>(shape)), "shape");
}

AttrList with_seeds(GraphBuilder& graph, const RandomOptions& options) {
  const auto [seed, seed2] = graph.op_seeds(options.seed);
  return {{"seed", seed}, {"seed2", seed2}};
}

bool is_int(DType dtype) {
  return dtype == DType::kInt32 || dtype == DType::kInt64;
}

Output uniform(GraphBuilder& graph, const AnyShape& given, const Input& minval, const Input& maxval,
               const RandomOptions& options) {
  constexpr std::array kAllowed = {DType::kFloat16, DType::kBFloat16, DType::kFloat32,
                                   DType::kFloat64, DType::kInt32,    DType::kInt64};
  if (std::ranges::find(kAllowed, options.dtype) == kAllowed.end()) {
    refuse_as(Misuse::kValue, "Invalid dtype tf." + to_string(options.dtype));
  }
  const ScopeGuard scope = scope_or(graph, options.name, "random_uniform");
  const Output dims = shape_input(graph, given);
  const Output low = graph.convert_to_tensor(minval, options.dtype, "min");
  const Output high = graph.convert_to_tensor(maxval, options.dtype, "max");
  AttrList attrs = with_seeds(graph, options);
  if (is_int(options.dtype)) {
    return add_node(graph, "RandomUniformInt", {Input(dims), Input(low), Input(high)}, attrs,
                    scope.name());
  }
  attrs.emplace_back("dtype", options.dtype);
  const Output drawn = add_node(graph, "RandomUniform", {Input(dims)}, attrs);
  const Output range = add_node(graph, "Sub", {Input(high), Input(low)}, {}, "sub");
  const Output scaled = add_node(graph, "Mul", {Input(drawn), Input(range)}, {}, "mul");
  return add_node(graph, "Add", {Input(scaled), Input(low)}, {}, scope.name());
}

Output normal(GraphBuilder& graph, std::string_view op, std::string_view default_name,
              const AnyShape& given, const Input& mean, const Input& stddev,
              const RandomOptions& options) {
  const ScopeGuard scope = scope_or(graph, options.name, default_name);
  const Output dims = shape_input(graph, given);
  const Output middle = graph.convert_to_tensor(mean, options.dtype, "mean");
  const Output spread = graph.convert_to_tensor(stddev, options.dtype, "stddev");
  AttrList attrs = with_seeds(graph, options);
  attrs.emplace_back("dtype", options.dtype);
  const Output drawn = add_node(graph, op, {Input(dims)}, attrs);
  const Output scaled = add_node(graph, "Mul", {Input(drawn), Input(spread)}, {}, "mul");
  return add_node(graph, "Add", {Input(scaled), Input(middle)}, {}, scope.name());
}

}  // namespace

Output random_uniform(GraphBuilder& graph, const Shape& shape, const Input& minval,
                      const Input& maxval, const RandomOptions& options) {
  return uniform(graph, shape, minval, maxval, options);
}

Output random_uniform(GraphBuilder& graph, const Output& shape, const Input& minval,
                      const Input& maxval, const RandomOptions& options) {
  return uniform(graph, shape, minval, maxval, options);
}

Output random_normal(GraphBuilder& graph, const Shape& shape, const Input& mean,
                     const Input& stddev, const RandomOptions& options) {
  return normal(graph, "RandomStandardNormal", "random_normal", shape, mean, stddev, options);
}

Output random_normal(GraphBuilder& graph, const Output& shape, const Input& mean,
                     const Input& stddev, const RandomOptions& options) {
  return normal(graph, "RandomStandardNormal", "random_normal", shape, mean, stddev, options);
}

Output truncated_normal(GraphBuilder& graph, const Shape& shape, const Input& mean,
                        const Input& stddev, const RandomOptions& options) {
  return normal(graph, "TruncatedNormal", "truncated_normal", shape, mean, stddev, options);
}

Output truncated_normal(GraphBuilder& graph, const Output& shape, const Input& mean,
                        const Input& stddev, const RandomOptions& options) {
  return normal(graph, "TruncatedNormal", "truncated_normal", shape, mean, stddev, options);
}

}  // namespace icecore::inline v0
