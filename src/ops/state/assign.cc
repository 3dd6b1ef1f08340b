// Assign, AssignAdd, AssignSub.
#include <icecore/error.h>
#include <icecore/shape_context.h>

#include "ops/state/add_into.h"
#include "ops/state/state_ops.h"
#include "ops/state/variable_handle.h"

namespace icecore::inline v0 {
namespace {

void assign_shape(ShapeContext& c) {
  if (c.node().bool_attr("validate_shape")) {
    merged_shape(c);
  } else {
    c.set_output(0, c.input(1));
  }
}

Kernel assign_kernel(const NodeInfo& node) {
  const bool validate = node.bool_attr("validate_shape");
  return Kernel([validate](KernelContext& c) {
    const std::shared_ptr<VariableCell>& cell = c.input_reference(0);
    // Nothing is copied: whoever changes the variable next copies the value if others hold it.
    if (validate) {
      cell->assign_same_shape(c.take_input(1));
    } else {
      cell->assign(c.take_input(1));
    }
    c.set_output_reference(0, cell);
  });
}

Kernel assign_update_kernel(bool subtract) {
  return Kernel([subtract](KernelContext& c) {
    const std::shared_ptr<VariableCell>& cell = c.input_reference(0);
    const Tensor& change = c.input(1);
    cell->update([&](Tensor& value) {
      if (value.shape() != change.shape()) {
        throw Error(Code::kInvalidArgument,
                    "Parameters and update must be the same size: the variable '" + cell->name() +
                        "' has shape " + to_string(value.shape()) + ", the update " +
                        to_string(change.shape()));
      }
      add_into(c.threads(), value, change, subtract);
    });
    c.set_output_reference(0, cell);
  });
}

Kernel assign_add_kernel(const NodeInfo&) {
  return assign_update_kernel(false);
}
Kernel assign_sub_kernel(const NodeInfo&) {
  return assign_update_kernel(true);
}

}  // namespace

const OpImplementation assign_op = {"Assign", assign_shape, assign_kernel, not_differentiable};
const OpImplementation assign_add_op = {"AssignAdd", merged_shape, assign_add_kernel,
                                        not_differentiable};
const OpImplementation assign_sub_op = {"AssignSub", merged_shape, assign_sub_kernel,
                                        not_differentiable};

}  // namespace icecore::inline v0
