// From a dtype to the C++ type that kernels compute with: once, at a kernel's edge.
#pragma once

#include <icecore/dtype.h>
#include <icecore/error.h>

#include <Eigen/Core>
#include <complex>
#include <cstdint>
#include <string>
#include <type_traits>

namespace icecore::inline v0 {

template <typename... Ts>
struct NumberTypes {};

template <typename... As, typename... Bs>
NumberTypes<As..., Bs...> operator+(NumberTypes<As...>, NumberTypes<Bs...>) {
  return {};
}

// Half and bfloat16 round after each operation, as TensorFlow's do.
using FloatTypes = NumberTypes<float, double, Eigen::half, Eigen::bfloat16>;
using IntTypes = NumberTypes<std::int32_t, std::int64_t, std::uint8_t, std::int16_t, std::int8_t,
                             std::uint16_t, std::uint32_t, std::uint64_t>;
using ComplexTypes = NumberTypes<std::complex<float>, std::complex<double>>;
using RealTypes = decltype(FloatTypes() + IntTypes());
// What is left of them where half and bfloat16 have become float32 (ops/in_float32.h).
using WideRealTypes = decltype(NumberTypes<float, double>() + IntTypes());
using WideNumberTypes = decltype(WideRealTypes() + ComplexTypes());
using AllNumberTypes = decltype(RealTypes() + ComplexTypes());

template <typename T>
constexpr DType number_dtype() {
  if constexpr (std::is_same_v<T, Eigen::half>)
    return DType::kFloat16;
  else if constexpr (std::is_same_v<T, Eigen::bfloat16>)
    return DType::kBFloat16;
  else
    return dtype_of<T>();
}

// Calls `function` with the std::type_identity of that dtype's type. UNIMPLEMENTED where it isn't
// one of the types.
template <typename... Ts, typename Function>
void visit_numbers(NumberTypes<Ts...>, DType dtype, Function&& function) {
  const bool found =
      ((dtype == number_dtype<Ts>() && (function(std::type_identity<Ts>()), true)) || ...);
  if (!found) {
    throw Error(Code::kUnimplemented, "there is no arithmetic on " + to_string(dtype) + " here");
  }
}

template <typename T>
constexpr bool is_complex_number =
    std::is_same_v<T, std::complex<float>> || std::is_same_v<T, std::complex<double>>;

// Arithmetic in which ints wrap around, as TensorFlow's do on every machine, instead of being
// undefined.
template <typename T>
using Wrapping = typename std::conditional_t<std::is_integral_v<T> && sizeof(T) >= sizeof(int),
                                             std::make_unsigned<T>, std::type_identity<T>>::type;

template <typename T>
T wrapping_add(T a, T b) {
  return static_cast<T>(static_cast<Wrapping<T>>(a) + static_cast<Wrapping<T>>(b));
}
template <typename T>
T wrapping_sub(T a, T b) {
  return static_cast<T>(static_cast<Wrapping<T>>(a) - static_cast<Wrapping<T>>(b));
}
template <typename T>
T wrapping_mul(T a, T b) {
  if constexpr (std::is_integral_v<T> && sizeof(T) < sizeof(int)) {
    // Two uint16 would be multiplied as ints, beyond what those hold.
    return static_cast<T>(static_cast<unsigned>(a) * static_cast<unsigned>(b));
  } else {
    return static_cast<T>(static_cast<Wrapping<T>>(a) * static_cast<Wrapping<T>>(b));
  }
}

}  // namespace icecore::inline v0
