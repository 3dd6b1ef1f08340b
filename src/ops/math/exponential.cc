// Exp, Expm1, Log, Log1p, Sigmoid, SigmoidGrad.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>
#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

void exp_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  const ScopeGuard guard = after(gradient);
  c.set(0, nodes.mul(gradient, nodes.conj(c.output(0))));
}

void expm1_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  const ScopeGuard guard = after(gradient);
  c.set(0, nodes.mul(gradient, nodes.call("Exp", nodes.conj(c.input(0)))));
}

void log_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  const ScopeGuard guard = after(gradient);
  c.set(0, nodes.mul(gradient, nodes.call("Reciprocal", nodes.conj(c.input(0)))));
}

void log1p_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  const ScopeGuard guard = after(gradient);
  const Output sum = nodes.add(1, nodes.conj(c.input(0)));
  c.set(0, nodes.mul(gradient, nodes.call("Reciprocal", sum)));
}

void sigmoid_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  const ScopeGuard guard = after(gradient);
  c.set(0, nodes.call("SigmoidGrad", nodes.conj(c.output(0)), gradient));
}

void sigmoid_grad_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  const ScopeGuard guard = after(gradient);
  const Output a = nodes.conj(c.input(0)), b = nodes.conj(c.input(1));
  const Output gb = nodes.mul(gradient, b);
  c.set(0, nodes.sub(gb, nodes.mul(nodes.mul(2.0, gb), a)));
  c.set(1, nodes.call("SigmoidGrad", a, gradient));
}

constexpr OpImplementation kOps[] = {
    {"Exp", unchanged_shape, elementwise<RowOp::kExp>, exp_gradient},
    {"Expm1", unchanged_shape, elementwise<RowOp::kExpm1>, expm1_gradient},
    {"Log", unchanged_shape, elementwise<RowOp::kLog>, log_gradient},
    {"Log1p", unchanged_shape, elementwise<RowOp::kLog1p>, log1p_gradient},
    {"Sigmoid", unchanged_shape, elementwise<RowOp::kSigmoid>, sigmoid_gradient},
    {"SigmoidGrad", unchanged_shape, same_shape<RowOp::kSigmoidGrad>, sigmoid_grad_gradient},
};

}  // namespace

OpTable exponential_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
