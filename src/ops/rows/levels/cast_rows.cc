#include "ops/rows/levels/level.h"

#if defined(__F16C__)
#include <immintrin.h>
#endif

namespace icecore::inline v0::ICECORE_LEVEL {
namespace {

// Numbers that an integer can't hold have no value in C++. Here they have one, and the same for all
// levels: what x86's scalar instructions give when they go by way of the next wider signed type.
template <typename To>
struct Convert {
  template <typename From>
  static To of(From x) {
    return static_cast<To>(x);
  }
  static To of(float x) { return of_real(x); }
  static To of(double x) { return of_real(x); }

 private:
  // What doesn't fit becomes what the instruction makes of it, as in TensorFlow.
  template <typename Real>
  static To of_real(Real x) {
    if constexpr (static_cast<To>(0.5) != To{0} || sizeof(To) == 8) {
      return static_cast<To>(x);
    } else if constexpr (sizeof(To) == 4) {
      if constexpr (static_cast<To>(-1) < To{0}) return static_cast<To>(x);
      return static_cast<To>(static_cast<std::int64_t>(x));
    } else {
      return static_cast<To>(static_cast<std::int32_t>(x));
    }
  }
};

struct NotZero {
  template <typename From>
  static std::uint8_t of(From x) {
    return x != From{0};
  }
};

template <typename From>
RowFunction to(DType dtype) {
  switch (dtype) {
    case DType::kBool:
      return unary_row<From, std::uint8_t, NotZero>;
    case DType::kQInt8:
    case DType::kInt8:
      return unary_row<From, std::int8_t, Convert<std::int8_t>>;
    case DType::kQUInt8:
    case DType::kUInt8:
      return unary_row<From, std::uint8_t, Convert<std::uint8_t>>;
    case DType::kQInt16:
    case DType::kInt16:
      return unary_row<From, std::int16_t, Convert<std::int16_t>>;
    case DType::kQUInt16:
    case DType::kUInt16:
      return unary_row<From, std::uint16_t, Convert<std::uint16_t>>;
    case DType::kQInt32:
    case DType::kInt32:
      return unary_row<From, std::int32_t, Convert<std::int32_t>>;
    case DType::kUInt32:
      return unary_row<From, std::uint32_t, Convert<std::uint32_t>>;
    case DType::kInt64:
      return unary_row<From, std::int64_t, Convert<std::int64_t>>;
    case DType::kUInt64:
      return unary_row<From, std::uint64_t, Convert<std::uint64_t>>;
    case DType::kFloat32:
      return unary_row<From, float, Convert<float>>;
    case DType::kFloat64:
      return unary_row<From, double, Convert<double>>;
    default:
      return nullptr;
  }
}

// As base/half.h, whose inline functions are not for here.
inline std::uint32_t bits_of(float x) {
  return __builtin_bit_cast(std::uint32_t, x);
}
inline float float_of(std::uint32_t bits) {
  return __builtin_bit_cast(float, bits);
}

struct BFloat16ToFloat {
  static float of(std::uint16_t x) { return float_of(static_cast<std::uint32_t>(x) << 16); }
};
struct FloatToBFloat16 {
  static std::uint16_t of(float x) {
    const std::uint32_t bits = bits_of(x);
    const auto rounded = static_cast<std::uint16_t>((bits + 0x7fffu + (bits >> 16 & 1u)) >> 16);
    return (bits & 0x7fffffffu) > 0x7f800000u ? std::uint16_t{0x7fc0} : rounded;
  }
};
struct HalfToFloat {
  static float of(std::uint16_t x) {
    const std::uint32_t sign = static_cast<std::uint32_t>(x & 0x8000u) << 16;
    const std::uint32_t magnitude = x & 0x7fffu;
    const std::uint32_t small =
        bits_of(static_cast<float>(static_cast<std::int32_t>(magnitude)) * 0x1p-24F);
    const std::uint32_t normal = (magnitude << 13) + (112u << 23);
    const std::uint32_t special = 0x7f800000u | (magnitude & 0x3ffu) << 13;
    const std::uint32_t finite = magnitude < 0x400u ? small : normal;
    return float_of(sign | (magnitude >= 0x7c00u ? special : finite));
  }
};
struct FloatToHalf {
  static std::uint16_t of(float x) {
    const std::uint32_t bits = bits_of(x);
    const std::uint32_t sign = bits >> 16 & 0x8000u;
    const std::uint32_t magnitude = bits & 0x7fffffffu;
    const std::uint32_t small = bits_of(float_of(magnitude) + 0.5F) - 0x3f000000u;
    const std::uint32_t normal = (magnitude - (112u << 23) + 0xfffu + (magnitude >> 13 & 1u)) >> 13;
    const std::uint32_t finite = magnitude < 0x38800000u ? small : normal;
    const std::uint32_t large = magnitude > 0x7f800000u ? 0x7e00u : 0x7c00u;
    return static_cast<std::uint16_t>(sign | (magnitude >= 0x477ff000u ? large : finite));
  }
};

#if defined(__F16C__)
void half_to_float_row(const Row& row) {
  auto* const out = reinterpret_cast<float*>(row.out);
  const auto* const x = reinterpret_cast<const std::uint16_t*>(row.in[0]);
  std::int64_t i = 0;
  for (; i + 8 <= row.count; i += 8) {
    _mm256_storeu_ps(out + i,
                     _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(x + i))));
  }
  for (; i < row.count; ++i) out[i] = HalfToFloat::of(x[i]);
}

void float_to_half_row(const Row& row) {
  auto* const out = reinterpret_cast<std::uint16_t*>(row.out);
  const auto* const x = reinterpret_cast<const float*>(row.in[0]);
  std::int64_t i = 0;
  for (; i + 8 <= row.count; i += 8) {
    const __m256 values = _mm256_loadu_ps(x + i);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i),
                     _mm256_cvtps_ph(values, _MM_FROUND_TO_NEAREST_INT));
  }
  for (; i < row.count; ++i) out[i] = FloatToHalf::of(x[i]);
}
#else
constexpr RowFunction half_to_float_row = unary_row<std::uint16_t, float, HalfToFloat>;
constexpr RowFunction float_to_half_row = unary_row<float, std::uint16_t, FloatToHalf>;
#endif

}  // namespace

RowFunction find_cast_row(DType from, DType to_dtype) {
  switch (from) {
    case DType::kBool:
    case DType::kQUInt8:
    case DType::kUInt8:
      return to<std::uint8_t>(to_dtype);
    case DType::kQInt8:
    case DType::kInt8:
      return to<std::int8_t>(to_dtype);
    case DType::kQInt16:
    case DType::kInt16:
      return to<std::int16_t>(to_dtype);
    case DType::kQUInt16:
    case DType::kUInt16:
      return to<std::uint16_t>(to_dtype);
    case DType::kQInt32:
    case DType::kInt32:
      return to<std::int32_t>(to_dtype);
    case DType::kUInt32:
      return to<std::uint32_t>(to_dtype);
    case DType::kInt64:
      return to<std::int64_t>(to_dtype);
    case DType::kUInt64:
      return to<std::uint64_t>(to_dtype);
    case DType::kFloat64:
      return to<double>(to_dtype);
    case DType::kFloat16:
      return to_dtype == DType::kFloat32 ? half_to_float_row : nullptr;
    case DType::kBFloat16:
      return to_dtype == DType::kFloat32 ? unary_row<std::uint16_t, float, BFloat16ToFloat>
                                         : nullptr;
    case DType::kFloat32:
      break;
    default:
      return nullptr;
  }
  if (to_dtype == DType::kFloat16) return float_to_half_row;
  if (to_dtype == DType::kBFloat16) return unary_row<float, std::uint16_t, FloatToBFloat16>;
  return to<float>(to_dtype);
}

}  // namespace icecore::inline v0::ICECORE_LEVEL
