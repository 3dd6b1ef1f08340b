#include "base/float_digits.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>
#include <system_error>
#include <utility>

namespace icecore::inline v0 {
namespace {

// So many digits tell all float16 numbers apart.
constexpr int kHalfDigits = 5;

// "d.ddde±xx" or "de±xx", as to_chars writes it.
FloatDigits parsed(std::string_view scientific) {
  const std::size_t e = scientific.find('e');
  FloatDigits result{.digits = std::string(1, scientific.front())};
  if (e > 2) result.digits += scientific.substr(2, e - 2);
  // from_chars takes no plus sign.
  const std::string_view power = scientific.substr(scientific[e + 1] == '+' ? e + 2 : e + 1);
  std::from_chars(power.data(), power.data() + power.size(), result.exponent);
  return result;
}

template <typename Float>
FloatDigits shortest(Float magnitude) {
  char buffer[32];
  const auto written =
      std::to_chars(buffer, buffer + sizeof buffer, magnitude, std::chars_format::scientific);
  return parsed({buffer, written.ptr});
}

FloatDigits rounded(double magnitude, int count) {
  // A digit, the point, the exponent.
  std::string buffer(static_cast<std::size_t>(count) + 8, '\0');
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude,
                                     std::chars_format::scientific, count - 1);
  return parsed({buffer.data(), written.ptr});
}

template <typename Float>
bool reads_back_as(std::string_view text, Float magnitude) {
  Float value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() && value == magnitude;
}

// Whether a decimal lies in the interval that rounds to this float16. The middles between float16
// numbers are doubles, so reading the decimal as a double leaves it on its side of them.
bool reads_back_as_half(std::string_view text, double magnitude) {
  constexpr int kMantissaBits = 11;
  constexpr int kSmallestUnit = -24;
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  if (magnitude == 0) return value == 0;
  const int unit_exponent = std::max(std::ilogb(magnitude) - (kMantissaBits - 1), kSmallestUnit);
  const double unit = std::ldexp(1.0, unit_exponent);
  const double mantissa = magnitude / unit;
  // Below a power of two the numbers lie twice as dense.
  const bool is_power = mantissa == 1 << (kMantissaBits - 1) && unit_exponent > kSmallestUnit;
  const double low = magnitude - (is_power ? unit / 4 : unit / 2);
  const double high = magnitude + unit / 2;
  // A tie goes to the even mantissa.
  const bool is_even = std::fmod(mantissa, 2) == 0;
  return is_even ? low <= value && value <= high : low < value && value < high;
}

bool reads_back(const FloatDigits& number, double magnitude, FloatWidth width) {
  const std::string text = number.digits.substr(0, 1) + "." + number.digits.substr(1) + "e" +
                           std::to_string(number.exponent);
  switch (width) {
    case FloatWidth::kHalf:
      return reads_back_as_half(text, magnitude);
    case FloatWidth::kSingle:
      return reads_back_as(text, static_cast<float>(magnitude));
    case FloatWidth::kDouble:
      break;
  }
  return reads_back_as(text, magnitude);
}

// The next larger decimal of as many digits.
FloatDigits next_up(FloatDigits number) {
  std::size_t last = number.digits.size();
  while (last > 0 && number.digits[last - 1] == '9') number.digits[--last] = '0';
  if (last > 0) {
    ++number.digits[last - 1];
    return number;
  }
  number.digits.front() = '1';
  ++number.exponent;
  return number;
}

FloatDigits shortest_half(double magnitude) {
  for (int count = 1; count < kHalfDigits; ++count) {
    FloatDigits nearest = rounded(magnitude, count);
    if (reads_back(nearest, magnitude, FloatWidth::kHalf)) return nearest;
    // A power of two has more room above than below: 0.015625 is 0.01563, as 0.01562 isn't it.
    FloatDigits above = next_up(std::move(nearest));
    if (reads_back(above, magnitude, FloatWidth::kHalf)) return above;
  }
  return rounded(magnitude, kHalfDigits);
}

}  // namespace

FloatDigits shortest_digits(double magnitude, FloatWidth width) {
  switch (width) {
    case FloatWidth::kHalf:
      return shortest_half(magnitude);
    case FloatWidth::kSingle:
      return shortest(static_cast<float>(magnitude));
    case FloatWidth::kDouble:
      break;
  }
  return shortest(magnitude);
}

FloatDigits significant_digits(double magnitude, FloatWidth width, int count) {
  FloatDigits result = rounded(magnitude, count);
  FloatDigits shortest = shortest_digits(magnitude, width);
  const auto wanted = static_cast<std::size_t>(count);
  if (shortest.digits.size() > wanted) return result;
  // Of a power of two, the nearest decimal of some length can lie nearer to the neighbour below:
  // 2^-645 is 6.84940421565126e-195 in its shortest form, and …1259 would be the number before it.
  if (shortest.digits.size() < wanted && reads_back(result, magnitude, width)) return result;
  shortest.digits.resize(wanted, '0');
  return shortest;
}

std::string fixed_digits(double magnitude, int places) {
  constexpr std::size_t kMostWholeDigits = std::numeric_limits<double>::max_exponent10 + 1;
  std::string buffer(kMostWholeDigits + 1 + static_cast<std::size_t>(places), '\0');
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude,
                                     std::chars_format::fixed, places);
  buffer.resize(static_cast<std::size_t>(written.ptr - buffer.data()));
  return buffer;
}

double half_value(std::uint16_t bits) {
  constexpr int kFractionBits = 10;
  constexpr int kExponentMask = 31;
  constexpr int kBias = 15;
  const int exponent = (bits >> kFractionBits) & kExponentMask;
  const int fraction = bits & ((1 << kFractionBits) - 1);
  double magnitude = 0;
  if (exponent == kExponentMask) {
    magnitude = fraction == 0 ? std::numeric_limits<double>::infinity()
                              : std::numeric_limits<double>::quiet_NaN();
  } else if (exponent == 0) {
    magnitude = std::ldexp(fraction, 1 - kBias - kFractionBits);
  } else {
    magnitude = std::ldexp(fraction + (1 << kFractionBits), exponent - kBias - kFractionBits);
  }
  return std::copysign(magnitude, (bits >> 15) != 0 ? -1.0 : 1.0);
}

float bfloat16_value(std::uint16_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

}  // namespace icecore::inline v0
