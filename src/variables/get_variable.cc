// Variables by their names (variable_scope.py: _VariableStore, VariableScope.get_variable).
#include "variables/get_variable.h"

#include "base/floating.h"
#include "base/quoted.h"
#include "graph/number_tensor.h"
#include "graph/type_text.h"
#include "variables/new_variable.h"
#include "variables/scope_state.h"

namespace icecore::inline v0 {

bool may_be_same_shape(const Shape& a, const Shape& b) {
  if (!a.has_rank() || !b.has_rank()) return true;
  if (a.rank() != b.rank()) return false;
  for (int i = 0; i < a.rank(); ++i) {
    if (a.dim(i) >= 0 && b.dim(i) >= 0 && a.dim(i) != b.dim(i)) return false;
  }
  return true;
}

VariableRequest::VariableRequest(GraphBuilder& graph, std::string_view given_name,
                                 const GetVariableOptions& options, std::optional<Input> given)
    : value(std::move(given)) {
  const VariableScope& scope = *ScopeState::of(graph).current;
  name = scope.name.empty() ? std::string(given_name) : scope.name + "/" + std::string(given_name);
  dtype = options.dtype.value_or(scope.dtype);
  // A value's type is the variable's. As in TensorFlow, asking for it leaves a constant behind.
  if (value && options.dtype) {
    const DType own = graph.convert_to_tensor(*value).dtype();
    if (own != dtype) {
      refuse_as(Misuse::kValue, "Initializer type '<dtype: " + quoted(to_string(own)) +
                                    ">' and explicit dtype '<dtype: " + quoted(to_string(dtype)) +
                                    ">' don't match.");
    }
  }
  const auto or_scope = [](const auto& own, const auto& scopes) { return own ? own : scopes; };
  initializer = or_scope(options.initializer, scope.initializer);
  regularizer = or_scope(options.regularizer, scope.regularizer);
  partitioner = or_scope(options.partitioner, scope.partitioner);
  reuse = scope.reuse;
  use_resource = options.use_resource.value_or(scope.use_resource);
  trainable = options.trainable.value_or(true);
  validate_shape = options.validate_shape;
  collections = options.collections;
  synchronization = options.synchronization;
  aggregation = options.aggregation;
}

Initializer default_initializer(const std::string& name, DType dtype) {
  if (is_floating(dtype)) return glorot_uniform_initializer();
  if (is_integer(dtype) || dtype == DType::kBool || dtype == DType::kString) {
    return zeros_initializer();
  }
  refuse_as(Misuse::kValue, "An initializer for variable " + name +
                                " of <dtype: " + quoted(to_string(dtype)) + "> is required");
}

namespace {

Variable existing(const Variable& found, const VariableRequest& request, const Shape& shape) {
  const std::string& name = request.name;
  if (request.reuse == Reuse::kFalse) {
    refuse_as(Misuse::kValue,
              "Variable " + name +
                  " already exists, disallowed. Did you mean to set reuse=True or "
                  "reuse=tf.AUTO_REUSE in VarScope?" +
                  (found.is_resource() ? "" : " Originally defined at: the node " + quoted(name)));
  }
  const std::string sharing = "Trying to share variable " + name + ", but specified ";
  if (!may_be_same_shape(shape, found.shape())) {
    refuse_as(Misuse::kValue, sharing + "shape " + python_text(shape) + " and found shape " +
                                  python_text(found.shape()) + ".");
  }
  if (request.dtype != found.dtype()) {
    refuse_as(Misuse::kValue, sharing + "dtype " + to_string(request.dtype) + " and found dtype " +
                                  to_string(found.dtype()) + ".");
  }
  return found;
}

void add_regularization(GraphBuilder& graph, const std::string& name, const Variable& variable,
                        const Regularizer& regularizer) {
  const ScopeGuard beside = graph.colocate_with(variable.op());
  const ScopeGuard scope = graph.name_scope(name + "/Regularizer/");
  std::optional<Output> loss;
  {
    const ScopeGuard top = graph.init_scope();
    loss = regularizer(graph, variable);
  }
  if (loss) graph.add_to_collection(GraphKeys::kRegularizationLosses, {*loss});
}

InitialValue initial_value_of(GraphBuilder& graph, const VariableRequest& request,
                              const Shape& shape, const PartOf* part) {
  if (request.value) return *request.value;
  if (request.value_function) return request.value_function;
  if (!shape.is_fully_defined()) {
    refuse_as(Misuse::kValue,
              "The initializer passed is not valid. It should be a callable with no arguments and "
              "the shape should not be provided or an instance of `tf.keras.initializers.*' and "
              "`shape` should be fully defined: variable " +
                  quoted(request.name) + ", shape " + to_string(shape));
  }
  Initializer initializer =
      request.initializer ? *request.initializer : default_initializer(request.name, request.dtype);
  std::optional<VariablePart> info;
  if (part != nullptr) {
    info = VariablePart{Shape(part->slice.full_shape), part->slice.offset};
  }
  return [graph, shape, dtype = request.dtype, initializer = std::move(initializer),
          info = std::move(info)]() mutable {
    return initializer(graph, shape, dtype, info ? &*info : nullptr);
  };
}

}  // namespace

Variable get_single_variable(GraphBuilder& graph, const VariableRequest& request,
                             const Shape& shape, const PartOf* part) {
  ScopeState& state = ScopeState::of(graph);
  const auto found = state.variables.find(request.name);
  if (found != state.variables.end()) {
    return existing(found->second.get(graph), request, shape);
  }
  if (request.reuse == Reuse::kTrue) {
    refuse_as(Misuse::kValue, "Variable " + request.name +
                                  " does not exist, or was not created with tf.get_variable(). Did "
                                  "you mean to set reuse=tf.AUTO_REUSE in VarScope?");
  }
  VariableOptions options;
  options.name = request.name;
  options.trainable = request.trainable;
  options.use_resource = request.use_resource;
  options.validate_shape = request.validate_shape;
  options.collections = request.collections;
  if (!request.value && !request.value_function) options.dtype = request.dtype;
  options.synchronization = request.synchronization;
  options.aggregation = request.aggregation;
  std::optional<SaveSliceInfo> slice;
  if (part != nullptr) slice = part->slice;
  const Variable made =
      new_variable(graph, initial_value_of(graph, request, shape, part), options, std::move(slice));
  state.variables.emplace(request.name, StoredVariable(made));
  if (request.regularizer) {
    add_regularization(graph, request.name, made, *request.regularizer);
  }
  return made;
}

namespace {

Variable get_whole(GraphBuilder& graph, const VariableRequest& request, const Shape& shape) {
  const ScopeGuard top = graph.name_scope("");
  const ScopeState& state = ScopeState::of(graph);
  const bool is_scalar = !request.value && shape.has_rank() && shape.rank() == 0;
  const bool was_partitioned =
      request.reuse == Reuse::kTrue && state.partitioned.contains(request.name);
  if ((request.partitioner && !is_scalar) || was_partitioned) {
    refuse_as(Misuse::kValue, "the variable " + quoted(request.name) +
                                  " is partitioned: get_partitioned_variable() gives it");
  }
  if (state.variables.contains(request.name + "/part_0")) {
    refuse_as(Misuse::kValue,
              "No partitioner was provided, but a partitioned version of the variable was found: " +
                  request.name +
                  "/part_0. Perhaps a variable of the same name was already created with "
                  "partitioning?");
  }
  return get_single_variable(graph, request, shape, nullptr);
}

VariableRequest request_of(GraphBuilder& graph, std::string_view name,
                           const GetVariableOptions& options, std::optional<Input> value) {
  const ScopeGuard top = graph.name_scope("");
  return {graph, name, options, std::move(value)};
}

}  // namespace

Variable get_variable(GraphBuilder& graph, std::string_view name, const Shape& shape,
                      const GetVariableOptions& options) {
  return get_whole(graph, request_of(graph, name, options, {}), shape);
}

Variable get_variable(GraphBuilder& graph, std::string_view name, const Input& value,
                      const GetVariableOptions& options) {
  return get_whole(graph, request_of(graph, name, options, value), Shape::unknown_rank());
}

namespace {

GetVariableOptions as_local(GetVariableOptions options) {
  options.trainable = false;
  options.collections.emplace_back(GraphKeys::kLocalVariables);
  return options;
}

}  // namespace

Variable get_local_variable(GraphBuilder& graph, std::string_view name, const Shape& shape,
                            const GetVariableOptions& options) {
  return get_variable(graph, name, shape, as_local(options));
}

Variable get_local_variable(GraphBuilder& graph, std::string_view name, const Input& value,
                            const GetVariableOptions& options) {
  return get_variable(graph, name, value, as_local(options));
}

}  // namespace icecore::inline v0
