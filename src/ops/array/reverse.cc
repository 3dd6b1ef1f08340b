// Reverse, ReverseV2.
#include <icecore/gradient_context.h>

#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"

namespace icecore::inline v0 {
namespace {

void reverse(KernelContext& c, const std::vector<bool>& turned) {
  const Tensor& input = c.input(0);
  Tensor out = c.allocate(input.dtype(), input.shape());
  const std::vector<std::int64_t> strides = row_major_strides(input.shape());
  Box box;
  for (std::size_t d = 0; d < strides.size(); ++d) {
    const std::int64_t dim = input.shape().dim(static_cast<int>(d));
    if (turned[d]) box.from += (dim - 1) * strides[d];
    box.dims.push_back({dim, turned[d] ? -strides[d] : strides[d], strides[d]});
  }
  copy_box(c.threads(), input, out, std::move(box));
  c.set_output(0, std::move(out));
}

void reverse_shape(ShapeContext& c) {
  const Shape dims = with_rank(c.input(1), 1);
  Shape input = c.input(0);
  if (dims.dim(0) >= 0) input = with_rank(input, unknown_dims(dims.dim(0)).rank());
  if (input.has_rank() && input.rank() > 8) {
    refuse_shape("reverse does not work on tensors with more than 8 dimensions");
  }
  c.set_output(0, input);
}

Kernel reverse_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Shape& shape = c.input(0).shape();
    const Tensor& dims = c.input(1);
    if (shape.rank() == 0) {
      c.set_output(0, c.take_input(0));
      return;
    }
    if (dims.shape().rank() != 1) {
      refuse("'dims' must be 1-dimension, not " + std::to_string(dims.shape().rank()));
    }
    if (dims.num_elements() != shape.rank()) {
      refuse("'dims' must have the same number of values as 'input' has dimensions. 'input' has " +
             std::to_string(shape.rank()) + "'dims' has " + std::to_string(dims.num_elements()) +
             " values");
    }
    const auto flags = dims.values<std::uint8_t>();
    reverse(c, {flags.begin(), flags.end()});
  });
}

// Which dimensions the axes name.
std::vector<bool> turned_by(const std::vector<std::int64_t>& axes, int rank) {
  std::vector<bool> turned(static_cast<std::size_t>(rank), false);
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const int axis = resolve_axis(axes[i], rank,
                                  "'axis'[" + std::to_string(i) + "] = " + std::to_string(axes[i]) +
                                      " is out of valid range [0, " + std::to_string(rank - 1));
    if (turned[static_cast<std::size_t>(axis)]) {
      refuse("axis " + std::to_string(axis) + " specified more than once.");
    }
    turned[static_cast<std::size_t>(axis)] = true;
  }
  return turned;
}

void reverse_v2_shape(ShapeContext& c) {
  const Shape& input = c.input(0);
  with_rank(c.input(1), 1);
  if (input.has_rank() && input.rank() > 8) {
    refuse_shape("reverse does not work on tensors with more than 8 dimensions");
  }
  if (const auto axes = c.constant_ints(1); axes && input.has_rank()) {
    while_building([&] { return turned_by(*axes, input.rank()); });
  }
  c.set_output(0, input);
}

Kernel reverse_v2_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Shape& shape = c.input(0).shape();
    if (shape.rank() == 0 || c.input(1).num_elements() == 0) {
      c.set_output(0, c.take_input(0));
      return;
    }
    if (c.input(1).shape().rank() != 1) {
      refuse("'dims' must be 1-dimension, not " + std::to_string(c.input(1).shape().rank()));
    }
    reverse(c, turned_by(ints_of(c.input(1)), shape.rank()));
  });
}

void reverse_gradient(GradientContext& c) {
  c.set(0, add_node(c.graph(), c.op().type(), {Input(c.gradient()), Input(c.input(1))}));
}

}  // namespace

const OpImplementation reverse_op = {"Reverse", reverse_shape, reverse_kernel, reverse_gradient};
const OpImplementation reverse_v2_op = {"ReverseV2", reverse_v2_shape, reverse_v2_kernel,
                                        reverse_gradient};

}  // namespace icecore::inline v0
