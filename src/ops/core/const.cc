#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include "ops/core/core_ops.h"

namespace icecore::inline v0 {
namespace {

void const_shape(ShapeContext& c) {
  c.set_output(0, c.node().tensor_attr("value").shape());
}

// The value is decoded once; every run gives the same buffer.
Kernel const_kernel(const NodeInfo& node) {
  return Kernel([value = node.tensor_attr("value")](KernelContext& c) { c.set_output(0, value); });
}

}  // namespace

const OpImplementation const_op = {"Const", const_shape, const_kernel, not_differentiable};

}  // namespace icecore::inline v0
