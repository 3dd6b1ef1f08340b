// What inner loops of integers find out.
#pragma once

#include <atomic>

namespace icecore::inline v0 {

// A division by zero, or a negative exponent. `parameter` of the rows that look for one points to
// it; the parts of a loop share it. (Apart from row_functions.h, which all levels include: see
// ops/rows/levels/level.h.)
struct DivisionFault {
  mutable std::atomic<bool> found = false;
};

}  // namespace icecore::inline v0
