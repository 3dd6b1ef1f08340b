#include "proto/conflict.h"

#include <icecore/error.h>

#include "proto/packed.h"
#include "proto/utf8.h"

namespace icecore::inline v0 {
namespace {

constexpr int kMaxDepth = 100;

std::string named(const MessageSchema& schema, const FieldSchema& field, std::string_view what) {
  return std::string(schema.name).append(".").append(field.name).append(": ").append(what);
}

std::optional<std::string> walk(const Span& message, const MessageSchema& schema, int depth) {
  if (depth > kMaxDepth) return std::string(schema.name) + ": nested too deep";
  for (Cursor cursor(message); cursor.next();) {
    const FieldSchema* field = schema.find(cursor.field());
    if (field == nullptr) continue;
    const WireType wanted = field->wire_type();
    const bool packed = field->packed && cursor.wire_type() == WireType::kBytes;
    if (!packed && cursor.wire_type() != wanted) {
      return named(schema, *field, "another wire type than it has");
    }
    if (wanted != WireType::kBytes && !packed) continue;
    const Span payload = cursor.bytes();
    if (field->type == FieldType::kMessage) {
      if (auto inside = walk(payload, *field->message, depth + 1)) return inside;
    } else if (payload.has_holes()) {
      continue;
    } else if (packed) {
      for_each_packed(payload, wanted, [](std::uint64_t) {});
    } else if (field->type == FieldType::kString && !is_utf8(payload.contiguous())) {
      return named(schema, *field, "text that isn't UTF-8");
    }
  }
  return {};
}

}  // namespace

std::optional<std::string> conflict(const Span& message, const MessageSchema& schema) {
  try {
    return walk(message, schema, 0);
  } catch (const Error& error) {
    if (error.code() != Code::kDataLoss) throw;
    return error.message();
  }
}

}  // namespace icecore::inline v0
