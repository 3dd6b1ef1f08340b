// The global step (training_util.py).
#include <icecore/variable.h>

#include "graph/builder_data.h"
#include "graph/number_tensor.h"

namespace icecore::inline v0 {
namespace {

std::optional<Variable> found_step(const GraphBuilder& graph) {
  std::vector<CollectionItem> items = graph.collection(GraphKeys::kGlobalStep);
  if (items.size() > 1) return std::nullopt;  // Nobody knows which.
  if (items.size() == 1) {
    if (const auto* variable = std::get_if<Variable>(&items[0].value)) return *variable;
    return std::nullopt;
  }
  for (const std::string_view collection :
       {GraphKeys::kGlobalVariables, GraphKeys::kLocalVariables}) {
    for (const CollectionItem& item : graph.collection(collection)) {
      const auto* variable = std::get_if<Variable>(&item.value);
      if (variable != nullptr && variable->name() == "global_step:0") return *variable;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Variable> get_global_step(const GraphBuilder& graph) {
  std::optional<Variable> step = found_step(graph);
  if (!step) return std::nullopt;
  if (!is_integer(step->dtype())) {
    refuse_as(Misuse::kType,
              "Existing \"global_step\" does not have integer type: " + to_string(step->dtype()));
  }
  const Shape shape = step->shape();
  if (shape.has_rank() && shape.rank() != 0 && shape.is_fully_defined()) {
    refuse_as(Misuse::kType, "Existing \"global_step\" is not scalar: " + to_string(shape));
  }
  return step;
}

Variable create_global_step(GraphBuilder& graph) {
  if (get_global_step(graph)) refuse_as(Misuse::kValue, "\"global_step\" already exists.");
  constexpr std::int64_t kOnlyFirstReplica = 3;
  const ScopeGuard top = graph.name_scope("");
  return get_variable(graph, GraphKeys::kGlobalStep, Shape(),
                      {.dtype = DType::kInt64,
                       .initializer = zeros_initializer(),
                       .trainable = false,
                       .collections = {std::string(GraphKeys::kGlobalVariables),
                                       std::string(GraphKeys::kGlobalStep)},
                       .aggregation = kOnlyFirstReplica});
}

Variable get_or_create_global_step(GraphBuilder& graph) {
  std::optional<Variable> step = get_global_step(graph);
  return step ? *step : create_global_step(graph);
}

}  // namespace icecore::inline v0
