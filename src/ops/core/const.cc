#include <icecore/error.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include "graph/type_text.h"
#include "ops/core/core_ops.h"

namespace icecore::inline v0 {
namespace {

void const_shape(ShapeContext& c) {
  c.set_output(0, c.node().tensor_attr("value").shape());
}

// The value is decoded once; every run gives the same buffer.
Kernel const_kernel(const NodeInfo& node) {
  Tensor value = node.tensor_attr("value");
  const ArgType held{value.dtype(), false}, said = node.outputs()[0];
  if (held != said) {
    throw Error(Code::kInvalidArgument, "Type mismatch between value (" + type_text(held) +
                                            ") and dtype (" + type_text(said) + ")");
  }
  return Kernel([value = std::move(value)](KernelContext& c) { c.set_output(0, value); });
}

}  // namespace

const OpImplementation const_op = {"Const", const_shape, const_kernel, not_differentiable};

}  // namespace icecore::inline v0
