// Assigning and initializing variables (state_ops.py, variables.py).
#include <icecore/array.h>
#include <icecore/variable.h>

#include <algorithm>

#include "graph/builder_data.h"
#include "variables/get_variable.h"

namespace icecore::inline v0 {
namespace {

Output change(const Variable& variable, std::string_view reference_op, std::string_view resource_op,
              const Input& value, std::string_view name) {
  GraphBuilder graph = variable.graph();
  if (!variable.is_resource()) {
    return graph.apply_op(reference_op, {Input(variable.ref()), value}, {}, name).output();
  }
  const Output given = graph.convert_to_tensor(value, variable.dtype());
  if (resource_op == "AssignVariableOp" && !may_be_same_shape(variable.shape(), given.shape())) {
    refuse_as(Misuse::kValue, "Shapes " + python_shape(variable.shape()) + " and " +
                                  python_shape(given.shape()) + " are incompatible: variable " +
                                  quoted(variable.op().name()));
  }
  const Operation changed =
      graph.apply_op(resource_op, {Input(variable.ref()), Input(given)}, {}, name);
  const ScopeGuard after = graph.control_dependencies({changed});
  return graph.apply_op("ReadVariableOp", {Input(variable.ref())}, {{"dtype", variable.dtype()}})
      .output();
}

}  // namespace

Output assign(const Variable& variable, const Input& value, std::string_view name) {
  return change(variable, "Assign", "AssignVariableOp", value, name);
}

Output assign_add(const Variable& variable, const Input& value, std::string_view name) {
  return change(variable, "AssignAdd", "AssignAddVariableOp", value, name);
}

Output assign_sub(const Variable& variable, const Input& value, std::string_view name) {
  return change(variable, "AssignSub", "AssignSubVariableOp", value, name);
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
