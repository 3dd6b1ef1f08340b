// Mul, MulNoNan, Square, SquaredDifference.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>
#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

void mul_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient(), x = c.input(0), y = c.input(1);
  if (known_and_equal_shapes(x, y, gradient) &&
      (gradient.dtype() == DType::kInt32 || gradient.dtype() == DType::kFloat32)) {
    c.set(0, nodes.call("Mul", gradient, y));
    c.set(1, nodes.call("Mul", gradient, x));
    return;
  }
  const auto [to_x, to_y] = smart_spread_back(c.graph(), x, y, gradient);
  const Output x_conj = nodes.conj(x), y_conj = nodes.conj(y);
  c.set(0, spread_back(c.graph(), nodes.call("Mul", gradient, y_conj), to_x));
  c.set(1, spread_back(c.graph(), nodes.call("Mul", x_conj, gradient), to_y));
}

void mul_no_nan_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient(), x = c.input(0), y = c.input(1);
  if (known_and_equal_shapes(x, y, gradient)) {
    c.set(0, nodes.call("MulNoNan", gradient, y));
    c.set(1, nodes.call("MulNoNan", x, gradient));
    return;
  }
  const auto [to_x, to_y] = spread_back(c.graph(), x, y);
  c.set(0, spread_back(c.graph(), nodes.call("MulNoNan", gradient, y), to_x));
  c.set(1, spread_back(c.graph(), nodes.call("MulNoNan", x, gradient), to_y));
}

void square_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  const ScopeGuard guard = after(gradient);
  const Output x = nodes.conj(c.input(0));
  const Output two = nodes.constant(2, x.dtype());
  c.set(0, nodes.call("Mul", gradient, nodes.call("Mul", x, two)));
}

void squared_difference_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient(), x = c.input(0), y = c.input(1);
  Output x_gradient;
  {
    const ScopeGuard guard = after(gradient);
    // As math_ops.scalar_mul.
    const Output two = c.graph().convert_to_tensor(Input(2.0), gradient.dtype(), "scalar");
    const Output twice = nodes.call("Mul", two, gradient);
    x_gradient = nodes.mul(twice, nodes.sub(x, y));
  }
  if (known_and_equal_shapes(x, y, gradient)) {
    c.set(0, x_gradient);
    c.set(1, nodes.neg(x_gradient));
    return;
  }
  const auto [to_x, to_y] = smart_spread_back(c.graph(), x, y, gradient);
  c.set(0, spread_back(c.graph(), x_gradient, to_x));
  c.set(1, nodes.neg(spread_back(c.graph(), x_gradient, to_y)));
}

constexpr OpImplementation kOps[] = {
    {"Mul", broadcast_shape, elementwise<RowOp::kMul>, mul_gradient},
    {"MulNoNan", broadcast_shape, elementwise<RowOp::kMulNoNan>, mul_no_nan_gradient},
    {"Square", unchanged_shape, elementwise<RowOp::kSquare>, square_gradient},
    {"SquaredDifference", broadcast_shape, elementwise<RowOp::kSquaredDifference>,
     squared_difference_gradient},
};

}  // namespace

OpTable multiply_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
