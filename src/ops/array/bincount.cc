// Bincount.
#include <icecore/gradient_context.h>

#include <string>
#include <type_traits>

#include "ops/array/arguments.h"
#include "ops/array/array_ops.h"
#include "ops/array/elements.h"

namespace icecore::inline v0 {
namespace {

void bincount_shape(ShapeContext& c) {
  with_rank(c.input(1), 0);
  const auto size = c.constant_ints(1);
  if (size && size->front() < 0) {
    refuse_shape("size (" + std::to_string(size->front()) + ") must be non-negative");
  }
  c.set_output(0, Shape{size ? size->front() : -1});
}

template <typename T>
void count(const Tensor& values, const Tensor& weights, Tensor& bins) {
  const auto numbers = values.values<std::int32_t>();
  const std::span<const T> weight = weights.values<T>();
  const std::span<T> bin = bins.mutable_values<T>();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] >= bins.num_elements()) continue;
    T& place = bin[static_cast<std::size_t>(numbers[i])];
    const T step = weight.empty() ? T{1} : weight[i];
    if constexpr (std::is_integral_v<T>) {
      using Unsigned = std::make_unsigned_t<T>;  // Wraps around.
      place = static_cast<T>(static_cast<Unsigned>(place) + static_cast<Unsigned>(step));
    } else {
      place += step;
    }
  }
}

Kernel bincount_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& values = c.input(0);
    const Tensor& weights = c.input(2);
    const std::int64_t size = int_of(c.input(1), "size");
    if (size < 0) refuse("size (" + std::to_string(size) + ") must be non-negative");
    if (weights.num_elements() > 0 && weights.num_elements() != values.num_elements()) {
      refuse(
          "`weights` must be the same shape as `arr` or a length-0 `Tensor`, in which case it "
          "acts as all weights equal to 1. Received " +
          to_string(weights.shape()));
    }
    for (const std::int32_t value : values.values<std::int32_t>()) {
      if (value < 0) refuse("Input arr must be non-negative!");
    }
    Tensor bins = c.allocate(weights.dtype(), Shape{size});
    fill_zeros(c.threads(), bins);
    switch (weights.dtype()) {
      case DType::kInt32:
        count<std::int32_t>(values, weights, bins);
        break;
      case DType::kInt64:
        count<std::int64_t>(values, weights, bins);
        break;
      case DType::kFloat32:
        count<float>(values, weights, bins);
        break;
      default:
        count<double>(values, weights, bins);
    }
    c.set_output(0, std::move(bins));
  });
}

}  // namespace

const OpImplementation bincount_op = {"Bincount", bincount_shape, bincount_kernel};

}  // namespace icecore::inline v0
