#include "ops/rows/levels/level.h"

namespace icecore::inline v0::ICECORE_LEVEL {
namespace {

// Integers wrap around, which only unsigned ones may: they share the loops of their size.
struct Add {
  template <typename T>
  static T of(T x, T y) {
    return static_cast<T>(x + y);
  }
};
struct Sub {
  template <typename T>
  static T of(T x, T y) {
    return static_cast<T>(x - y);
  }
};
struct Mul {
  template <typename T>
  static T of(T x, T y) {
    return static_cast<T>(x * y);
  }
  // Not as int, in which it could overflow.
  static std::uint16_t of(std::uint16_t x, std::uint16_t y) {
    return static_cast<std::uint16_t>(std::uint32_t{x} * y);
  }
};
struct SquaredDifference {
  template <typename T>
  static T of(T x, T y) {
    return (x - y) * (x - y);
  }
};
struct Div {
  template <typename T>
  static T of(T x, T y) {
    return x / y;
  }
};
struct DivNoNan {
  template <typename T>
  static T of(T x, T y) {
    const T quotient = x / y;
    return y == 0 ? T{0} : quotient;
  }
};
struct MulNoNan {
  template <typename T>
  static T of(T x, T y) {
    return y == 0 ? T{0} : x * y;
  }
};
struct Maximum {
  template <typename T>
  static T of(T x, T y) {
    return x < y ? y : x;
  }
};
struct Minimum {
  template <typename T>
  static T of(T x, T y) {
    return y < x ? y : x;
  }
};
struct BitwiseAnd {
  template <typename T>
  static T of(T x, T y) {
    return x & y;
  }
};
struct BitwiseOr {
  template <typename T>
  static T of(T x, T y) {
    return x | y;
  }
};
struct BitwiseXor {
  template <typename T>
  static T of(T x, T y) {
    return x ^ y;
  }
};

template <typename Op>
RowFunction by_size(DType dtype) {
  switch (dtype) {
    case DType::kUInt8:
    case DType::kInt8:
      return binary_row<std::uint8_t, std::uint8_t, Op>;
    case DType::kUInt16:
    case DType::kInt16:
      return binary_row<std::uint16_t, std::uint16_t, Op>;
    case DType::kUInt32:
    case DType::kInt32:
      return binary_row<std::uint32_t, std::uint32_t, Op>;
    case DType::kUInt64:
    case DType::kInt64:
      return binary_row<std::uint64_t, std::uint64_t, Op>;
    default:
      return nullptr;
  }
}

template <typename Op>
RowFunction of_numbers(DType dtype) {
  const RowFunction row = binary_of_floats<Op>(dtype);
  return row != nullptr ? row : by_size<Op>(dtype);
}

template <typename Op>
RowFunction of_bits(DType dtype) {
  return by_size<Op>(dtype == DType::kBool ? DType::kUInt8 : dtype);
}

}  // namespace

RowFunction find_arithmetic_row(RowOp op, DType dtype) {
  switch (op) {
    case RowOp::kAdd:
      return of_numbers<Add>(dtype);
    case RowOp::kSub:
      return of_numbers<Sub>(dtype);
    case RowOp::kMul:
      return of_numbers<Mul>(dtype);
    case RowOp::kDiv:
      return binary_of_floats<Div>(dtype);
    case RowOp::kDivNoNan:
      return binary_of_floats<DivNoNan>(dtype);
    case RowOp::kMulNoNan:
      return binary_of_floats<MulNoNan>(dtype);
    case RowOp::kSquaredDifference: {
      if (dtype == DType::kInt32)
        return binary_row<std::uint32_t, std::uint32_t, SquaredDifference>;
      if (dtype == DType::kInt64)
        return binary_row<std::uint64_t, std::uint64_t, SquaredDifference>;
      return binary_of_floats<SquaredDifference>(dtype);
    }
    case RowOp::kMaximum:
      return binary_of_numbers<Maximum>(dtype);
    case RowOp::kMinimum:
      return binary_of_numbers<Minimum>(dtype);
    case RowOp::kBitwiseAnd:
      return of_bits<BitwiseAnd>(dtype);
    case RowOp::kBitwiseOr:
      return of_bits<BitwiseOr>(dtype);
    case RowOp::kBitwiseXor:
      return of_bits<BitwiseXor>(dtype);
    default:
      return nullptr;
  }
}

}  // namespace icecore::inline v0::ICECORE_LEVEL
