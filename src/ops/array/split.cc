// Split, SplitV.
#include <icecore/gradient_context.h>

#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"

namespace icecore::inline v0 {
namespace {

// The axis as far as it is known: -1 where it isn't.
int known_axis(const ShapeContext& c, int axis_input, const Shape& value) {
  with_rank(c.input(axis_input), 0);
  const auto axis = c.constant_ints(axis_input);
  if (!axis) return -1;
  const std::int64_t at = axis->front();
  if (at >= 0) {
    if (value.has_rank() && at >= value.rank()) {
      refuse_shape("Dimension size, given by scalar input " + std::to_string(at) +
                   " must be in range [-" + std::to_string(value.rank()) + ", " +
                   std::to_string(value.rank()) + ")");
    }
    if (at >= kMostDims) refuse_shape("Dimension " + std::to_string(at) + " is out of range");
    return static_cast<int>(at);
  }
  if (!value.has_rank()) return -1;
  if (at < -value.rank()) {
    refuse_shape("Dimension size, given by scalar input " + std::to_string(at) +
                 " must be in range [-" + std::to_string(value.rank()) + ", " +
                 std::to_string(value.rank()) + ")");
  }
  return static_cast<int>(at + value.rank());
}

void split_shape(ShapeContext& c) {
  const int axis = known_axis(c, 0, c.input(1));
  const int count = static_cast<int>(c.outputs().size());
  Shape out = c.input(1);
  if (axis < 0) {
    if (out.has_rank()) out = unknown_dims(out.rank());
  } else {
    with_rank_at_least(out, axis + 1);
    if (out.has_rank()) {
      try {
        out = with_dim(out, axis, divide_dim(out.dim(axis), count));
      } catch (const Error& error) {
        refuse_shape(error.message() +
                     "\n\tNumber of ways to split should evenly divide the split dimension");
      }
    }
  }
  for (int i = 0; i < count; ++i) c.set_output(i, out);
}

// Parts of these sizes along the axis; they sum up to its dimension.
void split(KernelContext& c, const Tensor& value, int axis,
           const std::vector<std::int64_t>& sizes) {
  const Shape& shape = value.shape();
  const std::int64_t outer = count_elements(shape, 0, axis);
  const std::int64_t inner = count_elements(shape, axis + 1, shape.rank());
  const std::int64_t whole = shape.dim(axis) * inner;
  std::int64_t at = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    Tensor out = c.allocate(value.dtype(), with_dim(shape, axis, sizes[i]));
    const std::int64_t row = sizes[i] * inner;
    copy_box(c.threads(), value, out, {at, 0, {{outer, whole, row}, {row, 1, 1}}});
    at += row;
    c.set_output(static_cast<int>(i), std::move(out));
  }
}

Kernel split_kernel(const NodeInfo& node) {
  const std::int64_t count = node.int_attr("num_split");
  return Kernel([count](KernelContext& c) {
    const Tensor& value = c.input(1);
    const Shape& shape = value.shape();
    const int rank = shape.rank();
    if (c.input(0).shape().rank() != 0) {
      refuse("split_dim must be a scalar, but has shape " + to_string(c.input(0).shape()));
    }
    const std::int64_t axis_value = ints_of(c.input(0)).front();
    const int axis =
        resolve_axis(axis_value, rank,
                     "-input rank(-" + std::to_string(rank) + ") <= split_dim < input rank (" +
                         std::to_string(rank) + "), but got " + std::to_string(axis_value));
    if (count <= 0) {
      refuse("Number of ways to split should be > 0, but got " + std::to_string(count));
    }
    if (shape.dim(axis) % count != 0) {
      refuse(
          "Number of ways to split should evenly divide the split dimension, but got split_dim " +
          std::to_string(axis) + " (size = " + std::to_string(shape.dim(axis)) +
          ") and num_split " + std::to_string(count));
    }
    if (count == 1) {
      c.set_output(0, c.take_input(1));
      return;
    }
    split(c, value, axis,
          std::vector<std::int64_t>(static_cast<std::size_t>(count), shape.dim(axis) / count));
  });
}

void split_gradient(GradientContext& c) {
  std::vector<Input> gradients;
  for (int i = 0; i < c.op().num_outputs(); ++i) gradients.emplace_back(c.gradient(i));
  const Output axis = c.input(0);
  c.set(1, gradients.size() == 1 ? c.graph().identity(gradients[0], "concat")
                                 : concat(c.graph(), gradients, axis));
}

// Sizes with the one -1 filled in, of an axis that long; throws where they don't fit.
std::vector<std::int64_t> filled_sizes(std::vector<std::int64_t> sizes, std::int64_t whole,
                                       const std::string& complaint) {
  std::int64_t sum = 0;
  std::int64_t* open = nullptr;
  for (std::int64_t& size : sizes) {
    if (size == -1) {
      if (open != nullptr) refuse("There can only be one -1 in the input.");
      open = &size;
    } else if (size < 0) {
      refuse("Split size at index " + std::to_string(&size - sizes.data()) +
             " must be >= 0. Got: " + std::to_string(size));
    } else {
      sum = add_sizes(sum, size);
    }
  }
  if (open == nullptr ? sum != whole : sum > whole) refuse(complaint);
  if (open != nullptr) *open = whole - sum;
  return sizes;
}

void split_v_shape(ShapeContext& c) {
  const Shape& input = c.input(0);
  const int axis = known_axis(c, 2, input);
  const int count = static_cast<int>(c.outputs().size());
  if (!input.has_rank()) return;
  if (input.rank() == 0) refuse_shape("Can't split scalars");
  const auto given = c.constant_ints(1);
  if (!given || axis < 0) {
    for (int i = 0; i < count; ++i) {
      c.set_output(i, axis < 0 ? unknown_dims(input.rank()) : with_dim(input, axis, -1));
    }
    return;
  }
  std::vector<std::int64_t> sizes = *given;
  if (sizes.size() != static_cast<std::size_t>(count)) {
    refuse_shape("Length of size_splits should be equal to num_outputs");
  }
  if (const std::int64_t whole = input.dim(axis); whole >= 0) {
    sizes = while_building([&] {
      return filled_sizes(sizes, whole,
                          "can't split axis of size " + std::to_string(whole) +
                              " into pieces of size " + join_ints(sizes));
    });
  }
  for (int i = 0; i < count; ++i) {
    c.set_output(i, with_dim(input, axis, sizes[static_cast<std::size_t>(i)]));
  }
}

Kernel split_v_kernel(const NodeInfo& node) {
  const std::int64_t count = node.int_attr("num_split");
  return Kernel([count](KernelContext& c) {
    const Tensor& value = c.input(0);
    const int rank = value.shape().rank();
    const std::vector<std::int64_t> sizes = ints_of(c.input(1));
    if (c.input(2).num_elements() != 1) {
      refuse("split_dim must have exactly one element, got shape " + to_string(c.input(2).shape()));
    }
    if (c.input(1).shape().rank() != 1 || static_cast<std::int64_t>(sizes.size()) != count) {
      refuse("size of the split_tensor must be 1-D and have the same elements as outputs got " +
             std::to_string(c.input(1).shape().rank()) + " -D and " + std::to_string(sizes.size()) +
             " elements");
    }
    const std::int64_t axis_value = ints_of(c.input(2)).front();
    const int axis =
        resolve_axis(axis_value, rank,
                     "-input rank(-" + std::to_string(rank) + ") <= split_dim < input rank (" +
                         std::to_string(rank) + "), but got " + std::to_string(axis_value));
    const std::int64_t whole = value.shape().dim(axis);
    std::int64_t sum = 0;
    bool open = false;
    for (const std::int64_t size : sizes) {
      open = open || size == -1;
      if (size >= 0) sum = add_sizes(sum, size);
    }
    split(c, value, axis,
          filled_sizes(sizes, whole,
                       open ? "Determined shape must not be negative: sizes sum up to " +
                                  std::to_string(sum) + ", the split dimension is " +
                                  std::to_string(whole)
                            : "Determined shape must either match input shape along split_dim "
                              "exactly if fully specified, or be less than the size of the input "
                              "along split_dim if not fully specified.  Got: " +
                                  std::to_string(sum)));
  });
}

void split_v_gradient(GradientContext& c) {
  std::vector<Input> gradients;
  for (int i = 0; i < c.op().num_outputs(); ++i) gradients.emplace_back(c.gradient(i));
  const Output axis = c.input(2);
  c.set(0, gradients.size() == 1 ? c.graph().identity(gradients[0], "concat")
                                 : concat(c.graph(), gradients, axis));
}

}  // namespace

const OpImplementation split_op = {"Split", split_shape, split_kernel, split_gradient};
const OpImplementation split_v_op = {"SplitV", split_v_shape, split_v_kernel, split_v_gradient};

}  // namespace icecore::inline v0
