// The decimal digits of binary floating-point numbers of three widths.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace icecore::inline v0 {

// How many neighbours a number must be told apart from: those of float16, float32 or float64.
enum class FloatWidth { kHalf, kSingle, kDouble };

// d.ddd × 10^exponent, d being the first of `digits`; zero is "0" and 0.
struct FloatDigits {
  std::string digits;
  int exponent = 0;
};

// The functions take a finite number without its sign, as a double (which holds every float16 and
// float32 exactly).

// The fewest digits that read back as the same number of its width, and of those the nearest.
FloatDigits shortest_digits(double magnitude, FloatWidth width);

// `count` (at least 1) significant digits: the exact value rounded, a tie to the even digit. With
// fewer than the shortest form has, the number may no longer read back; with as many or more it
// does.
FloatDigits significant_digits(double magnitude, FloatWidth width, int count);

// The exact value rounded to `places` digits after the point, without an exponent: "12.50", "3".
std::string fixed_digits(double magnitude, int places);

// The value of a float16, given as its bits.
double half_value(std::uint16_t bits);

// The value of a bfloat16, which is the upper half of a float32.
float bfloat16_value(std::uint16_t bits);

}  // namespace icecore::inline v0
