// The family of activation functions.
#pragma once

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable activations_ops();

}  // namespace icecore::inline v0
