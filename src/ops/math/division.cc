// Div, RealDiv, DivNoNan, FloorDiv, FloorMod, Mod, TruncateDiv, TruncateMod, Reciprocal, Inv.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>

#include "graph/number_tensor.h"
#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

// One function for floats, one for integers.
template <RowOp kOfFloats, RowOp kOfIntegers>
Kernel division(const NodeInfo& node) {
  if (!is_integer(node.inputs().at(0).dtype)) return elementwise_kernel(node, kOfFloats);
  return integer_kernel(node, kOfIntegers, "Integer division by zero");
}

// x / y by one of the ops, for which y's gradient is -x / y / y.
void quotient_gradient(GradientContext& c, const char* op, const char* name) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  const auto [to_x, to_y] = spread_back(c.graph(), c.input(0), c.input(1));
  const Output x = nodes.conj(c.input(0)), y = nodes.conj(c.input(1));
  const auto divide = [&](const Output& a, const Output& b) { return nodes.call(op, a, b, name); };
  c.set(0, spread_back(c.graph(), divide(gradient, y), to_x));
  c.set(1, spread_back(c.graph(), nodes.mul(gradient, divide(divide(nodes.neg(x), y), y)), to_y));
}

void div_gradient(GradientContext& c) {
  quotient_gradient(c, "RealDiv", "truediv");
}
void real_div_gradient(GradientContext& c) {
  quotient_gradient(c, "RealDiv", "RealDiv");
}
void div_no_nan_gradient(GradientContext& c) {
  quotient_gradient(c, "DivNoNan", "div_no_nan");
}

void floor_mod_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  const Output x = nodes.conj(c.input(0)), y = nodes.conj(c.input(1));
  const auto [to_x, to_y] = spread_back(c.graph(), x, y);
  const Output quotient = nodes.call("FloorDiv", x, y);
  c.set(0, spread_back(c.graph(), gradient, to_x));
  c.set(1, spread_back(c.graph(), nodes.mul(gradient, nodes.neg(quotient)), to_y));
}

void reciprocal_gradient(GradientContext& c) {
  c.set(0, MathNodes(c.graph()).call("ReciprocalGrad", c.output(0), c.gradient()));
}

void reciprocal_grad_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient(), b = c.input(1);
  const ScopeGuard guard = after(gradient);
  const Output ca = nodes.conj(c.input(0)), cg = nodes.conj(gradient);
  c.set(0, nodes.mul(nodes.mul(nodes.mul(cg, -2.0), b), ca));
  c.set(1, nodes.call("ReciprocalGrad", ca, gradient));
}

constexpr OpImplementation kOps[] = {
    {"Div", broadcast_shape, division<RowOp::kDiv, RowOp::kIntDiv>, div_gradient},
    {"RealDiv", broadcast_shape, division<RowOp::kDiv, RowOp::kIntDiv>, real_div_gradient},
    {"DivNoNan", broadcast_shape, elementwise<RowOp::kDivNoNan>, div_no_nan_gradient},
    {"FloorDiv", broadcast_shape, division<RowOp::kFloorDiv, RowOp::kFloorDiv>, not_differentiable},
    {"FloorMod", broadcast_shape, division<RowOp::kFloorMod, RowOp::kFloorMod>, floor_mod_gradient},
    {"Mod", broadcast_shape, division<RowOp::kMod, RowOp::kIntMod>},
    {"TruncateDiv", broadcast_shape, division<RowOp::kIntDiv, RowOp::kIntDiv>, not_differentiable},
    {"TruncateMod", broadcast_shape, division<RowOp::kMod, RowOp::kIntMod>},
    {"Inv", unchanged_shape, elementwise<RowOp::kReciprocal>, reciprocal_gradient},
    {"Reciprocal", unchanged_shape, elementwise<RowOp::kReciprocal>, reciprocal_gradient},
    {"InvGrad", unchanged_shape, same_shape<RowOp::kReciprocalGrad>, reciprocal_grad_gradient},
    {"ReciprocalGrad", unchanged_shape, same_shape<RowOp::kReciprocalGrad>,
     reciprocal_grad_gradient},
};

}  // namespace

OpTable division_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
