#include <cmath>

#include "ops/rows/plain_rows.h"

namespace icecore::inline v0 {
namespace {

struct FloorDiv {
  template <typename T>
  static T of(T x, T y) {
    return std::floor(x / y);
  }
};
struct Mod {
  template <typename T>
  static T of(T x, T y) {
    return std::fmod(x, y);
  }
};
struct FloorMod {
  template <typename T>
  static T of(T x, T y) {
    const T rest = std::fmod(x, y);
    return rest != T{0} && (rest < T{0}) != (y < T{0}) ? rest + y : rest;
  }
};
struct Pow {
  template <typename T>
  static T of(T x, T y) {
    return std::pow(x, y);
  }
};
struct Atan2 {
  template <typename T>
  static T of(T y, T x) {
    return std::atan2(y, x);
  }
};

// The logarithm of the gamma function; std::lgamma writes a global variable.
float log_gamma(float x) {
  int sign = 0;
  return lgammaf_r(x, &sign);
}
double log_gamma(double x) {
  int sign = 0;
  return lgamma_r(x, &sign);
}

// The derivative of log_gamma: upwards to where the asymptotic series holds; below zero by
// reflection.
double digamma(double x) {
  if (x <= 0) {
    if (x == std::floor(x)) return HUGE_VAL;
    // tan of the distance to the nearest integer, which loses nothing.
    return digamma(1 - x) - M_PI / std::tan(M_PI * (x - std::floor(x)));
  }
  double shift = 0;
  for (; x < 10; ++x) shift += 1 / x;
  const double y = 1 / (x * x);
  // B_2k / 2k x^-2k
  const double series =
      y * (1.0 / 12 - y * (1.0 / 120 -
                           y * (1.0 / 252 -
                                y * (1.0 / 240 - y * (1.0 / 132 - y * (691.0 / 32760 - y / 12))))));
  return std::log(x) - 0.5 / x - series - shift;
}
float digamma(float x) {
  return static_cast<float>(digamma(double{x}));
}

template <auto kFloat, auto kDouble>
struct Function {
  static float of(float x) { return kFloat(x); }
  static double of(double x) { return kDouble(x); }
};
template <float (*kFloat)(float), double (*kDouble)(double)>
RowFunction unary(DType dtype) {
  using Op = Function<kFloat, kDouble>;
  if (dtype == DType::kFloat32) return plain_unary_row<float, float, Op>;
  return dtype == DType::kFloat64 ? plain_unary_row<double, double, Op> : nullptr;
}

template <typename Op>
RowFunction binary(DType dtype) {
  if (dtype == DType::kFloat32) return plain_binary_row<float, float, Op>;
  return dtype == DType::kFloat64 ? plain_binary_row<double, double, Op> : nullptr;
}

}  // namespace

RowFunction find_libm_row(RowOp op, DType dtype) {
  switch (op) {
    case RowOp::kFloorDiv:
      return binary<FloorDiv>(dtype);
    case RowOp::kFloorMod:
      return binary<FloorMod>(dtype);
    case RowOp::kMod:
      return binary<Mod>(dtype);
    case RowOp::kPow:
      return binary<Pow>(dtype);
    case RowOp::kAtan2:
      return binary<Atan2>(dtype);
    case RowOp::kTan:
      return unary<std::tan, std::tan>(dtype);
    case RowOp::kAsin:
      return unary<std::asin, std::asin>(dtype);
    case RowOp::kAcos:
      return unary<std::acos, std::acos>(dtype);
    case RowOp::kAtan:
      return unary<std::atan, std::atan>(dtype);
    case RowOp::kSinh:
      return unary<std::sinh, std::sinh>(dtype);
    case RowOp::kCosh:
      return unary<std::cosh, std::cosh>(dtype);
    case RowOp::kAsinh:
      return unary<std::asinh, std::asinh>(dtype);
    case RowOp::kAcosh:
      return unary<std::acosh, std::acosh>(dtype);
    case RowOp::kAtanh:
      return unary<std::atanh, std::atanh>(dtype);
    case RowOp::kErf:
      return unary<std::erf, std::erf>(dtype);
    case RowOp::kErfc:
      return unary<std::erfc, std::erfc>(dtype);
    case RowOp::kLgamma:
      return unary<log_gamma, log_gamma>(dtype);
    case RowOp::kDigamma:
      return unary<digamma, digamma>(dtype);
    default:
      return nullptr;
  }
}

}  // namespace icecore::inline v0
