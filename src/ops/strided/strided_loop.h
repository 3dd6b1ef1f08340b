// One driver for all loops over strided memory. It knows shapes and strides, but no dtype: the
// innermost dimension is handed to a typed row function.
#pragma once

#include <icecore/export.h>
#include <icecore/shape.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ops/rows/row.h"

namespace icecore::inline v0 {

class ThreadPool;

// A dense tensor that is spread over a loop's dimensions by the rules of broadcasting: they are
// aligned at the last one, and a dimension of 1 is repeated.
struct SpreadOperand {
  Shape shape;
  std::size_t element_size;
};

// Threads: const functions may be called from any thread.
class ICECORE_API StridedLoop {
 public:
  // Strides are in bytes, one for each dimension; 0 repeats an operand. At most kMaxRowInputs
  // inputs. Dimensions of 1 are dropped and those that follow each other in memory for all operands
  // are joined, so that the rows are as long as they can be.
  StridedLoop(std::span<const std::int64_t> dims, std::vector<std::ptrdiff_t> out_strides,
              std::vector<std::vector<std::ptrdiff_t>> in_strides);

  // Writes a dense output of that shape. The inputs' shapes must spread to it (broadcast_shapes).
  static StridedLoop spreading(const Shape& output, std::size_t element_size,
                               std::span<const SpreadOperand> inputs);

  // Over one dimension, where all operands are as dense as the output or repeat one element. The
  // output's stride comes first.
  StridedLoop(std::int64_t count, std::span<const std::ptrdiff_t> strides);

  // Elements of the whole loop.
  std::int64_t count() const { return count_; }

  // Elements [begin, end) in row-major order, here. `row` gets rows or parts of rows.
  void walk(std::int64_t begin, std::int64_t end, std::byte* out,
            std::span<const std::byte* const> in, RowFunction row, const void* parameter) const;

  // All, spread over threads, where it is worth it. Each element must be written by itself: for
  // loops whose output is repeated (reductions), split the kept dimensions and walk() each part.
  // `cost` is that of an element, in additions.
  void run(ThreadPool& threads, int cost, std::byte* out, std::span<const std::byte* const> in,
           RowFunction row, const void* parameter = nullptr) const;

  // What is left after dropping and joining; for tests. A scalar has no dimension.
  const std::vector<std::int64_t>& dims() const { return dims_; }

 private:
  std::vector<std::int64_t> dims_;
  std::size_t operands_;
  // One for each operand, the output first, dimension by dimension.
  std::vector<std::ptrdiff_t> strides_;
  std::int64_t count_ = 1;
};

// Strides in bytes of a dense tensor of that shape, spread over as many dimensions as `rank`.
ICECORE_API std::vector<std::ptrdiff_t> spread_strides(const Shape& shape, int rank,
                                                       std::size_t element_size);

}  // namespace icecore::inline v0
