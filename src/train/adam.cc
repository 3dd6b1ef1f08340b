// adam.py.
#include <icecore/math.h>
#include <icecore/optimizers.h>

#include <algorithm>

#include "compose/nodes.h"
#include "variables/changes.h"

namespace icecore::inline v0 {
namespace {

Output square_root(GraphBuilder& graph, const Output& x) {
  return graph.apply_op("Sqrt", {Input(x)}).output();
}

// Adds to the rows; the variable after that.
Output scatter_add(const Variable& variable, const Output& indices, const Output& rows,
                   bool use_locking) {
  GraphBuilder graph = variable.graph();
  const std::vector<OpInput> inputs = {Input(variable.ref()), Input(indices), Input(rows)};
  if (!variable.is_resource()) {
    return graph.apply_op("ScatterAdd", inputs, {{"use_locking", use_locking}}).output();
  }
  const ScopeGuard after =
      graph.control_dependencies({graph.apply_op("ResourceScatterAdd", inputs)});
  return variable.value();
}

}  // namespace

AdamOptimizer::AdamOptimizer(Input learning_rate, const AdamOptions& options)
    : Optimizer(options.name, options.use_locking),
      learning_rate_(std::move(learning_rate)),
      beta1_(options.beta1),
      beta2_(options.beta2),
      epsilon_(options.epsilon) {}

void AdamOptimizer::create_slots(GraphBuilder&, const std::vector<Variable>& variables) {
  const Variable first =
      *std::ranges::min_element(variables, {}, [](const Variable& v) { return v.name(); });
  create_non_slot_variable(beta1_, "beta1_power", first);
  create_non_slot_variable(beta2_, "beta2_power", first);
  for (const Variable& variable : variables) {
    zeros_slot(variable, "m");
    zeros_slot(variable, "v");
  }
}

void AdamOptimizer::prepare(GraphBuilder& graph) {
  learning_rate_tensor_ = graph.convert_to_tensor(learning_rate_, {}, "learning_rate");
  beta1_tensor_ = graph.convert_to_tensor(beta1_, {}, "beta1");
  beta2_tensor_ = graph.convert_to_tensor(beta2_, {}, "beta2");
  epsilon_tensor_ = graph.convert_to_tensor(epsilon_, {}, "epsilon");
}

Operation AdamOptimizer::apply_dense(const Output& gradient, const Variable& variable) {
  GraphBuilder graph = variable.graph();
  const DType dtype = variable.dtype();
  std::vector<UpdateInput> inputs = {slot(variable, "m"), slot(variable, "v")};
  inputs.emplace_back(as_dtype(graph, Input(non_slot_variable(graph, "beta1_power")), dtype));
  inputs.emplace_back(as_dtype(graph, Input(non_slot_variable(graph, "beta2_power")), dtype));
  for (const Output& tensor :
       {learning_rate_tensor_, beta1_tensor_, beta2_tensor_, epsilon_tensor_}) {
    inputs.emplace_back(cast(graph, tensor, dtype));
  }
  inputs.emplace_back(gradient);
  return update_op("ApplyAdam", variable, inputs);
}

Operation AdamOptimizer::apply_sparse(const IndexedSlices& slices, const Variable& variable) {
  GraphBuilder graph = variable.graph();
  const DType dtype = variable.dtype();
  const Output& gradient = slices.values;
  const Input beta1_power = as_dtype(graph, Input(non_slot_variable(graph, "beta1_power")), dtype);
  const Input beta2_power = as_dtype(graph, Input(non_slot_variable(graph, "beta2_power")), dtype);
  const Output learning_rate = cast(graph, learning_rate_tensor_, dtype);
  const Output beta1 = cast(graph, beta1_tensor_, dtype);
  const Output beta2 = cast(graph, beta2_tensor_, dtype);
  const Output epsilon = cast(graph, epsilon_tensor_, dtype);
  const Output unbiased = learning_rate * square_root(graph, subtract_operator(1, beta2_power));
  const Output rate = unbiased / subtract_operator(1, beta1_power);

  // moment = beta * moment + rows, where all of the moment decays but only some rows are added.
  const auto update_moment = [&](const Variable& moment, const Output& beta, const Output& rows) {
    const Change decayed =
        change_variable(moment, ChangeKind::kAssign, moment * beta, {}, use_locking());
    const ScopeGuard after = graph.control_dependencies({decayed.operation});
    return scatter_add(moment, slices.indices, rows, use_locking());
  };
  const Output m_rows = gradient * (1 - beta1);
  const Output m = update_moment(slot(variable, "m"), beta1, m_rows);
  const Output squares = gradient * gradient;
  const Output v_rows = squares * (1 - beta2);
  const Output v = update_moment(slot(variable, "v"), beta2, v_rows);
  const Output root = square_root(graph, v);
  const Output along = rate * m;
  const Output step = along / (root + epsilon);
  const Change updated = change_variable(variable, ChangeKind::kSubtract, step, {}, use_locking());
  return graph.group({updated.operation, m.op(), v.op()});
}

Operation AdamOptimizer::finish(GraphBuilder& graph, const std::vector<Operation>& updates,
                                std::string_view name) {
  std::vector<Operation> all = updates;
  {
    const ScopeGuard after = graph.control_dependencies(updates);
    const Variable beta1_power = non_slot_variable(graph, "beta1_power");
    const Variable beta2_power = non_slot_variable(graph, "beta2_power");
    const ScopeGuard beside = graph.colocate_with(beta1_power.op());
    const auto multiply = [&](const Variable& power, const Output& beta) {
      all.push_back(
          change_variable(power, ChangeKind::kAssign, power * beta, {}, use_locking()).operation);
    };
    multiply(beta1_power, beta1_tensor_);
    multiply(beta2_power, beta2_tensor_);
  }
  return graph.group(all, name);
}

}  // namespace icecore::inline v0
