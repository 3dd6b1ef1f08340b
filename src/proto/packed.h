// Repeated numbers in their packed form.
#pragma once

#include <icecore/error.h>
#include <icecore/export.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "proto/blob.h"
#include "proto/cursor.h"

namespace icecore::inline v0 {

// Gives each number of a packed payload to `each` (a std::uint64_t: the varint, or the bits of a
// fixed32 or fixed64). The payload may be a hole: it is read in pieces. DATA_LOSS where it ends
// inside a number or a varint has more than ten bytes.
template <typename Each>
void for_each_packed(const Span& payload, WireType type, Each each) {
  const unsigned width = type == WireType::kFixed64 ? 8 : type == WireType::kFixed32 ? 4 : 0;
  std::uint64_t value = 0;
  unsigned have = 0;  // Bytes of the current number.
  payload.copy_to([&](std::span<const std::byte> piece) {
    for (const std::byte byte : piece) {
      const auto bits = std::to_integer<std::uint64_t>(byte);
      bool last = false;
      if (width != 0) {
        value |= bits << (8 * have);
        last = ++have == width;
      } else {
        value |= (bits & 0x7f) << (7 * have);
        last = bits < 0x80;
        if (++have == 10 && !last) {
          throw Error(Code::kDataLoss, "a list of numbers is damaged: one has more than ten bytes");
        }
      }
      if (last) {
        each(value);
        value = 0;
        have = 0;
      }
    }
  });
  if (have != 0) {
    throw Error(Code::kDataLoss, "a list of numbers is damaged: the last one is cut short");
  }
}

}  // namespace icecore::inline v0
