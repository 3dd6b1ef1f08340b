// The loops of reductions. Which sums are taken in which order follows from the shape alone, never
// from the number of threads, and no long chain of additions is taken: sums of parts are added, so
// that rounding errors don't pile up.
#pragma once

#include <icecore/kernel.h>
#include <icecore/tensor.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/thread_pool.h"
#include "ops/reduction/reduce_plan.h"

namespace icecore::inline v0 {

constexpr std::int64_t kReduceBlock = 256;      // Elements that are added one after the other.
constexpr std::int64_t kReduceRows = 16;        // Rows, likewise.
constexpr std::int64_t kReduceChunk = 1 << 16;  // Elements that are worth a thread.
constexpr std::int64_t kReduceTile = 1024;      // Columns whose sums stay in the cache.

// Op has `static T initial()` and `static T combine(T, T)`.

// Of n neighbours.
template <typename Op, typename T>
T reduce_neighbours(const T* x, std::int64_t n) {
  if (n > kReduceBlock) {
    const std::int64_t half = (n / 2 + kReduceBlock - 1) / kReduceBlock * kReduceBlock;
    return Op::combine(reduce_neighbours<Op>(x, half), reduce_neighbours<Op>(x + half, n - half));
  }
  constexpr std::int64_t kLanes = 16;
  if (n < kLanes) {
    T sum = Op::template initial<T>();
    for (std::int64_t i = 0; i < n; ++i) sum = Op::combine(sum, x[i]);
    return sum;
  }
  std::array<T, kLanes> lanes;
  std::copy_n(x, kLanes, lanes.begin());
  // The first lanes might be NaN, which max and min pass over.
  if constexpr (Op::kPassesOver) {
    for (T& lane : lanes) lane = Op::combine(Op::template initial<T>(), lane);
  }
  std::int64_t i = kLanes;
  for (; i + kLanes <= n; i += kLanes) {
    for (std::int64_t k = 0; k < kLanes; ++k) lanes[k] = Op::combine(lanes[k], x[i + k]);
  }
  for (std::int64_t k = 0; k < kLanes && i + k < n; ++k) lanes[k] = Op::combine(lanes[k], x[i + k]);
  for (std::int64_t width = kLanes / 2; width > 0; width /= 2) {
    for (std::int64_t k = 0; k < width; ++k) lanes[k] = Op::combine(lanes[k], lanes[k + width]);
  }
  return lanes[0];
}

// Of n rows of `width` elements, `stride` apart, element by element. `scratch` has room for a row
// for each halving of n.
template <typename Op, typename T>
void reduce_rows(const T* x, std::int64_t n, std::int64_t stride, std::int64_t width, T* out,
                 T* scratch) {
  if (n > kReduceRows) {
    const std::int64_t half = (n / 2 + kReduceRows - 1) / kReduceRows * kReduceRows;
    reduce_rows<Op>(x, half, stride, width, out, scratch);
    reduce_rows<Op>(x + half * stride, n - half, stride, width, scratch, scratch + width);
    for (std::int64_t i = 0; i < width; ++i) out[i] = Op::combine(out[i], scratch[i]);
    return;
  }
  std::fill_n(out, width, Op::template initial<T>());
  for (std::int64_t row = 0; row < n; ++row, x += stride) {
    for (std::int64_t i = 0; i < width; ++i) out[i] = Op::combine(out[i], x[i]);
  }
}

// Rows of scratch for reduce_rows().
inline std::size_t scratch_rows(std::int64_t n) {
  std::size_t rows = 1;
  for (; n > kReduceRows; n = n / 2 + kReduceRows) {
    ++rows;
    if (n <= 2 * kReduceRows) break;
  }
  return rows + 1;
}

// Tile `tile` of outer block `outer`, rows [begin, end), into `out`.
template <typename Op, typename T>
void reduce_tile(const T* in, const ReduceStep& step, std::int64_t block, std::int64_t column,
                 std::int64_t width, std::int64_t begin, std::int64_t end, T* out) {
  const T* x = in + (block * step.count + begin) * step.inner + column;
  std::vector<T> scratch(scratch_rows(end - begin) * static_cast<std::size_t>(width));
  reduce_rows<Op>(x, end - begin, step.inner, width, out, scratch.data());
}

template <typename Op, typename T>
void reduce_inner(ThreadPool& threads, const T* in, T* out, const ReduceStep& step) {
  const std::int64_t n = step.count;
  if (n <= 2 * kReduceChunk || step.outer >= 64) {
    threads.parallel_for(step.outer,
                         std::max<std::int64_t>(1, kReduceChunk / std::max<std::int64_t>(n, 1)),
                         [&](std::int64_t begin, std::int64_t end) {
                           for (std::int64_t i = begin; i < end; ++i) {
                             out[i] = reduce_neighbours<Op>(in + i * n, n);
                           }
                         });
    return;
  }
  // Few long ones: in parts, which are combined then.
  const std::int64_t parts = (n + kReduceChunk - 1) / kReduceChunk;
  std::vector<T> partial(static_cast<std::size_t>(parts));
  for (std::int64_t i = 0; i < step.outer; ++i) {
    const T* const x = in + i * n;
    threads.parallel_for(parts, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t part = begin; part < end; ++part) {
        const std::int64_t from = part * kReduceChunk;
        partial[static_cast<std::size_t>(part)] =
            reduce_neighbours<Op>(x + from, std::min(kReduceChunk, n - from));
      }
    });
    out[i] = reduce_neighbours<Op>(partial.data(), parts);
  }
}

template <typename Op, typename T>
void reduce_outer(ThreadPool& threads, const T* in, T* out, const ReduceStep& step) {
  const std::int64_t tile = std::min(step.inner, kReduceTile);
  const std::int64_t tiles = (step.inner + tile - 1) / tile;
  const auto width_of = [&](std::int64_t t) { return std::min(tile, step.inner - t * tile); };
  const std::int64_t work = std::max<std::int64_t>(step.count, 1) * tile;
  if (work <= 2 * kReduceChunk || step.outer * tiles >= 64) {
    threads.parallel_for(step.outer * tiles, std::max<std::int64_t>(1, kReduceChunk / work),
                         [&](std::int64_t begin, std::int64_t end) {
                           for (std::int64_t task = begin; task < end; ++task) {
                             const std::int64_t block = task / tiles, t = task % tiles;
                             reduce_tile<Op>(in, step, block, t * tile, width_of(t), 0, step.count,
                                             out + block * step.inner + t * tile);
                           }
                         });
    return;
  }
  // Few long columns: in parts, which are combined then.
  const std::int64_t rows = std::max(kReduceRows, kReduceChunk / tile);
  const std::int64_t parts = (step.count + rows - 1) / rows;
  std::vector<T> partial(static_cast<std::size_t>(parts * step.inner));
  for (std::int64_t block = 0; block < step.outer; ++block) {
    threads.parallel_for(parts * tiles, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t task = begin; task < end; ++task) {
        const std::int64_t part = task / tiles, t = task % tiles;
        reduce_tile<Op>(in, step, block, t * tile, width_of(t), part * rows,
                        std::min((part + 1) * rows, step.count),
                        partial.data() + part * step.inner + t * tile);
      }
    });
    const ReduceStep rest{1, parts, step.inner};
    for (std::int64_t t = 0; t < tiles; ++t) {
      reduce_tile<Op>(partial.data(), rest, 0, t * tile, width_of(t), 0, parts,
                      out + block * step.inner + t * tile);
    }
  }
}

// The input, reduced as planned, under the output's shape. T has the size of the elements.
template <typename Op, typename T>
Tensor reduce(KernelContext& c, const Tensor& input, const ReducePlan& plan) {
  if (plan.steps.empty()) return input.reshaped(plan.output);
  Tensor from = input;
  for (const ReduceStep& step : plan.steps) {
    Tensor to = c.allocate(input.dtype(), Shape{step.outer * step.inner});
    T* const out = to.mutable_values<T>().data();
    const T* const in = from.values<T>().data();
    if (to.num_elements() > 0) {
      if (step.inner == 1) {
        reduce_inner<Op>(c.threads(), in, out, step);
      } else {
        reduce_outer<Op>(c.threads(), in, out, step);
      }
    }
    from = std::move(to);
  }
  return from.reshaped(plan.output);
}

}  // namespace icecore::inline v0
