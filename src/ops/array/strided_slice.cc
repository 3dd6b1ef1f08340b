// StridedSlice, StridedSliceGrad, StridedSliceAssign, ResourceStridedSliceAssign.
#include <icecore/error.h>
#include <icecore/gradient_context.h>

#include <string>
#include <utility>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"
#include "ops/array/elements.h"
#include "ops/array/slice_plan.h"
#include "ops/state/variable_handle.h"
#include "ops/variable_cell.h"

namespace icecore::inline v0 {
namespace {

void strided_slice_shape(ShapeContext& c) {
  const Shape& input = c.input(0);
  Shape items = Shape::unknown_rank();
  for (int i = 1; i <= 3; ++i) items = merge_shapes(items, with_rank(c.input(i), 1));
  const auto strides = c.constant_ints(3);
  if (!input.has_rank() || items.dim(0) < 0 || !strides) return;
  c.set_output(0, while_building([&] {
                    return plan_slice(input, c.constant_ints(1), c.constant_ints(2), *strides,
                                      SliceMasks(c.node()));
                  }).shape);
}

// begin, end and strides are the inputs 1, 2 and 3.
SlicePlan plan(const KernelContext& c, const Shape& shape, const SliceMasks& masks) {
  for (int i = 1; i <= 3; ++i) {
    if (c.input(i).shape().rank() != 1) {
      refuse("Expected begin, end, and strides to be 1D equal size tensors, but got shapes " +
             to_string(c.input(1).shape()) + ", " + to_string(c.input(2).shape()) + ", and " +
             to_string(c.input(3).shape()) + " instead.");
    }
  }
  return plan_slice(shape, ints_of(c.input(1)), ints_of(c.input(2)), ints_of(c.input(3)), masks);
}

// The other way round: from the slice into where it was cut out.
Box reversed(Box box) {
  std::swap(box.from, box.to);
  for (BoxDim& dim : box.dims) std::swap(dim.from_stride, dim.to_stride);
  return box;
}

Kernel strided_slice_kernel(const NodeInfo& node) {
  return Kernel([masks = SliceMasks(node)](KernelContext& c) {
    const Tensor& input = c.input(0);
    const SlicePlan slice = plan(c, input.shape(), masks);
    if (slice.whole) {
      c.set_output(0, c.take_input(0).reshaped(slice.shape));
      return;
    }
    Tensor out = c.allocate(input.dtype(), slice.shape);
    copy_box(c.threads(), input, out, box_of(slice, input.shape()));
    c.set_output(0, std::move(out));
  });
}

AttrList mask_attrs(const Operation& op) {
  AttrList attrs;
  for (const char* name :
       {"begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask"}) {
    attrs.emplace_back(name, op.info().attr(name));
  }
  return attrs;
}

void strided_slice_gradient(GradientContext& c) {
  const Output shape = icecore::shape(c.graph(), c.input(0), c.input(1).dtype());
  c.set(0, add_node(c.graph(), "StridedSliceGrad",
                    {Input(shape), Input(c.input(1)), Input(c.input(2)), Input(c.input(3)),
                     Input(c.gradient())},
                    mask_attrs(c.op())));
}

void strided_slice_grad_shape(ShapeContext& c) {
  c.set_output(0, c.shape_input(0));
}

Kernel strided_slice_grad_kernel(const NodeInfo& node) {
  return Kernel([masks = SliceMasks(node)](KernelContext& c) {
    if (c.input(0).shape().rank() != 1) {
      refuse("shape must be 1-D, got shape.shape = " + to_string(c.input(0).shape()));
    }
    const std::vector<std::int64_t> dims = ints_of(c.input(0));
    for (const std::int64_t dim : dims) {
      if (dim < 0) refuse("Dimension " + std::to_string(dim) + " must be >= 0");
    }
    if (dims.size() > static_cast<std::size_t>(kMostDims)) unknown_dims(kMostDims + 1);
    const Shape shape(dims);
    const Tensor& gradient = c.input(4);
    const SlicePlan slice = plan(c, shape, masks);
    if (gradient.shape() != slice.shape) {
      refuse("shape of dy was " + to_string(gradient.shape()) + " instead of " +
             to_string(slice.shape));
    }
    Tensor out = c.allocate(gradient.dtype(), shape);
    fill_zeros(c.threads(), out);
    copy_box(c.threads(), gradient, out, reversed(box_of(slice, shape)));
    c.set_output(0, std::move(out));
  });
}

void strided_slice_grad_gradient(GradientContext& c) {
  c.set(4, add_node(c.graph(), "StridedSlice",
                    {Input(c.gradient()), Input(c.input(1)), Input(c.input(2)), Input(c.input(3))},
                    mask_attrs(c.op())));
}

void assign_slice(KernelContext& c, VariableCell& cell, const SliceMasks& masks) {
  cell.update([&](Tensor& variable) {
    const Shape shape = variable.shape();
    const SlicePlan slice = plan(c, shape, masks);
    const Tensor& value = c.input(4);
    if (value.dtype() != variable.dtype()) {
      refuse("l-value dtype " + to_string(variable.dtype()) + " does not match r-value dtype " +
             to_string(value.dtype()));
    }
    const Box box = box_of(slice, shape);
    if (Shape(slice.sizes).num_elements() == 0) return;
    if (value.shape() != slice.shape) {
      throw Error(Code::kUnimplemented, "sliced l-value shape " + to_string(slice.shape) +
                                            " does not match r-value shape " +
                                            to_string(value.shape()) +
                                            ". Automatic broadcasting not yet implemented.");
    }
    copy_box(c.threads(), value, variable, reversed(box));
  });
}

Kernel strided_slice_assign_kernel(const NodeInfo& node) {
  return Kernel([masks = SliceMasks(node)](KernelContext& c) {
    const std::shared_ptr<VariableCell> cell = c.input_reference(0);
    assign_slice(c, *cell, masks);
    c.set_output_reference(0, cell);
  });
}

Kernel resource_strided_slice_assign_kernel(const NodeInfo& node) {
  return Kernel([masks = SliceMasks(node)](KernelContext& c) {
    assign_slice(c, *variable_input(c, 0), masks);
  });
}

}  // namespace

const OpImplementation strided_slice_op = {"StridedSlice", strided_slice_shape,
                                           strided_slice_kernel, strided_slice_gradient};
const OpImplementation strided_slice_grad_op = {"StridedSliceGrad", strided_slice_grad_shape,
                                                strided_slice_grad_kernel,
                                                strided_slice_grad_gradient};
const OpImplementation strided_slice_assign_op = {"StridedSliceAssign", unchanged_shape,
                                                  strided_slice_assign_kernel};
const OpImplementation resource_strided_slice_assign_op = {"ResourceStridedSliceAssign", no_outputs,
                                                           resource_strided_slice_assign_kernel};

}  // namespace icecore::inline v0
