// Neg, Abs, Sign.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>
#include "ops/array/array_functions.h"
#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

void neg_gradient(GradientContext& c) {
  c.set(0, MathNodes(c.graph()).neg(c.gradient()));
}

void abs_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  c.set(0, nodes.mul(c.gradient(), nodes.call("Sign", c.input(0))));
}

void sign_gradient(GradientContext& c) {
  const Output shape = icecore::shape(c.graph(), c.input(0));
  c.set(0, zeros(c.graph(), shape, c.input(0).dtype()));
}

constexpr OpImplementation kOps[] = {
    {"Neg", unchanged_shape, elementwise<RowOp::kNeg>, neg_gradient},
    {"Abs", unchanged_shape, elementwise<RowOp::kAbs>, abs_gradient},
    {"Sign", unchanged_shape, elementwise<RowOp::kSign>, sign_gradient},
};

}  // namespace

OpTable sign_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
