// Functions that Eigen computes in vectors.
#include <Eigen/Core>

#include "ops/rows/levels/level.h"

namespace icecore::inline v0::ICECORE_LEVEL {
namespace {

struct Exp {
  template <typename X>
  static auto of(const X& x) {
    return x.exp();
  }
};
struct Expm1 {
  template <typename X>
  static auto of(const X& x) {
    return x.expm1();
  }
};
struct Log {
  template <typename X>
  static auto of(const X& x) {
    return x.log();
  }
};
struct Log1p {
  template <typename X>
  static auto of(const X& x) {
    return x.log1p();
  }
};
struct Sin {
  template <typename X>
  static auto of(const X& x) {
    return x.sin();
  }
};
struct Cos {
  template <typename X>
  static auto of(const X& x) {
    return x.cos();
  }
};
struct Tanh {
  template <typename X>
  static auto of(const X& x) {
    return x.tanh();
  }
};
struct Sigmoid {
  template <typename X>
  static auto of(const X& x) {
    return x.logistic();
  }
};

template <typename T, typename Op>
void eigen_row(const Row& row) {
  using Array = Eigen::Array<T, Eigen::Dynamic, 1>;
  const Eigen::Map<const Array> x(reinterpret_cast<const T*>(row.in[0]), row.count);
  Eigen::Map<Array> out(reinterpret_cast<T*>(row.out), row.count);
  out = Op::of(x);
}

template <typename Op>
RowFunction of_floats(DType dtype) {
  if (dtype == DType::kFloat32) return eigen_row<float, Op>;
  if (dtype == DType::kFloat64) return eigen_row<double, Op>;
  return nullptr;
}

}  // namespace

RowFunction find_exponential_row(RowOp op, DType dtype) {
  switch (op) {
    case RowOp::kExp:
      return of_floats<Exp>(dtype);
    case RowOp::kExpm1:
      return of_floats<Expm1>(dtype);
    case RowOp::kLog:
      return of_floats<Log>(dtype);
    case RowOp::kLog1p:
      return of_floats<Log1p>(dtype);
    case RowOp::kSin:
      return of_floats<Sin>(dtype);
    case RowOp::kCos:
      return of_floats<Cos>(dtype);
    case RowOp::kTanh:
      return of_floats<Tanh>(dtype);
    case RowOp::kSigmoid:
      return of_floats<Sigmoid>(dtype);
    default:
      return nullptr;
  }
}

}  // namespace icecore::inline v0::ICECORE_LEVEL
