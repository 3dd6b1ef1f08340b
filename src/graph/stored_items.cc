#include "graph/stored_items.h"

#include "graph/builder_data.h"

namespace icecore::inline v0 {
namespace {

// A handle on the graph that doesn't keep it alive.
GraphBuilder weak_handle(const GraphBuilder& graph) {
  return GraphBuilder(std::shared_ptr<BuilderData>(std::shared_ptr<void>(), &graph.data()));
}

VariableData rebound(const VariableData& variable, const GraphBuilder& graph) {
  VariableData copy = variable;
  copy.ref = rebound(copy.ref, graph);
  copy.initializer = rebound(copy.initializer, graph);
  copy.snapshot = rebound(copy.snapshot, graph);
  if (copy.initial_value) copy.initial_value = rebound(*copy.initial_value, graph);
  return copy;
}

}  // namespace

Output rebound(const Output& output, const GraphBuilder& graph) {
  if (!output.valid()) return {};
  return graph.operation(output.op().id()).output(output.index());
}

Operation rebound(const Operation& operation, const GraphBuilder& graph) {
  if (!operation.valid()) return {};
  return graph.operation(operation.id());
}

StoredVariable::StoredVariable(const Variable& variable) {
  // The caller's data isn't held, but found again by whoever still holds it.
  const GraphBuilder graph = variable.data().ref.op().graph();
  kept_ = std::make_shared<const VariableData>(rebound(variable.data(), weak_handle(graph)));
  held_ = variable.shared_data();
}

Variable StoredVariable::get(const GraphBuilder& graph) const {
  std::shared_ptr<const VariableData> data = held_.lock();
  if (data == nullptr) {
    data = std::make_shared<const VariableData>(rebound(*kept_, graph));
    held_ = data;
  }
  return Variable(std::move(data));
}

StoredItem::StoredItem(CollectionItem item) : kept_(std::move(item)) {
  auto& value = std::get<CollectionItem>(kept_).value;
  if (auto* output = std::get_if<Output>(&value)) {
    *output = rebound(*output, weak_handle(output->op().graph()));
  } else if (auto* operation = std::get_if<Operation>(&value)) {
    *operation = rebound(*operation, weak_handle(operation->graph()));
  } else if (const auto* variable = std::get_if<Variable>(&value)) {
    kept_ = StoredVariable(*variable);
  }
}

CollectionItem StoredItem::get(const GraphBuilder& graph) const {
  if (const auto* variable = std::get_if<StoredVariable>(&kept_)) return {variable->get(graph)};
  CollectionItem item = std::get<CollectionItem>(kept_);
  if (auto* output = std::get_if<Output>(&item.value)) *output = rebound(*output, graph);
  if (auto* operation = std::get_if<Operation>(&item.value)) {
    *operation = rebound(*operation, graph);
  }
  return item;
}

}  // namespace icecore::inline v0
