// Products of a few rows with a large matrix of float32, which cost one pass over the matrix.
#pragma once

#include <cstdint>

#include "base/thread_pool.h"

namespace icecore::inline v0 {

constexpr std::int64_t kMostProductRows = 4;

// c [m,n] = a [m,k] * b, m at most kMostProductRows, all row-major; b is [k,n], or [n,k] where it
// is transposed. The matrix is read as it lies: packing it first, as products of many rows do,
// would cost more than the product. The sums don't depend on the threads.
void row_product(ThreadPool& threads, std::int64_t m, std::int64_t n, std::int64_t k,
                 const float* a, const float* b, bool transpose_b, float* c);

}  // namespace icecore::inline v0
