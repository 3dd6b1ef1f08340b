// RandomShuffle.
#include <icecore/shape_context.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "ops/array/elements.h"
#include "ops/random/generator.h"
#include "ops/random/random_ops.h"

namespace icecore::inline v0 {
namespace {

Kernel shuffle_kernel(const NodeInfo& node) {
  return Kernel([generator = std::make_shared<RandomGenerator>(node)](KernelContext& c) {
    const Shape shape = c.input(0).shape();
    const std::int64_t rows = shape.rank() == 0 ? 1 : shape.dim(0);
    if (rows <= 1 || c.input(0).num_elements() <= 1) {
      c.set_output(0, c.take_input(0));
      return;
    }
    std::vector<std::int64_t> order(static_cast<std::size_t>(rows));
    std::iota(order.begin(), order.end(), 0);
    PhiloxWords words(generator->reserve(static_cast<std::uint64_t>(rows + 2) / 4));
    for (std::int64_t i = 0; i + 1 < rows; ++i) {
      // TensorFlow draws with as many bits as its index has, of which it takes 32.
      const auto left = static_cast<std::uint32_t>(rows - i);
      const std::int64_t other = i + (left == 0 ? 0 : words.next() % left);
      std::swap(order[static_cast<std::size_t>(i)], order[static_cast<std::size_t>(other)]);
    }
    const Tensor& from = c.input(0);
    Tensor out = c.allocate(from.dtype(), shape);
    const std::int64_t width = from.num_elements() / rows;
    visit_elements(from.dtype(), [&]<typename T>(std::type_identity<T>) {
      const T* const source = elements<T>(from).data();
      T* target = mutable_elements<T>(out).data();
      for (const std::int64_t row : order) {
        target = std::copy_n(source + row * width, width, target);
      }
    });
    c.set_output(0, std::move(out));
  });
}

}  // namespace

const OpImplementation random_shuffle_op = {"RandomShuffle", unchanged_shape, shuffle_kernel};

}  // namespace icecore::inline v0
