// Erf, Erfc, Lgamma, Digamma.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>
#include <numbers>

#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

// gradient * factor * exp(-x^2)
void bell_gradient(GradientContext& c, double factor) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  const Output constant = nodes.constant(factor, gradient.dtype());
  const ScopeGuard guard = after(gradient);
  const Output x = nodes.conj(c.input(0));
  const Output product = nodes.mul(gradient, constant);
  const Output bell = nodes.call("Exp", nodes.neg(nodes.call("Square", x)));
  c.set(0, nodes.mul(product, bell));
}

void erf_gradient(GradientContext& c) {
  bell_gradient(c, 2 * std::numbers::inv_sqrtpi);
}

void erfc_gradient(GradientContext& c) {
  bell_gradient(c, -2 * std::numbers::inv_sqrtpi);
}

void lgamma_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  const Output gradient = c.gradient();
  const ScopeGuard guard = after(gradient);
  c.set(0, nodes.mul(gradient, nodes.call("Digamma", nodes.conj(c.input(0)))));
}

constexpr OpImplementation kOps[] = {
    {"Erf", unchanged_shape, elementwise<RowOp::kErf>, erf_gradient},
    {"Erfc", unchanged_shape, elementwise<RowOp::kErfc>, erfc_gradient},
    {"Lgamma", unchanged_shape, elementwise<RowOp::kLgamma>, lgamma_gradient},
    {"Digamma", unchanged_shape, elementwise<RowOp::kDigamma>},
};

}  // namespace

OpTable special_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
