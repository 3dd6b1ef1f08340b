// Variables that stand beside others (slot_creator.py).
#pragma once

#include <icecore/variable.h>

#include <functional>
#include <optional>
#include <string_view>

namespace icecore::inline v0 {

// What a slot stands beside: a variable, or a tensor of which an average is kept.
struct SlotOwner {
  explicit SlotOwner(const Variable& variable);
  explicit SlotOwner(const Output& tensor);

  GraphBuilder graph() const { return op.graph(); }

  Output tensor;  // Of a variable its reference.
  Operation op;
  Shape shape;
  DType dtype;
  std::optional<Variable> variable;
  // Whether the slot is colocated with its owner.
  bool colocate = true;
};

// A slot "OWNER/NAME", inside the variable scope that stands: of a value, of the owner's shape, or
// of a function that makes the value in the slot's own scope.
Variable create_slot(const SlotOwner& owner, const Input& value, std::string_view name);
Variable create_slot(const SlotOwner& owner, const Initializer& initializer, DType dtype,
                     std::string_view name);
Variable create_slot(const SlotOwner& owner, const std::function<Output()>& value,
                     std::string_view name);
Variable create_zeros_slot(const SlotOwner& owner, std::string_view name);

}  // namespace icecore::inline v0
