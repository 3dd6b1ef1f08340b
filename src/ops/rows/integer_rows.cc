#include <type_traits>

#include "ops/rows/division_fault.h"
#include "ops/rows/plain_rows.h"

namespace icecore::inline v0 {
namespace {

// The smallest integer by -1 has a quotient that isn't one of its type, and traps. It is what
// negation gives: itself.
template <typename T>
bool is_minus_one(T y) {
  if constexpr (std::is_signed_v<T>) return y == T{-1};
  return false;
}
template <typename T>
T negated(T x) {
  using Unsigned = std::make_unsigned_t<T>;
  return static_cast<T>(static_cast<Unsigned>(Unsigned{0} - static_cast<Unsigned>(x)));
}

struct TruncateDiv {
  template <typename T>
  static T of(T x, T y) {
    return is_minus_one(y) ? negated(x) : static_cast<T>(x / y);
  }
};
struct TruncateMod {
  template <typename T>
  static T of(T x, T y) {
    return is_minus_one(y) ? T{0} : static_cast<T>(x % y);
  }
};
struct FloorDiv {
  template <typename T>
  static T of(T x, T y) {
    if (is_minus_one(y)) return negated(x);
    const T quotient = static_cast<T>(x / y);
    const bool rounded_up = (x < 0) != (y < 0) && static_cast<T>(quotient * y) != x;
    return static_cast<T>(quotient - T{rounded_up});
  }
};
struct FloorMod {
  template <typename T>
  static T of(T x, T y) {
    if (is_minus_one(y)) return 0;
    const T rest = static_cast<T>(x % y);
    return rest != 0 && (rest < 0) != (y < 0) ? static_cast<T>(rest + y) : rest;
  }
};

template <typename T, typename Op>
void division_row(const Row& row) {
  auto* const out = reinterpret_cast<T*>(row.out);
  const auto* const x = reinterpret_cast<const T*>(row.in[0]);
  const auto* const y = reinterpret_cast<const T*>(row.in[1]);
  const auto* const fault = static_cast<const DivisionFault*>(row.parameter);
  const std::int64_t x_step = row.in_stride[0] == 0 ? 0 : 1;
  const std::int64_t y_step = row.in_stride[1] == 0 ? 0 : 1;
  bool found = false;
  for (std::int64_t i = 0; i < row.count; ++i) {
    const T divisor = y[i * y_step];
    if (divisor == 0) {
      found = true;
      out[i] = 0;
    } else {
      out[i] = Op::of(x[i * x_step], divisor);
    }
  }
  if (found) fault->found = true;
}

template <typename T>
void power_row(const Row& row) {
  using Unsigned = std::make_unsigned_t<T>;  // Wraps around.
  auto* const out = reinterpret_cast<Unsigned*>(row.out);
  const auto* const x = reinterpret_cast<const Unsigned*>(row.in[0]);
  const auto* const y = reinterpret_cast<const T*>(row.in[1]);
  const auto* const fault = static_cast<const DivisionFault*>(row.parameter);
  const std::int64_t x_step = row.in_stride[0] == 0 ? 0 : 1;
  const std::int64_t y_step = row.in_stride[1] == 0 ? 0 : 1;
  bool found = false;
  for (std::int64_t i = 0; i < row.count; ++i) {
    const T exponent = y[i * y_step];
    Unsigned base = x[i * x_step], power = 1;
    if (exponent < 0) {
      found = true;
      power = 0;
    } else {
      for (auto rest = static_cast<Unsigned>(exponent); rest != 0; rest >>= 1) {
        if ((rest & 1) != 0) power *= base;
        base *= base;
      }
    }
    out[i] = power;
  }
  if (found) fault->found = true;
}

template <typename Op>
RowFunction of_integers(DType dtype) {
  switch (dtype) {
    case DType::kInt8:
      return division_row<std::int8_t, Op>;
    case DType::kUInt8:
      return division_row<std::uint8_t, Op>;
    case DType::kInt16:
      return division_row<std::int16_t, Op>;
    case DType::kUInt16:
      return division_row<std::uint16_t, Op>;
    case DType::kInt32:
      return division_row<std::int32_t, Op>;
    case DType::kInt64:
      return division_row<std::int64_t, Op>;
    default:
      return nullptr;
  }
}

}  // namespace

RowFunction find_integer_row(RowOp op, DType dtype) {
  switch (op) {
    case RowOp::kIntDiv:
      return of_integers<TruncateDiv>(dtype);
    case RowOp::kIntMod:
      return of_integers<TruncateMod>(dtype);
    case RowOp::kFloorDiv:
      return of_integers<FloorDiv>(dtype);
    case RowOp::kFloorMod:
      return of_integers<FloorMod>(dtype);
    case RowOp::kPow: {
      if (dtype == DType::kInt32) return power_row<std::int32_t>;
      return dtype == DType::kInt64 ? power_row<std::int64_t> : nullptr;
    }
    default:
      return nullptr;
  }
}

}  // namespace icecore::inline v0
