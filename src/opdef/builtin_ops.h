// The ops that TensorFlow has: all of 1.15.5's, and those that 2.21 has beyond them.
#pragma once

#include <icecore/export.h>

#include <optional>
#include <span>
#include <string_view>

#include "opdef/op_signature.h"

namespace icecore::inline v0 {

struct BuiltinOp {
  std::string_view name;
  std::string_view signature;  // What parse_op_signature() reads.
};

// Sorted by name.
ICECORE_API std::span<const BuiltinOp> builtin_ops();

// Those of 1.15.5's that 2.21 writes otherwise, as 2.21 has them. Sorted by name.
ICECORE_API std::span<const BuiltinOp> later_ops();

// Nothing where TensorFlow has no such op: a custom one, or the name of a function.
ICECORE_API std::optional<OpSignature> find_builtin_op(std::string_view name);
// As 2.21 has an op of 1.15.5; nothing where both have the same.
ICECORE_API std::optional<OpSignature> find_later_op(std::string_view name);

}  // namespace icecore::inline v0
