// Inner loops in which the level of the CPU makes no difference: integer division, complex numbers,
// and functions that the C library computes one value at a time.
#pragma once

#include <icecore/dtype.h>

#include "ops/rows/row_functions.h"

namespace icecore::inline v0 {

// Null where there is none.
RowFunction find_integer_row(RowOp op, DType dtype);
RowFunction find_libm_row(RowOp op, DType dtype);
RowFunction find_complex_row(RowOp op, DType dtype);
RowFunction find_complex_cast_row(DType from, DType to);

// Op is a type with a static function `of`.
template <typename T, typename R, typename Op>
void plain_unary_row(const Row& row) {
  auto* const out = reinterpret_cast<R*>(row.out);
  const auto* const x = reinterpret_cast<const T*>(row.in[0]);
  for (std::int64_t i = 0; i < row.count; ++i) out[i] = Op::of(x[i]);
}

template <typename T, typename R, typename Op>
void plain_binary_row(const Row& row) {
  auto* const out = reinterpret_cast<R*>(row.out);
  const auto* const x = reinterpret_cast<const T*>(row.in[0]);
  const auto* const y = reinterpret_cast<const T*>(row.in[1]);
  const std::int64_t x_step = row.in_stride[0] == 0 ? 0 : 1;
  const std::int64_t y_step = row.in_stride[1] == 0 ? 0 : 1;
  for (std::int64_t i = 0; i < row.count; ++i) out[i] = Op::of(x[i * x_step], y[i * y_step]);
}

}  // namespace icecore::inline v0
