// Floating-point numbers as numpy prints them: aligned in an array, or alone.
#pragma once

#include <span>
#include <string>

#include "base/float_digits.h"

namespace icecore::inline v0 {

// The form that numpy chooses for the numbers of one array: with or without exponents, how many
// digits, how wide. The rules are those of numpy 2.4 (earlier ones write an exponent from 1e8 on
// whatever the width, where 2.4 does from 1e3 on in float16 and from 1e6 on in float32).
class FloatColumn {
 public:
  // `values` are those that will be printed; at most `precision` digits follow the point. With
  // `plus`, numbers that aren't negative begin with '+' (the imaginary parts of complex numbers).
  FloatColumn(std::span<const double> values, FloatWidth width, int precision, bool plus);

  // One of the values, padded so that the points of all of them stand in one column.
  std::string text(double value) const;

 private:
  void measure_scientific(std::span<const double> values);
  void measure_positional(std::span<const double> values);
  std::string sign_of(double value) const;
  std::string positional(double value) const;
  std::string scientific(double value) const;

  FloatWidth width_;
  int precision_;
  bool plus_;
  bool has_exponent_ = false;
  std::size_t exponent_digits_ = 0;
  std::size_t left_ = 0;   // Characters before the point, sign included.
  std::size_t right_ = 0;  // Characters after the point, exponent included.
};

// str(numpy.float32(x)), float16 and float64 likewise.
std::string float_scalar_text(double value, FloatWidth width);

// str(numpy.complex64(x)), whose parts are of kSingle, or complex128's, of kDouble.
std::string complex_scalar_text(double real, double imaginary, FloatWidth width);

}  // namespace icecore::inline v0
