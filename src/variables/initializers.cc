// Initializers (init_ops.py).
#include <icecore/array.h>
#include <icecore/random.h>
#include <icecore/variable.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/floating.h"
#include "graph/builder_data.h"
#include "graph/number_tensor.h"

namespace icecore::inline v0 {

Initializer zeros_initializer() {
  return [](GraphBuilder& graph, const Shape& shape, DType dtype) {
    return zeros(graph, shape, dtype);
  };
}

Initializer ones_initializer() {
  return [](GraphBuilder& graph, const Shape& shape, DType dtype) {
    return ones(graph, shape, dtype);
  };
}

namespace {

[[noreturn]] void refuse_type(const Tensor& value, DType dtype) {
  refuse_as(Misuse::kType, "Expected " + to_string(dtype) + ", got a constant of type " +
                               to_string(value.dtype()) + " instead.");
}

// As numpy takes a list of values for an array of that dtype.
Tensor as_dtype(const Tensor& value, DType dtype) {
  if (value.dtype() == dtype) return value;
  std::optional<Tensor> made = converted(value, dtype);
  if (!made) refuse_type(value, dtype);
  return *made;
}

// The elements in that shape; where there are fewer than it has, the last one again and again.
Tensor spread(const Tensor& value, const Shape& shape) {
  const std::int64_t have = value.num_elements(), want = shape.num_elements().value();
  Tensor whole(value.dtype(), shape);
  if (value.dtype() == DType::kString) {
    const auto from = value.strings();
    const auto to = whole.mutable_strings();
    for (std::int64_t i = 0; i < want; ++i) {
      to[static_cast<std::size_t>(i)] = from[static_cast<std::size_t>(std::min(i, have - 1))];
    }
    return whole;
  }
  if (want == 0) return whole;
  const std::size_t width = value.bytes().size() / static_cast<std::size_t>(have);
  std::byte* to = whole.mutable_bytes().data();
  const std::byte* from = value.bytes().data();
  for (std::int64_t i = 0; i < want; ++i) {
    std::memcpy(to + static_cast<std::size_t>(i) * width,
                from + static_cast<std::size_t>(std::min(i, have - 1)) * width, width);
  }
  return whole;
}

Output constant_of_shape(GraphBuilder& graph, const Tensor& value, const Shape& shape) {
  const std::optional<std::int64_t> want = shape.num_elements();
  if (!want) {
    refuse_as(Misuse::kValue, "a constant can't have the shape " + to_string(shape));
  }
  const std::int64_t have = value.num_elements();
  if (have > *want) {
    refuse_as(Misuse::kValue, "Too many elements provided. Needed at most " +
                                  std::to_string(*want) + ", but received " + std::to_string(have));
  }
  if (have == 1) return filled_constant(graph, value, shape, "Const");
  if (have == 0 && *want > 0) {
    refuse_as(Misuse::kValue, "a constant of shape " + to_string(shape) + " is given no values");
  }
  return graph.constant(spread(value, shape), "Const");
}

}  // namespace

Initializer constant_initializer(Tensor value) {
  return [value = std::move(value)](GraphBuilder& graph, const Shape& shape, DType dtype) {
    return constant_of_shape(graph, as_dtype(value, dtype), shape);
  };
}

Initializer constant_initializer(double value) {
  return [value](GraphBuilder& graph, const Shape& shape, DType dtype) {
    const bool fractional =
        is_floating(dtype) || dtype == DType::kComplex64 || dtype == DType::kComplex128;
    const bool integral = std::trunc(value) == value && std::abs(value) < 0x1p53;
    if (!fractional && !integral) {
      refuse_as(Misuse::kType, "Expected " + to_string(dtype) + ", got " + std::to_string(value) +
                                   " of type 'float' instead.");
    }
    return constant_of_shape(graph, as_dtype(Tensor::scalar(value), dtype), shape);
  };
}

Initializer random_uniform_initializer(double minval, double maxval,
                                       std::optional<std::int64_t> seed) {
  return [=](GraphBuilder& graph, const Shape& shape, DType dtype) {
    const bool is_int = dtype == DType::kInt32 || dtype == DType::kInt64;
    const RandomOptions options{.dtype = dtype, .seed = seed, .name = {}};
    if (!is_int) return random_uniform(graph, shape, minval, maxval, options);
    return random_uniform(graph, shape, static_cast<std::int64_t>(minval),
                          static_cast<std::int64_t>(maxval), options);
  };
}

Initializer random_normal_initializer(double mean, double stddev,
                                      std::optional<std::int64_t> seed) {
  return [=](GraphBuilder& graph, const Shape& shape, DType dtype) {
    return random_normal(graph, shape, mean, stddev, {.dtype = dtype, .seed = seed, .name = {}});
  };
}

Initializer truncated_normal_initializer(double mean, double stddev,
                                         std::optional<std::int64_t> seed) {
  return [=](GraphBuilder& graph, const Shape& shape, DType dtype) {
    return truncated_normal(graph, shape, mean, stddev, {.dtype = dtype, .seed = seed, .name = {}});
  };
}

namespace {

struct Fans {
  double in = 1, out = 1;
};

Fans fans_of(const Shape& shape) {
  const auto dims = shape.dims();
  if (dims.empty()) return {};
  const auto last = static_cast<double>(dims.back());
  if (dims.size() == 1) return {last, last};
  double field = 1;  // What one output sees beside its channel.
  for (std::size_t i = 0; i + 2 < dims.size(); ++i) field *= static_cast<double>(dims[i]);
  return {static_cast<double>(dims[dims.size() - 2]) * field, last * field};
}

}  // namespace

Initializer variance_scaling_initializer(double scale, FanMode mode,
                                         ScalingDistribution distribution,
                                         std::optional<std::int64_t> seed) {
  if (!(scale > 0)) refuse_as(Misuse::kValue, "`scale` must be positive float.");
  return [=](GraphBuilder& graph, const Shape& shape, DType dtype, const VariablePart* part) {
    const Fans fans = fans_of(part == nullptr ? shape : part->full_shape);
    const double fan = mode == FanMode::kIn    ? fans.in
                       : mode == FanMode::kOut ? fans.out
                                               : (fans.in + fans.out) / 2;
    const double scaled = scale / std::max(1.0, fan);
    const RandomOptions options{.dtype = dtype, .seed = seed, .name = {}};
    switch (distribution) {
      case ScalingDistribution::kTruncatedNormal: {
        // The standard deviation of a normal distribution cut off at two of its own.
        constexpr double kTruncated = .87962566103423978;
        return truncated_normal(graph, shape, 0.0, std::sqrt(scaled) / kTruncated, options);
      }
      case ScalingDistribution::kUntruncatedNormal:
        return random_normal(graph, shape, 0.0, std::sqrt(scaled), options);
      case ScalingDistribution::kUniform:
        break;
    }
    const double limit = std::sqrt(3.0 * scaled);
    return random_uniform(graph, shape, -limit, limit, options);
  };
}

Initializer glorot_uniform_initializer(std::optional<std::int64_t> seed) {
  return variance_scaling_initializer(1, FanMode::kAverage, ScalingDistribution::kUniform, seed);
}

Initializer glorot_normal_initializer(std::optional<std::int64_t> seed) {
  return variance_scaling_initializer(1, FanMode::kAverage, ScalingDistribution::kTruncatedNormal,
                                      seed);
}

}  // namespace icecore::inline v0
