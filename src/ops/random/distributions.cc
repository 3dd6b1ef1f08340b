#include "ops/random/distributions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/thread_pool.h"
#include "ops/number_types.h"

namespace icecore::inline v0 {
namespace {

constexpr std::int64_t kGrain = 1 << 12;  // Groups.
constexpr double kTwoPi = 2 * std::numbers::pi;
constexpr double kLimit = 2;  // Of the truncated normal distribution.

// How many values of T come from a group of four words.
template <typename T>
constexpr std::int64_t kPerGroup = sizeof(T) == 8 ? 2 : 4;

// Calls draw(words) for each group; the last one may be cut.
template <typename T, typename Draw>
void fill_groups(ThreadPool& threads, const Philox& philox, Tensor& out, Draw&& draw) {
  T* const to = out.mutable_values<T>().data();
  const std::int64_t count = out.num_elements();
  const std::int64_t groups = (count + kPerGroup<T> - 1) / kPerGroup<T>;
  threads.parallel_for(groups, kGrain, [&](std::int64_t begin, std::int64_t end) {
    Philox stream = philox.skipped(static_cast<std::uint64_t>(begin));
    for (std::int64_t group = begin; group < end; ++group) {
      const std::array<T, kPerGroup<T>> values = draw(stream.next());
      const std::int64_t first = group * kPerGroup<T>;
      std::copy_n(values.begin(), std::min(kPerGroup<T>, count - first), to + first);
    }
  });
}

template <typename T>
std::array<T, kPerGroup<T>> uniform_group(const Philox::Group& x) {
  if constexpr (std::is_same_v<T, double>) {
    return {uniform_double(x[0], x[1]), uniform_double(x[2], x[3])};
  } else {
    std::array<T, 4> values;
    for (std::size_t i = 0; i < 4; ++i) {
      if constexpr (std::is_same_v<T, float>) {
        values[i] = uniform_float(x[i]);
      } else {
        // So many bits as the short types' mantissas have.
        constexpr std::uint32_t kMantissa = std::is_same_v<T, Eigen::half> ? 0x3ff : 0x7f;
        values[i] = static_cast<T>(static_cast<float>(x[i] & kMantissa) /
                                   static_cast<float>(kMantissa + 1));
      }
    }
    return values;
  }
}

// Two normal numbers of two uniform ones (Box and Muller).
std::array<float, 2> normal_pair(std::uint32_t x0, std::uint32_t x1) {
  const float u = std::max(uniform_float(x0), 1.0e-7f);
  const auto angle = static_cast<float>(kTwoPi * static_cast<double>(uniform_float(x1)));
  const float radius = std::sqrt(-2.0f * std::log(u));
  return {std::sin(angle) * radius, std::cos(angle) * radius};
}
std::array<double, 2> normal_pair(std::uint32_t x0, std::uint32_t x1, std::uint32_t x2,
                                  std::uint32_t x3) {
  const double u = std::max(uniform_double(x0, x1), 1.0e-7);
  const double angle = kTwoPi * uniform_double(x2, x3);
  const double radius = std::sqrt(-2.0 * std::log(u));
  return {std::sin(angle) * radius, std::cos(angle) * radius};
}

template <typename T>
std::array<T, kPerGroup<T>> normal_group(const Philox::Group& x) {
  if constexpr (std::is_same_v<T, double>) {
    return normal_pair(x[0], x[1], x[2], x[3]);
  } else {
    const auto a = normal_pair(x[0], x[1]), b = normal_pair(x[2], x[3]);
    return {static_cast<T>(a[0]), static_cast<T>(a[1]), static_cast<T>(b[0]), static_cast<T>(b[1])};
  }
}

// Pairs are drawn until the group is full.
template <typename T>
std::array<T, kPerGroup<T>> truncated_group(const Philox& start) {
  PhiloxWords words(start);
  std::array<T, kPerGroup<T>> values;
  std::size_t full = 0;
  while (full < values.size()) {
    const std::uint32_t x0 = words.next(), x1 = words.next();
    const auto pair = [&] {
      if constexpr (std::is_same_v<T, double>) {
        const std::uint32_t x2 = words.next(), x3 = words.next();
        return normal_pair(x0, x1, x2, x3);
      } else {
        return normal_pair(x0, x1);
      }
    }();
    for (const auto value : pair) {
      if (std::abs(value) < kLimit && full < values.size()) {
        values[full++] = static_cast<T>(value);
      }
    }
  }
  return values;
}

}  // namespace

void fill_uniform(ThreadPool& threads, const Philox& philox, Tensor& out) {
  visit_numbers(FloatTypes(), out.dtype(), [&]<typename T>(std::type_identity<T>) {
    fill_groups<T>(threads, philox, out, uniform_group<T>);
  });
}

void fill_uniform_ints(ThreadPool& threads, const Philox& philox, std::int64_t low,
                       std::int64_t high, Tensor& out) {
  if (out.dtype() == DType::kInt32) {
    const std::uint32_t first = static_cast<std::uint32_t>(low);
    const std::uint32_t range = static_cast<std::uint32_t>(high) - first;
    fill_groups<std::uint32_t>(threads, philox, out, [&](const Philox::Group& x) {
      return std::array<std::uint32_t, 4>{first + x[0] % range, first + x[1] % range,
                                          first + x[2] % range, first + x[3] % range};
    });
    return;
  }
  const std::uint64_t first = static_cast<std::uint64_t>(low);
  const std::uint64_t range = static_cast<std::uint64_t>(high) - first;
  fill_groups<std::uint64_t>(threads, philox, out, [&](const Philox::Group& x) {
    const auto draw = [&](std::uint64_t lower, std::uint64_t upper) {
      return first + (lower | upper << 32) % range;
    };
    return std::array<std::uint64_t, 2>{draw(x[0], x[1]), draw(x[2], x[3])};
  });
}

void fill_normal(ThreadPool& threads, const Philox& philox, Tensor& out) {
  visit_numbers(FloatTypes(), out.dtype(), [&]<typename T>(std::type_identity<T>) {
    fill_groups<T>(threads, philox, out, normal_group<T>);
  });
}

void fill_truncated_normal(ThreadPool& threads, const Philox& philox, Tensor& out) {
  visit_numbers(FloatTypes(), out.dtype(), [&]<typename T>(std::type_identity<T>) {
    // Each group of values has a stretch of the stream to itself.
    constexpr std::uint64_t kStretch = kPerGroup<T> * 256 / 4;
    T* const to = out.mutable_values<T>().data();
    const std::int64_t count = out.num_elements();
    const std::int64_t groups = (count + kPerGroup<T> - 1) / kPerGroup<T>;
    threads.parallel_for(groups, kGrain / 4, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t group = begin; group < end; ++group) {
        const auto values =
            truncated_group<T>(philox.skipped(static_cast<std::uint64_t>(group) * kStretch));
        const std::int64_t first = group * kPerGroup<T>;
        std::copy_n(values.begin(), std::min(kPerGroup<T>, count - first), to + first);
      }
    });
  });
}

}  // namespace icecore::inline v0
