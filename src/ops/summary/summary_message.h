// Summary messages (summary.proto), as summary ops write them.
#pragma once

#include <string>
#include <string_view>

#include "proto/wire_write.h"

namespace icecore::inline v0 {

constexpr std::uint32_t kSummaryValue = 1;  // Of Summary.
constexpr std::uint32_t kValueTag = 1;      // Of Summary.Value.

inline void append_bytes(std::string& to, std::uint32_t field, std::string_view bytes) {
  append_tag(to, field, WireType::kBytes);
  append_varint(to, bytes.size());
  to += bytes;
}
// Zeros of fields that are no oneof's are left out.
inline void append_double(std::string& to, std::uint32_t field, double value) {
  if (std::bit_cast<std::uint64_t>(value) == 0) return;
  append_tag(to, field, WireType::kFixed64);
  append_fixed(to, value);
}
inline void append_float(std::string& to, std::uint32_t field, float value) {
  append_tag(to, field, WireType::kFixed32);
  append_fixed(to, value);
}

// The beginning of a Summary.Value.
inline std::string summary_value(std::string_view tag) {
  std::string value;
  if (!tag.empty()) append_bytes(value, kValueTag, tag);
  return value;
}
inline void append_value(std::string& summary, std::string_view value) {
  append_bytes(summary, kSummaryValue, value);
}

}  // namespace icecore::inline v0
