// moving_averages.py: ExponentialMovingAverage.
#include <icecore/math.h>
#include <icecore/moving_average.h>

#include <algorithm>
#include <set>

#include "base/floating.h"
#include "compose/nodes.h"
#include "graph/group_by_device.h"
#include "train/assign_moving_average.h"
#include "train/slots.h"

namespace icecore::inline v0 {
namespace {

using Averaged = ExponentialMovingAverage::Averaged;

Output tensor_of(const Averaged& averaged) {
  const auto* variable = std::get_if<Variable>(&averaged);
  return variable == nullptr ? std::get<Output>(averaged) : variable->ref();
}

std::pair<const BuilderData*, std::string> key_of(const Averaged& averaged) {
  const Output tensor = tensor_of(averaged);
  return {&tensor.op().graph().data(), tensor.name()};
}

DType dtype_of(const Averaged& averaged) {
  const auto* variable = std::get_if<Variable>(&averaged);
  return variable == nullptr ? std::get<Output>(averaged).dtype() : variable->dtype();
}

}  // namespace

ExponentialMovingAverage::ExponentialMovingAverage(Input decay,
                                                   const ExponentialMovingAverageOptions& options)
    : decay_(std::move(decay)),
      num_updates_(options.num_updates),
      zero_debias_(options.zero_debias),
      name_(options.name) {}

Variable ExponentialMovingAverage::make_average(GraphBuilder& graph,
                                                const Averaged& averaged) const {
  const ScopeGuard top = graph.init_scope();
  if (const auto* variable = std::get_if<Variable>(&averaged)) {
    const Variable made = create_slot(SlotOwner(*variable), initialized_value(*variable), name_);
    graph.add_to_collection(GraphKeys::kMovingAverageVariables, {*variable});
    return made;
  }
  return create_zeros_slot(SlotOwner(std::get<Output>(averaged)), name_);
}

Operation ExponentialMovingAverage::apply(GraphBuilder& graph,
                                          const std::vector<Averaged>& averaged) {
  std::set<Key> debiased;
  for (const Averaged& each : averaged) {
    if (!is_floating(dtype_of(each))) {
      refuse_as(Misuse::kType,
                "The variables must be half, float, or double: " + tensor_of(each).name());
    }
    if (averages_.contains(key_of(each))) continue;
    averages_.emplace(key_of(each), make_average(graph, each));
    if (zero_debias_ && std::holds_alternative<Output>(each)) debiased.insert(key_of(each));
  }
  const ScopeGuard scope = graph.name_scope(name_);
  Output decay = graph.convert_to_tensor(decay_, {}, "decay");
  if (num_updates_) {
    const Output updates = cast(graph, *num_updates_, DType::kFloat32, "num_updates");
    const Output more = 1.0 + updates;
    const Output much_more = 10.0 + updates;
    decay = add_node(graph, "Minimum", {Input(decay), Input(more / much_more)});
  }
  std::vector<std::pair<Operation, std::string>> updates;
  for (const Averaged& each : averaged) {
    const auto* variable = std::get_if<Variable>(&each);
    const Input value = variable == nullptr ? Input(std::get<Output>(each)) : Input(*variable);
    const Variable& average = averages_.at(key_of(each));
    const Change change = change_moving_average(average, value, decay,
                                                {.zero_debias = debiased.contains(key_of(each))});
    // What changes a resource variable counts as being on the variable's device.
    updates.emplace_back(change.operation,
                         average.is_resource() ? average.op().device() : change.operation.device());
  }
  return group_by_device(graph, updates, scope.name());
}

Operation ExponentialMovingAverage::apply(GraphBuilder& graph) {
  const std::vector<Variable> variables = trainable_variables(graph);
  return apply(graph, {variables.begin(), variables.end()});
}

std::optional<Variable> ExponentialMovingAverage::average(const Averaged& averaged) const {
  const auto found = averages_.find(key_of(averaged));
  if (found == averages_.end()) return std::nullopt;
  return found->second;
}

std::string ExponentialMovingAverage::average_name(const Variable& variable) const {
  if (const std::optional<Variable> kept = average(variable)) return kept->op().name();
  return variable.graph().unique_name(variable.op().name() + "/" + name_, false);
}

SaveableMap ExponentialMovingAverage::variables_to_restore(
    const GraphBuilder& graph,
    const std::optional<std::vector<Variable>>& moving_average_variables) const {
  std::vector<Variable> averaged;
  if (moving_average_variables) {
    averaged = *moving_average_variables;
  } else {
    averaged = trainable_variables(graph);
    for (const CollectionItem& item : graph.collection(GraphKeys::kMovingAverageVariables)) {
      if (const auto* variable = std::get_if<Variable>(&item.value)) averaged.push_back(*variable);
    }
  }
  SaveableMap saveables;
  std::set<std::string> names;
  for (const Variable& variable : averaged) {
    if (!names.insert(variable.name()).second) continue;
    saveables.insert_or_assign(average_name(variable), variable);
  }
  for (const Variable& variable : global_variables(graph)) {
    if (!names.contains(variable.name())) saveables.emplace(variable.op().name(), variable);
  }
  return saveables;
}

}  // namespace icecore::inline v0
