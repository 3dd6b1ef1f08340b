#include "opdef/builtin_ops.h"

#include <algorithm>

namespace icecore::inline v0 {

namespace {

std::optional<OpSignature> find(std::span<const BuiltinOp> ops, std::string_view name) {
  const auto found = std::ranges::lower_bound(ops, name, {}, &BuiltinOp::name);
  if (found == ops.end() || found->name != name) return std::nullopt;
  return parse_op_signature(found->signature);
}

}  // namespace

std::optional<OpSignature> find_builtin_op(std::string_view name) {
  return find(builtin_ops(), name);
}

std::optional<OpSignature> find_later_op(std::string_view name) {
  return find(later_ops(), name);
}

}  // namespace icecore::inline v0
