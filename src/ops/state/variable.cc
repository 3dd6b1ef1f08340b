// VariableV2 and its elder Variable, IsVariableInitialized.
#include <icecore/shape_context.h>

#include "ops/state/state_ops.h"
#include "ops/state/variable_handle.h"

namespace icecore::inline v0 {
namespace {

void variable_v2_shape(ShapeContext& c) {
  c.set_output(0, c.node().shape_attr("shape"));
}

// A Variable's shape without dimensions may as well mean that it isn't known.
void variable_shape(ShapeContext& c) {
  const Shape shape = c.node().shape_attr("shape");
  if (shape.has_rank() && shape.rank() > 0) c.set_output(0, shape);
}

Kernel variable_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    c.set_output_reference(0, find_or_make_variable(c.node(), *c.services().session));
  });
}

Kernel is_variable_initialized_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    c.set_output(0, Tensor::scalar(c.input_reference(0)->is_initialized()));
  });
}

}  // namespace

const OpImplementation variable_op = {"Variable", variable_shape, variable_kernel,
                                      not_differentiable};
const OpImplementation variable_v2_op = {"VariableV2", variable_v2_shape, variable_kernel,
                                         not_differentiable};
const OpImplementation is_variable_initialized_op = {
    "IsVariableInitialized", scalar_shape, is_variable_initialized_kernel, not_differentiable};

}  // namespace icecore::inline v0
