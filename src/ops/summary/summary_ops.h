// Summaries for TensorBoard.
#pragma once

#include <icecore/op_set.h>

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable summary_ops();

// Each stands in the file that is named after it or its kin.
extern const OpImplementation histogram_summary_op;                 // histogram_summary.cc
extern const OpImplementation scalar_summary_op, merge_summary_op;  // scalar_summary.cc

}  // namespace icecore::inline v0
