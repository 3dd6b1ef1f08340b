#include "ops/rows/row_functions.h"

#include "ops/rows/cpu_level.h"
#include "ops/rows/level_functions.h"
#include "ops/rows/plain_rows.h"

namespace icecore::inline v0 {
namespace {

LevelFunctions functions_of(CpuLevel level) {
#if defined(ICECORE_HAS_V4)
  if (level >= CpuLevel::kV4) return rows_v4::functions();
#endif
#if defined(ICECORE_HAS_V3)
  if (level >= CpuLevel::kV3) return rows_v3::functions();
#endif
  (void)level;
  return rows_v2::functions();
}

const LevelFunctions& functions() {
  static const LevelFunctions chosen = functions_of(cpu_level());
  return chosen;
}

}  // namespace

RowFunction find_row(RowOp op, DType dtype) {
  if (const RowFunction row = functions().find_row(op, dtype)) return row;
  if (const RowFunction row = find_integer_row(op, dtype)) return row;
  if (const RowFunction row = find_libm_row(op, dtype)) return row;
  return find_complex_row(op, dtype);
}

RowFunction find_cast_row(DType from, DType to) {
  if (const RowFunction row = functions().find_cast_row(from, to)) return row;
  return find_complex_cast_row(from, to);
}

RowFunction find_select_row(std::size_t element_size) {
  return functions().find_select_row(element_size);
}

}  // namespace icecore::inline v0
