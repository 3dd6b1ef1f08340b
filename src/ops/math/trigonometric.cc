// Sin, Cos, Tan, Asin, Acos, Atan, Atan2, and the hyperbolic ones.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>
#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

// What comes after the gradient, given the op's (conjugate) input.
template <typename Make>
void gradient_from_input(GradientContext& c, Make make) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  const ScopeGuard guard = after(gradient);
  c.set(0, make(nodes, gradient, nodes.conj(c.input(0))));
}

void sin_gradient(GradientContext& c) {
  gradient_from_input(c, [](const MathNodes& nodes, const Output& gradient, const Output& x) {
    return nodes.mul(gradient, nodes.call("Cos", x));
  });
}

void cos_gradient(GradientContext& c) {
  gradient_from_input(c, [](const MathNodes& nodes, const Output& gradient, const Output& x) {
    const Output negative = nodes.neg(gradient);
    return nodes.mul(negative, nodes.call("Sin", x));
  });
}

void tan_gradient(GradientContext& c) {
  gradient_from_input(c, [](const MathNodes& nodes, const Output& gradient, const Output& x) {
    const Output secant = nodes.call("Reciprocal", nodes.call("Cos", x));
    return nodes.mul(nodes.call("Square", secant), gradient);
  });
}

// 1 / sqrt(1 - x^2)
Output inverse_root(const MathNodes& nodes, const Output& x) {
  const Output square = nodes.call("Square", x);
  const Output one = nodes.constant(1, x.dtype());
  return nodes.call("Reciprocal", nodes.call("Sqrt", nodes.call("Sub", one, square)));
}

void asin_gradient(GradientContext& c) {
  gradient_from_input(c, [](const MathNodes& nodes, const Output& gradient, const Output& x) {
    return nodes.mul(gradient, inverse_root(nodes, x));
  });
}

void acos_gradient(GradientContext& c) {
  gradient_from_input(c, [](const MathNodes& nodes, const Output& gradient, const Output& x) {
    const Output inverse = inverse_root(nodes, x);
    return nodes.mul(nodes.neg(gradient), inverse);
  });
}

void atan_gradient(GradientContext& c) {
  gradient_from_input(c, [](const MathNodes& nodes, const Output& gradient, const Output& x) {
    const Output square = nodes.call("Square", x);
    const Output one = nodes.constant(1, x.dtype());
    return nodes.mul(gradient, nodes.call("Reciprocal", nodes.call("Add", one, square)));
  });
}

void atan2_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient(), y = c.input(0), x = c.input(1);
  const ScopeGuard guard = after(gradient);
  const Output x_square = nodes.call("Square", x), y_square = nodes.call("Square", y);
  const Output quotient = nodes.div(gradient, nodes.add(x_square, y_square));
  c.set(0, nodes.mul(x, quotient));
  c.set(1, nodes.mul(nodes.neg(y), quotient));
}

void sinh_gradient(GradientContext& c) {
  gradient_from_input(c, [](const MathNodes& nodes, const Output& gradient, const Output& x) {
    return nodes.mul(gradient, nodes.call("Cosh", x));
  });
}

void cosh_gradient(GradientContext& c) {
  gradient_from_input(c, [](const MathNodes& nodes, const Output& gradient, const Output& x) {
    return nodes.mul(gradient, nodes.call("Sinh", x));
  });
}

void tanh_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  const ScopeGuard guard = after(gradient);
  c.set(0, nodes.call("TanhGrad", nodes.conj(c.output(0)), gradient));
}

void tanh_grad_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  const ScopeGuard guard = after(gradient);
  const Output a = nodes.conj(c.input(0)), b = nodes.conj(c.input(1));
  c.set(0, nodes.mul(nodes.mul(nodes.mul(gradient, -2.0), b), a));
  c.set(1, nodes.call("TanhGrad", a, gradient));
}

// gradient / f(y)
void quotient_by_output(GradientContext& c, const char* function) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  const ScopeGuard guard = after(gradient);
  c.set(0, nodes.div(gradient, nodes.call(function, nodes.conj(c.output(0)))));
}

void asinh_gradient(GradientContext& c) {
  quotient_by_output(c, "Cosh");
}

void acosh_gradient(GradientContext& c) {
  quotient_by_output(c, "Sinh");
}

void atanh_gradient(GradientContext& c) {
  gradient_from_input(c, [](const MathNodes& nodes, const Output& gradient, const Output& x) {
    const Output square = nodes.call("Square", x);
    const Output one = nodes.constant(1, x.dtype());
    return nodes.mul(gradient, nodes.call("Reciprocal", nodes.call("Sub", one, square)));
  });
}

constexpr OpImplementation kOps[] = {
    {"Sin", unchanged_shape, elementwise<RowOp::kSin>, sin_gradient},
    {"Cos", unchanged_shape, elementwise<RowOp::kCos>, cos_gradient},
    {"Tan", unchanged_shape, elementwise<RowOp::kTan>, tan_gradient},
    {"Asin", unchanged_shape, elementwise<RowOp::kAsin>, asin_gradient},
    {"Acos", unchanged_shape, elementwise<RowOp::kAcos>, acos_gradient},
    {"Atan", unchanged_shape, elementwise<RowOp::kAtan>, atan_gradient},
    {"Atan2", broadcast_shape, elementwise<RowOp::kAtan2>, atan2_gradient},
    {"Sinh", unchanged_shape, elementwise<RowOp::kSinh>, sinh_gradient},
    {"Cosh", unchanged_shape, elementwise<RowOp::kCosh>, cosh_gradient},
    {"Tanh", unchanged_shape, elementwise<RowOp::kTanh>, tanh_gradient},
    {"TanhGrad", unchanged_shape, same_shape<RowOp::kTanhGrad>, tanh_grad_gradient},
    {"Asinh", unchanged_shape, elementwise<RowOp::kAsinh>, asinh_gradient},
    {"Acosh", unchanged_shape, elementwise<RowOp::kAcosh>, acosh_gradient},
    {"Atanh", unchanged_shape, elementwise<RowOp::kAtanh>, atanh_gradient},
};

}  // namespace

OpTable trigonometric_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
