// Elu and its gradient.
#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <array>

#include "base/thread_pool.h"
#include "ops/array/array_functions.h"
#include "ops/in_float32.h"
#include "ops/math/math_functions.h"
#include "ops/rows/row_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

// Exponentials that are computed at a time, and stay in a core's first cache.
constexpr std::int64_t kPiece = 512;
constexpr std::int64_t kGrain = 1 << 13;

template <typename T>
void elu(const T* x, T* out, std::int64_t count, RowFunction exp) {
  // Aligned: where Eigen's vectors begin must not depend on where the stack is.
  alignas(64) std::array<T, kPiece> powers;
  for (std::int64_t begin = 0; begin < count; begin += kPiece) {
    const T* const from = x + begin;
    Row row = {};
    row.out = reinterpret_cast<std::byte*>(powers.data());
    row.in[0] = reinterpret_cast<const std::byte*>(from);
    row.out_stride = row.in_stride[0] = sizeof(T);
    row.count = std::min(kPiece, count - begin);
    exp(row);
    for (std::int64_t i = 0; i < row.count; ++i) {
      const T value = from[i];
      out[begin + i] = value < T{0} ? powers[static_cast<std::size_t>(i)] - T{1} : value;
    }
  }
}

// `y` is the function's output.
template <typename T>
void elu_grad(const T* gradient, const T* y, T* out, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    out[i] = y[i] < T{0} ? gradient[i] * (y[i] + T{1}) : gradient[i];
  }
}

template <typename T>
void compute_elu(KernelContext& context) {
  const Tensor& x = context.input(0);
  const T* const in = x.values<T>().data();
  Tensor output = context.reuse_or_allocate(0, x.dtype(), x.shape());
  T* const out = output.mutable_values<T>().data();
  const RowFunction exp = find_row(RowOp::kExp, output.dtype());
  context.threads().parallel_for(output.num_elements(), kGrain,
                                 [&](std::int64_t begin, std::int64_t end) {
                                   elu(in + begin, out + begin, end - begin, exp);
                                 });
  context.set_output(0, std::move(output));
}

template <typename T>
void compute_elu_grad(KernelContext& context) {
  if (context.input(0).shape() != context.input(1).shape()) {
    throw Error(Code::kInvalidArgument, "'" + context.node().name() +
                                            "': the inputs of EluGrad must have the same shape, "
                                            "but have " +
                                            to_string(context.input(0).shape()) + " and " +
                                            to_string(context.input(1).shape()));
  }
  const T* const gradient = context.input(0).values<T>().data();
  const T* const y = context.input(1).values<T>().data();
  Tensor output = context.reuse_or_allocate(0, context.input(0).dtype(), context.input(0).shape());
  T* const out = output.mutable_values<T>().data();
  context.threads().parallel_for(output.num_elements(), kGrain,
                                 [&](std::int64_t begin, std::int64_t end) {
                                   elu_grad(gradient + begin, y + begin, out + begin, end - begin);
                                 });
  context.set_output(0, std::move(output));
}

// One for float32, which half and bfloat16 are computed in, one for float64.
template <void (*kFloat)(KernelContext&), void (*kDouble)(KernelContext&)>
Kernel kernel_of(const NodeInfo& node) {
  switch (const DType dtype = node.inputs().at(0).dtype) {
    case DType::kFloat32:
      return kFloat;
    case DType::kFloat64:
      return kDouble;
    case DType::kFloat16:
    case DType::kBFloat16:
      return in_float32(kFloat);
    default:
      refuse_dtype(node, dtype);
  }
}

void elu_gradient(GradientContext& c) {
  c.set(0, MathNodes(c.graph()).call("EluGrad", c.gradient(), c.output(0)));
}

void elu_grad_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient(), y = c.input(1);
  c.set(0, nodes.call("EluGrad", gradient, y));
  const Output below = nodes.call("Less", y, 0);
  const Output product = nodes.mul(gradient, c.input(0));
  c.set(1, nodes.where(below, product, zeros_like(c.graph(), y)));
}

constexpr OpImplementation kOps[] = {
    {"Elu", unchanged_shape, kernel_of<compute_elu<float>, compute_elu<double>>, elu_gradient},
    {"EluGrad", merged_shape, kernel_of<compute_elu_grad<float>, compute_elu_grad<double>>,
     elu_grad_gradient},
};

}  // namespace

OpTable elu_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
