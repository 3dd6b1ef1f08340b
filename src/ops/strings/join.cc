// StringJoin, ReduceJoin.
#include <icecore/error.h>

#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/box_copy.h"
#include "ops/strings/strings_ops.h"

namespace icecore::inline v0 {

void string_join_shape(ShapeContext& c) {
  Shape out = Shape::unknown_rank();
  bool all_scalars = true;
  for (const Shape& input : c.inputs()) {
    const bool scalar = input.has_rank() && input.rank() == 0;
    all_scalars = all_scalars && scalar;
    if (input.has_rank() && !scalar) out = merge_shapes(out, input);
  }
  c.set_output(0, all_scalars ? Shape() : out);
}

Kernel string_join_kernel(const NodeInfo& node) {
  return Kernel([separator = node.string_attr("separator")](KernelContext& c) {
    Shape shape;
    for (int i = 0; i < c.num_inputs(); ++i) {
      const Shape& input = c.input(i).shape();
      if (input.rank() == 0) continue;
      if (shape.rank() == 0) {
        shape = input;
      } else if (input != shape) {
        refuse("Input shapes do not match: " + to_string(shape) + " vs. " + to_string(input));
      }
    }
    Tensor out = c.allocate(DType::kString, shape);
    const std::span<std::string> joined = out.mutable_strings();
    for (std::size_t item = 0; item < joined.size(); ++item) {
      for (int i = 0; i < c.num_inputs(); ++i) {
        if (i > 0) joined[item] += separator;
        const auto strings = c.input(i).strings();
        joined[item] += strings[c.input(i).shape().rank() == 0 ? 0 : item];
      }
    }
    c.set_output(0, std::move(out));
  });
}

void reduce_join_shape(ShapeContext& c) {
  const Shape& input = c.input(0);
  if (c.input(1).has_rank() && c.input(1).rank() > 1) {
    refuse_shape("Shape must be at most rank 1 but is rank " + std::to_string(c.input(1).rank()));
  }
  const bool keep = c.node().bool_attr("keep_dims");
  const auto axes = c.constant_ints(1);
  if (!input.has_rank() || !axes) {
    if (input.has_rank() && keep) c.set_output(0, unknown_dims(input.rank()));
    return;
  }
  std::vector<bool> reduced(static_cast<std::size_t>(input.rank()), false);
  for (const std::int64_t axis : *axes) {
    const int at = while_building([&] {
      return resolve_axis(axis, input.rank(),
                          "Invalid reduction dimension " + std::to_string(axis) +
                              " for input with " + std::to_string(input.rank()) + " dimensions.");
    });
    reduced[static_cast<std::size_t>(at)] = true;
  }
  std::vector<std::int64_t> dims;
  for (int d = 0; d < input.rank(); ++d) {
    if (!reduced[static_cast<std::size_t>(d)])
      dims.push_back(input.dim(d));
    else if (keep)
      dims.push_back(1);
  }
  c.set_output(0, Shape(dims));
}

namespace {

// Where the item-th combination of these dimensions lies, the last of them running fastest.
std::int64_t place_of(std::int64_t item, const std::vector<int>& dims, const Shape& shape,
                      const std::vector<std::int64_t>& strides) {
  std::int64_t place = 0;
  for (std::size_t i = dims.size(); i-- > 0;) {
    const std::int64_t size = shape.dim(dims[i]);
    place += item % size * strides[static_cast<std::size_t>(dims[i])];
    item /= size;
  }
  return place;
}

}  // namespace

Kernel reduce_join_kernel(const NodeInfo& node) {
  return Kernel([keep = node.bool_attr("keep_dims"),
                 separator = node.string_attr("separator")](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Shape& shape = input.shape();
    const int rank = shape.rank();
    const std::vector<std::int64_t> axes = ints_of(c.input(1));
    std::vector<bool> is_reduced(static_cast<std::size_t>(rank), false);
    // In the order given: the first is joined first, so it is the innermost.
    std::vector<int> reduced(axes.size());
    for (std::size_t i = 0; i < axes.size(); ++i) {
      if (axes[i] < -rank || axes[i] >= rank) {
        throw Error(Code::kOutOfRange, "Invalid reduction dimension " + std::to_string(axes[i]) +
                                           " for input with " + std::to_string(rank) +
                                           " dimension(s)");
      }
      const int axis = static_cast<int>(axes[i] < 0 ? axes[i] + rank : axes[i]);
      if (is_reduced[static_cast<std::size_t>(axis)]) {
        refuse("Duplicate reduction dimension " + std::to_string(axes[i]));
      }
      is_reduced[static_cast<std::size_t>(axis)] = true;
      reduced[axes.size() - 1 - i] = axis;
    }
    std::vector<int> kept;
    std::vector<std::int64_t> dims;
    std::int64_t joined = 1;
    for (int d = 0; d < rank; ++d) {
      if (!is_reduced[static_cast<std::size_t>(d)]) {
        kept.push_back(d);
        dims.push_back(shape.dim(d));
      } else {
        joined = multiply_sizes(joined, shape.dim(d));
        if (keep) dims.push_back(1);
      }
    }
    Tensor out = c.allocate(DType::kString, Shape(dims));
    const std::span<std::string> strings = out.mutable_strings();
    const std::vector<std::int64_t> strides = row_major_strides(shape);
    for (std::size_t i = 0; i < strings.size(); ++i) {
      const std::int64_t base = place_of(static_cast<std::int64_t>(i), kept, shape, strides);
      for (std::int64_t j = 0; j < joined; ++j) {
        if (j > 0) strings[i] += separator;
        strings[i] +=
            input.strings()[static_cast<std::size_t>(base + place_of(j, reduced, shape, strides))];
      }
    }
    c.set_output(0, std::move(out));
  });
}

}  // namespace icecore::inline v0
