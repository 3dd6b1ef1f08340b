// An element-wise function of some dtype, run over a loop.
#pragma once

#include <icecore/dtype.h>
#include <icecore/export.h>

#include <cstddef>
#include <span>

#include "ops/rows/row_functions.h"
#include "ops/strided/strided_loop.h"

namespace icecore::inline v0 {

class ThreadPool;

// Half and bfloat16 are computed in float32, piece by piece, and rounded to nearest even.
class ICECORE_API ElementRow {
 public:
  // Inputs are of that dtype. The output is bool where the op says so, else of the dtype too.
  ElementRow(RowOp op, DType dtype);

  // Whether there is such a function.
  explicit operator bool() const { return compute_ != nullptr; }

  // `parameter` is what the op wants (row_functions.h).
  void run(const StridedLoop& loop, ThreadPool& threads, std::byte* out,
           std::span<const std::byte* const> in, const void* parameter = nullptr) const;
  // The same for parts of a loop, here.
  void walk(const StridedLoop& loop, std::int64_t begin, std::int64_t end, std::byte* out,
            std::span<const std::byte* const> in, const void* parameter = nullptr) const;

 private:
  RowFunction compute_ = nullptr;
  // Of half and bfloat16; `narrow_` is null where the output is bool.
  RowFunction widen_ = nullptr, narrow_ = nullptr;
  int cost_ = 1;
};

// Whether the output is bool.
bool gives_bool(RowOp op);

}  // namespace icecore::inline v0
