// Requantize, RequantizationRange, QuantizeDownAndShrinkRange: from sums to numbers of fewer bits.
#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "ops/array/arguments.h"
#include "ops/quantized/levels.h"
#include "ops/quantized/quantized_ops.h"

namespace icecore::inline v0 {
namespace {

// The range that the sums of input 0 take up of theirs; it always begins at zero or below.
FloatRange used_range(const KernelContext& c) {
  std::int32_t least = std::numeric_limits<std::int32_t>::max();
  std::int32_t most = std::numeric_limits<std::int32_t>::lowest();
  for (const std::int32_t value : c.input(0).values<std::int32_t>()) {
    least = std::min(least, value);
    most = std::max(most, value);
  }
  const FloatRange range = range_input(c, 1);
  return {std::min(0.0F, float_of(least, range)), float_of(most, range)};
}

// To bytes in fixed point, 16 bits behind the point, as TensorFlow.
class FixedPoint {
 public:
  FixedPoint(FloatRange from, FloatRange to) {
    const float width = to.max - to.min;
    const auto reciprocal =
        static_cast<float>(width == 0 ? 0.0 : 255.0 / static_cast<double>(width));
    const auto middle = static_cast<float>((static_cast<double>(from.min + from.max)) / 2.0);
    std::int64_t low = 0;
    if (width != 0) {
      scale_ = cast_number<std::int64_t>(255.0 * kOne * static_cast<double>(from.max - from.min) /
                                         static_cast<double>(width));
      low = cast_number<std::int64_t>(kOne * (static_cast<double>(to.min) * 255.0) /
                                      static_cast<double>(width));
    }
    const auto high = cast_number<std::int64_t>(
        static_cast<double>(middle * reciprocal * static_cast<float>(kOne)));
    offset_ = wrap(wrap(high, -1, low), 1, 1 << 15);
  }

  std::uint8_t operator()(std::int32_t level) const {
    const std::int64_t product = static_cast<std::int64_t>(static_cast<std::uint64_t>(level) *
                                                           static_cast<std::uint64_t>(scale_));
    const std::int64_t sum = wrap(product >> 32, 1, offset_) >> 16;
    return static_cast<std::uint8_t>(std::clamp<std::int64_t>(sum, 0, 255));
  }

 private:
  static constexpr double kOne = 1 << 16;
  // a + factor * b, which wraps around where ranges are senseless.
  static std::int64_t wrap(std::int64_t a, int factor, std::int64_t b) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) +
                                     static_cast<std::uint64_t>(factor) *
                                         static_cast<std::uint64_t>(b));
  }

  std::int64_t scale_ = 0, offset_ = 0;
};

void requantize(KernelContext& c, DType dtype, FloatRange to) {
  const FloatRange from = range_input(c, 1);
  Tensor output = c.allocate(dtype, c.input(0).shape());
  const std::int32_t* const in = c.input(0).values<std::int32_t>().data();
  const auto each = [&]<typename T>(T* out, const auto& level) {
    for_numbers(c, output.num_elements(), [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i) out[i] = level(in[i]);
    });
  };
  if (dtype == DType::kQUInt8) {
    each(output.mutable_values<std::uint8_t>().data(), FixedPoint(from, to));
  } else {
    const ManyFloats<std::int32_t> value(from);
    const ManyLevels<std::int8_t> level(to);
    each(output.mutable_values<std::int8_t>().data(),
         [&](std::int32_t number) { return level(value(number)); });
  }
  c.set_output(0, std::move(output));
  set_range(c, 1, to);
}

// TensorFlow has kernels for bytes alone.
DType narrow_type(const NodeInfo& node, bool signed_too) {
  const DType dtype = node.type_attr("out_type");
  if (dtype == DType::kQUInt8 || (signed_too && dtype == DType::kQInt8)) return dtype;
  throw Error(Code::kUnimplemented,
              "'" + node.name() + "': there is no " + node.op() + " to " + to_string(dtype));
}

void check_sums(const NodeInfo& node) {
  const DType dtype = node.type_attr("Tinput");
  if (dtype == DType::kQInt32) return;
  throw Error(Code::kUnimplemented,
              "'" + node.name() + "': there is no " + node.op() + " of " + to_string(dtype));
}

}  // namespace

void requantize_shape(ShapeContext& c) {
  c.set_output(0, c.input(0));
  scalars_beside(c, 1);
}

void requantization_range_shape(ShapeContext& c) {
  scalars_beside(c, 1);
  c.set_output(0, Shape());
}

Kernel requantize_kernel(const NodeInfo& node) {
  check_sums(node);
  return Kernel([dtype = narrow_type(node, true)](KernelContext& c) {
    const FloatRange wanted = range_input(c, 3);
    if (!(wanted.min <= 0)) {
      refuse("requested_output_min must be <= 0, but got " + std::to_string(wanted.min));
    }
    if (!(wanted.max >= wanted.min)) {
      refuse("requested_output_max must be >= requested_output_min, but got " +
             std::to_string(wanted.max) + " and " + std::to_string(wanted.min));
    }
    requantize(c, dtype, wanted);
  });
}

Kernel requantization_range_kernel(const NodeInfo& node) {
  check_sums(node);
  return Kernel([](KernelContext& c) { set_range(c, 0, used_range(c)); });
}

Kernel quantize_down_kernel(const NodeInfo& node) {
  check_sums(node);
  return Kernel([dtype = narrow_type(node, false)](KernelContext& c) {
    requantize(c, dtype, used_range(c));
  });
}

}  // namespace icecore::inline v0
