// Numbers as they stand in encoded messages.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string>

#include "proto/cursor.h"

namespace icecore::inline v0 {

inline void append_varint(std::string& bytes, std::uint64_t value) {
  while (value >= 0x80) {
    bytes += static_cast<char>(value | 0x80);
    value >>= 7;
  }
  bytes += static_cast<char>(value);
}

inline void append_tag(std::string& bytes, std::uint32_t field, WireType type) {
  append_varint(bytes, std::uint64_t{field} << 3 | static_cast<unsigned>(type));
}

template <typename T>
void append_fixed(std::string& bytes, T value) {
  const auto raw = std::bit_cast<std::array<char, sizeof(T)>>(value);
  bytes.append(raw.data(), raw.size());
}

}  // namespace icecore::inline v0
