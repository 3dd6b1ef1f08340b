// VarHandleOp, VarIsInitializedOp, ReadVariableOp, DestroyResourceOp, VariableShape.
#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>

#include "ops/array/arguments.h"
#include "ops/state/state_ops.h"
#include "ops/state/variable_handle.h"

namespace icecore::inline v0 {
namespace {

void var_handle_shape(ShapeContext& c) {
  c.set_output(0, Shape());
  c.set_output_handle(0, {c.node().type_attr("dtype"), c.node().shape_attr("shape")});
}

Kernel var_handle_kernel(const NodeInfo& node) {
  std::string container = node.string_attr("container");
  if (container.empty()) container = "localhost";
  std::string name = node.string_attr("shared_name");
  if (name.empty()) name = node.name();
  return Kernel([container, name](KernelContext& c) {
    std::shared_ptr<TensorObject> handle = std::make_shared<VariableHandle>(
        container, name, find_or_make_variable(c.node(), *c.services().session));
    c.set_output(0, Tensor::of_objects(DType::kResource, Shape(), {std::move(handle)}));
  });
}

Kernel var_is_initialized_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    c.set_output(0, Tensor::scalar(variable_handle(c, 0).cell()->is_initialized()));
  });
}

void read_variable_shape(ShapeContext& c) {
  c.set_output(0, handle_shape(c, 0));
}

Kernel read_variable_kernel(const NodeInfo& node) {
  const DType dtype = node.type_attr("dtype");
  return Kernel([dtype](KernelContext& c) {
    const VariableHandle& handle = variable_handle(c, 0);
    const std::optional<Tensor> value = handle.cell()->value();
    if (!value) {
      throw Error(Code::kFailedPrecondition,
                  "Error while reading resource variable " + handle.name() +
                      " from Container: " + handle.container() +
                      ". This could mean that the variable was uninitialized. Not found: " +
                      missing_resource(c, handle));
    }
    if (value->dtype() != dtype) {
      refuse("Trying to read variable with wrong dtype. Expected " + to_string(dtype) + " got " +
             to_string(value->dtype()));
    }
    c.set_output(0, *value);
  });
}

void read_variable_gradient(GradientContext& c) {
  const Gradient& gradient = c.output_gradient();
  if (const auto* dense = std::get_if<Output>(&gradient)) c.set(0, *dense);
  if (const auto* slices = std::get_if<IndexedSlices>(&gradient)) c.set(0, *slices);
}

Kernel destroy_resource_kernel(const NodeInfo& node) {
  const bool ignore = node.bool_attr("ignore_lookup_error");
  return Kernel([ignore](KernelContext& c) {
    const VariableHandle& handle = variable_handle(c, 0);
    if (!handle.cell()->clear() && !ignore) refuse_missing_resource(c, handle);
  });
}

void variable_shape_shape(ShapeContext& c) {
  const std::optional<HandleInfo>& handle = c.input_handle(0);
  const bool known = handle && handle->shape.has_rank();
  c.set_output(0, Shape{known ? handle->shape.rank() : -1});
}

Kernel variable_shape_kernel(const NodeInfo& node) {
  const DType dtype = node.type_attr("out_type");
  return Kernel([dtype](KernelContext& c) {
    const VariableHandle& handle = variable_handle(c, 0);
    const std::optional<Tensor> value = handle.cell()->value();
    if (!value) refuse_missing_resource(c, handle);
    c.set_output(0, ints_tensor(c, dtype, Shape{value->shape().rank()}, dims_of(value->shape())));
  });
}

}  // namespace

const OpImplementation var_handle_op = {"VarHandleOp", var_handle_shape, var_handle_kernel,
                                        not_differentiable};
const OpImplementation var_is_initialized_op = {"VarIsInitializedOp", scalar_shape,
                                                var_is_initialized_kernel, not_differentiable};
const OpImplementation read_variable_op = {"ReadVariableOp", read_variable_shape,
                                           read_variable_kernel, read_variable_gradient};
const OpImplementation destroy_resource_op = {"DestroyResourceOp", no_outputs,
                                              destroy_resource_kernel, not_differentiable};
const OpImplementation variable_shape_op = {"VariableShape", variable_shape_shape,
                                            variable_shape_kernel, not_differentiable};

}  // namespace icecore::inline v0
