// Where a Session keeps a variable's value.
#pragma once

#include <icecore/dtype.h>
#include <icecore/export.h>
#include <icecore/shape.h>
#include <icecore/tensor.h>

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "ops/run_services.h"

namespace icecore::inline v0 {

// One for each VariableV2 and each resource variable. A tensor that was read never changes: an
// update works in place only where nobody else holds the value, else on a copy. Thread-safe; each
// function is one step.
class ICECORE_API VariableCell : public Resource {
 public:
  // `name` is for messages; `shape` is what the node says, perhaps not all of it.
  VariableCell(std::string name, DType dtype, Shape shape)
      : name_(std::move(name)), dtype_(dtype), shape_(std::move(shape)) {}

  const std::string& name() const { return name_; }
  DType dtype() const { return dtype_; }
  const Shape& static_shape() const { return shape_; }

  bool is_initialized() const;
  // Nothing where it has no value yet.
  std::optional<Tensor> value() const;
  // FAILED_PRECONDITION "Attempting to use uninitialized value v".
  Tensor read() const;
  void assign(Tensor value);
  // The same where the value must have the shape of the one that is there, or (where there is none
  // yet) the static shape as far as it is known. INVALID_ARGUMENT "Assign requires shapes of both
  // tensors to match. lhs shape= [3] rhs shape= [2]".
  void assign_same_shape(Tensor value);
  // It has no value afterwards; whether it had one.
  bool clear();
  // Calls `change` with the value, which it may write into (mutable_bytes()); FAILED_PRECONDITION
  // as read(). The lock is held meanwhile. Where `change` throws, the value is what it was or
  // partly changed: check first.
  void update(const std::function<void(Tensor& value)>& change);

 private:
  std::string name_;
  DType dtype_;
  Shape shape_;
  mutable std::mutex mutex_;
  std::optional<Tensor> value_;
};

}  // namespace icecore::inline v0
