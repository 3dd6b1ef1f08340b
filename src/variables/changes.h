// Assigning to variables, for modules that need the operation as well as the value after it.
#pragma once

#include <icecore/variable.h>

#include <optional>
#include <string_view>

namespace icecore::inline v0 {

enum class ChangeKind { kAssign, kAdd, kSubtract };

struct Change {
  Operation operation;
  // A reference to the variable; of a resource variable a ReadVariableOp that waits for the change
  // (TensorFlow adds it whether or not it is used).
  Output value;
};

// `use_locking` is an attribute of the reference ops alone.
ICECORE_API Change change_variable(const Variable& variable, ChangeKind kind, const Input& value,
                                   std::string_view name = {},
                                   std::optional<bool> use_locking = {});

}  // namespace icecore::inline v0
