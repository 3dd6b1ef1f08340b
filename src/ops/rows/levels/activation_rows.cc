#include "ops/rows/levels/level.h"

namespace icecore::inline v0::ICECORE_LEVEL {
namespace {

// The constants of self-normalizing networks (Klambauer et al., 2017).
constexpr double kSeluScale = 1.0507009873554804934193349852946;
constexpr double kSeluScaleAlpha = 1.7580993408473768599402175208123;

inline float magnitude(float x) {
  return __builtin_fabsf(x);
}
inline double magnitude(double x) {
  return __builtin_fabs(x);
}

// Where nothing flows, nothing flows back: also where the slope is infinite.
struct SqrtGrad {
  template <typename T>
  static T of(T y, T gradient) {
    return gradient == T{0} ? T{0} : gradient * T{0.5} / y;
  }
};
struct RsqrtGrad {
  template <typename T>
  static T of(T y, T gradient) {
    return gradient == T{0} ? T{0} : T{-0.5} * (gradient * y) * (y * y);
  }
};
struct ReciprocalGrad {
  template <typename T>
  static T of(T y, T gradient) {
    return gradient == T{0} ? T{0} : -gradient * y * y;
  }
};
struct TanhGrad {
  template <typename T>
  static T of(T y, T gradient) {
    return gradient * (T{1} - y * y);
  }
};
struct SigmoidGrad {
  template <typename T>
  static T of(T y, T gradient) {
    return gradient * (T{1} - y) * y;
  }
};
// A product, in which what isn't a number stays seen.
struct ReluGrad {
  template <typename T>
  static T of(T gradient, T x) {
    return static_cast<T>(gradient * static_cast<T>(x > T{0}));
  }
};
struct Relu6Grad {
  template <typename T>
  static T of(T gradient, T x) {
    return static_cast<T>(gradient * static_cast<T>((x > T{0}) & (x < T{6})));
  }
};
struct SeluGrad {
  template <typename T>
  static T of(T gradient, T y) {
    const T below = gradient * (y + static_cast<T>(kSeluScaleAlpha));
    const T above = gradient * static_cast<T>(kSeluScale);
    return y < T{0} ? below : above;
  }
};
struct SoftsignGrad {
  template <typename T>
  static T of(T gradient, T x) {
    const T root = T{1} + magnitude(x);
    return gradient / (root * root);
  }
};
struct Softsign {
  template <typename T>
  static T of(T x) {
    return x / (magnitude(x) + T{1});
  }
};

template <typename T>
void leaky_relu_row(const Row& row) {
  auto* const out = reinterpret_cast<T*>(row.out);
  const auto* const x = reinterpret_cast<const T*>(row.in[0]);
  const auto alpha = static_cast<T>(*static_cast<const float*>(row.parameter));
  ICECORE_ROW_LOOP
  for (std::int64_t i = 0; i < row.count; ++i) {
    const T leak = alpha * x[i];
    out[i] = x[i] > T{0} ? x[i] : leak;
  }
}

// Both inputs have the output's shape.
template <typename T>
void leaky_relu_grad_row(const Row& row) {
  auto* const out = reinterpret_cast<T*>(row.out);
  const auto* const gradient = reinterpret_cast<const T*>(row.in[0]);
  const auto* const x = reinterpret_cast<const T*>(row.in[1]);
  const auto alpha = static_cast<T>(*static_cast<const float*>(row.parameter));
  ICECORE_ROW_LOOP
  for (std::int64_t i = 0; i < row.count; ++i) {
    const T leak = alpha * gradient[i];
    out[i] = x[i] > T{0} ? gradient[i] : leak;
  }
}

template <typename T>
constexpr DType kTypeOf = sizeof(T) == sizeof(float) ? DType::kFloat32 : DType::kFloat64;

// Scratch space is aligned as tensors are: Eigen's vectors begin where its output is aligned, and
// what lies before differs in the last bit, which must not depend on where the stack is.
constexpr std::int64_t kBlock = 256;
constexpr std::size_t kAlignment = 64;

// Calls `work` with (begin, count, e^(sign * x)) for pieces of a row.
template <typename T, typename Work>
inline void with_exponentials(const T* x, T sign, std::int64_t count, Work work) {
  const RowFunction exp = find_exponential_row(RowOp::kExp, kTypeOf<T>);
  alignas(kAlignment) T exponentials[kBlock];
  for (std::int64_t begin = 0; begin < count; begin += kBlock) {
    const std::int64_t size = count - begin < kBlock ? count - begin : kBlock;
    for (std::int64_t i = 0; i < size; ++i) exponentials[i] = sign * x[begin + i];
    Row row = {};
    row.out = reinterpret_cast<std::byte*>(exponentials);
    row.in[0] = row.out;
    row.out_stride = row.in_stride[0] = sizeof(T);
    row.count = size;
    exp(row);
    work(begin, size, exponentials);
  }
}

template <typename T>
void selu_row(const Row& row) {
  auto* const out = reinterpret_cast<T*>(row.out);
  const auto* const x = reinterpret_cast<const T*>(row.in[0]);
  with_exponentials(x, T{1}, row.count, [=](std::int64_t begin, std::int64_t size, const T* e) {
    ICECORE_ROW_LOOP
    for (std::int64_t i = 0; i < size; ++i) {
      const T above = static_cast<T>(kSeluScale) * x[begin + i];
      const T below = static_cast<T>(kSeluScaleAlpha) * (e[i] - T{1});
      out[begin + i] = x[begin + i] < T{0} ? below : above;
    }
  });
}

template <typename T>
void softplus_row(const Row& row) {
  auto* const out = reinterpret_cast<T*>(row.out);
  const auto* const x = reinterpret_cast<const T*>(row.in[0]);
  const RowFunction log = find_exponential_row(RowOp::kLog, kTypeOf<T>);
  // Beyond it, 1 + e^x is e^x, or 1, to the last bit or two: log(epsilon) + 2.
  const T threshold = static_cast<T>(sizeof(T) == sizeof(float) ? -13.942385 : -34.04365338911715);
  with_exponentials(x, T{1}, row.count, [=](std::int64_t begin, std::int64_t size, T* e) {
    alignas(kAlignment) T logs[kBlock];
    for (std::int64_t i = 0; i < size; ++i) logs[i] = e[i] + T{1};
    Row inner = {};
    inner.out = reinterpret_cast<std::byte*>(logs);
    inner.in[0] = inner.out;
    inner.out_stride = inner.in_stride[0] = sizeof(T);
    inner.count = size;
    log(inner);
    ICECORE_ROW_LOOP
    for (std::int64_t i = 0; i < size; ++i) {
      const T value = x[begin + i];
      const T small_or_between = value < threshold ? e[i] : logs[i];
      out[begin + i] = value > -threshold ? value : small_or_between;
    }
  });
}

template <typename T>
void softplus_grad_row(const Row& row) {
  auto* const out = reinterpret_cast<T*>(row.out);
  const auto* const gradient = reinterpret_cast<const T*>(row.in[0]);
  const auto* const x = reinterpret_cast<const T*>(row.in[1]);
  with_exponentials(x, T{-1}, row.count, [=](std::int64_t begin, std::int64_t size, const T* e) {
    ICECORE_ROW_LOOP
    for (std::int64_t i = 0; i < size; ++i) {
      out[begin + i] = gradient[begin + i] / (e[i] + T{1});
    }
  });
}

RowFunction choose(DType dtype, RowFunction float32, RowFunction float64) {
  if (dtype == DType::kFloat32) return float32;
  return dtype == DType::kFloat64 ? float64 : nullptr;
}

}  // namespace

RowFunction find_activation_row(RowOp op, DType dtype) {
  switch (op) {
    case RowOp::kSqrtGrad:
      return binary_of_floats<SqrtGrad>(dtype);
    case RowOp::kRsqrtGrad:
      return binary_of_floats<RsqrtGrad>(dtype);
    case RowOp::kReciprocalGrad:
      return binary_of_floats<ReciprocalGrad>(dtype);
    case RowOp::kTanhGrad:
      return binary_of_floats<TanhGrad>(dtype);
    case RowOp::kSigmoidGrad:
      return binary_of_floats<SigmoidGrad>(dtype);
    case RowOp::kReluGrad:
      return binary_of_numbers<ReluGrad>(dtype);
    case RowOp::kRelu6Grad:
      return binary_of_numbers<Relu6Grad>(dtype);
    case RowOp::kSeluGrad:
      return binary_of_floats<SeluGrad>(dtype);
    case RowOp::kSoftsignGrad:
      return binary_of_floats<SoftsignGrad>(dtype);
    case RowOp::kSoftsign:
      return choose(dtype, unary_row<float, float, Softsign>, unary_row<double, double, Softsign>);
    case RowOp::kLeakyRelu:
      return choose(dtype, leaky_relu_row<float>, leaky_relu_row<double>);
    case RowOp::kLeakyReluGrad:
      return choose(dtype, leaky_relu_grad_row<float>, leaky_relu_grad_row<double>);
    case RowOp::kSelu:
      return choose(dtype, selu_row<float>, selu_row<double>);
    case RowOp::kSoftplus:
      return choose(dtype, softplus_row<float>, softplus_row<double>);
    case RowOp::kSoftplusGrad:
      return choose(dtype, softplus_grad_row<float>, softplus_grad_row<double>);
    default:
      return nullptr;
  }
}

}  // namespace icecore::inline v0::ICECORE_LEVEL
