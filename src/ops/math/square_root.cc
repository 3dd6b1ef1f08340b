// Sqrt, Rsqrt, and their gradients.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>
#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

void sqrt_gradient(GradientContext& c) {
  c.set(0, MathNodes(c.graph()).call("SqrtGrad", c.output(0), c.gradient()));
}

void rsqrt_gradient(GradientContext& c) {
  c.set(0, MathNodes(c.graph()).call("RsqrtGrad", c.output(0), c.gradient()));
}

void sqrt_grad_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  const ScopeGuard guard = after(gradient);
  const Output quotient = nodes.div(gradient, c.input(0));
  c.set(0, nodes.mul(nodes.neg(nodes.conj(quotient)), c.output(0)));
  c.set(1, nodes.mul(0.5, quotient));
}

void rsqrt_grad_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient(), b = c.input(1);
  const ScopeGuard guard = after(gradient);
  const Output ca = nodes.conj(c.input(0)), cg = nodes.conj(gradient);
  const Output product = nodes.mul(nodes.mul(-1.5, cg), b);
  c.set(0, nodes.mul(product, nodes.call("Square", ca)));
  c.set(1, nodes.call("RsqrtGrad", ca, gradient));
}

constexpr OpImplementation kOps[] = {
    {"Sqrt", unchanged_shape, elementwise<RowOp::kSqrt>, sqrt_gradient},
    {"SqrtGrad", unchanged_shape, same_shape<RowOp::kSqrtGrad>, sqrt_grad_gradient},
    {"Rsqrt", unchanged_shape, elementwise<RowOp::kRsqrt>, rsqrt_gradient},
    {"RsqrtGrad", unchanged_shape, same_shape<RowOp::kRsqrtGrad>, rsqrt_grad_gradient},
};

}  // namespace

OpTable square_root_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
