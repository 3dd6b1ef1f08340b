// Integers at byte positions, and swapping whole buffers.
#pragma once

#include <icecore/export.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace icecore::inline v0 {

static_assert(std::endian::native == std::endian::little,
              "Icecore keeps tensors in the machine's order and writes little-endian files");

inline std::uint32_t load_u32(const void* at) {
  std::uint32_t value;
  std::memcpy(&value, at, sizeof value);
  return value;
}
inline std::uint64_t load_u64(const void* at) {
  std::uint64_t value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

// Reverses the bytes of every `unit` bytes in place; the size must be a multiple of unit.
ICECORE_API void swap_byte_order(std::span<std::byte> bytes, std::size_t unit);

}  // namespace icecore::inline v0
