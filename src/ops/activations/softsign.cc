// Softsign and its gradient.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>

#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

void softsign_gradient(GradientContext& c) {
  c.set(0, MathNodes(c.graph()).call("SoftsignGrad", c.gradient(), c.input(0)));
}

constexpr OpImplementation kOps[] = {
    {"Softsign", unchanged_shape, elementwise<RowOp::kSoftsign>, softsign_gradient},
    {"SoftsignGrad", merged_shape, same_shape<RowOp::kSoftsignGrad>},
};

}  // namespace

OpTable softsign_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
