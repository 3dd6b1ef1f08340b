// Branches and loops: Switch, Merge, Enter, Exit, NextIteration. The executor runs them itself
// (runtime/executor.cc); here stand their shapes and gradients.
#pragma once

#include <icecore/op_set.h>

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable control_flow_ops();

extern const OpImplementation abort_op;  // abort.cc

// gradients.cc
void switch_gradient(GradientContext& c);
void merge_gradient(GradientContext& c);
void same_gradient(GradientContext& c);

}  // namespace icecore::inline v0
