// LeakyRelu and its gradient.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>

#include <memory>

#include "ops/array/array_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

Kernel leaky_relu_kernel(const NodeInfo& node) {
  return elementwise_kernel(node, RowOp::kLeakyRelu,
                            std::make_shared<const float>(node.float_attr("alpha")));
}

Kernel leaky_relu_grad_kernel(const NodeInfo& node) {
  return same_shape_kernel(node, RowOp::kLeakyReluGrad,
                           std::make_shared<const float>(node.float_attr("alpha")));
}

Output gradient_node(GradientContext& c, const Output& x) {
  return c.graph()
      .apply_op("LeakyReluGrad", {c.gradient(), x}, {{"alpha", c.op().info().float_attr("alpha")}})
      .output();
}

void leaky_relu_gradient(GradientContext& c) {
  c.set(0, gradient_node(c, c.input(0)));
}

void leaky_relu_grad_gradient(GradientContext& c) {
  const Output x = c.input(1);
  c.set(0, gradient_node(c, x));
  c.set(1, zeros(c.graph(), icecore::shape(c.graph(), x), x.dtype()));
}

constexpr OpImplementation kOps[] = {
    {"LeakyRelu", unchanged_shape, leaky_relu_kernel, leaky_relu_gradient},
    {"LeakyReluGrad", merged_shape, leaky_relu_grad_kernel, leaky_relu_grad_gradient},
};

}  // namespace

OpTable leaky_relu_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
