#include "train/gate.h"

#include <map>

namespace icecore::inline v0 {

void gate_together(GraphBuilder& graph, std::vector<Gradient>& gradients) {
  const ScopeGuard scope = graph.name_scope("tuple");
  std::map<int, Operation> sorted;  // By id, which is TensorFlow's order.
  for (const Gradient& gradient : gradients) {
    if (const auto* dense = std::get_if<Output>(&gradient)) {
      sorted.emplace(dense->op().id(), dense->op());
    } else if (const auto* slices = std::get_if<IndexedSlices>(&gradient)) {
      sorted.emplace(slices->values.op().id(), slices->values.op());
    }
  }
  std::vector<Operation> operations;
  for (const auto& [id, operation] : sorted) operations.push_back(operation);
  const Operation together = graph.group(operations);
  for (Gradient& gradient : gradients) {
    if (auto* dense = std::get_if<Output>(&gradient)) {
      *dense = graph.with_dependencies({together}, *dense);
    } else if (auto* slices = std::get_if<IndexedSlices>(&gradient)) {
      slices->values = graph.with_dependencies({together}, slices->values);
    }
  }
}

}  // namespace icecore::inline v0
