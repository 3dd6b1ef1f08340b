// Assigning and initializing variables (state_ops.py, variables.py).
#include <icecore/array.h>
#include <icecore/variable.h>

#include <algorithm>

#include "base/quoted.h"
#include "graph/builder_data.h"
#include "graph/type_text.h"
#include "variables/changes.h"
#include "variables/get_variable.h"

namespace icecore::inline v0 {
namespace {

constexpr std::string_view op_of(ChangeKind kind, bool is_resource) {
  switch (kind) {
    case ChangeKind::kAdd:
      return is_resource ? "AssignAddVariableOp" : "AssignAdd";
    case ChangeKind::kSubtract:
      return is_resource ? "AssignSubVariableOp" : "AssignSub";
    default:
      return is_resource ? "AssignVariableOp" : "Assign";
  }
}

}  // namespace

Change change_variable(const Variable& variable, ChangeKind kind, const Input& value,
                       std::string_view name, std::optional<bool> use_locking) {
  GraphBuilder graph = variable.graph();
  const std::string_view op = op_of(kind, variable.is_resource());
  if (!variable.is_resource()) {
    AttrList attrs;
    if (use_locking) attrs.emplace_back("use_locking", *use_locking);
    const Operation changed = graph.apply_op(op, {Input(variable.ref()), value}, attrs, name);
    return {changed, changed.output()};
  }
  const Output given = graph.convert_to_tensor(value, variable.dtype());
  if (kind == ChangeKind::kAssign && !may_be_same_shape(variable.shape(), given.shape())) {
    refuse_as(Misuse::kValue, "Shapes " + python_text(variable.shape()) + " and " +
                                  python_text(given.shape()) + " are incompatible: variable " +
                                  quoted(variable.op().name()));
  }
  const Operation changed = graph.apply_op(op, {Input(variable.ref()), Input(given)}, {}, name);
  const ScopeGuard after = graph.control_dependencies({changed});
  return {changed,
          graph.apply_op("ReadVariableOp", {Input(variable.ref())}, {{"dtype", variable.dtype()}})
              .output()};
}

Output assign(const Variable& variable, const Input& value, std::string_view name) {
  return change_variable(variable, ChangeKind::kAssign, value, name).value;
}

Output assign_add(const Variable& variable, const Input& value, std::string_view name) {
  return change_variable(variable, ChangeKind::kAdd, value, name).value;
}

Output assign_sub(const Variable& variable, const Input& value, std::string_view name) {
  return change_variable(variable, ChangeKind::kSubtract, value, name).value;
}

Operation variables_initializer(GraphBuilder& graph, const std::vector<Variable>& variables,
                                std::string_view name) {
  std::vector<Operation> initializers;
  for (const Variable& variable : variables) initializers.push_back(variable.initializer());
  return initializers.empty() ? graph.no_op(name) : graph.group(initializers, name);
}

Operation global_variables_initializer(GraphBuilder& graph) {
  return variables_initializer(graph, global_variables(graph));
}

Operation local_variables_initializer(GraphBuilder& graph) {
  return variables_initializer(graph, local_variables(graph));
}

namespace {

// The names of those whose element of `initialized` is false.
Output names_of_uninitialized(GraphBuilder& graph, const std::vector<Input>& initialized,
                              const std::vector<std::string>& names) {
  const ScopeGuard on_cpu = graph.device("/cpu:0");
  Tensor all(DType::kString, Shape({static_cast<std::int64_t>(names.size())}));
  std::ranges::copy(names, all.mutable_strings().begin());
  if (initialized.empty()) return graph.constant(all);
  const Output stacked = graph.apply_op("Pack", {initialized}, {}, "stack").output();
  const Output missing = graph.apply_op("LogicalNot", {Input(stacked)}).output();
  return boolean_mask(graph, graph.constant(all), missing);
}

constexpr std::string_view kReportScope = "report_uninitialized_variables";

}  // namespace

Output report_uninitialized_variables(GraphBuilder& graph, const std::vector<Variable>& variables) {
  const ScopeGuard scope = graph.name_scope(kReportScope);
  std::vector<Input> initialized;
  std::vector<std::string> names;
  for (const Variable& variable : variables) {
    initialized.emplace_back(is_variable_initialized(variable));
    names.push_back(variable.op().name());
  }
  return names_of_uninitialized(graph, initialized, names);
}

Output report_uninitialized_variables(GraphBuilder& graph) {
  std::vector<Variable> variables = global_variables(graph);
  for (Variable& variable : local_variables(graph)) variables.push_back(std::move(variable));
  if (!variables.empty()) return report_uninitialized_variables(graph, variables);
  // Variables that no collection knows.
  std::vector<Operation> ops;
  for (const Operation& op : graph.operations()) {
    const std::string type = op.type();
    if (type == "Variable" || type == "VariableV2" || type == "AutoReloadVariable") {
      ops.push_back(op);
    }
  }
  const ScopeGuard scope = graph.name_scope(kReportScope);
  std::vector<Input> initialized;
  std::vector<std::string> names;
  for (const Operation& op : ops) {
    initialized.emplace_back(
        graph.apply_op("IsVariableInitialized", {Input(op.output())}).output());
    names.push_back(op.name());
  }
  return names_of_uninitialized(graph, initialized, names);
}

}  // namespace icecore::inline v0
