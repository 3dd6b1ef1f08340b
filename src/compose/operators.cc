// Python's operators on tensors (math_ops.py: _OverrideBinaryOperatorHelper).
#include <icecore/math.h>

#include <functional>

#include "compose/nodes.h"

namespace icecore::inline v0 {
namespace {

GraphBuilder graph_of(const Input& x) {
  if (const auto* variable = std::get_if<Input::VariablePointer>(&x.value())) {
    return Variable(*variable).graph();
  }
  return std::get<Output>(x.value()).op().graph();
}

// A variable is read before the operator's scope is opened, where the operator is its own.
Input read(const Input& x) {
  const auto* variable = std::get_if<Input::VariablePointer>(&x.value());
  return variable == nullptr ? x : Input(Variable(*variable).value());
}

// `y` as a number beside a tensor of `dtype`: of that dtype where it can be.
Output with_hint(GraphBuilder& graph, const Input& y, DType dtype, std::string_view name) {
  if (symbolic_dtype(y)) return graph.convert_to_tensor(y, {}, name);
  try {
    return graph.convert_to_tensor(y, dtype, name);
  } catch (const Error& error) {
    if (error.misuse() != Misuse::kType && error.misuse() != Misuse::kValue) throw;
    return graph.convert_to_tensor(y, {}, name);
  }
}

using MakeNode = std::function<Output(GraphBuilder& graph, const Output& x, const Output& y,
                                      std::string_view scope)>;

Output binary(std::string_view name, const Input& x, const Input& y, const MakeNode& node) {
  const std::optional<DType> left = symbolic_dtype(x), right = symbolic_dtype(y);
  if (!left && !right) {
    refuse_as(Misuse::kType, "one of an operator's operands must be a tensor of a graph");
  }
  GraphBuilder graph = graph_of(left ? x : y);
  if (left) {
    const Input first = read(x);
    const ScopeGuard scope = graph.name_scope(name);
    const Output second = with_hint(graph, y, *left, "y");
    return node(graph, graph.convert_to_tensor(first), second, scope.name());
  }
  const Input second = read(y);
  const ScopeGuard scope = graph.name_scope(name);
  const Output first = graph.convert_to_tensor(x, *right, "x");
  return node(graph, first, graph.convert_to_tensor(second), scope.name());
}

MakeNode node_of_op(std::string_view op) {
  return [op](GraphBuilder& graph, const Output& x, const Output& y, std::string_view scope) {
    return add_node(graph, op, {Input(x), Input(y)}, {}, scope);
  };
}

// The dtype that Python 3's division computes in; nothing where numbers of `dtype` have none.
std::optional<DType> quotient_type(DType dtype) {
  switch (dtype) {
    case DType::kUInt8:
    case DType::kInt8:
    case DType::kUInt16:
    case DType::kInt16:
      return DType::kFloat32;
    case DType::kInt32:
    case DType::kInt64:
      return DType::kFloat64;
    case DType::kBFloat16:
    case DType::kFloat16:
    case DType::kFloat32:
    case DType::kFloat64:
    case DType::kComplex64:
    case DType::kComplex128:
      return dtype;
    default:
      return std::nullopt;
  }
}

Output true_division(GraphBuilder& graph, const Output& x, const Output& y,
                     std::string_view scope) {
  if (x.dtype() != y.dtype()) {
    refuse_as(Misuse::kType, "x and y must have the same dtype, got tf." + to_string(x.dtype()) +
                                 " != tf." + to_string(y.dtype()));
  }
  const std::optional<DType> type = quotient_type(x.dtype());
  if (!type) {
    refuse_as(Misuse::kType, "Invalid dtype tf." + to_string(x.dtype()) + " in __truediv__");
  }
  const Output dividend = cast(graph, x, *type), divisor = cast(graph, y, *type);
  return add_node(graph, "RealDiv", {Input(dividend), Input(divisor)}, {}, scope);
}

}  // namespace

Output add_operator(const Input& x, const Input& y) {
  return binary("add", x, y,
                [](GraphBuilder& graph, const Output& a, const Output& b, std::string_view scope) {
                  const bool joins = a.dtype() == DType::kString;
                  return add_node(graph, joins ? "Add" : "AddV2", {Input(a), Input(b)}, {}, scope);
                });
}

Output subtract_operator(const Input& x, const Input& y) {
  return binary("sub", x, y, node_of_op("Sub"));
}

Output multiply_operator(const Input& x, const Input& y) {
  return binary("mul", x, y, node_of_op("Mul"));
}

Output divide_operator(const Input& x, const Input& y) {
  return binary("truediv", x, y, true_division);
}

Output negate_operator(const Input& x) {
  GraphBuilder graph = graph_of(x);
  return add_node(graph, "Neg", {read(x)});
}

}  // namespace icecore::inline v0
