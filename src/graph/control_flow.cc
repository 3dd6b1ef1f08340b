#include <icecore/control_flow.h>

#include <algorithm>
#include <map>

#include "graph/control_flow_data.h"

namespace icecore::inline v0 {
namespace {

// All contexts of a graph: they know each other, and nothing else keeps them for sure.
struct Contexts {
  std::vector<std::shared_ptr<ControlFlowContext>> all;
};

}  // namespace

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

void ControlFlowContext::adopt(GraphBuilder& graph,
                               const std::shared_ptr<ControlFlowContext>& context) {
  graph.data().extra<Contexts>().all.push_back(context);
  if (context->outer_ != nullptr) context->outer_->nested_.push_back(context);
}

std::vector<std::shared_ptr<ControlFlowContext>> ControlFlowContext::nested_contexts() const {
  std::vector<std::shared_ptr<ControlFlowContext>> nested;
  for (const auto& held : nested_) {
    if (auto context = held.lock()) nested.push_back(std::move(context));
  }
  return nested;
}

std::vector<Operation> ControlFlowContext::remove_external_control_edges(const Operation& op) {
  const ControlFlowContext* const loop = while_context();
  if (loop == nullptr) return {};
  GraphBuilder graph = op.graph();
  BuilderData& data = graph.data();
  std::vector<Operation> external;
  std::vector<int>& inputs = data.node(op.id()).control_inputs;
  std::erase_if(inputs, [&](int id) {
    const std::shared_ptr<ControlFlowContext> from = output_context(graph.operation(id));
    if (from != nullptr && from->while_context() == loop) return false;
    external.push_back(graph.operation(id));
    return true;
  });
  if (!external.empty()) data.reencode(op.id());
  return external;
}

bool is_function_call(const GraphBuilder& graph, const Operation& op) {
  const std::string type = op.type();
  return type == "SymbolicGradient" ||
         std::ranges::any_of(graph.data().functions,
                             [&](const auto& function) { return function.first == type; });
}

std::shared_ptr<ControlFlowContext> output_context(const Operation& operation) {
  std::shared_ptr<ControlFlowContext> context = operation.control_flow_context();
  const std::string type = operation.type();
  if (context != nullptr && (type == "Exit" || type == "RefExit")) return context->outer();
  return context;
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

std::vector<Output> tuple(GraphBuilder& graph, const std::vector<Output>& tensors,
                          std::string_view name, const std::vector<Operation>& control_inputs) {
  const ScopeGuard scope = graph.name_scope(name.empty() ? "tuple" : name);
  std::map<int, Operation> gates;  // By id, each once.
  for (const Output& tensor : tensors) gates.emplace(tensor.op().id(), tensor.op());
  for (const Operation& operation : control_inputs) gates.emplace(operation.id(), operation);
  if (gates.empty()) refuse_as(Misuse::kValue, "Must have at least one Tensor: []");
  std::vector<Operation> operations;
  for (const auto& [id, operation] : gates) operations.push_back(operation);
  const Operation gate = graph.group(operations);
  std::vector<Output> gated;
  for (const Output& tensor : tensors) gated.push_back(graph.with_dependencies({gate}, tensor));
  return gated;
}

bool is_fetchable(const Operation& operation) {
  return !operation.graph().data().not_fetchable.contains(operation.id());
}

bool is_feedable(const Output& output) {
  return !output.op().graph().data().extra<NotFeedable>().nodes.contains(output.op().id());
}

}  // namespace icecore::inline v0
