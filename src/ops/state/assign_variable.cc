// AssignVariableOp, AssignAddVariableOp, AssignSubVariableOp.
#include <icecore/shape_context.h>

#include <optional>

#include "ops/array/arguments.h"
#include "ops/state/add_into.h"
#include "ops/state/state_ops.h"
#include "ops/state/variable_handle.h"

namespace icecore::inline v0 {
namespace {

void assign_variable_shape(ShapeContext& c) {
  merge_shapes(handle_shape(c, 0), c.input(1));
}

void check_same_shape(const VariableCell& cell, const Shape& shape) {
  const std::optional<Tensor> before = cell.value();
  if (!before || before->shape() == shape) return;
  refuse("Trying to assign to variable with tensor with wrong shape. Expected " +
         to_string(before->shape()) + " got " + to_string(shape));
}

// Of any shape: TensorFlow 1 doesn't look at it either. A node of TensorFlow 2 may say otherwise.
Kernel assign_variable_kernel(const NodeInfo& node) {
  const bool validates = node.has_attr("validate_shape") && node.bool_attr("validate_shape");
  return Kernel([validates](KernelContext& c) {
    const VariableHandle& handle = variable_handle(c, 0);
    if (handle.cell()->dtype() != c.input(1).dtype()) {
      refuse("Trying to assign variable with wrong dtype. Expected " +
             to_string(handle.cell()->dtype()) + " got " + to_string(c.input(1).dtype()));
    }
    if (validates) check_same_shape(*handle.cell(), c.input(1).shape());
    mark_container(*c.services().session, handle.container());
    handle.cell()->assign(c.take_input(1));
  });
}

Kernel update_kernel(bool subtract) {
  return Kernel([subtract](KernelContext& c) {
    const std::shared_ptr<VariableCell> cell = variable_input(c, 0);
    const Tensor& change = c.input(1);
    cell->update([&](Tensor& value) {
      if (value.dtype() != change.dtype()) {
        refuse("a value of " + to_string(change.dtype()) + " can't be added to the variable '" +
               cell->name() + "' of " + to_string(value.dtype()));
      }
      if (value.shape() != change.shape()) {
        refuse("Cannot update variable with shape " + to_string(value.shape()) +
               " using a Tensor with shape " + to_string(change.shape()) +
               ", shapes must be equal.");
      }
      add_into(c.threads(), value, change, subtract);
    });
  });
}

Kernel assign_add_variable_kernel(const NodeInfo&) {
  return update_kernel(false);
}
Kernel assign_sub_variable_kernel(const NodeInfo&) {
  return update_kernel(true);
}

}  // namespace

const OpImplementation assign_variable_op = {"AssignVariableOp", assign_variable_shape,
                                             assign_variable_kernel};
const OpImplementation assign_add_variable_op = {"AssignAddVariableOp", assign_variable_shape,
                                                 assign_add_variable_kernel};
const OpImplementation assign_sub_variable_op = {"AssignSubVariableOp", assign_variable_shape,
                                                 assign_sub_variable_kernel};

}  // namespace icecore::inline v0
