// learning_rate_decay.py, learning_rate_schedule.py: PiecewiseConstantDecay.
#include <icecore/case.h>
#include <icecore/learning_rates.h>
#include <icecore/math.h>

#include "compose/nodes.h"

namespace icecore::inline v0 {
namespace {

std::vector<Output> tensors_of(GraphBuilder& graph, const std::vector<Input>& inputs) {
  std::vector<Output> tensors;
  tensors.reserve(inputs.size());
  for (const Input& input : inputs) tensors.push_back(graph.convert_to_tensor(input));
  return tensors;
}

std::string type_text(DType dtype) {
  return "<dtype: '" + to_string(dtype) + "'>";
}

void as_type_of_step(GraphBuilder& graph, std::vector<Output>& boundaries, DType type) {
  for (Output& boundary : boundaries) {
    if (boundary.dtype() == type) continue;
    if (boundary.dtype() != DType::kInt32 || type != DType::kInt64) {
      refuse_as(Misuse::kValue, "Boundaries (" + type_text(boundary.dtype()) +
                                    ") must have the same dtype as x (" + type_text(type) + ").");
    }
    boundary = cast(graph, boundary, type);
  }
}

Output compare(GraphBuilder& graph, std::string_view op, const Output& x, const Output& y) {
  return add_node(graph, op, {Input(x), Input(y)});
}

Branch branch_of(const Output& rate) {
  return [rate]() -> std::vector<BranchResult> { return {Input(rate)}; };
}

}  // namespace

Output piecewise_constant(GraphBuilder& graph, const Input& global_step,
                          const std::vector<Input>& boundaries, const std::vector<Input>& values,
                          std::string_view name) {
  std::vector<Output> bounds = tensors_of(graph, boundaries);
  const std::vector<Output> rates = tensors_of(graph, values);
  as_type_of_step(graph, bounds, graph.convert_to_tensor(global_step).dtype());
  for (const Output& rate : rates) {
    if (rate.dtype() != rates[0].dtype()) {
      refuse_as(Misuse::kValue, "Values must have elements all with the same dtype (" +
                                    type_text(rates[0].dtype()) + " vs " + type_text(rate.dtype()) +
                                    ").");
    }
  }
  if (bounds.empty() || bounds.size() + 1 != rates.size()) {
    refuse_as(Misuse::kValue,
              "The length of boundaries should be 1 less than the length of values");
  }
  const ScopeGuard scope = scope_or(graph, name, "PiecewiseConstant");
  const Output step = graph.convert_to_tensor(global_step);
  std::vector<std::pair<Output, Branch>> cases;
  cases.emplace_back(compare(graph, "LessEqual", step, bounds.front()), branch_of(rates.front()));
  cases.emplace_back(compare(graph, "Greater", step, bounds.back()), branch_of(rates.back()));
  for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
    const Output above = compare(graph, "Greater", step, bounds[i]);
    const Output below = compare(graph, "LessEqual", step, bounds[i + 1]);
    const ScopeGuard inner = graph.name_scope("and");
    cases.emplace_back(
        add_node(graph, "LogicalAnd", {Input(above), Input(below)}, {}, inner.name()),
        branch_of(rates[i + 1]));
  }
  return case_of(graph, cases, {.default_fn = branch_of(rates.front()), .exclusive = true}).at(0);
}

}  // namespace icecore::inline v0
