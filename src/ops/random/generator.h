// The streams of random ops.
#pragma once

#include <icecore/kernel.h>
#include <icecore/node_info.h>
#include <icecore/shape_context.h>

#include <cstdint>
#include <memory>
#include <mutex>

#include "ops/random/philox.h"

namespace icecore::inline v0 {

// Of one node of one Session: each run goes on where the last one's share ended. Thread-safe.
class RandomGenerator {
 public:
  // By the attributes seed and seed2; where both are 0, by chance.
  explicit RandomGenerator(const NodeInfo& node);

  // The stream from here on, of which a run takes so many groups.
  Philox reserve(std::uint64_t groups);
  // So many as TensorFlow keeps for a number of values, however many it uses.
  Philox reserve_for(std::int64_t values) {
    return reserve(static_cast<std::uint64_t>(values) * 256);
  }

 private:
  std::mutex mutex_;
  Philox philox_;
};

// The stream of a stateless op, whose input `i` is a vector of two seeds.
Philox stateless_stream(const KernelContext& c, int i);

// An output of the shape that input 0 says.
Tensor allocate_random(const KernelContext& c, DType dtype);

// Output 0 as input 0 says; of stateless ops input 1 has two seeds.
void random_shape(ShapeContext& c);
void stateless_random_shape(ShapeContext& c);

}  // namespace icecore::inline v0
