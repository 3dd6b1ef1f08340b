// Variables in parts (variable_scope.py: _get_partitioned_variable; variables.py:
// PartitionedVariable).
#include <icecore/array.h>

#include <algorithm>

#include "base/quoted.h"
#include "graph/type_text.h"
#include "variables/get_variable.h"
#include "variables/scope_state.h"

namespace icecore::inline v0 {
namespace {

std::string list_text(const std::vector<std::int64_t>& numbers) {
  std::string text;
  for (const std::int64_t number : numbers) {
    text += (text.empty() ? "" : ", ") + std::to_string(number);
  }
  return "[" + text + "]";
}

std::vector<std::int64_t> dims_of(const Shape& shape) {
  return {shape.dims().begin(), shape.dims().end()};
}

std::vector<std::int64_t> partition(const Partitioner& partitioner, const Shape& shape,
                                    DType dtype) {
  if (!shape.is_fully_defined()) {
    refuse_as(Misuse::kValue,
              "Shape of a new partitioned variable must be fully defined, but instead was " +
                  python_text(shape) + ".");
  }
  if (shape.rank() < 1) {
    refuse_as(Misuse::kValue, "A partitioned Variable must have rank at least 1, shape: ()");
  }
  std::vector<std::int64_t> partitions = partitioner(shape, dtype);
  if (partitions.size() != shape.dims().size()) {
    refuse_as(Misuse::kValue,
              "Partitioner returned a partition list that does not match the Variable's rank: " +
                  list_text(partitions) + " vs. " + python_text(shape));
  }
  if (std::ranges::any_of(partitions, [](std::int64_t count) { return count < 1; })) {
    refuse_as(Misuse::kValue,
              "Partitioner returned zero partitions for some axes: " + list_text(partitions));
  }
  if (std::ranges::count_if(partitions, [](std::int64_t count) { return count > 1; }) > 1) {
    refuse_as(Misuse::kValue, "Can only slice a variable along one dimension: shape: " +
                                  python_text(shape) + ", partitioning: " + list_text(partitions));
  }
  return partitions;
}

PartitionedVariable stored(const GraphBuilder& graph, const std::string& name,
                           const StoredPartitions& kept) {
  PartitionedVariable variable{name, kept.shape, kept.dtype, kept.partitions, {}, kept.axis};
  for (const StoredVariable& part : kept.parts) variable.parts.push_back(part.get(graph));
  return variable;
}

PartitionedVariable existing(const PartitionedVariable& found, const VariableRequest& request,
                             const Shape& shape,
                             const std::optional<std::vector<std::int64_t>>& partitions) {
  const std::string& name = request.name;
  if (request.reuse == Reuse::kFalse) {
    refuse_as(Misuse::kValue, "Partitioned variable with name " + name +
                                  " already exists. Did you mean to set reuse=True or "
                                  "reuse=tf.AUTO_REUSE in VarScope?");
  }
  const std::string reusing = "Trying to reuse partitioned variable " + name + ", but specified ";
  if (!may_be_same_shape(shape, found.shape)) {
    refuse_as(Misuse::kValue, reusing + "shape " + python_text(shape) + " and found shape " +
                                  python_text(found.shape) + ".");
  }
  if (request.dtype != found.dtype) {
    refuse_as(Misuse::kValue, reusing + "dtype " + to_string(request.dtype) + " and found dtype " +
                                  to_string(found.dtype) + ".");
  }
  if (partitions && *partitions != found.partitions) {
    refuse_as(Misuse::kValue, reusing + "partitions " + list_text(*partitions) +
                                  " and found partitions " + list_text(found.partitions) + ".");
  }
  return found;
}

// Parts that are there already, under another partitioning.
void check_parts(const ScopeState& state, const std::string& name, std::int64_t count) {
  const auto has_part = [&](std::int64_t i) {
    return state.variables.contains(name + "/part_" + std::to_string(i));
  };
  if (!has_part(0)) return;
  const std::string prefix =
      "Partitioner returned a different partitioning than what was already found.  Partitioner "
      "returned " +
      std::to_string(count) + " shards, and shard " + name + "/part_0 was found, but ";
  if (!has_part(count - 1)) {
    refuse_as(Misuse::kValue, prefix + name + "/part_" + std::to_string(count - 1) + " was not.");
  }
  if (has_part(count)) {
    refuse_as(Misuse::kValue,
              prefix + "so was the extra shard " + name + "/part_" + std::to_string(count) + ".");
  }
}

PartitionedVariable create(GraphBuilder& graph, const VariableRequest& request, const Shape& shape,
                           const std::vector<std::int64_t>& partitions) {
  ScopeState& state = ScopeState::of(graph);
  const auto split = std::ranges::find_if(partitions, [](std::int64_t n) { return n > 1; });
  const std::size_t axis =
      split == partitions.end() ? 0 : static_cast<std::size_t>(split - partitions.begin());
  const std::int64_t count = partitions[axis];
  check_parts(state, request.name, count);

  PartitionedVariable variable{request.name, shape, request.dtype,
                               partitions,   {},    static_cast<int>(axis)};
  const std::vector<std::int64_t> full = dims_of(shape);
  std::vector<std::int64_t> offset(full.size(), 0);
  for (std::int64_t i = 0; i < count; ++i) {
    PartOf part{{request.name, full, offset, full}};
    part.slice.shape[axis] = full[axis] / count + (i < full[axis] % count ? 1 : 0);
    VariableRequest one = request;
    one.name = request.name + "/part_" + std::to_string(i);
    {
      const ScopeGuard scope = graph.name_scope(one.name + "/PartitionedInitializer");
      if (request.value) {
        const Output sliced = slice(graph, *request.value, part.slice.offset, part.slice.shape);
        one.value = sliced;
        one.dtype = sliced.dtype();
        variable.dtype = one.dtype;
      } else if (!request.initializer) {
        one.initializer = default_initializer(request.name, request.dtype);
      }
    }
    const ScopeGuard top = graph.name_scope("");
    variable.parts.push_back(get_single_variable(
        graph, one, request.value ? Shape::unknown_rank() : Shape(part.slice.shape), &part));
    offset[axis] += part.slice.shape[axis];
  }
  StoredPartitions kept{shape, variable.dtype, partitions, variable.axis, {}};
  for (const Variable& part : variable.parts) kept.parts.emplace_back(part);
  state.partitioned.insert_or_assign(request.name, std::move(kept));
  return variable;
}

PartitionedVariable get_parts(GraphBuilder& graph, std::string_view name, Shape shape,
                              const std::optional<Input>& value,
                              const GetVariableOptions& options) {
  const ScopeGuard top = graph.name_scope("");
  const VariableRequest request(graph, name, options, value);
  const ScopeState& state = ScopeState::of(graph);
  if (state.variables.contains(request.name)) {
    refuse_as(Misuse::kValue,
              "A partitioner was provided, but an unpartitioned version of the variable was "
              "found: " +
                  request.name +
                  ".  Perhaps a variable of the same name was already created without "
                  "partitioning?");
  }
  // As in TensorFlow only a tensor of the graph says its shape; of other values it isn't asked.
  if (const auto* output = value ? std::get_if<Output>(&value->value()) : nullptr) {
    shape = output->shape();
  }
  std::optional<std::vector<std::int64_t>> partitions;
  if (request.partitioner) partitions = partition(*request.partitioner, shape, request.dtype);
  if (const auto found = state.partitioned.find(request.name); found != state.partitioned.end()) {
    return existing(stored(graph, request.name, found->second), request, shape, partitions);
  }
  if (request.reuse == Reuse::kTrue) {
    refuse_as(Misuse::kValue, "PartitionedVariable " + request.name +
                                  " does not exist, or was not created with tf.get_variable(). "
                                  "Did you mean to set reuse=False or reuse=tf.AUTO_REUSE in "
                                  "VarScope?");
  }
  if (!partitions) refuse_as(Misuse::kValue, "No partitioner was specified");
  return create(graph, request, shape, *partitions);
}

}  // namespace

PartitionedVariable get_partitioned_variable(GraphBuilder& graph, std::string_view name,
                                             const Shape& shape,
                                             const GetVariableOptions& options) {
  return get_parts(graph, name, shape, {}, options);
}

PartitionedVariable get_partitioned_variable(GraphBuilder& graph, std::string_view name,
                                             const Input& value,
                                             const GetVariableOptions& options) {
  return get_parts(graph, name, Shape::unknown_rank(), value, options);
}

Output PartitionedVariable::as_tensor() const {
  if (parts.empty()) {
    refuse_as(Misuse::kValue, "the partitioned variable " + quoted(name) + " has no parts");
  }
  GraphBuilder graph = parts[0].graph();
  const ScopeGuard free = graph.no_control_dependencies();
  Input joined = parts[0];
  if (parts.size() > 1) {
    const ScopeGuard scope = graph.name_scope(name + "/ConcatPartitions/");
    joined = concat(graph, std::vector<Input>(parts.begin(), parts.end()), axis);
  }
  const ScopeGuard top = graph.name_scope("");
  return graph.identity(joined, name);
}

}  // namespace icecore::inline v0
