#include "ops/math/math_ops.h"

#include <vector>

namespace icecore::inline v0 {

// One line a file of this folder, which defines FILE_ops().
#define ICECORE_MATH_FILES(FILE) \
  FILE(add)                      \
  FILE(add_n)                    \
  FILE(bitwise)                  \
  FILE(cast)                     \
  FILE(clip)                     \
  FILE(comparison)               \
  FILE(complex)                  \
  FILE(cross)                    \
  FILE(division)                 \
  FILE(exponential)              \
  FILE(logical)                  \
  FILE(maximum)                  \
  FILE(multiply)                 \
  FILE(pow)                      \
  FILE(rounding)                 \
  FILE(select)                   \
  FILE(sign)                     \
  FILE(special)                  \
  FILE(square_root)              \
  FILE(trigonometric)            \
  FILE(xlogy)

#define ICECORE_DECLARE(file) OpTable file##_ops();
ICECORE_MATH_FILES(ICECORE_DECLARE)
#undef ICECORE_DECLARE

OpTable math_ops() {
  static const std::vector<OpImplementation> table = [] {
    std::vector<OpImplementation> all;
#define ICECORE_APPEND(file) \
  for (const OpImplementation& op : file##_ops()) all.push_back(op);
    ICECORE_MATH_FILES(ICECORE_APPEND)
#undef ICECORE_APPEND
    return all;
  }();
  return table;
}

}  // namespace icecore::inline v0
