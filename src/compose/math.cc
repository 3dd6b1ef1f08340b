#include <icecore/math.h>

#include <algorithm>
#include <array>

#include "compose/nodes.h"

namespace icecore::inline v0 {

Output cast(GraphBuilder& graph, const Input& x, DType dtype, std::string_view name) {
  if (const auto* output = std::get_if<Output>(&x.value());
      output != nullptr && output->valid() && output->dtype() == dtype) {
    return *output;
  }
  const ScopeGuard scope = scope_or(graph, name, "Cast");
  const Output tensor = graph.convert_to_tensor(x, {}, "x");
  if (tensor.dtype() == dtype) return tensor;
  return add_node(graph, "Cast", {Input(tensor)}, {{"DstT", dtype}}, scope.name());
}

Input as_dtype(GraphBuilder& graph, const Input& x, DType dtype) {
  if (const auto* variable = std::get_if<Input::VariablePointer>(&x.value())) {
    if ((*variable)->is_resource && Variable(*variable).dtype() == dtype) return x;
  }
  return cast(graph, x, dtype);
}

Output conj(GraphBuilder& graph, const Output& x) {
  const bool complex = x.dtype() == DType::kComplex64 || x.dtype() == DType::kComplex128;
  return complex ? add_node(graph, "Conj", {Input(x)}) : x;
}

Output range(GraphBuilder& graph, const Input& start, const Input& limit, const Input& delta,
             std::string_view name) {
  // The widest of these that one of the three has.
  constexpr std::array kTypes = {DType::kInt32, DType::kInt64, DType::kFloat32, DType::kFloat64};
  const ScopeGuard scope = scope_or(graph, name, "range");
  std::array values = {graph.convert_to_tensor(start, {}, "start"),
                       graph.convert_to_tensor(limit, {}, "limit"),
                       graph.convert_to_tensor(delta, {}, "delta")};
  std::size_t widest = 0;
  for (const Output& value : values) {
    const auto found = std::ranges::find(kTypes, value.dtype());
    if (found == kTypes.end()) {
      refuse_as(Misuse::kAssertion,
                "a range of " + to_string(value.dtype()) + " can't be made: " + value.name());
    }
    widest = std::max(widest, static_cast<std::size_t>(found - kTypes.begin()));
  }
  for (Output& value : values) value = cast(graph, value, kTypes[widest]);
  return add_node(graph, "Range", {Input(values[0]), Input(values[1]), Input(values[2])}, {},
                  scope.name());
}

Output range(GraphBuilder& graph, const Input& limit) {
  return range(graph, 0, limit);
}

Output matmul(GraphBuilder& graph, const Input& a, const Input& b, const MatmulOptions& options) {
  const ScopeGuard scope = scope_or(graph, options.name, "MatMul");
  Output left = graph.convert_to_tensor(a, {}, "a");
  Output right = graph.convert_to_tensor(b, {}, "b");
  const auto may_be_batch = [](const Output& x) {
    return !x.shape().has_rank() || x.shape().rank() > 2;
  };
  const bool turn_left = options.transpose_a || options.adjoint_a;
  const bool turn_right = options.transpose_b || options.adjoint_b;
  // MatMul knows only the transpose, BatchMatMulV2 only the adjoint.
  const bool batch = may_be_batch(left) || may_be_batch(right);
  if (batch ? options.transpose_a : options.adjoint_a) left = conj(graph, left);
  if (batch ? options.transpose_b : options.adjoint_b) right = conj(graph, right);
  if (batch) {
    return add_node(graph, "BatchMatMulV2", {Input(left), Input(right)},
                    {{"adj_x", turn_left}, {"adj_y", turn_right}}, scope.name());
  }
  return add_node(graph, "MatMul", {Input(left), Input(right)},
                  {{"transpose_a", turn_left}, {"transpose_b", turn_right}}, scope.name());
}

}  // namespace icecore::inline v0
