// Selu and its gradient.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>

#include "ops/array/array_functions.h"
#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

void selu_gradient(GradientContext& c) {
  c.set(0, MathNodes(c.graph()).call("SeluGrad", c.gradient(), c.output(0)));
}

void selu_grad_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient(), y = c.input(1);
  c.set(0, nodes.call("SeluGrad", gradient, y));
  const Output below = nodes.call("Less", y, 0.0);
  const Output product = nodes.mul(gradient, c.input(0));
  c.set(1, nodes.where(below, product, zeros_like(c.graph(), y)));
}

constexpr OpImplementation kOps[] = {
    {"Selu", unchanged_shape, elementwise<RowOp::kSelu>, selu_gradient},
    {"SeluGrad", merged_shape, same_shape<RowOp::kSeluGrad>, selu_grad_gradient},
};

}  // namespace

OpTable selu_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
