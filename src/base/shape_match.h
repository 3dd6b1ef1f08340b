// Whether a shape that is known is one that was declared.
#pragma once

#include <icecore/shape.h>

#include <algorithm>

namespace icecore::inline v0 {

// Whether a value of that shape may stand where `declared` was: an unknown rank takes any, an
// unknown dimension any size.
inline bool allows(const Shape& declared, const Shape& value) {
  if (!declared.has_rank()) return true;
  return std::ranges::equal(declared.dims(), value.dims(), [](std::int64_t want, std::int64_t has) {
    return want < 0 || want == has;
  });
}

}  // namespace icecore::inline v0
