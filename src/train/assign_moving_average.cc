// moving_averages.py: assign_moving_average, _zero_debias.
#include "train/assign_moving_average.h"

#include <icecore/math.h>

#include <algorithm>

#include "compose/nodes.h"

namespace icecore::inline v0 {
namespace {

// The variable as a change left it: a resource variable is read again wherever it is used.
Output value_after(const Variable& variable, const Change& change) {
  if (!variable.is_resource()) return change.value;
  GraphBuilder graph = variable.graph();
  const ScopeGuard after = graph.control_dependencies({change.operation});
  return add_node(graph, "ReadVariableOp", {Input(variable.ref())}, {{"dtype", variable.dtype()}});
}

// `name`, or what it is called where the current variable scope has one of that name already.
std::string free_name(GraphBuilder& graph, const std::string& name) {
  const VariableScope& scope = current_variable_scope(graph);
  if (scope.reuse != Reuse::kFalse) return name;
  const std::string prefix = scope.name + "/";
  std::vector<std::string> taken;
  for (const Variable& variable : global_variables(graph, prefix)) {
    taken.push_back(variable.op().name());
  }
  std::string found = name;
  for (int i = 1; std::ranges::find(taken, prefix + found) != taken.end(); ++i) {
    found = name + "_" + std::to_string(i);
  }
  return found;
}

struct DebiasVariables {
  Variable biased, local_step;
};

DebiasVariables debias_variables(GraphBuilder& graph, const Variable& unbiased) {
  const ScopeGuard scope = variable_scope(graph, unbiased.op().name());
  const ScopeGuard beside = graph.colocate_with(unbiased.op());
  const auto make = [&](const std::string& name, const Shape& shape) {
    return get_variable(
        graph, free_name(graph, name), shape,
        {.dtype = unbiased.dtype(), .initializer = zeros_initializer(), .trainable = false});
  };
  const Variable biased = make("biased", unbiased.shape());
  return {biased, make("local_step", Shape({}))};
}

// `rate` is 1 - decay.
Change debiased(GraphBuilder& graph, const Variable& unbiased, const Input& value,
                const Output& rate) {
  const DebiasVariables own = debias_variables(graph, unbiased);
  const Output error = subtract_operator(own.biased, value);
  const Change biased = change_variable(own.biased, ChangeKind::kSubtract, error * rate);
  const Change counted = change_variable(own.local_step, ChangeKind::kAdd, 1);
  const Output decay = 1.0 - rate;
  Output power;
  {
    const ScopeGuard scope = graph.name_scope("Pow");
    const Output exponent = value_after(own.local_step, counted);
    power = add_node(graph, "Pow", {Input(decay), Input(exponent)}, {}, scope.name());
  }
  const Output factor = 1 - power;
  const Output average = value_after(own.biased, biased) / factor;
  return change_variable(unbiased, ChangeKind::kAssign, average, graph.current_name_scope());
}

// 1 - decay.
Output rate_of(GraphBuilder& graph, const Input& decay) {
  if (symbolic_dtype(decay)) return subtract_operator(1.0, decay);
  if (const auto* numbers = std::get_if<Input::Numbers>(&decay.value());
      numbers != nullptr && numbers->count() == 1) {
    return graph.convert_to_tensor(1.0 - numbers->number(0), {}, "decay");
  }
  refuse_as(Misuse::kType, "a decay is a number or a tensor of the graph");
}

}  // namespace

Change change_moving_average(const Variable& variable, const Input& value, const Input& decay,
                             const AssignMovingAverageOptions& options) {
  GraphBuilder graph = variable.graph();
  const ScopeGuard scope = scope_or(graph, options.name, "AssignMovingAvg");
  Output rate = rate_of(graph, decay);
  if (rate.dtype() != variable.dtype()) rate = cast(graph, rate, variable.dtype());
  if (options.zero_debias) return debiased(graph, variable, value, rate);
  const Output error = subtract_operator(variable, value);
  const std::string name = variable.is_resource() ? "" : scope.name();
  return change_variable(variable, ChangeKind::kSubtract, error * rate, name);
}

Output assign_moving_average(const Variable& variable, const Input& value, const Input& decay,
                             const AssignMovingAverageOptions& options) {
  return change_moving_average(variable, value, decay, options).value;
}

}  // namespace icecore::inline v0
