// Bools that come from elsewhere.
#pragma once

#include <icecore/export.h>
#include <icecore/tensor.h>

#include <cstddef>
#include <span>

namespace icecore::inline v0 {

// A bool in memory is 0 or 1; in a file any byte may stand for one, and all but 0 are true. Whoever
// fills a tensor of bools with bytes that others made calls this before the tensor is handed on.
inline void normalise_bools(std::span<std::byte> values) {
  for (std::byte& value : values) value = std::byte{value != std::byte{0}};
}

// The tensor, or where it has bools that are neither 0 nor 1, a copy in which they are: for tensors
// that programs hand in.
ICECORE_API Tensor with_normal_bools(Tensor tensor);

}  // namespace icecore::inline v0
