// Initial values that use other variables (variables.py: _safe_initial_value_from_tensor).
#include <icecore/control_flow.h>

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "graph/builder_data.h"
#include "variables/new_variable.h"

namespace icecore::inline v0 {
namespace {

bool is_one_of(const std::string& type, std::initializer_list<std::string_view> types) {
  return std::ranges::find(types, type) != types.end();
}

// Whether the op, or one it depends on, depends on itself. Not by recursion: graphs are deep.
bool has_cycle(const Operation& start) {
  struct Visit {
    Operation op;
    std::vector<Operation> inputs;
    std::size_t next = 0;
  };
  const auto visit = [](const Operation& op) {
    Visit made{op, op.control_inputs()};
    for (const Output& input : op.inputs()) made.inputs.push_back(input.op());
    return made;
  };
  std::unordered_map<int, bool> finished;  // By id; false while its inputs are looked at.
  std::vector<Visit> stack;
  finished[start.id()] = false;
  stack.push_back(visit(start));
  while (!stack.empty()) {
    Visit& top = stack.back();
    if (top.next == top.inputs.size()) {
      finished[top.op.id()] = true;
      stack.pop_back();
      continue;
    }
    const Operation input = top.inputs[top.next++];
    const auto [state, is_new] = finished.try_emplace(input.id(), false);
    if (!is_new && !state->second) return true;
    if (is_new) stack.push_back(visit(input));
  }
  return false;
}

std::optional<Variable> variable_of(const GraphBuilder& graph, const Operation& op) {
  for (const std::string_view collection :
       {GraphKeys::kGlobalVariables, GraphKeys::kLocalVariables}) {
    for (const CollectionItem& item : graph.collection(collection)) {
      if (const auto* variable = std::get_if<Variable>(&item.value);
          variable != nullptr && variable->op() == op) {
        return *variable;
      }
    }
  }
  return std::nullopt;
}

class SafeValue {
 public:
  SafeValue(GraphBuilder& graph, std::string_view scope) : graph_(graph), scope_(scope) {}

  // Inputs first, in their order, as TensorFlow's recursion adds nodes.
  Output of(const Output& tensor) {
    std::vector<Operation> todo{tensor.op()};
    while (!todo.empty()) {
      const Operation op = todo.back();
      if (safe_.contains(op.id())) {
        todo.pop_back();
        continue;
      }
      const std::vector<Output> inputs = stops_at(op) ? std::vector<Output>() : op.inputs();
      const auto missing = std::ranges::find_if(
          inputs, [&](const Output& input) { return !safe_.contains(input.op().id()); });
      if (missing != inputs.end()) {
        todo.push_back(missing->op());
        continue;
      }
      todo.pop_back();
      safe_.emplace(op.id(), replacement(op, inputs));
    }
    return safe_.at(tensor.op().id()).output(tensor.index());
  }

 private:
  static bool is_variable_op(const Operation& op) {
    return is_one_of(op.type(), {"Variable", "VariableV2", "VarHandleOp"});
  }
  static bool stops_at(const Operation& op) {
    return is_variable_op(op) ||
           is_one_of(op.type(),
                     {"IsVariableInitialized", "VarIsInitializedOp", "ReadVariableOp", "If"});
  }

  Operation replacement(const Operation& op, const std::vector<Output>& inputs) {
    if (is_variable_op(op)) {
      const std::optional<Variable> variable = variable_of(graph_, op);
      return variable ? initialized_value(*variable).op() : op;
    }
    std::vector<Output> safe;
    bool differs = false;
    for (const Output& input : inputs) {
      safe.push_back(safe_.at(input.op().id()).output(input.index()));
      differs = differs || safe.back() != input;
    }
    if (!differs) return op;
    AttrList attrs;
    const NodeInfo info = op.info();
    for (const AttrSignature& attr : info.signature().attrs) {
      attrs.emplace_back(attr.name, info.attr(attr.name));
    }
    if (info.has_attr("_class")) attrs.emplace_back("_class", info.attr("_class"));
    std::string name = op.name() + "_" + scope_;
    std::ranges::replace(name, ':', '_');
    return graph_.create_op(op.type() == "RefSwitch" ? "Switch" : op.type(), safe, attrs, name);
  }

  GraphBuilder& graph_;
  std::string scope_;
  std::unordered_map<int, Operation> safe_;  // By the id of the op it stands for.
};

}  // namespace

Output guarded_initial_value(GraphBuilder& graph, std::string_view scope,
                             const Output& initial_value) {
  if (has_cycle(initial_value.op())) return initial_value;
  return SafeValue(graph, scope).of(initial_value);
}

Output is_variable_initialized(const Variable& variable) {
  GraphBuilder graph = variable.graph();
  return graph
      .apply_op(variable.is_resource() ? "VarIsInitializedOp" : "IsVariableInitialized",
                {Input(variable.ref())})
      .output();
}

Output initialized_value(const Variable& variable) {
  GraphBuilder graph = variable.graph();
  const ScopeGuard top = graph.init_scope();
  const Output initial = variable.initial_value();
  const Branch read = [&]() -> std::vector<BranchResult> {
    if (!variable.is_resource()) return {Input(graph.identity(variable.ref(), "read"))};
    Output value;
    {
      const ScopeGuard scope = graph.name_scope("Read");
      const ScopeGuard beside = graph.device(variable.op().device());
      value =
          graph.apply_op("ReadVariableOp", {Input(variable.ref())}, {{"dtype", variable.dtype()}})
              .output();
    }
    return {Input(graph.identity(value))};
  };
  return cond(graph, is_variable_initialized(variable), read,
              [&]() -> std::vector<BranchResult> { return {Input(initial)}; })
      .at(0);
}

}  // namespace icecore::inline v0
