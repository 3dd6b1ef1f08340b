// Maximum, Minimum.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>
#include "ops/array/array_functions.h"
#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

// All of the gradient goes to the operand that `selector` prefers.
void gradient_by(GradientContext& c, const char* selector) {
  GraphBuilder& graph = c.graph();
  const MathNodes nodes(graph);
  const Output gradient = c.gradient(), x = c.input(0), y = c.input(1);
  const Output x_shape = icecore::shape(graph, x), y_shape = icecore::shape(graph, y);
  const Output gradient_shape = icecore::shape(graph, gradient);
  const Output none = zeros(graph, gradient_shape, gradient.dtype());
  const Output mask = nodes.call(selector, x, y);
  const Operation axes = graph.apply_op("BroadcastGradientArgs", {x_shape, y_shape});
  c.set(0, spread_back(graph, nodes.where(mask, gradient, none), {x_shape, axes.output(0)}));
  c.set(1, spread_back(graph, nodes.where(mask, none, gradient), {y_shape, axes.output(1)}));
}

void maximum_gradient(GradientContext& c) {
  gradient_by(c, "GreaterEqual");
}
void minimum_gradient(GradientContext& c) {
  gradient_by(c, "LessEqual");
}

constexpr OpImplementation kOps[] = {
    {"Maximum", broadcast_shape, elementwise<RowOp::kMaximum>, maximum_gradient},
    {"Minimum", broadcast_shape, elementwise<RowOp::kMinimum>, minimum_gradient},
};

}  // namespace

OpTable maximum_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
