#include "ops/rows/level_functions.h"
#include "ops/rows/levels/level.h"

namespace icecore::inline v0::ICECORE_LEVEL {
namespace {

RowFunction find_row(RowOp op, DType dtype) {
  using Find = RowFunction (*)(RowOp, DType);
  const Find families[] = {find_arithmetic_row, find_comparison_row, find_simple_row,
                           find_exponential_row, find_activation_row};
  for (const Find find : families) {
    if (const RowFunction row = find(op, dtype)) return row;
  }
  return nullptr;
}

}  // namespace

LevelFunctions functions() {
  return {find_row, find_cast_row, find_select_row};
}

}  // namespace icecore::inline v0::ICECORE_LEVEL
