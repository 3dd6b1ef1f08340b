#include "ops/rows/levels/level.h"

namespace icecore::inline v0::ICECORE_LEVEL {
namespace {

struct Equal {
  template <typename T>
  static std::uint8_t of(T x, T y) {
    return x == y;
  }
};
struct NotEqual {
  template <typename T>
  static std::uint8_t of(T x, T y) {
    return x != y;
  }
};
struct Less {
  template <typename T>
  static std::uint8_t of(T x, T y) {
    return x < y;
  }
};
struct LessEqual {
  template <typename T>
  static std::uint8_t of(T x, T y) {
    return x <= y;
  }
};

template <typename Op>
RowFunction of_floats(DType dtype) {
  switch (dtype) {
    case DType::kFloat32:
      return binary_row<float, std::uint8_t, Op>;
    case DType::kFloat64:
      return binary_row<double, std::uint8_t, Op>;
    default:
      return nullptr;
  }
}

template <typename Op>
RowFunction of_equality(DType dtype) {
  switch (dtype) {
    case DType::kBool:
    case DType::kQInt8:
    case DType::kQUInt8:
    case DType::kInt8:
    case DType::kUInt8:
      return binary_row<std::uint8_t, std::uint8_t, Op>;
    case DType::kQInt16:
    case DType::kQUInt16:
    case DType::kInt16:
    case DType::kUInt16:
      return binary_row<std::uint16_t, std::uint8_t, Op>;
    case DType::kQInt32:
    case DType::kInt32:
    case DType::kUInt32:
      return binary_row<std::uint32_t, std::uint8_t, Op>;
    case DType::kInt64:
    case DType::kUInt64:
      return binary_row<std::uint64_t, std::uint8_t, Op>;
    default:
      return of_floats<Op>(dtype);
  }
}

template <typename Op>
RowFunction of_order(DType dtype) {
  switch (dtype) {
    case DType::kInt8:
      return binary_row<std::int8_t, std::uint8_t, Op>;
    case DType::kUInt8:
      return binary_row<std::uint8_t, std::uint8_t, Op>;
    case DType::kInt16:
      return binary_row<std::int16_t, std::uint8_t, Op>;
    case DType::kUInt16:
      return binary_row<std::uint16_t, std::uint8_t, Op>;
    case DType::kInt32:
      return binary_row<std::int32_t, std::uint8_t, Op>;
    case DType::kUInt32:
      return binary_row<std::uint32_t, std::uint8_t, Op>;
    case DType::kInt64:
      return binary_row<std::int64_t, std::uint8_t, Op>;
    case DType::kUInt64:
      return binary_row<std::uint64_t, std::uint8_t, Op>;
    default:
      return of_floats<Op>(dtype);
  }
}

// With the inputs the other way round.
template <typename Op>
struct Swapped {
  template <typename T>
  static std::uint8_t of(T x, T y) {
    return Op::of(y, x);
  }
};

}  // namespace

RowFunction find_comparison_row(RowOp op, DType dtype) {
  switch (op) {
    case RowOp::kEqual:
      return of_equality<Equal>(dtype);
    case RowOp::kNotEqual:
      return of_equality<NotEqual>(dtype);
    case RowOp::kLess:
      return of_order<Less>(dtype);
    case RowOp::kLessEqual:
      return of_order<LessEqual>(dtype);
    case RowOp::kGreater:
      return of_order<Swapped<Less>>(dtype);
    case RowOp::kGreaterEqual:
      return of_order<Swapped<LessEqual>>(dtype);
    default:
      return nullptr;
  }
}

}  // namespace icecore::inline v0::ICECORE_LEVEL
