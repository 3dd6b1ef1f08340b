// clip_ops.py.
#include <icecore/array.h>
#include <icecore/clip.h>
#include <icecore/math.h>

#include <limits>

#include "compose/nodes.h"
#include "graph/type_text.h"
#include "variables/get_variable.h"

namespace icecore::inline v0 {
namespace {

// A bound that would make more of `x` than it is isn't one.
void check_no_broadcast(const Output& x, const Output& bounded) {
  if (may_be_same_shape(x.shape(), bounded.shape())) return;
  refuse_as(Misuse::kValue, "Shapes " + python_text(x.shape()) + " and " +
                                python_text(bounded.shape()) + " are not compatible");
}

// What is clipped of a gradient; nothing of none.
std::optional<Output> values_of(const Gradient& gradient) {
  if (const auto* dense = std::get_if<Output>(&gradient)) return *dense;
  if (const auto* slices = std::get_if<IndexedSlices>(&gradient)) return slices->values;
  return std::nullopt;
}

Output scalar_of(GraphBuilder& graph, double value, DType dtype) {
  return graph.convert_to_tensor(value, dtype);
}

}  // namespace

Output clip_by_value(GraphBuilder& graph, const Input& x, const Input& min, const Input& max,
                     std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "clip_by_value");
  const Output values = graph.convert_to_tensor(x, {}, "t");
  const Output below = add_node(graph, "Minimum", {Input(values), max});
  check_no_broadcast(values, below);
  const Output clipped = add_node(graph, "Maximum", {Input(below), min}, {}, scope.name());
  check_no_broadcast(values, clipped);
  return clipped;
}

IndexedSlices clip_by_value(GraphBuilder& graph, const IndexedSlices& x, const Input& min,
                            const Input& max, std::string_view name) {
  return {clip_by_value(graph, Input(x.values), min, max, name), x.indices, x.dense_shape};
}

Output clip_by_norm(GraphBuilder& graph, const Input& x, const Input& norm,
                    const ClipByNormOptions& options) {
  const ScopeGuard scope = scope_or(graph, options.name, "clip_by_norm");
  const Output values = graph.convert_to_tensor(x, {}, "t");
  const Output squares =
      reduce_sum(graph, values * values, {.axis = options.axes, .keepdims = true});
  // The root of 0 has no gradient, so where the sum is 0 that of 1 is taken and not used.
  const Output positive = add_node(graph, "Greater", {Input(squares), Input(0)});
  const Output safe = add_node(graph, "Select",
                               {Input(positive), Input(squares), Input(ones_like(graph, squares))});
  const Output root = add_node(graph, "Sqrt", {Input(safe)});
  const Output own_norm = add_node(graph, "Select", {Input(positive), Input(root), Input(squares)});
  const Output scaled = multiply_operator(values, norm);
  check_no_broadcast(values, scaled);
  const Output divisor = add_node(graph, "Maximum", {Input(own_norm), norm});
  return graph.identity(scaled / divisor, scope.name());
}

IndexedSlices clip_by_norm(GraphBuilder& graph, const IndexedSlices& x, const Input& norm,
                           const ClipByNormOptions& options) {
  return {clip_by_norm(graph, Input(x.values), norm, options), x.indices, x.dense_shape};
}

Output clip_by_average_norm(GraphBuilder& graph, const Input& x, const Input& norm,
                            std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "clip_by_average_norm");
  const Output values = graph.convert_to_tensor(x, {}, "t");
  const Output count = cast(graph, size(graph, values), DType::kFloat32);
  const Output squares = values * values;
  const Output sum = reduce_sum(graph, squares, {.axis = range(graph, rank(graph, values))});
  const Output inverse = add_node(graph, "Rsqrt", {Input(sum)});
  const Output scaled = multiply_operator(values, norm);
  const Output average = inverse * count;
  const Output bound = divide_operator(scalar_of(graph, 1, DType::kFloat32), norm);
  const Output factor = add_node(graph, "Minimum", {Input(average), Input(bound)});
  return graph.identity(scaled * factor, scope.name());
}

Output global_norm(GraphBuilder& graph, const std::vector<Gradient>& tensors,
                   std::string_view name) {
  const ScopeGuard scope = scope_or(graph, name, "global_norm");
  std::vector<Input> halves;
  for (const Gradient& tensor : tensors) {
    const std::optional<Output> values = values_of(tensor);
    if (!values) continue;
    const ScopeGuard beside = graph.colocate_with(values->op());
    halves.emplace_back(add_node(graph, "L2Loss", {Input(*values)}));
  }
  if (halves.empty()) refuse_as(Misuse::kValue, "a norm of no tensors was asked for");
  const Output half = reduce_sum(graph, stack(graph, halves));
  const Output squared = half * scalar_of(graph, 2, half.dtype());
  return add_node(graph, "Sqrt", {Input(squared)}, {}, "global_norm");
}

ClippedByGlobalNorm clip_by_global_norm(GraphBuilder& graph, const std::vector<Gradient>& tensors,
                                        const Input& norm, const ClipByGlobalNormOptions& options) {
  ClippedByGlobalNorm clipped;
  clipped.norm = options.use_norm ? *options.use_norm : global_norm(graph, tensors, options.name);
  const ScopeGuard scope = scope_or(graph, options.name, "clip_by_global_norm");
  const DType dtype = clipped.norm.dtype();
  const Output inverse = divide_operator(1.0, clipped.norm);
  const Output bound = divide_operator(scalar_of(graph, 1, dtype), norm);
  const Output smaller = add_node(graph, "Minimum", {Input(inverse), Input(bound)});
  const Output for_finite = multiply_operator(norm, smaller);
  const Output is_finite = add_node(graph, "IsFinite", {Input(clipped.norm)});
  const Output nan = scalar_of(graph, std::numeric_limits<double>::quiet_NaN(), dtype);
  const Output scale = add_node(graph, "Select", {Input(is_finite), Input(for_finite), Input(nan)});
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    Gradient result = tensors[i];
    if (const std::optional<Output> values = values_of(tensors[i])) {
      const ScopeGuard beside = graph.colocate_with(values->op());
      const Output scaled = graph.identity(*values * scale, scope.name() + "_" + std::to_string(i));
      if (auto* slices = std::get_if<IndexedSlices>(&result)) {
        slices->values = scaled;
      } else {
        result = scaled;
      }
    }
    clipped.tensors.push_back(std::move(result));
  }
  return clipped;
}

}  // namespace icecore::inline v0
