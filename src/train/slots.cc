#include "train/slots.h"

#include <icecore/array.h>

#include <algorithm>

#include "variables/get_variable.h"

namespace icecore::inline v0 {

SlotOwner::SlotOwner(const Variable& owner)
    : tensor(owner.ref()),
      op(owner.op()),
      shape(owner.shape()),
      dtype(owner.dtype()),
      variable(owner) {}

SlotOwner::SlotOwner(const Output& owner)
    : tensor(owner), op(owner.op()), shape(owner.shape()), dtype(owner.dtype()) {
  const std::string type = op.type();
  colocate = type == "Variable" || type == "VariableV2" || type == "VarHandleOp";
}

namespace {

// The slot of a part is a part as well, of a variable that nobody made.
std::optional<PartOf> part_of(const SlotOwner& owner, const std::string& slot_name) {
  if (!owner.variable || !owner.variable->data().save_slice) return std::nullopt;
  PartOf part{*owner.variable->data().save_slice};
  const std::size_t prefix = std::min(owner.op.name().size() + 1, slot_name.size());
  part.slice.full_name += "/" + slot_name.substr(prefix);
  return part;
}

// What a slot is made of.
struct SlotSource {
  std::optional<Input> value = {};
  std::function<Output()> value_function = {};
  std::optional<Initializer> initializer = {};
  std::optional<DType> dtype = {};
  Shape shape = Shape::unknown_rank();
  bool validate_shape = true;
};

Variable make_slot(const SlotOwner& owner, std::string_view name, const SlotSource& source) {
  GraphBuilder graph = owner.graph();
  const ScopeGuard scope =
      variable_scope(graph, "", {.default_name = owner.op.name() + "/" + std::string(name)});
  const ScopeGuard beside = owner.colocate ? graph.colocate_with(owner.op) : ScopeGuard();
  current_variable_scope(graph).partitioner.reset();
  const ScopeGuard top = graph.name_scope("");
  GetVariableOptions options;
  options.trainable = false;
  if (owner.variable) options.use_resource = owner.variable->is_resource();
  options.initializer = source.initializer;
  options.dtype = source.dtype;
  options.validate_shape = source.validate_shape;
  VariableRequest request(graph, "", options, source.value);
  request.value_function = source.value_function;
  const std::optional<PartOf> part = part_of(owner, current_variable_scope(graph).name);
  return get_single_variable(graph, request, source.shape, part ? &*part : nullptr);
}

}  // namespace

Variable create_slot(const SlotOwner& owner, const Input& value, std::string_view name) {
  const auto* tensor = std::get_if<Output>(&value.value());
  const bool validate = tensor == nullptr || tensor->shape().is_fully_defined();
  return make_slot(owner, name, {.value = value, .validate_shape = validate});
}

Variable create_slot(const SlotOwner& owner, const Initializer& initializer, DType dtype,
                     std::string_view name) {
  return make_slot(owner, name,
                   {.initializer = initializer,
                    .dtype = dtype,
                    .shape = owner.shape,
                    .validate_shape = owner.shape.is_fully_defined()});
}

Variable create_slot(const SlotOwner& owner, const std::function<Output()>& value,
                     std::string_view name) {
  return make_slot(owner, name,
                   {.value_function = value, .validate_shape = owner.shape.is_fully_defined()});
}

Variable create_zeros_slot(const SlotOwner& owner, std::string_view name) {
  if (owner.shape.is_fully_defined()) {
    return create_slot(owner, zeros_initializer(), owner.dtype, name);
  }
  GraphBuilder graph = owner.graph();
  const Output like = owner.variable ? initialized_value(*owner.variable) : owner.tensor;
  return create_slot(owner, zeros(graph, shape(graph, like), owner.dtype), name);
}

}  // namespace icecore::inline v0
