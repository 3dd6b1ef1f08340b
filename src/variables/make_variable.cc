// The nodes of a variable (variables.py: RefVariable, resource_variable_ops.py: ResourceVariable).
#include <algorithm>

#include "base/quoted.h"
#include "graph/builder_data.h"
#include "variables/new_variable.h"
#include "variables/scope_state.h"

namespace icecore::inline v0 {
namespace {

Output initial_tensor(GraphBuilder& graph, const InitialValue& value, std::optional<DType> dtype) {
  constexpr std::string_view kName = "initial_value";
  if (const auto* function = std::get_if<std::function<Output()>>(&value)) {
    return graph.convert_to_tensor((*function)(), dtype, kName);
  }
  return graph.convert_to_tensor(std::get<Input>(value), dtype, kName);
}

void check_context(const Output& initial_value, const std::string& scope) {
  if (initial_value.op().control_flow_context() == nullptr) return;
  refuse_as(Misuse::kValue,
            "Initializer for variable " + scope +
                " is from inside a control-flow construct, such as a loop or conditional. When "
                "creating a variable inside a loop or conditional, use a lambda as the "
                "initializer.");
}

// What is made in an initializer, and the variable, stand together, though the variable isn't there
// yet to colocate with.
ScopeGuard beside_variable(GraphBuilder& graph, const std::string& variable) {
  return graph.attr_scope({{"_class", std::vector<std::string>{"loc:@" + variable}}});
}

Output in_initializer(GraphBuilder& graph, const InitialValue& value, std::optional<DType> dtype) {
  const ScopeGuard scope = graph.name_scope("Initializer");
  const ScopeGuard anywhere = graph.device(std::nullopt);
  return initial_tensor(graph, value, dtype);
}

Output variable_node(GraphBuilder& graph, const Shape& shape, DType dtype, std::string_view name) {
  return graph.apply_op("VariableV2", {}, {{"shape", shape}, {"dtype", dtype}}, name).output();
}

void make_reference(GraphBuilder& graph, const std::string& scope, const InitialValue& value,
                    const VariableOptions& options, VariableData& made) {
  const auto shape_of = [&](const Output& initial) {
    return options.validate_shape ? initial.shape() : Shape::unknown_rank();
  };
  Output initial;
  if (std::holds_alternative<Input>(value)) {
    initial = initial_tensor(graph, value, options.dtype);
    check_context(initial, scope);
    made.ref = variable_node(graph, shape_of(initial), initial.dtype(), scope);
  } else {
    const ScopeGuard together = beside_variable(graph, scope.substr(0, scope.size() - 1));
    initial = in_initializer(graph, value, options.dtype);
    made.ref = variable_node(graph, shape_of(initial), initial.dtype(), scope);
  }
  if (options.validate_shape && !initial.shape().is_fully_defined()) {
    refuse_as(Misuse::kValue, "initial_value must have a shape specified: " +
                                  quoted(initial.name()) + " has " + to_string(initial.shape()));
  }
  made.initial_value = initial;
  const Output guarded = guarded_initial_value(graph, scope, initial);
  made.initializer = graph.apply_op("Assign", {Input(made.ref), Input(guarded)},
                                    {{"validate_shape", options.validate_shape}});
  const ScopeGuard beside = graph.colocate_with(made.ref.op());
  made.snapshot = graph.identity(made.ref, "read");
}

void make_resource(GraphBuilder& graph, const std::string& scope, const InitialValue& value,
                   const VariableOptions& options, VariableData& made) {
  const std::string name = scope.substr(0, scope.size() - 1);
  made.is_resource = true;
  Output initial;
  {
    const ScopeGuard together = beside_variable(graph, name);
    initial = in_initializer(graph, value, options.dtype);
    const Operation handle = graph.apply_op(
        "VarHandleOp", {},
        {{"shape", initial.shape()}, {"dtype", initial.dtype()}, {"shared_name", name}}, scope);
    made.ref = handle.output();
  }
  check_context(initial, scope);
  made.initial_value = initial;
  const std::string device = made.ref.op().device();
  {
    const ScopeGuard inner = graph.name_scope("IsInitialized");
    graph.apply_op("VarIsInitializedOp", {Input(made.ref)});
  }
  {
    const ScopeGuard inner = graph.name_scope("Assign");
    const ScopeGuard free = without_colocation(graph);
    const ScopeGuard beside = graph.device(device);
    const Output guarded = guarded_initial_value(graph, scope, initial);
    made.initializer =
        graph.apply_op("AssignVariableOp", {Input(made.ref), Input(guarded)}, {}, inner.name());
  }
  const ScopeGuard inner = graph.name_scope("Read");
  const ScopeGuard beside = graph.device(device);
  made.snapshot =
      graph.apply_op("ReadVariableOp", {Input(made.ref)}, {{"dtype", initial.dtype()}}).output();
}

}  // namespace

Variable new_variable(GraphBuilder& graph, const InitialValue& initial_value,
                      const VariableOptions& options, std::optional<SaveSliceInfo> part) {
  auto made = std::make_shared<VariableData>();
  made->trainable = options.trainable;
  made->synchronization = options.synchronization;
  made->aggregation = options.aggregation;
  made->save_slice = std::move(part);
  const bool is_resource =
      options.use_resource.value_or(ScopeState::of(graph).current->use_resource);

  std::vector<std::string> collections = options.collections;
  if (collections.empty()) collections.emplace_back(GraphKeys::kGlobalVariables);
  const std::string trainable(GraphKeys::kTrainableVariables);
  if (options.trainable && std::ranges::find(collections, trainable) == collections.end()) {
    collections.push_back(trainable);
  }

  const ScopeGuard top = graph.init_scope();
  const ScopeGuard scope = graph.name_scope(options.name.empty() ? "Variable" : options.name);
  if (is_resource) {
    make_resource(graph, scope.name(), initial_value, options, *made);
  } else {
    make_reference(graph, scope.name(), initial_value, options, *made);
  }
  Variable variable(std::move(made));
  std::vector<std::string> joined;
  for (const std::string& collection : collections) {
    if (std::ranges::find(joined, collection) != joined.end()) continue;
    joined.push_back(collection);
    graph.add_to_collection(collection, {variable});
  }
  return variable;
}

Variable make_variable(GraphBuilder& graph, const Input& initial_value,
                       const VariableOptions& options) {
  return new_variable(graph, initial_value, options);
}

Variable make_initialized_variable(GraphBuilder& graph,
                                   const std::function<Output()>& initial_value,
                                   const VariableOptions& options) {
  return new_variable(graph, initial_value, options);
}

}  // namespace icecore::inline v0
