// Softplus and its gradient.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>

#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

void softplus_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  c.set(0, nodes.mul(c.gradient(), nodes.call("Sigmoid", c.input(0))));
}

void softplus_grad_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient(), dy = c.input(0), x = c.input(1);
  const ScopeGuard guard = after(gradient);
  c.set(0, nodes.call("SoftplusGrad", gradient, x));
  const Output product = nodes.mul(gradient, dy);
  const Output falling = nodes.call("Exp", nodes.neg(x));
  const Output sum = nodes.add(falling, 2.0);
  c.set(1, nodes.div(product, nodes.add(sum, nodes.call("Exp", x))));
}

constexpr OpImplementation kOps[] = {
    {"Softplus", unchanged_shape, elementwise<RowOp::kSoftplus>, softplus_gradient},
    {"SoftplusGrad", merged_shape, same_shape<RowOp::kSoftplusGrad>, softplus_grad_gradient},
};

}  // namespace

OpTable softplus_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
