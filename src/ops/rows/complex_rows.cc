#include <cmath>
#include <complex>

#include "ops/rows/plain_rows.h"

namespace icecore::inline v0 {
namespace {

template <typename C>
using Part = typename C::value_type;

struct Add {
  template <typename C>
  static C of(C x, C y) {
    return x + y;
  }
};
struct Sub {
  template <typename C>
  static C of(C x, C y) {
    return x - y;
  }
};
struct Mul {
  template <typename C>
  static C of(C x, C y) {
    return x * y;
  }
};
struct Div {
  template <typename C>
  static C of(C x, C y) {
    return x / y;
  }
};
struct DivNoNan {
  template <typename C>
  static C of(C x, C y) {
    return y == C(0) ? C(0) : x / y;
  }
};
struct MulNoNan {
  template <typename C>
  static C of(C x, C y) {
    return y == C(0) ? C(0) : x * y;
  }
};
struct SquaredDifference {
  template <typename C>
  static C of(C x, C y) {
    return std::conj(x - y) * (x - y);
  }
};
struct Pow {
  template <typename C>
  static C of(C x, C y) {
    return std::pow(x, y);
  }
};
struct Equal {
  template <typename C>
  static std::uint8_t of(C x, C y) {
    return x == y;
  }
};
struct NotEqual {
  template <typename C>
  static std::uint8_t of(C x, C y) {
    return x != y;
  }
};
// Where nothing flows, nothing flows back: also where the slope is infinite.
struct SqrtGrad {
  template <typename C>
  static C of(C y, C gradient) {
    return gradient == C(0) ? C(0) : gradient * C(0.5) / std::conj(y);
  }
};
struct RsqrtGrad {
  template <typename C>
  static C of(C y, C gradient) {
    if (gradient == C(0)) return C(0);
    const C conjugate = std::conj(y);
    return C(-0.5) * (gradient * conjugate) * (conjugate * conjugate);
  }
};
struct ReciprocalGrad {
  template <typename C>
  static C of(C y, C gradient) {
    if (gradient == C(0)) return C(0);
    const C conjugate = std::conj(y);
    return -gradient * conjugate * conjugate;
  }
};
// These don't conjugate: their gradient functions do.
struct TanhGrad {
  template <typename C>
  static C of(C y, C gradient) {
    return gradient * (C(1) - y * y);
  }
};
struct SigmoidGrad {
  template <typename C>
  static C of(C y, C gradient) {
    return gradient * (C(1) - y) * y;
  }
};
struct Neg {
  template <typename C>
  static C of(C x) {
    return -x;
  }
};
struct Sign {
  template <typename C>
  static C of(C x) {
    return x == C(0) ? C(0) : x / std::abs(x);
  }
};
struct Square {
  template <typename C>
  static C of(C x) {
    return x * x;
  }
};
struct Rsqrt {
  template <typename C>
  static C of(C x) {
    return C(1) / std::sqrt(x);
  }
};
struct Reciprocal {
  template <typename C>
  static C of(C x) {
    return C(1) / x;
  }
};
struct Expm1 {
  template <typename C>
  static C of(C x) {
    // (e^a - 1) + (cos b - 1) e^a, of which the second is -2 sin^2(b / 2) e^a.
    const Part<C> grown = std::exp(x.real()), half = std::sin(x.imag() / 2);
    return C(std::expm1(x.real()) - 2 * half * half * grown, grown * std::sin(x.imag()));
  }
};
struct Log1p {
  template <typename C>
  static C of(C x) {
    // |1 + x|^2 is 1 + (2 a + a^2 + b^2).
    const Part<C> a = x.real(), b = x.imag();
    return C(std::log1p(2 * a + a * a + b * b) / 2, std::atan2(b, 1 + a));
  }
};
struct Sigmoid {
  template <typename C>
  static C of(C x) {
    return C(1) / (C(1) + std::exp(-x));
  }
};
struct Rint {
  template <typename C>
  static C of(C x) {
    return C(std::rint(x.real()), std::rint(x.imag()));
  }
};
struct Conj {
  template <typename C>
  static C of(C x) {
    return std::conj(x);
  }
};

// The functions of <complex>, which have no address.
#define ICECORE_COMPLEX_FUNCTION(Name, function) \
  struct Name {                                  \
    template <typename C>                        \
    static C of(C x) {                           \
      return std::function(x);                   \
    }                                            \
  }
ICECORE_COMPLEX_FUNCTION(Sqrt, sqrt);
ICECORE_COMPLEX_FUNCTION(Exp, exp);
ICECORE_COMPLEX_FUNCTION(Log, log);
ICECORE_COMPLEX_FUNCTION(Sin, sin);
ICECORE_COMPLEX_FUNCTION(Cos, cos);
ICECORE_COMPLEX_FUNCTION(Tan, tan);
ICECORE_COMPLEX_FUNCTION(Sinh, sinh);
ICECORE_COMPLEX_FUNCTION(Cosh, cosh);
ICECORE_COMPLEX_FUNCTION(Tanh, tanh);
ICECORE_COMPLEX_FUNCTION(Asin, asin);
ICECORE_COMPLEX_FUNCTION(Acos, acos);
ICECORE_COMPLEX_FUNCTION(Atan, atan);
ICECORE_COMPLEX_FUNCTION(Asinh, asinh);
ICECORE_COMPLEX_FUNCTION(Acosh, acosh);
ICECORE_COMPLEX_FUNCTION(Atanh, atanh);
#undef ICECORE_COMPLEX_FUNCTION

template <typename Op>
RowFunction unary(bool wide) {
  using Narrow = std::complex<float>;
  using Wide = std::complex<double>;
  return wide ? plain_unary_row<Wide, Wide, Op> : plain_unary_row<Narrow, Narrow, Op>;
}

template <typename Op>
RowFunction binary(bool wide) {
  using Narrow = std::complex<float>;
  using Wide = std::complex<double>;
  return wide ? plain_binary_row<Wide, Wide, Op> : plain_binary_row<Narrow, Narrow, Op>;
}

template <typename Op>
RowFunction comparison(bool wide) {
  return wide ? plain_binary_row<std::complex<double>, std::uint8_t, Op>
              : plain_binary_row<std::complex<float>, std::uint8_t, Op>;
}

RowFunction find_binary(RowOp op, bool wide) {
  switch (op) {
    case RowOp::kAdd:
      return binary<Add>(wide);
    case RowOp::kSub:
      return binary<Sub>(wide);
    case RowOp::kMul:
      return binary<Mul>(wide);
    case RowOp::kDiv:
      return binary<Div>(wide);
    case RowOp::kDivNoNan:
      return binary<DivNoNan>(wide);
    case RowOp::kMulNoNan:
      return binary<MulNoNan>(wide);
    case RowOp::kSquaredDifference:
      return binary<SquaredDifference>(wide);
    case RowOp::kPow:
      return binary<Pow>(wide);
    case RowOp::kEqual:
      return comparison<Equal>(wide);
    case RowOp::kNotEqual:
      return comparison<NotEqual>(wide);
    case RowOp::kSqrtGrad:
      return binary<SqrtGrad>(wide);
    case RowOp::kRsqrtGrad:
      return binary<RsqrtGrad>(wide);
    case RowOp::kReciprocalGrad:
      return binary<ReciprocalGrad>(wide);
    case RowOp::kTanhGrad:
      return binary<TanhGrad>(wide);
    case RowOp::kSigmoidGrad:
      return binary<SigmoidGrad>(wide);
    default:
      return nullptr;
  }
}

// A cast to a complex number has no imaginary part; one from it loses it.
template <typename From, typename To>
struct Convert {
  static To of(From x) {
    if constexpr (requires { x.real(); }) {
      if constexpr (requires(To to) { to.real(); }) {
        return To(static_cast<Part<To>>(x.real()), static_cast<Part<To>>(x.imag()));
      } else {
        return static_cast<To>(x.real());
      }
    } else {
      return To(static_cast<Part<To>>(x));
    }
  }
};

template <typename From, typename To>
constexpr RowFunction kCast = plain_unary_row<From, To, Convert<From, To>>;

}  // namespace

RowFunction find_complex_row(RowOp op, DType dtype) {
  if (dtype != DType::kComplex64 && dtype != DType::kComplex128) return nullptr;
  const bool wide = dtype == DType::kComplex128;
  switch (op) {
    case RowOp::kNeg:
      return unary<Neg>(wide);
    case RowOp::kSign:
      return unary<Sign>(wide);
    case RowOp::kSquare:
      return unary<Square>(wide);
    case RowOp::kSqrt:
      return unary<Sqrt>(wide);
    case RowOp::kRsqrt:
      return unary<Rsqrt>(wide);
    case RowOp::kReciprocal:
      return unary<Reciprocal>(wide);
    case RowOp::kExp:
      return unary<Exp>(wide);
    case RowOp::kExpm1:
      return unary<Expm1>(wide);
    case RowOp::kLog:
      return unary<Log>(wide);
    case RowOp::kLog1p:
      return unary<Log1p>(wide);
    case RowOp::kSin:
      return unary<Sin>(wide);
    case RowOp::kCos:
      return unary<Cos>(wide);
    case RowOp::kTan:
      return unary<Tan>(wide);
    case RowOp::kAsin:
      return unary<Asin>(wide);
    case RowOp::kAcos:
      return unary<Acos>(wide);
    case RowOp::kAtan:
      return unary<Atan>(wide);
    case RowOp::kSinh:
      return unary<Sinh>(wide);
    case RowOp::kCosh:
      return unary<Cosh>(wide);
    case RowOp::kTanh:
      return unary<Tanh>(wide);
    case RowOp::kAsinh:
      return unary<Asinh>(wide);
    case RowOp::kAcosh:
      return unary<Acosh>(wide);
    case RowOp::kAtanh:
      return unary<Atanh>(wide);
    case RowOp::kSigmoid:
      return unary<Sigmoid>(wide);
    case RowOp::kRint:
      return unary<Rint>(wide);
    case RowOp::kConj:
      return unary<Conj>(wide);
    default:
      return find_binary(op, wide);
  }
}

// Other dtypes go by way of double (complex128) or of it and complex128: ops/math/cast.cc.
RowFunction find_complex_cast_row(DType from, DType to) {
  using Narrow = std::complex<float>;
  using Wide = std::complex<double>;
  if (from == DType::kComplex64 && to == DType::kComplex128) return kCast<Narrow, Wide>;
  if (from == DType::kComplex128 && to == DType::kComplex64) return kCast<Wide, Narrow>;
  if (from == DType::kComplex64 && to == DType::kFloat32) return kCast<Narrow, float>;
  if (from == DType::kComplex128 && to == DType::kFloat64) return kCast<Wide, double>;
  if (from == DType::kFloat32 && to == DType::kComplex64) return kCast<float, Narrow>;
  if (from == DType::kFloat64 && to == DType::kComplex128) return kCast<double, Wide>;
  return nullptr;
}

}  // namespace icecore::inline v0
