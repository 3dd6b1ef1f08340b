#include "ops/variable_cell.h"

#include <icecore/error.h>

#include <algorithm>

#include "base/shape_match.h"

namespace icecore::inline v0 {
namespace {

Tensor copy_of(const Tensor& tensor) {
  Tensor copy(tensor.dtype(), tensor.shape());
  std::ranges::copy(tensor.strings(), copy.mutable_strings().begin());
  std::ranges::copy(tensor.bytes(), copy.mutable_bytes().begin());
  return copy;
}

[[noreturn]] void refuse_uninitialized(const std::string& name) {
  throw Error(Code::kFailedPrecondition, "Attempting to use uninitialized value " + name);
}

}  // namespace

bool VariableCell::is_initialized() const {
  const std::lock_guard lock(mutex_);
  return value_.has_value();
}

std::optional<Tensor> VariableCell::value() const {
  const std::lock_guard lock(mutex_);
  return value_;
}

Tensor VariableCell::read() const {
  const std::lock_guard lock(mutex_);
  if (!value_) refuse_uninitialized(name_);
  return *value_;
}

void VariableCell::assign(Tensor value) {
  if (value.is_borrowed()) value = value.owned();
  const std::lock_guard lock(mutex_);
  value_ = std::move(value);
}

void VariableCell::assign_same_shape(Tensor value) {
  if (value.is_borrowed()) value = value.owned();
  const std::lock_guard lock(mutex_);
  const Shape& expected = value_ ? value_->shape() : shape_;
  if (!allows(expected, value.shape())) {
    throw Error(Code::kInvalidArgument,
                "Assign requires shapes of both tensors to match. lhs shape= " +
                    to_string(expected) + " rhs shape= " + to_string(value.shape()));
  }
  value_ = std::move(value);
}

bool VariableCell::clear() {
  const std::lock_guard lock(mutex_);
  const bool had = value_.has_value();
  value_.reset();
  return had;
}

void VariableCell::update(const std::function<void(Tensor&)>& change) {
  const std::lock_guard lock(mutex_);
  if (!value_) refuse_uninitialized(name_);
  if (!value_->is_unique()) value_ = copy_of(*value_);
  change(*value_);
}

}  // namespace icecore::inline v0
