// Pack, Unpack: one dimension more, one less.
#include <icecore/gradient_context.h>

#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"

namespace icecore::inline v0 {
namespace {

int axis_while_building(const ShapeContext& c, int rank) {
  const std::int64_t axis = c.node().int_attr("axis");
  return while_building([&] {
    return resolve_axis(axis, rank,
                        "Invalid axis: " + std::to_string(axis) + "; must be in [" +
                            std::to_string(-rank) + "," + std::to_string(rank) + ")");
  });
}

int axis_of(std::int64_t axis, int rank) {
  return resolve_axis(axis, rank,
                      "axis = " + std::to_string(axis) + " not in [" + std::to_string(-rank) +
                          ", " + std::to_string(rank) + ")");
}

void pack_shape(ShapeContext& c) {
  Shape shape = Shape::unknown_rank();
  for (int i = c.num_inputs() - 1; i >= 0; --i) {
    try {
      shape = merge_shapes(c.input(i), shape);
    } catch (const Error& error) {
      refuse_shape(error.message() + "\n\tFrom merging shape " + std::to_string(i) +
                   " with other shapes.");
    }
  }
  if (!shape.has_rank()) return;
  std::vector<std::int64_t> dims = dims_of(shape);
  dims.insert(dims.begin() + axis_while_building(c, shape.rank() + 1), c.num_inputs());
  c.set_output(0, Shape(dims));
}

Kernel pack_kernel(const NodeInfo& node) {
  const std::int64_t axis_attr = node.int_attr("axis");
  return Kernel([axis_attr](KernelContext& c) {
    const Shape shape = c.input(0).shape();
    const int count = c.num_inputs();
    for (int i = 1; i < count; ++i) {
      if (c.input(i).shape() != shape) {
        refuse("Shapes of all inputs must match: values[0].shape = " + to_string(shape) +
               " != values[" + std::to_string(i) + "].shape = " + to_string(c.input(i).shape()));
      }
    }
    const int axis = axis_of(axis_attr, shape.rank() + 1);
    std::vector<std::int64_t> dims = dims_of(shape);
    dims.insert(dims.begin() + axis, count);
    if (count == 1) {
      c.set_output(0, c.take_input(0).reshaped(Shape(dims)));
      return;
    }
    Tensor out = c.allocate(c.input(0).dtype(), Shape(dims));
    const std::int64_t outer = count_elements(shape, 0, axis);
    const std::int64_t inner = count_elements(shape, axis, shape.rank());
    for (int i = 0; i < count; ++i) {
      copy_box(c.threads(), c.input(i), out,
               {0, i * inner, {{outer, inner, count * inner}, {inner, 1, 1}}});
    }
    c.set_output(0, std::move(out));
  });
}

void pack_gradient(GradientContext& c) {
  const Operation unpack =
      c.graph().apply_op("Unpack", {Input(c.gradient())},
                         {{"num", c.op().attr("N")}, {"axis", c.op().attr("axis")}}, "unstack");
  for (int i = 0; i < c.op().num_inputs(); ++i) c.set(i, unpack.output(i));
}

void unpack_shape(ShapeContext& c) {
  const Shape& shape = c.input(0);
  const int count = static_cast<int>(c.outputs().size());
  if (!shape.has_rank()) return;
  const int axis = axis_while_building(c, shape.rank());
  std::vector<std::int64_t> dims = dims_of(shape);
  if (dims[static_cast<std::size_t>(axis)] >= 0 && dims[static_cast<std::size_t>(axis)] != count) {
    refuse_shape("Dimension must be " + std::to_string(count) + " but is " +
                 std::to_string(dims[static_cast<std::size_t>(axis)]));
  }
  dims.erase(dims.begin() + axis);
  for (int i = 0; i < count; ++i) c.set_output(i, Shape(dims));
}

Kernel unpack_kernel(const NodeInfo& node) {
  const std::int64_t axis_attr = node.int_attr("axis");
  const auto count = static_cast<std::int64_t>(node.outputs().size());
  return Kernel([axis_attr, count](KernelContext& c) {
    const Tensor& value = c.input(0);
    const Shape& shape = value.shape();
    const int axis = axis_of(axis_attr, shape.rank());
    if (shape.dim(axis) != count) {
      refuse("Input shape axis " + std::to_string(axis) + " must equal " + std::to_string(count) +
             ", got shape " + to_string(shape));
    }
    std::vector<std::int64_t> dims = dims_of(shape);
    dims.erase(dims.begin() + axis);
    const Shape out_shape(dims);
    const std::int64_t outer = count_elements(shape, 0, axis);
    const std::int64_t inner = count_elements(shape, axis + 1, shape.rank());
    for (int i = 0; i < count; ++i) {
      Tensor out = c.allocate(value.dtype(), out_shape);
      copy_box(c.threads(), value, out,
               {i * inner, 0, {{outer, count * inner, inner}, {inner, 1, 1}}});
      c.set_output(i, std::move(out));
    }
  });
}

void unpack_gradient(GradientContext& c) {
  std::vector<Output> gradients;
  for (int i = 0; i < c.op().num_outputs(); ++i) gradients.push_back(c.gradient(i));
  c.set(0, stack(c.graph(), {gradients.begin(), gradients.end()}, c.op().info().int_attr("axis")));
}

}  // namespace

const OpImplementation pack_op = {"Pack", pack_shape, pack_kernel, pack_gradient};
const OpImplementation unpack_op = {"Unpack", unpack_shape, unpack_kernel, unpack_gradient};

}  // namespace icecore::inline v0
