#include <icecore/control_flow.h>

#include "graph/builder_data.h"

namespace icecore::inline v0 {

ControlFlowContext::~ControlFlowContext() = default;

ControlFlowContext* ControlFlowContext::while_context() {
  ControlFlowContext* context = this;
  while (context != nullptr && !context->is_while()) context = context->outer_.get();
  return context;
}

bool ControlFlowContext::contains(const ControlFlowContext* inner) const {
  while (inner != nullptr && inner != this) inner = inner->outer_.get();
  return inner == this;
}

void ControlFlowContext::add_inner_op(GraphBuilder& graph, const Operation& op) {
  if (outer_ != nullptr) outer_->add_inner_op(graph, op);
}

std::unordered_map<std::string, Output> ControlFlowContext::external_values(
    const GraphBuilder& graph) const {
  std::unordered_map<std::string, Output> values;
  for (const auto& [name, key] : external_values_) values.emplace(name, output_of(graph, key));
  return values;
}

std::optional<Output> ControlFlowContext::external_value(const GraphBuilder& graph,
                                                         const Output& value) const {
  const auto found = external_values_.find(value.name());
  if (found == external_values_.end()) return std::nullopt;
  return output_of(graph, found->second);
}

void ControlFlowContext::add_name_outwards(const std::string& name) {
  for (ControlFlowContext* context = this; context != nullptr; context = context->outer_.get()) {
    context->values_.insert(name);
  }
}

ScopeGuard enter_context(GraphBuilder& graph, std::shared_ptr<ControlFlowContext> context) {
  std::shared_ptr<ControlFlowContext> before = graph.control_flow_context();
  graph.set_control_flow_context(std::move(context));
  return ScopeGuard({}, [graph, before = std::move(before)]() mutable {
    graph.set_control_flow_context(before);
  });
}

void set_control_flow_context(const Operation& operation,
                              std::shared_ptr<ControlFlowContext> context) {
  operation.graph().data().node(operation.id()).context = std::move(context);
}

std::pair<Output, Output> switch_ref_or_tensor(GraphBuilder& graph, const Output& data,
                                               const Output& pred, std::string_view name) {
  // The data may be pinned to another device than what is made around here.
  const ScopeGuard beside = graph.colocate_with(data.op(), true);
  const Operation made =
      graph.apply_op(data.is_reference() ? "RefSwitch" : "Switch", {data, pred}, {}, name);
  return {made.output(0), made.output(1)};
}

std::pair<Output, Output> merge(GraphBuilder& graph, const std::vector<Output>& inputs,
                                std::string_view name) {
  bool references = true;
  std::vector<Input> list;
  for (const Output& input : inputs) {
    references = references && input.is_reference();
    list.emplace_back(input);
  }
  const Operation made = graph.apply_op(references ? "RefMerge" : "Merge", {list}, {}, name);
  return {made.output(0), made.output(1)};
}

}  // namespace icecore::inline v0
