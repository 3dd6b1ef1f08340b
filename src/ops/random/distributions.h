// Random numbers of a distribution, value for value as TensorFlow draws them from a stream.
#pragma once

#include <icecore/tensor.h>

#include <bit>
#include <cstdint>

#include "ops/random/philox.h"

namespace icecore::inline v0 {

class ThreadPool;

// Fill a tensor; which thread draws a value doesn't matter to it.

// [0, 1), of half, bfloat16, float or double.
void fill_uniform(ThreadPool& threads, const Philox& philox, Tensor& out);
// [low, high), of int32 or int64; high is above low.
void fill_uniform_ints(ThreadPool& threads, const Philox& philox, std::int64_t low,
                       std::int64_t high, Tensor& out);
// Mean 0, deviation 1.
void fill_normal(ThreadPool& threads, const Philox& philox, Tensor& out);
// The same without values at 2 and beyond.
void fill_truncated_normal(ThreadPool& threads, const Philox& philox, Tensor& out);

// Words as numbers in [0, 1): their low bits are the mantissa of a number in [1, 2).
inline float uniform_float(std::uint32_t word) {
  return std::bit_cast<float>(0x3f800000u | (word & 0x7fffffu)) - 1.0f;
}
inline double uniform_double(std::uint32_t upper, std::uint32_t lower) {
  const std::uint64_t mantissa = static_cast<std::uint64_t>(upper & 0xfffffu) << 32 | lower;
  return std::bit_cast<double>(0x3ff0000000000000u | mantissa) - 1.0;
}

}  // namespace icecore::inline v0
