// Where the inner loops of one level of CPUs are found.
#pragma once

#include <icecore/dtype.h>

#include <cstddef>

#include "ops/rows/row_functions.h"

namespace icecore::inline v0 {

struct LevelFunctions {
  RowFunction (*find_row)(RowOp op, DType dtype);
  RowFunction (*find_cast_row)(DType from, DType to);
  RowFunction (*find_select_row)(std::size_t element_size);
};

// What ops/rows/levels defines, once for each level that the compiler can build for.
namespace rows_v2 {
LevelFunctions functions();
}
namespace rows_v3 {
LevelFunctions functions();
}
namespace rows_v4 {
LevelFunctions functions();
}

}  // namespace icecore::inline v0
