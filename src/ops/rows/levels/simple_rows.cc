#include "ops/rows/levels/level.h"

namespace icecore::inline v0::ICECORE_LEVEL {
namespace {

inline float infinity(float) {
  return __builtin_inff();
}
inline double infinity(double) {
  return __builtin_inf();
}
inline float magnitude(float x) {
  return __builtin_fabsf(x);
}
inline double magnitude(double x) {
  return __builtin_fabs(x);
}

struct Neg {
  template <typename T>
  static T of(T x) {
    if constexpr (T{1} / T{2} != T{0}) return -x;  // 0 - x would lose the sign of zero.
    return static_cast<T>(T{0} - x);
  }
};
struct Abs {
  static float of(float x) { return magnitude(x); }
  static double of(double x) { return magnitude(x); }
  static std::uint8_t of(std::int8_t x) { return static_cast<std::uint8_t>(x < 0 ? -x : x); }
  static std::uint16_t of(std::int16_t x) { return static_cast<std::uint16_t>(x < 0 ? -x : x); }
  static std::uint32_t of(std::int32_t x) {
    const auto bits = static_cast<std::uint32_t>(x);
    return x < 0 ? 0u - bits : bits;
  }
  static std::uint64_t of(std::int64_t x) {
    const auto bits = static_cast<std::uint64_t>(x);
    return x < 0 ? 0u - bits : bits;
  }
};
// Zero of what isn't a number, as TensorFlow has it.
struct Sign {
  template <typename T>
  static T of(T x) {
    return static_cast<T>((x > 0) - (x < 0));
  }
};
struct Square {
  template <typename T>
  static T of(T x) {
    return x * x;
  }
};
struct Sqrt {
  static float of(float x) { return __builtin_sqrtf(x); }
  static double of(double x) { return __builtin_sqrt(x); }
};
struct Rsqrt {
  static float of(float x) { return 1.0F / __builtin_sqrtf(x); }
  static double of(double x) { return 1.0 / __builtin_sqrt(x); }
};
struct Reciprocal {
  template <typename T>
  static T of(T x) {
    return T{1} / x;
  }
};
struct Floor {
  static float of(float x) { return __builtin_floorf(x); }
  static double of(double x) { return __builtin_floor(x); }
};
struct Ceil {
  static float of(float x) { return __builtin_ceilf(x); }
  static double of(double x) { return __builtin_ceil(x); }
};
struct Rint {
  static float of(float x) { return __builtin_rintf(x); }
  static double of(double x) { return __builtin_rint(x); }
};
struct Invert {
  template <typename T>
  static T of(T x) {
    return static_cast<T>(~x);
  }
};
struct LogicalNot {
  static std::uint8_t of(std::uint8_t x) { return x == 0; }
};
struct IsNan {
  template <typename T>
  static std::uint8_t of(T x) {
    return x != x;
  }
};
struct IsInf {
  template <typename T>
  static std::uint8_t of(T x) {
    return magnitude(x) == infinity(x);
  }
};
struct IsFinite {
  template <typename T>
  static std::uint8_t of(T x) {
    return magnitude(x) < infinity(x);
  }
};
struct Relu {
  template <typename T>
  static T of(T x) {
    return x < T{0} ? T{0} : x;
  }
};
struct Relu6 {
  template <typename T>
  static T of(T x) {
    const T at_least_0 = x < T{0} ? T{0} : x;
    return T{6} < at_least_0 ? T{6} : at_least_0;
  }
};

// Between two scalars, as nearly always, or element by element.
template <typename T>
void clip_row(const Row& row) {
  auto* const out = reinterpret_cast<T*>(row.out);
  const auto* const x = reinterpret_cast<const T*>(row.in[0]);
  const auto* const low = reinterpret_cast<const T*>(row.in[1]);
  const auto* const high = reinterpret_cast<const T*>(row.in[2]);
  if (row.in_stride[1] == 0 && row.in_stride[2] == 0) {
    const T smallest = *low, largest = *high;
    ICECORE_ROW_LOOP
    for (std::int64_t i = 0; i < row.count; ++i) {
      const T below = largest < x[i] ? largest : x[i];
      out[i] = below < smallest ? smallest : below;
    }
    return;
  }
  const std::int64_t low_step = row.in_stride[1] == 0 ? 0 : 1;
  const std::int64_t high_step = row.in_stride[2] == 0 ? 0 : 1;
  for (std::int64_t i = 0; i < row.count; ++i) {
    const T smallest = low[i * low_step], largest = high[i * high_step];
    const T below = largest < x[i] ? largest : x[i];
    out[i] = below < smallest ? smallest : below;
  }
}

template <typename Op, bool kToBool = false>
RowFunction of_floats(DType dtype) {
  if constexpr (kToBool) {
    if (dtype == DType::kFloat32) return unary_row<float, std::uint8_t, Op>;
    if (dtype == DType::kFloat64) return unary_row<double, std::uint8_t, Op>;
  } else {
    if (dtype == DType::kFloat32) return unary_row<float, float, Op>;
    if (dtype == DType::kFloat64) return unary_row<double, double, Op>;
  }
  return nullptr;
}

template <typename Op>
RowFunction by_size(DType dtype) {
  switch (dtype) {
    case DType::kInt8:
    case DType::kUInt8:
      return unary_row<std::uint8_t, std::uint8_t, Op>;
    case DType::kInt16:
    case DType::kUInt16:
      return unary_row<std::uint16_t, std::uint16_t, Op>;
    case DType::kInt32:
    case DType::kUInt32:
      return unary_row<std::uint32_t, std::uint32_t, Op>;
    case DType::kInt64:
    case DType::kUInt64:
      return unary_row<std::uint64_t, std::uint64_t, Op>;
    default:
      return nullptr;
  }
}

template <typename Op>
RowFunction of_order(DType dtype) {
  switch (dtype) {
    case DType::kInt8:
      return unary_row<std::int8_t, std::int8_t, Op>;
    case DType::kUInt8:
      return unary_row<std::uint8_t, std::uint8_t, Op>;
    case DType::kInt16:
      return unary_row<std::int16_t, std::int16_t, Op>;
    case DType::kUInt16:
      return unary_row<std::uint16_t, std::uint16_t, Op>;
    case DType::kInt32:
      return unary_row<std::int32_t, std::int32_t, Op>;
    case DType::kUInt32:
      return unary_row<std::uint32_t, std::uint32_t, Op>;
    case DType::kInt64:
      return unary_row<std::int64_t, std::int64_t, Op>;
    case DType::kUInt64:
      return unary_row<std::uint64_t, std::uint64_t, Op>;
    default:
      return of_floats<Op>(dtype);
  }
}

RowFunction find_abs(DType dtype) {
  switch (dtype) {
    case DType::kInt8:
      return unary_row<std::int8_t, std::uint8_t, Abs>;
    case DType::kInt16:
      return unary_row<std::int16_t, std::uint16_t, Abs>;
    case DType::kInt32:
      return unary_row<std::int32_t, std::uint32_t, Abs>;
    case DType::kInt64:
      return unary_row<std::int64_t, std::uint64_t, Abs>;
    default:
      return of_floats<Abs>(dtype);
  }
}

RowFunction find_clip(DType dtype) {
  switch (dtype) {
    case DType::kInt8:
      return clip_row<std::int8_t>;
    case DType::kUInt8:
      return clip_row<std::uint8_t>;
    case DType::kInt16:
      return clip_row<std::int16_t>;
    case DType::kUInt16:
      return clip_row<std::uint16_t>;
    case DType::kInt32:
      return clip_row<std::int32_t>;
    case DType::kUInt32:
      return clip_row<std::uint32_t>;
    case DType::kInt64:
      return clip_row<std::int64_t>;
    case DType::kUInt64:
      return clip_row<std::uint64_t>;
    case DType::kFloat32:
      return clip_row<float>;
    case DType::kFloat64:
      return clip_row<double>;
    default:
      return nullptr;
  }
}

template <typename Op>
RowFunction of_numbers(DType dtype) {
  const RowFunction row = of_floats<Op>(dtype);
  if (row != nullptr) return row;
  // Small ones would be computed as int, in which a square can overflow.
  if (dtype == DType::kInt8 || dtype == DType::kUInt8) return by_size<Op>(dtype);
  if (dtype == DType::kInt16 || dtype == DType::kUInt16) return nullptr;
  return by_size<Op>(dtype);
}

template <typename T>
struct Select {
  static void row(const Row& row) {
    auto* const out = reinterpret_cast<T*>(row.out);
    const auto* const condition = reinterpret_cast<const std::uint8_t*>(row.in[0]);
    const auto* const x = reinterpret_cast<const T*>(row.in[1]);
    const auto* const y = reinterpret_cast<const T*>(row.in[2]);
    if (row.in_stride[0] != 0 && row.in_stride[1] != 0 && row.in_stride[2] != 0) {
      ICECORE_ROW_LOOP
      for (std::int64_t i = 0; i < row.count; ++i) {
        const T a = x[i], b = y[i];
        out[i] = condition[i] != 0 ? a : b;
      }
      return;
    }
    const std::int64_t step = row.in_stride[0] == 0 ? 0 : 1;
    const std::int64_t x_step = row.in_stride[1] == 0 ? 0 : 1;
    const std::int64_t y_step = row.in_stride[2] == 0 ? 0 : 1;
    for (std::int64_t i = 0; i < row.count; ++i) {
      const T a = x[i * x_step], b = y[i * y_step];
      out[i] = condition[i * step] != 0 ? a : b;
    }
  }
};

struct Bytes16 {
  std::uint64_t low, high;
};

}  // namespace

RowFunction find_simple_row(RowOp op, DType dtype) {
  switch (op) {
    case RowOp::kNeg:
      return of_numbers<Neg>(dtype);
    case RowOp::kAbs:
      return find_abs(dtype);
    case RowOp::kSign:
      return of_order<Sign>(dtype);
    case RowOp::kSquare:
      return of_numbers<Square>(dtype);
    case RowOp::kSqrt:
      return of_floats<Sqrt>(dtype);
    case RowOp::kRsqrt:
      return of_floats<Rsqrt>(dtype);
    case RowOp::kReciprocal:
      return of_floats<Reciprocal>(dtype);
    case RowOp::kFloor:
      return of_floats<Floor>(dtype);
    case RowOp::kCeil:
      return of_floats<Ceil>(dtype);
    case RowOp::kRint:
      return of_floats<Rint>(dtype);
    case RowOp::kInvert:
      return by_size<Invert>(dtype);
    case RowOp::kLogicalNot:
      return unary_row<std::uint8_t, std::uint8_t, LogicalNot>;
    case RowOp::kIsNan:
      return of_floats<IsNan, true>(dtype);
    case RowOp::kIsInf:
      return of_floats<IsInf, true>(dtype);
    case RowOp::kIsFinite:
      return of_floats<IsFinite, true>(dtype);
    case RowOp::kRelu:
      return of_order<Relu>(dtype);
    case RowOp::kRelu6:
      return of_order<Relu6>(dtype);
    case RowOp::kClip:
      return find_clip(dtype);
    default:
      return nullptr;
  }
}

RowFunction find_select_row(std::size_t element_size) {
  switch (element_size) {
    case 1:
      return Select<std::uint8_t>::row;
    case 2:
      return Select<std::uint16_t>::row;
    case 4:
      return Select<std::uint32_t>::row;
    case 8:
      return Select<std::uint64_t>::row;
    case 16:
      return Select<Bytes16>::row;
    default:
      return nullptr;
  }
}

}  // namespace icecore::inline v0::ICECORE_LEVEL
