#include "base/byte_order.h"

#include <algorithm>

namespace icecore::inline v0 {

void swap_byte_order(std::span<std::byte> bytes, std::size_t unit) {
  if (unit < 2) return;
  for (std::size_t at = 0; at + unit <= bytes.size(); at += unit) {
    std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                 bytes.begin() + static_cast<std::ptrdiff_t>(at + unit));
  }
}

}  // namespace icecore::inline v0
