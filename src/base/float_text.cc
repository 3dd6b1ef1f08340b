#include "base/float_text.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>

namespace icecore::inline v0 {
namespace {

// Python writes an exponent where the decimal point would stand further left or right than this.
constexpr int kFirstPlainExponent = -4;
constexpr int kFirstLargeExponent = 16;

// Room for sign, 17 digits, point and exponent.
using Buffer = char[32];

// "d.ddde±xx", as to_chars writes it, rearranged as Python's repr.
std::string arranged(std::string_view scientific) {
  std::string text;
  if (scientific.front() == '-') {
    text = "-";
    scientific.remove_prefix(1);
  }
  const std::size_t e = scientific.find('e');
  std::string digits(1, scientific.front());
  if (e > 2) digits += scientific.substr(2, e - 2);
  // from_chars takes no plus sign.
  const std::string_view power = scientific.substr(scientific[e + 1] == '+' ? e + 2 : e + 1);
  int exponent = 0;
  std::from_chars(power.data(), power.data() + power.size(), exponent);

  const int count = static_cast<int>(digits.size());
  if (exponent < kFirstPlainExponent || exponent >= kFirstLargeExponent) {
    text += digits.front();
    if (count > 1) text.append(".").append(digits, 1);
    text += exponent < 0 ? "e-" : "e+";
    const std::string magnitude = std::to_string(std::abs(exponent));
    if (magnitude.size() < 2) text += '0';
    return text += magnitude;
  }
  if (exponent < 0) {
    return text.append("0.").append(static_cast<std::size_t>(-exponent) - 1, '0').append(digits);
  }
  if (count <= exponent + 1) {
    const int zeros = exponent + 1 - count;
    return text.append(digits).append(static_cast<std::size_t>(zeros), '0').append(".0");
  }
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  return text.append(digits, 0, whole).append(".").append(digits, whole);
}

}  // namespace

std::string python_repr(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  Buffer buffer;
  const auto written =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
  return arranged({buffer, written.ptr});
}

std::string shortest_float(float value) {
  if (!std::isfinite(value)) return python_repr(value);
  double decimal = 0;
  // Nine digits tell all floats apart.
  for (int digits = 6; digits <= 9; ++digits) {
    Buffer buffer;
    const auto written = std::to_chars(buffer, buffer + sizeof buffer, static_cast<double>(value),
                                       std::chars_format::scientific, digits - 1);
    std::from_chars(buffer, written.ptr, decimal);
    if (static_cast<float>(decimal) == value) break;
  }
  return python_repr(decimal);
}

}  // namespace icecore::inline v0
