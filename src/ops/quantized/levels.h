// Which float a quantized number stands for in a range, and which number is nearest to a float.
#pragma once

#include <icecore/dtype.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>
#include <icecore/tensor.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace icecore::inline v0 {

// Calls `function` with the std::type_identity of the integer that a quantized dtype's numbers are.
// UNIMPLEMENTED for other dtypes.
[[noreturn]] void refuse_quantized(DType dtype);
template <typename Function>
void visit_quantized(DType dtype, Function&& function) {
  switch (dtype) {
    case DType::kQInt8:
      return function(std::type_identity<std::int8_t>());
    case DType::kQUInt8:
      return function(std::type_identity<std::uint8_t>());
    case DType::kQInt16:
      return function(std::type_identity<std::int16_t>());
    case DType::kQUInt16:
      return function(std::type_identity<std::uint16_t>());
    case DType::kQInt32:
      return function(std::type_identity<std::int32_t>());
    default:
      refuse_quantized(dtype);
  }
}

struct FloatRange {
  float min = 0, max = 0;
};

// Of inputs i and i + 1, which must be of one element each.
FloatRange range_input(const KernelContext& c, int i);
// As outputs i and i + 1, scalars.
void set_range(KernelContext& c, int i, FloatRange range);
// For shape functions: inputs from `begin` are scalars, and outputs from 1 too.
void scalars_beside(ShapeContext& c, int begin);

// Conversions as casts make them, but what doesn't fit becomes the nearest that does, and NaN 0.
template <typename T>
T cast_number(double value) {
  if (!(value > static_cast<double>(std::numeric_limits<T>::lowest()))) {
    return std::isnan(value) ? T(0) : std::numeric_limits<T>::lowest();
  }
  // The largest integer may round up, beyond what fits.
  if (value >= static_cast<double>(std::numeric_limits<T>::max())) {
    return std::numeric_limits<T>::max();
  }
  return static_cast<T>(value);
}

template <typename T>
constexpr double kLowest = static_cast<double>(std::numeric_limits<T>::lowest());
template <typename T>
constexpr double kHighest = static_cast<double>(std::numeric_limits<T>::max());
// How many steps lie between the lowest and the highest number.
template <typename T>
constexpr double kSteps = kHighest<T> - kLowest<T>;

// The number that stands for a float, which may lie beyond those of T.
template <typename T>
std::int64_t unclamped_level(float value, FloatRange range) {
  if (range.min == range.max) return std::numeric_limits<T>::lowest();
  const double count = kSteps<T> + 1;
  const double scale = count / (static_cast<double>(range.max - range.min) * (count / kSteps<T>));
  const double level = std::round(value * scale) - std::round(range.min * scale) + kLowest<T>;
  return cast_number<std::int64_t>(level);
}

template <typename T>
T level_of(float value, FloatRange range) {
  return static_cast<T>(std::clamp<std::int64_t>(unclamped_level<T>(value, range),
                                                 std::numeric_limits<T>::lowest(),
                                                 std::numeric_limits<T>::max()));
}

template <typename T>
float float_of(T level, FloatRange range) {
  if (range.min == range.max) return range.min;
  const double count = kSteps<T> + 1;
  const double scale = static_cast<double>(range.max - range.min) * (count / kSteps<T>) / count;
  const auto step = static_cast<float>(scale);
  const double lowest = static_cast<double>(std::round(range.min / step) * step);
  return static_cast<float>(lowest + (static_cast<double>(level) - kLowest<T>)*scale);
}

// The same of many numbers at once, in single precision.
template <typename T>
struct ManyFloats {
  explicit ManyFloats(FloatRange range)
      : scale(static_cast<float>(static_cast<double>(range.max - range.min) / kSteps<T>)),
        base((range.max == range.min ? range.min : std::round(range.min / scale) * scale) -
             static_cast<float>(kLowest<T>) * scale) {}
  float operator()(T level) const { return base + static_cast<float>(level) * scale; }

  float scale, base;
};

template <typename T>
struct ManyLevels {
  explicit ManyLevels(FloatRange range)
      : scale(range.max == range.min
                  ? 0.0F
                  : static_cast<float>(kSteps<T> / static_cast<double>(range.max - range.min))),
        base(std::round(range.min * scale) - static_cast<float>(kLowest<T>)) {}
  T operator()(float value) const { return cast_number<T>(std::round(value * scale) - base); }

  float scale, base;
};

// What of a product's range one step of each factor makes.
template <typename A, typename B, typename Product>
FloatRange product_range(FloatRange a, FloatRange b) {
  const float step = (a.max - a.min) / static_cast<float>(kSteps<A>) *
                     ((b.max - b.min) / static_cast<float>(kSteps<B>));
  return {step * static_cast<float>(kLowest<Product>),
          step * static_cast<float>(kHighest<Product>)};
}

// For kernels: `function` with each of the numbers' indices [begin, end), over threads.
void for_numbers(const KernelContext& c, std::int64_t count,
                 const std::function<void(std::int64_t begin, std::int64_t end)>& function);

}  // namespace icecore::inline v0
