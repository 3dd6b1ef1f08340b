#include <icecore/gradient_context.h>
#include <icecore/kernel.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/thread_pool.h"
#include "ops/array/array_functions.h"
#include "ops/in_float32.h"
#include "ops/nn/nn_ops.h"
#include "ops/nn/real_types.h"

namespace icecore::inline v0 {
namespace {

// Sums of squares of parts of fixed size, so that the result doesn't depend on the threads.
template <typename T>
T half_of_squares(KernelContext& context, const Tensor& tensor) {
  constexpr std::int64_t kPart = 4096, kLanes = 16;
  const T* values = tensor.values<T>().data();
  const std::int64_t count = tensor.num_elements();
  const std::int64_t parts = (count + kPart - 1) / kPart;
  std::vector<T> sums(static_cast<std::size_t>(parts));
  context.threads().parallel_for(parts, 4, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t part = begin; part < end; ++part) {
      const std::int64_t last = std::min(count, (part + 1) * kPart);
      T lanes[kLanes] = {};
      std::int64_t i = part * kPart;
      for (; i + kLanes <= last; i += kLanes) {
        for (std::int64_t lane = 0; lane < kLanes; ++lane) {
          lanes[lane] += values[i + lane] * values[i + lane];
        }
      }
      T sum(0);
      for (; i < last; ++i) sum += values[i] * values[i];
      for (const T lane : lanes) sum += lane;
      sums[static_cast<std::size_t>(part)] = sum;
    }
  });
  // Pairs of sums, pairs of those, …: the error grows with the logarithm of their number.
  for (std::size_t step = 1; step < sums.size(); step *= 2) {
    for (std::size_t i = 0; i + step < sums.size(); i += 2 * step) sums[i] += sums[i + step];
  }
  return sums.empty() ? T(0) : sums[0] / T(2);
}

}  // namespace

Kernel l2_loss_kernel(const NodeInfo& node) {
  Kernel kernel = [](KernelContext& context) {
    const Tensor& input = context.input(0);
    for_float_type(input.dtype(), [&]<typename T>(T*) {
      Tensor result = context.allocate(input.dtype(), Shape());
      result.mutable_values<T>()[0] = half_of_squares<T>(context, input);
      context.set_output(0, std::move(result));
    });
  };
  return is_short_float(node.type_attr("T")) ? in_float32(std::move(kernel)) : kernel;
}

void l2_loss_gradient(GradientContext& c) {
  c.set(0, c.input(0) * c.gradient());
}

}  // namespace icecore::inline v0
