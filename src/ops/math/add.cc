// Add (also of strings), AddV2, Sub.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>

#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"
#include "ops/strided/spread_walk.h"

namespace icecore::inline v0 {
namespace {

void add_strings(KernelContext& context) {
  const Tensor &x = context.input(0), &y = context.input(1);
  const Shape shape = spread_shape(context, x, y);
  Tensor output = context.allocate(DType::kString, shape);
  SpreadWalk at_x(shape, x.shape()), at_y(shape, y.shape());
  for (std::string& sum : output.mutable_strings()) {
    sum = x.strings()[at_x.place()] + y.strings()[at_y.place()];
    at_x.advance();
    at_y.advance();
  }
  context.set_output(0, std::move(output));
}

Kernel add_kernel(const NodeInfo& node) {
  if (node.inputs().at(0).dtype == DType::kString) return add_strings;
  return elementwise_kernel(node, RowOp::kAdd);
}

void add_gradient(GradientContext& c) {
  const Output gradient = c.gradient();
  if (known_and_equal_shapes(c.input(0), c.input(1), gradient)) {
    c.set(0, gradient);
    c.set(1, gradient);
    return;
  }
  const auto [x, y] = smart_spread_back(c.graph(), c.input(0), c.input(1), gradient);
  c.set(0, spread_back(c.graph(), gradient, x));
  c.set(1, spread_back(c.graph(), gradient, y));
}

void sub_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  if (known_and_equal_shapes(c.input(0), c.input(1), gradient)) {
    c.set(0, gradient);
    c.set(1, nodes.neg(gradient));
    return;
  }
  const auto [x, y] = smart_spread_back(c.graph(), c.input(0), c.input(1), gradient);
  c.set(0, spread_back(c.graph(), gradient, x));
  c.set(1, spread_back(c.graph(), nodes.neg(gradient), y));
}

constexpr OpImplementation kOps[] = {
    {"Add", broadcast_shape, add_kernel, add_gradient},
    {"AddV2", broadcast_shape, elementwise<RowOp::kAdd>, add_gradient},
    {"Sub", broadcast_shape, elementwise<RowOp::kSub>, sub_gradient},
};

}  // namespace

OpTable add_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
