// What a variable says of itself, and how it becomes a tensor.
#include <icecore/variable_data.h>

#include "base/quoted.h"
#include "graph/builder_data.h"

namespace icecore::inline v0 {

std::string SaveSliceInfo::spec() const {
  std::string text;
  for (const std::int64_t size : full_shape) text += std::to_string(size) + " ";
  for (std::size_t i = 0; i < offset.size() && i < shape.size(); ++i) {
    if (i > 0) text += ":";
    text += std::to_string(offset[i]) + "," + std::to_string(shape[i]);
  }
  return text;
}

std::string Variable::name() const {
  return data_->ref.name();
}

Operation Variable::op() const {
  return data_->ref.op();
}

DType Variable::dtype() const {
  return is_resource() ? std::get<DType>(op().attr("dtype")) : data_->ref.dtype();
}

Shape Variable::shape() const {
  return is_resource() ? std::get<Shape>(op().attr("shape")) : data_->ref.shape();
}

bool Variable::is_resource() const {
  return data_->is_resource;
}

bool Variable::trainable() const {
  return data_->trainable;
}

Output Variable::ref() const {
  return data_->ref;
}

Output Variable::value() const {
  if (!is_resource()) return data_->snapshot;
  // Read anew wherever it is asked for, beside its handle and nothing else.
  GraphBuilder graph = this->graph();
  const ScopeGuard free = without_colocation(graph);
  const ScopeGuard beside = graph.device(op().device());
  return graph.apply_op("ReadVariableOp", {Input(ref())}, {{"dtype", dtype()}}).output();
}

std::string Variable::value_name() const {
  return is_resource() ? data_->snapshot.name() : name();
}

Operation Variable::initializer() const {
  const GraphBuilder graph = this->graph();
  const auto& replaced = graph.data().new_initializers;
  const auto found = replaced.find(op().id());
  return found == replaced.end() ? data_->initializer : graph.operation(found->second.operation);
}

Output Variable::initial_value() const {
  if (auto value = initial_value_of(*this)) return *std::move(value);
  refuse_as(Misuse::kValue,
            "the variable " + quoted(op().name()) + " was imported without its initial value");
}

std::optional<Output> initial_value_of(const Variable& variable) {
  const GraphBuilder graph = variable.graph();
  const auto& replaced = graph.data().new_initializers;
  const auto found = replaced.find(variable.op().id());
  if (found == replaced.end()) return variable.data().initial_value;
  const Endpoint value = found->second.initial_value;
  return graph.operation(value.node).output(value.index);
}

void replace_initializer(const Variable& variable, const Operation& initializer,
                         const Output& initial_value) {
  variable.graph().data().new_initializers.insert_or_assign(
      variable.op().id(), BuilderData::NewInitializer{
                              initializer.id(), {initial_value.op().id(), initial_value.index()}});
}

GraphBuilder Variable::graph() const {
  return op().graph();
}

Input::Input(const Variable& variable) : value_(variable.shared_data()) {}

std::optional<DType> symbolic_dtype(const Input& input) {
  if (const auto* output = std::get_if<Output>(&input.value())) {
    if (output->valid()) return output->dtype();
  } else if (const auto* variable = std::get_if<Input::VariablePointer>(&input.value())) {
    return Variable(*variable).dtype();
  }
  return std::nullopt;
}

}  // namespace icecore::inline v0
