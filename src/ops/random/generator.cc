#include "ops/random/generator.h"

#include <random>
#include <string>
#include <vector>

#include "ops/array/arguments.h"

namespace icecore::inline v0 {
namespace {

Philox seeded(const NodeInfo& node) {
  auto seed = static_cast<std::uint64_t>(node.int_attr("seed"));
  auto seed2 = static_cast<std::uint64_t>(node.int_attr("seed2"));
  if (seed == 0 && seed2 == 0) {
    std::random_device device;
    const auto word = [&] { return static_cast<std::uint64_t>(device()); };
    seed = word() << 32 | word();
    seed2 = word() << 32 | word();
  }
  return {seed, seed2};
}

}  // namespace

RandomGenerator::RandomGenerator(const NodeInfo& node) : philox_(seeded(node)) {}

Philox RandomGenerator::reserve(std::uint64_t groups) {
  const std::lock_guard lock(mutex_);
  const Philox start = philox_;
  philox_.skip(groups);
  return start;
}

Philox stateless_stream(const KernelContext& c, int i) {
  const Tensor& seed = c.input(i);
  if (seed.shape() != Shape{2}) {
    refuse("seed must have shape [2], not " + to_string(seed.shape()));
  }
  const std::vector<std::int64_t> seeds = ints_of(seed);
  const auto seed0 = static_cast<std::uint64_t>(seeds[0]);
  const auto seed1 = static_cast<std::uint64_t>(seeds[1]);
  // Both are scrambled by a group of a stream of its own.
  Philox scramble({static_cast<std::uint32_t>(seed0), static_cast<std::uint32_t>(seed0 >> 32),
                   static_cast<std::uint32_t>(seed1), static_cast<std::uint32_t>(seed1 >> 32)},
                  {0x3ec8f720, 0x02461e29});
  const Philox::Group mix = scramble.next();
  return {Philox::Group{0, 0, mix[2], mix[3]}, Philox::Key{mix[0], mix[1]}};
}

Tensor allocate_random(const KernelContext& c, DType dtype) {
  const Tensor& shape = c.input(0);
  if (shape.shape().rank() != 1) {
    refuse("shape must be a vector of {int32,int64}, got shape " + to_string(shape.shape()));
  }
  std::vector<std::int64_t> dims = ints_of(shape);
  for (const std::int64_t dim : dims) {
    if (dim < 0) refuse("Dimension " + std::to_string(dim) + " must be >= 0");
  }
  if (dims.size() > static_cast<std::size_t>(kMostDims)) {
    refuse("a tensor can't have " + std::to_string(dims.size()) + " dimensions");
  }
  return c.allocate(dtype, Shape(dims));
}

void random_shape(ShapeContext& c) {
  with_rank(c.input(0), 1);
  c.set_output(0, c.shape_input(0));
}

void stateless_random_shape(ShapeContext& c) {
  merge_dims(with_rank(c.input(1), 1).dim(0), 2);
  random_shape(c);
}

}  // namespace icecore::inline v0
