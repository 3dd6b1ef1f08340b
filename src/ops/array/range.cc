// Range, LinSpace.
#include <icecore/gradient_context.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <string>
#include <type_traits>

#include "ops/array/arguments.h"
#include "ops/array/array_ops.h"

namespace icecore::inline v0 {
namespace {

template <typename T>
std::string text_of(T value) {
  if constexpr (std::is_integral_v<T>) {
    return std::to_string(value);
  } else {
    // Six digits, as TensorFlow's messages have them.
    std::string text(32, '\0');
    text.resize(static_cast<std::size_t>(
        std::snprintf(text.data(), text.size(), "%g", static_cast<double>(value))));
    return text;
  }
}

template <typename T>
std::int64_t range_size(T start, T limit, T delta) {
  if (delta == 0) refuse("Requires delta != 0: " + text_of(delta));
  if (delta > 0 ? !(start <= limit) : !(start >= limit)) {
    refuse("Requires start " +
           std::string(delta > 0 ? "<= limit when delta > 0: " : ">= limit when delta < 0: ") +
           text_of(start) + "/" + text_of(limit));
  }
  if constexpr (std::is_integral_v<T>) {
    // In unsigned numbers nothing overflows.
    const auto distance =
        delta > 0 ? static_cast<std::uint64_t>(limit) - static_cast<std::uint64_t>(start)
                  : static_cast<std::uint64_t>(start) - static_cast<std::uint64_t>(limit);
    const auto step =
        delta > 0 ? static_cast<std::uint64_t>(delta) : -static_cast<std::uint64_t>(delta);
    const std::uint64_t size = distance / step + (distance % step != 0 ? 1 : 0);
    if (size > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      refuse("a range has too many values");
    }
    return static_cast<std::int64_t>(size);
  } else {
    const T size = std::ceil(std::abs((limit - start) / delta));
    if (!(size < static_cast<T>(9e18))) refuse("a range has too many values");
    return static_cast<std::int64_t>(size);
  }
}

template <typename Function>
decltype(auto) visit_range(DType dtype, Function&& function) {
  switch (dtype) {
    case DType::kInt32:
      return function(std::type_identity<std::int32_t>());
    case DType::kInt64:
      return function(std::type_identity<std::int64_t>());
    case DType::kFloat32:
      return function(std::type_identity<float>());
    default:
      return function(std::type_identity<double>());
  }
}

void range_shape(ShapeContext& c) {
  for (int i = 0; i < 3; ++i) with_rank(c.input(i), 0);
  const DType dtype = c.node().type_attr("Tidx");
  c.set_output(0, Shape{-1});
  const auto start = c.constant_input(0), limit = c.constant_input(1), delta = c.constant_input(2);
  if (!start || !limit || !delta || dtype == DType::kBFloat16) return;
  visit_range(dtype, [&]<typename T>(std::type_identity<T>) {
    c.set_output(0, Shape{while_building([&] {
                   return range_size<T>(start->item<T>(), limit->item<T>(), delta->item<T>());
                 })});
  });
}

Kernel range_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    constexpr const char* kNames[] = {"start", "limit", "delta"};
    for (int i = 0; i < 3; ++i) {
      if (c.input(i).shape().rank() != 0) {
        refuse(std::string(kNames[i]) + " must be a scalar, not shape " +
               to_string(c.input(i).shape()));
      }
    }
    visit_range(c.input(0).dtype(), [&]<typename T>(std::type_identity<T>) {
      T value = c.input(0).item<T>();
      const T delta = c.input(2).item<T>();
      Tensor out =
          c.allocate(c.input(0).dtype(), Shape{range_size<T>(value, c.input(1).item<T>(), delta)});
      // Floats are summed up one by one, as TensorFlow does.
      for (T& place : out.mutable_values<T>()) {
        place = value;
        if constexpr (std::is_integral_v<T>) {
          using Unsigned = std::make_unsigned_t<T>;
          value = static_cast<T>(static_cast<Unsigned>(value) + static_cast<Unsigned>(delta));
        } else {
          value += delta;
        }
      }
      c.set_output(0, std::move(out));
    });
  });
}

void lin_space_shape(ShapeContext& c) {
  for (int i = 0; i < 3; ++i) with_rank(c.input(i), 0);
  const auto count = c.constant_ints(2);
  if (count && count->front() <= 0) {
    refuse_shape("Requires num > 0: " + std::to_string(count->front()));
  }
  c.set_output(0, Shape{count ? count->front() : -1});
}

template <typename T>
void fill_evenly(Tensor& out, T start, T stop) {
  const std::span<T> values = out.mutable_values<T>();
  const std::int64_t count = out.num_elements();
  values[0] = start;
  if (count == 1) return;
  const T step = (stop - start) / static_cast<T>(count - 1);
  for (std::int64_t i = 1; i < count - 1; ++i) {
    values[static_cast<std::size_t>(i)] = start + step * static_cast<T>(i);
  }
  values.back() = stop;
}

Kernel lin_space_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    constexpr const char* kNames[] = {"start", "stop", "num"};
    for (int i = 0; i < 3; ++i) {
      if (c.input(i).shape().rank() != 0) {
        refuse(std::string(kNames[i]) + " must be a scalar, not shape " +
               to_string(c.input(i).shape()));
      }
    }
    const std::int64_t count = ints_of(c.input(2)).front();
    if (count <= 0) refuse("Requires num > 0: " + std::to_string(count));
    const DType dtype = c.input(0).dtype();
    Tensor out = c.allocate(dtype, Shape{count});
    if (dtype == DType::kFloat32) {
      fill_evenly(out, c.input(0).item<float>(), c.input(1).item<float>());
    } else {
      fill_evenly(out, c.input(0).item<double>(), c.input(1).item<double>());
    }
    c.set_output(0, std::move(out));
  });
}

}  // namespace

const OpImplementation range_op = {"Range",
                                   range_shape,
                                   range_kernel,
                                   not_differentiable,
                                   {DType::kInt32, DType::kInt64, DType::kFloat32, DType::kFloat64},
                                   "Tidx"};
const OpImplementation lin_space_op = {"LinSpace",
                                       lin_space_shape,
                                       lin_space_kernel,
                                       not_differentiable,
                                       {DType::kFloat32, DType::kFloat64}};

}  // namespace icecore::inline v0
