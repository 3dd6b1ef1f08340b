// What the driver of loops (ops/strided) hands to a typed inner loop.
#pragma once

#include <cstddef>
#include <cstdint>

namespace icecore::inline v0 {

inline constexpr int kMaxRowInputs = 3;

// `count` elements along the innermost dimension. Strides are in bytes; the output may be the very
// memory of an input. Plain arrays: this is compiled for several kinds of CPUs, where an inline
// function of the standard library could leak from one into another.
struct Row {
  std::byte* out;
  const std::byte* in[kMaxRowInputs];
  std::ptrdiff_t out_stride;
  std::ptrdiff_t in_stride[kMaxRowInputs];
  std::int64_t count;
  const void* parameter;  // What the function wants to know besides; null for most.
};

// The rows of ops/rows/row_functions.h are element-wise: their output is contiguous, and each input
// is contiguous or, with stride 0, one value for the whole row. Not all inputs of a row of more
// than one element have stride 0.
using RowFunction = void (*)(const Row&);

}  // namespace icecore::inline v0
