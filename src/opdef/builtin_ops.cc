#include "opdef/builtin_ops.h"

#include <algorithm>

namespace icecore::inline v0 {

std::optional<OpSignature> find_builtin_op(std::string_view name) {
  const std::span<const BuiltinOp> ops = builtin_ops();
  const auto found = std::ranges::lower_bound(ops, name, {}, &BuiltinOp::name);
  if (found == ops.end() || found->name != name) return std::nullopt;
  return parse_op_signature(found->signature);
}

}  // namespace icecore::inline v0
