// What keeps an average.
#pragma once

#include <icecore/moving_average.h>

#include "variables/changes.h"

namespace icecore::inline v0 {

Change change_moving_average(const Variable& variable, const Input& value, const Input& decay,
                             const AssignMovingAverageOptions& options);

}  // namespace icecore::inline v0
