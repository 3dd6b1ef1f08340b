// The family of element-wise math.
#pragma once

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable math_ops();

}  // namespace icecore::inline v0
