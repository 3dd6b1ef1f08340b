// Relu, Relu6, and their gradients.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>

#include "ops/array/array_functions.h"
#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

void relu_gradient(GradientContext& c) {
  c.set(0, MathNodes(c.graph()).call("ReluGrad", c.gradient(), c.output(0)));
}

void relu6_gradient(GradientContext& c) {
  c.set(0, MathNodes(c.graph()).call("Relu6Grad", c.gradient(), c.output(0)));
}

// Where the function bends nothing changes.
void gradient_of(GradientContext& c, const char* op) {
  const Output gradient = c.gradient(), x = c.input(1);
  c.set(0, MathNodes(c.graph()).call(op, gradient, x));
  c.set(1, zeros(c.graph(), icecore::shape(c.graph(), x), x.dtype()));
}

void relu_grad_gradient(GradientContext& c) {
  gradient_of(c, "ReluGrad");
}
void relu6_grad_gradient(GradientContext& c) {
  gradient_of(c, "Relu6Grad");
}

constexpr OpImplementation kOps[] = {
    {"Relu", unchanged_shape, elementwise<RowOp::kRelu>, relu_gradient},
    {"Relu6", unchanged_shape, elementwise<RowOp::kRelu6>, relu6_gradient},
    {"ReluGrad", merged_shape, same_shape<RowOp::kReluGrad>, relu_grad_gradient},
    {"Relu6Grad", merged_shape, same_shape<RowOp::kRelu6Grad>, relu6_grad_gradient},
};

}  // namespace

OpTable relu_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
