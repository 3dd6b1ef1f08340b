// What the files of this folder share. Each is compiled once for each level of CPUs, with
// ICECORE_LEVEL as the name of its namespace and, by a macro too, a name of its own for Eigen's. So
// that nothing compiled for a newer CPU is linked into what runs on an older one, these files
// define no inline function or template outside unnamed namespaces, and call none that isn't
// inlined for sure; tests/ops/level_symbols_test.py looks at the objects.
#pragma once

#include <icecore/dtype.h>

#include <cstddef>
#include <cstdint>

#include "ops/rows/row.h"
#include "ops/rows/row_functions.h"

// A loop whose output may be the very memory of an input, but never overlaps one otherwise.
#if defined(__clang__)
#define ICECORE_ROW_LOOP _Pragma("clang loop vectorize(assume_safety)")
#else
#define ICECORE_ROW_LOOP _Pragma("GCC ivdep")
#endif

namespace icecore::inline v0::ICECORE_LEVEL {

RowFunction find_arithmetic_row(RowOp op, DType dtype);
RowFunction find_comparison_row(RowOp op, DType dtype);
RowFunction find_simple_row(RowOp op, DType dtype);
RowFunction find_exponential_row(RowOp op, DType dtype);
RowFunction find_activation_row(RowOp op, DType dtype);
RowFunction find_cast_row(DType from, DType to);
RowFunction find_select_row(std::size_t element_size);

namespace {

// Op is a type with a static function `of`.
template <typename T, typename R, typename Op>
void unary_row(const Row& row) {
  auto* const out = reinterpret_cast<R*>(row.out);
  const auto* const x = reinterpret_cast<const T*>(row.in[0]);
  ICECORE_ROW_LOOP
  for (std::int64_t i = 0; i < row.count; ++i) out[i] = Op::of(x[i]);
}

template <typename T, typename R, typename Op>
void binary_row(const Row& row) {
  auto* const out = reinterpret_cast<R*>(row.out);
  const auto* const x = reinterpret_cast<const T*>(row.in[0]);
  const auto* const y = reinterpret_cast<const T*>(row.in[1]);
  const std::int64_t count = row.count;
  if (row.in_stride[0] == 0) {
    const T scalar = *x;
    ICECORE_ROW_LOOP
    for (std::int64_t i = 0; i < count; ++i) out[i] = Op::of(scalar, y[i]);
  } else if (row.in_stride[1] == 0) {
    const T scalar = *y;
    ICECORE_ROW_LOOP
    for (std::int64_t i = 0; i < count; ++i) out[i] = Op::of(x[i], scalar);
  } else {
    ICECORE_ROW_LOOP
    for (std::int64_t i = 0; i < count; ++i) out[i] = Op::of(x[i], y[i]);
  }
}

// The row of a binary op for the dtype, from and to the same type: null where it isn't floating.
template <typename Op>
RowFunction binary_of_floats(DType dtype) {
  switch (dtype) {
    case DType::kFloat32:
      return binary_row<float, float, Op>;
    case DType::kFloat64:
      return binary_row<double, double, Op>;
    default:
      return nullptr;
  }
}

// The same, of ints too.
template <typename Op>
RowFunction binary_of_numbers(DType dtype) {
  switch (dtype) {
    case DType::kInt8:
      return binary_row<std::int8_t, std::int8_t, Op>;
    case DType::kUInt8:
      return binary_row<std::uint8_t, std::uint8_t, Op>;
    case DType::kInt16:
      return binary_row<std::int16_t, std::int16_t, Op>;
    case DType::kUInt16:
      return binary_row<std::uint16_t, std::uint16_t, Op>;
    case DType::kInt32:
      return binary_row<std::int32_t, std::int32_t, Op>;
    case DType::kUInt32:
      return binary_row<std::uint32_t, std::uint32_t, Op>;
    case DType::kInt64:
      return binary_row<std::int64_t, std::int64_t, Op>;
    case DType::kUInt64:
      return binary_row<std::uint64_t, std::uint64_t, Op>;
    default:
      return binary_of_floats<Op>(dtype);
  }
}

}  // namespace
}  // namespace icecore::inline v0::ICECORE_LEVEL
