#include "base/float_column.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string_view>

namespace icecore::inline v0 {
namespace {

constexpr std::string_view kNan = "nan";
constexpr std::string_view kInfinity = "inf";

// From here on a scalar gets an exponent. An array does where it holds such a number, or one from
// kLargeInArray on.
double first_large(FloatWidth width) {
  switch (width) {
    case FloatWidth::kHalf:
      return 1e3;
    case FloatWidth::kSingle:
      return 1e6;
    case FloatWidth::kDouble:
      break;
  }
  return 1e16;
}
constexpr double kLargeInArray = 1e8;

// An array gets exponents where a number is smaller, compared in the array's own width.
double first_small(FloatWidth width) {
  switch (width) {
    case FloatWidth::kHalf:
      return half_value(0x068e);  // The float16 next to 0.0001.
    case FloatWidth::kSingle:
      return 0.0001f;
    case FloatWidth::kDouble:
      break;
  }
  return 0.0001;
}
// A scalar is compared as a double.
constexpr double kFirstSmallScalar = 0.0001;

// Or where the largest is more than a thousand times the smallest; the quotient is rounded to the
// array's width before it is compared.
bool spreads_wide(double largest, double smallest, FloatWidth width) {
  switch (width) {
    case FloatWidth::kHalf:
      // Halfway from 1000 to the next float16, a tie going to 1000.
      return static_cast<float>(largest) / static_cast<float>(smallest) > 1000.25f;
    case FloatWidth::kSingle:
      return static_cast<float>(largest) / static_cast<float>(smallest) > 1000.0f;
    case FloatWidth::kDouble:
      break;
  }
  return largest / smallest > 1000.0;
}

bool needs_exponents(std::span<const double> values, FloatWidth width) {
  double largest = 0;
  double smallest = 0;
  for (const double value : values) {
    const double magnitude = std::abs(value);
    if (!std::isfinite(value) || magnitude == 0) continue;
    largest = std::max(largest, magnitude);
    smallest = smallest == 0 ? magnitude : std::min(smallest, magnitude);
  }
  if (largest == 0) return false;
  return largest >= std::min(first_large(width), kLargeInArray) || smallest < first_small(width) ||
         spreads_wide(largest, smallest, width);
}

void trim_zeros(std::string& digits, std::size_t keep) {
  while (digits.size() > keep && digits.back() == '0') digits.pop_back();
}

// "05", "112": without the sign.
std::string exponent_digits(int exponent, std::size_t least = 2) {
  std::string digits = std::to_string(std::abs(exponent));
  if (digits.size() < least) digits.insert(0, least - digits.size(), '0');
  return digits;
}

std::string with_exponent(const FloatDigits& number, std::size_t least) {
  return std::string("e") + (number.exponent < 0 ? '-' : '+') +
         exponent_digits(number.exponent, least);
}

// "0.00125", "1200.": the point always stands.
std::string without_exponent(const FloatDigits& number) {
  if (number.exponent < 0) {
    return "0." + std::string(static_cast<std::size_t>(-number.exponent - 1), '0') + number.digits;
  }
  const auto whole = static_cast<std::size_t>(number.exponent) + 1;
  std::string text = number.digits;
  if (text.size() < whole) text.append(whole - text.size(), '0');
  return text.insert(whole, 1, '.');
}

// Without a sign, at most `precision` digits after the point, no zeros at the end.
std::string positional_text(double magnitude, FloatWidth width, int precision) {
  if (magnitude == 0) return "0.";
  const FloatDigits shortest = shortest_digits(magnitude, width);
  const int places = static_cast<int>(shortest.digits.size()) - 1 - shortest.exponent;
  if (places <= precision) return without_exponent(shortest);
  std::string text = fixed_digits(magnitude, precision);
  if (precision == 0) return text + ".";
  trim_zeros(text, 1);
  return text;
}

// A scalar without its sign and without a point that nothing follows.
std::string scalar_magnitude(double magnitude, FloatWidth width) {
  const FloatDigits shortest = shortest_digits(magnitude, width);
  if (magnitude == 0 || (magnitude >= kFirstSmallScalar && magnitude < first_large(width))) {
    std::string text = without_exponent(shortest);
    if (text.back() == '.') text.pop_back();
    return text;
  }
  std::string text = shortest.digits.substr(0, 1);
  if (shortest.digits.size() > 1) text.append(".").append(shortest.digits, 1);
  return text += with_exponent(shortest, 2);
}

std::string scalar_part(double value, FloatWidth width, bool plus) {
  if (std::isnan(value)) return std::string(plus ? "+" : "").append(kNan);
  const std::string sign = std::signbit(value) ? "-" : plus ? "+" : "";
  if (std::isinf(value)) return sign + std::string(kInfinity);
  return sign + scalar_magnitude(std::abs(value), width);
}

}  // namespace

FloatColumn::FloatColumn(std::span<const double> values, FloatWidth width, int precision, bool plus)
    : width_(width), precision_(std::max(precision, 0)), plus_(plus) {
  has_exponent_ = needs_exponents(values, width);
  if (has_exponent_) {
    measure_scientific(values);
  } else {
    measure_positional(values);
  }

  const bool all_finite =
      std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
  if (all_finite) return;
  // Room for both words wherever there is one of them.
  const bool signs_infinity = plus_ || std::any_of(values.begin(), values.end(), [](double value) {
                                return std::isinf(value) && value < 0;
                              });
  const std::size_t widest = kInfinity.size() + (signs_infinity ? 1 : 0);
  if (widest > right_ + 1) left_ = std::max(left_, widest - right_ - 1);
}

void FloatColumn::measure_scientific(std::span<const double> values) {
  std::size_t fraction = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    const double magnitude = std::abs(value);
    FloatDigits number = shortest_digits(magnitude, width_);
    if (number.digits.size() > static_cast<std::size_t>(precision_) + 1) {
      number = significant_digits(magnitude, width_, precision_ + 1);
      trim_zeros(number.digits, 1);
    }
    left_ = std::max(left_, sign_of(value).size() + 1);
    fraction = std::max(fraction, number.digits.size() - 1);
    exponent_digits_ = std::max(exponent_digits_, exponent_digits(number.exponent).size());
  }
  // All numbers get as many digits as the longest needs.
  precision_ = static_cast<int>(fraction);
  right_ = fraction + 2 + exponent_digits_;
}

void FloatColumn::measure_positional(std::span<const double> values) {
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    const std::string text = sign_of(value) + positional_text(std::abs(value), width_, precision_);
    const std::size_t point = text.find('.');
    left_ = std::max(left_, point);
    right_ = std::max(right_, text.size() - point - 1);
  }
}

std::string FloatColumn::sign_of(double value) const {
  return std::signbit(value) ? "-" : plus_ ? "+" : "";
}

std::string FloatColumn::text(double value) const {
  if (std::isfinite(value)) return has_exponent_ ? scientific(value) : positional(value);
  std::string word = std::isnan(value) ? std::string(plus_ ? "+" : "").append(kNan)
                                       : sign_of(value).append(kInfinity);
  const std::size_t wanted = left_ + right_ + 1;
  if (word.size() < wanted) word.insert(0, wanted - word.size(), ' ');
  return word;
}

std::string FloatColumn::positional(double value) const {
  std::string text = sign_of(value) + positional_text(std::abs(value), width_, precision_);
  const std::size_t point = text.find('.');
  text.append(right_ - (text.size() - point - 1), ' ');
  return text.insert(0, left_ - point, ' ');
}

std::string FloatColumn::scientific(double value) const {
  const FloatDigits number = significant_digits(std::abs(value), width_, precision_ + 1);
  std::string text = sign_of(value) + number.digits.substr(0, 1) + "." + number.digits.substr(1) +
                     with_exponent(number, exponent_digits_);
  const std::size_t point = text.find('.');
  return text.insert(0, left_ - point, ' ');
}

std::string float_scalar_text(double value, FloatWidth width) {
  std::string text = scalar_part(value, width, false);
  // "1.0", but "1e+16", "inf".
  if (std::isfinite(value) && text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::string complex_scalar_text(double real, double imaginary, FloatWidth width) {
  if (real == 0 && !std::signbit(real)) return scalar_part(imaginary, width, false) + "j";
  return "(" + scalar_part(real, width, false) + scalar_part(imaginary, width, true) + "j)";
}

}  // namespace icecore::inline v0
