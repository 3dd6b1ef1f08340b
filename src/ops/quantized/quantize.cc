// QuantizeV2, Dequantize.
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "ops/array/arguments.h"
#include "ops/quantized/levels.h"
#include "ops/quantized/quantized_ops.h"

namespace icecore::inline v0 {
namespace {

enum class Mode { kMinCombined, kMinFirst, kScaled };

Mode mode_of(const NodeInfo& node) {
  const std::string mode = node.string_attr("mode");
  if (mode == "MIN_COMBINED") return Mode::kMinCombined;
  if (mode == "MIN_FIRST") return Mode::kMinFirst;
  if (mode == "SCALED") return Mode::kScaled;
  refuse("Mode string must be 'MIN_COMBINED', 'MIN_FIRST', or 'SCALED', is '" + mode + "'");
}

// The range in which numbers are spread: it holds zero and isn't too narrow to compute with.
FloatRange spread(FloatRange range) {
  const float least = std::max({1.0F, std::fabs(range.min), std::fabs(range.max)}) / 100.0F;
  FloatRange wide;
  wide.min = std::min(0.0F, range.min);
  wide.max = std::max(0.0F, std::max(range.max, wide.min + least));
  return wide;
}

float clamp_to(FloatRange range, float value) {
  return std::max(std::min(value, range.max), range.min);
}

// What SCALED multiplies with, so that zero stays zero and both ends fit.
template <typename T>
float symmetric_scale(FloatRange range) {
  constexpr float kMost = std::numeric_limits<float>::max();
  const auto side = [](double level, float end) {
    const auto number = static_cast<float>(level);
    return number * end > 0 ? number / end : kMost;
  };
  return std::min(side(kLowest<T>, range.min), side(kHighest<T>, range.max));
}

template <typename T, typename Level>
void each(const KernelContext& c, const Tensor& input, Tensor& output, const Level& level) {
  const float* const in = input.values<float>().data();
  T* const out = output.mutable_values<T>().data();
  for_numbers(c, output.num_elements(), [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) out[i] = level(in[i]);
  });
}

template <typename T>
FloatRange quantize(const KernelContext& c, Mode mode, bool to_even, FloatRange range,
                    Tensor& output) {
  const Tensor& input = c.input(0);
  if (mode == Mode::kMinFirst) {
    each<T>(c, input, output, ManyLevels<T>(range));
    return range;
  }
  if (mode == Mode::kMinCombined) {
    const auto scale = static_cast<float>(kSteps<T> / static_cast<double>(range.max - range.min));
    constexpr auto kHalf = static_cast<float>((kSteps<T> + 1) / 2);
    each<T>(c, input, output, [&](float value) {
      const float steps = (clamp_to(range, value) - range.min) * scale;
      if constexpr (std::is_signed_v<T>) return cast_number<T>(std::round(steps - kHalf));
      return cast_number<T>(steps + 0.5F);
    });
    return range;
  }
  const float scale = symmetric_scale<T>(range);
  range = {static_cast<float>(kLowest<T>) / scale, static_cast<float>(kHighest<T>) / scale};
  each<T>(c, input, output, [&](float value) {
    const float steps = clamp_to(range, value) * scale;
    return cast_number<T>(to_even ? std::nearbyint(steps) : std::round(steps));
  });
  return range;
}

template <typename T>
void dequantize(const KernelContext& c, Mode mode, FloatRange range, Tensor& output) {
  const T* const in = c.input(0).values<T>().data();
  float* const out = output.mutable_values<float>().data();
  const auto every = [&](const auto& value) {
    for_numbers(c, output.num_elements(), [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i) out[i] = value(in[i]);
    });
  };
  if (mode == Mode::kMinFirst) {
    every(ManyFloats<T>(range));
  } else if (mode == Mode::kMinCombined) {
    const float scale = (range.max - range.min) / static_cast<float>(kSteps<T>);
    const float half = std::is_signed_v<T> ? static_cast<float>((kSteps<T> + 1) / 2) : 0.0F;
    every([&](T level) { return (static_cast<float>(level) + half) * scale + range.min; });
  } else {
    const float high = range.max / static_cast<float>(kHighest<T>);
    const float scale =
        std::is_signed_v<T> ? std::max(range.min / static_cast<float>(kLowest<T>), high) : high;
    every([&](T level) { return static_cast<float>(level) * scale; });
  }
}

}  // namespace

void quantize_shape(ShapeContext& c) {
  c.set_output(0, c.input(0));
  scalars_beside(c, 1);
}

void dequantize_shape(ShapeContext& c) {
  c.set_output(0, c.input(0));
  scalars_beside(c, 1);
}

Kernel quantize_kernel(const NodeInfo& node) {
  const Mode mode = mode_of(node);
  const std::string rounding = node.string_attr("round_mode");
  const bool to_even = rounding == "HALF_TO_EVEN";
  if (!to_even && rounding != "HALF_AWAY_FROM_ZERO") {
    refuse("Round mode string must be 'HALF_AWAY_FROM_ZERO' or 'HALF_TO_EVEN', is '" + rounding +
           "'");
  }
  if (to_even && mode != Mode::kScaled) {
    refuse("Round mode 'HALF_TO_EVEN' only supported for mode 'SCALED', but mode is '" +
           node.string_attr("mode") + "'.");
  }
  return Kernel([mode, to_even, dtype = node.type_attr("T")](KernelContext& c) {
    const FloatRange given = range_input(c, 1);
    if (given.max < given.min) refuse("input_max_range must be larger than input_min_range.");
    Tensor output = c.allocate(dtype, c.input(0).shape());
    FloatRange range = spread(given);
    visit_quantized(dtype, [&]<typename T>(std::type_identity<T>) {
      range = quantize<T>(c, mode, to_even, range, output);
    });
    c.set_output(0, std::move(output));
    set_range(c, 1, range);
  });
}

Kernel dequantize_kernel(const NodeInfo& node) {
  return Kernel([mode = mode_of(node)](KernelContext& c) {
    Tensor output = c.allocate(DType::kFloat32, c.input(0).shape());
    visit_quantized(c.input(0).dtype(), [&]<typename T>(std::type_identity<T>) {
      dequantize<T>(c, mode, range_input(c, 1), output);
    });
    c.set_output(0, std::move(output));
  });
}

}  // namespace icecore::inline v0
