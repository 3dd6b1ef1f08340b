#include "ops/linalg/row_product.h"

#include <algorithm>
#include <array>

namespace icecore::inline v0 {
namespace {

// The loops are plain; the compiler makes vectors of them, wide ones in the functions that say so.
#if defined(__x86_64__)
#define ICECORE_WIDE __attribute__((target("avx2,fma")))
bool has_wide() {
  static const bool has = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return has;
}
#else
#define ICECORE_WIDE
bool has_wide() {
  return false;
}
#endif

struct Job {
  std::int64_t m, n, k;
  const float* a;
  const float* b;
  float* c;
};

// So many columns of sums stay in the first-level cache while rows of b pass by.
constexpr std::int64_t kColumns = 2048;

// Columns [begin, end) of row i of c: rows of b, four at a time, each times a number of a.
[[gnu::always_inline]] inline void add_rows(const Job& job, std::int64_t i, std::int64_t begin,
                                            std::int64_t end, std::int64_t k0, std::int64_t k1) {
  float* __restrict__ c = job.c + i * job.n;
  const float* a = job.a + i * job.k;
  std::int64_t p = k0;
  for (; p + 4 <= k1; p += 4) {
    const float x0 = a[p], x1 = a[p + 1], x2 = a[p + 2], x3 = a[p + 3];
    const float* __restrict__ b0 = job.b + p * job.n;
    const float* __restrict__ b1 = b0 + job.n;
    const float* __restrict__ b2 = b1 + job.n;
    const float* __restrict__ b3 = b2 + job.n;
    for (std::int64_t j = begin; j < end; ++j) {
      c[j] = c[j] + x0 * b0[j] + x1 * b1[j] + x2 * b2[j] + x3 * b3[j];
    }
  }
  for (; p < k1; ++p) {
    const float x = a[p];
    const float* __restrict__ b = job.b + p * job.n;
    for (std::int64_t j = begin; j < end; ++j) c[j] += x * b[j];
  }
}

[[gnu::always_inline]] inline void columns_body(const Job& job, std::int64_t begin,
                                                std::int64_t end) {
  // Several rows share what was just read of b.
  constexpr std::int64_t kDepth = 8;
  for (std::int64_t j = begin; j < end; j += kColumns) {
    const std::int64_t j_end = std::min(end, j + kColumns);
    for (std::int64_t i = 0; i < job.m; ++i) {
      std::fill(job.c + i * job.n + j, job.c + i * job.n + j_end, 0.0F);
    }
    for (std::int64_t p = 0; p < job.k; p += kDepth) {
      const std::int64_t p_end = std::min(job.k, p + kDepth);
      for (std::int64_t i = 0; i < job.m; ++i) add_rows(job, i, j, j_end, p, p_end);
    }
  }
}

// The sum of products, in as many partial sums as vectors have room for.
[[gnu::always_inline]] inline float dot(const float* __restrict__ x, const float* __restrict__ y,
                                        std::int64_t count) {
  constexpr std::int64_t kLanes = 32;
  std::array<float, kLanes> sums{};
  std::int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (std::int64_t lane = 0; lane < kLanes; ++lane) {
      sums[static_cast<std::size_t>(lane)] += x[i + lane] * y[i + lane];
    }
  }
  float rest = 0;
  for (; i < count; ++i) rest += x[i] * y[i];
  for (std::size_t half = kLanes / 2; half > 0; half /= 2) {
    for (std::size_t lane = 0; lane < half; ++lane) sums[lane] += sums[lane + half];
  }
  return sums[0] + rest;
}

[[gnu::always_inline]] inline void dots_body(const Job& job, std::int64_t begin, std::int64_t end) {
  for (std::int64_t j = begin; j < end; ++j) {
    for (std::int64_t i = 0; i < job.m; ++i) {
      job.c[i * job.n + j] = dot(job.a + i * job.k, job.b + j * job.k, job.k);
    }
  }
}

using Body = void (*)(const Job&, std::int64_t begin, std::int64_t end);

void columns(const Job& job, std::int64_t begin, std::int64_t end) {
  columns_body(job, begin, end);
}
void dots(const Job& job, std::int64_t begin, std::int64_t end) {
  dots_body(job, begin, end);
}
ICECORE_WIDE void columns_wide(const Job& job, std::int64_t begin, std::int64_t end) {
  columns_body(job, begin, end);
}
ICECORE_WIDE void dots_wide(const Job& job, std::int64_t begin, std::int64_t end) {
  dots_body(job, begin, end);
}

}  // namespace

void row_product(ThreadPool& threads, std::int64_t m, std::int64_t n, std::int64_t k,
                 const float* a, const float* b, bool transpose_b, float* c) {
  const Job job{m, n, k, a, b, c};
  const bool wide = has_wide();
  const Body body = transpose_b ? (wide ? dots_wide : dots) : (wide ? columns_wide : columns);
  // Parts of whole groups of columns, as wide as can be: rows of b are read in long runs.
  constexpr std::int64_t kGroup = 64, kLeastWork = 1 << 16;
  const std::int64_t group = transpose_b ? 1 : kGroup;
  const std::int64_t groups = (n + group - 1) / group;
  const std::int64_t share = (groups + threads.size() - 1) / threads.size();
  const std::int64_t least =
      kLeastWork / std::max<std::int64_t>(1, std::min(m * k, kLeastWork) * group);
  threads.parallel_for(groups, std::max({std::int64_t{1}, share, least}),
                       [&](std::int64_t begin, std::int64_t end) {
                         body(job, begin * group, std::min(n, end * group));
                       });
}

}  // namespace icecore::inline v0
