// DynamicStitch, ParallelDynamicStitch: rows put where indices say.
#include <icecore/gradient_context.h>

#include <algorithm>
#include <string>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"
#include "ops/array/elements.h"

namespace icecore::inline v0 {
namespace {

// What is left of `shape` behind `prefix`, which must be how it begins.
Shape behind_prefix(const Shape& shape, const Shape& prefix) {
  if (!shape.has_rank()) return shape;
  with_rank_at_least(shape, prefix.rank());
  merge_shapes(part_of_shape(shape, 0, prefix.rank()), prefix);
  return part_of_shape(shape, prefix.rank());
}

void dynamic_stitch_shape(ShapeContext& c) {
  const int count = c.num_inputs() / 2;
  bool known = true;
  // No index at all: TensorFlow says one row where its kernel gives none. The gradient of a
  // scalar's Prod reshapes by such rows, so that only their count being open agrees with both.
  std::int64_t most = -1;
  Shape rest = Shape::unknown_rank();
  for (int i = 0; i < count; ++i) {
    const auto indices = c.constant_ints(i);
    known = known && indices.has_value();
    if (!c.input(i).has_rank()) continue;
    rest = merge_shapes(rest, behind_prefix(c.input(i + count), c.input(i)));
    if (indices) {
      for (const std::int64_t index : *indices) most = std::max(most, index);
    }
  }
  c.set_output(0, join_shapes(Shape{known && most >= 0 ? most + 1 : -1}, rest));
}

// Whether `shape` begins with `prefix`.
bool begins_with(const Shape& shape, const Shape& prefix) {
  return shape.rank() >= prefix.rank() &&
         std::ranges::equal(shape.dims().first(static_cast<std::size_t>(prefix.rank())),
                            prefix.dims());
}

void dynamic_stitch(KernelContext& c) {
  const int count = c.num_inputs() / 2;
  std::int64_t rows = 0;
  Shape rest;
  for (int i = 0; i < count; ++i) {
    const Shape& indices = c.input(i).shape();
    const Shape& data = c.input(i + count).shape();
    const std::string at = "[" + std::to_string(i) + "]";
    if (!begins_with(data, indices)) {
      refuse("data" + at + ".shape = " + to_string(data) + " does not start with indices" + at +
             ".shape = " + to_string(indices));
    }
    const Shape extra = part_of_shape(data, indices.rank());
    if (i == 0) {
      rest = extra;
    } else if (extra != rest) {
      refuse("Need data[0].shape[" + std::to_string(c.input(0).shape().rank()) + ":] = data" + at +
             ".shape[" + std::to_string(indices.rank()) + ":], got data[0].shape = " +
             to_string(c.input(count).shape()) + ", data" + at + ".shape = " + to_string(data) +
             ", indices[0].shape = " + to_string(c.input(0).shape()) + ", indices" + at +
             ".shape = " + to_string(indices));
    }
    for (const std::int64_t index : c.input(i).values<std::int32_t>()) {
      rows = std::max(rows, index + 1);
    }
  }
  Tensor out = c.allocate(c.input(count).dtype(), join_shapes(Shape{rows}, rest));
  // Rows that nobody names are zeros, where TensorFlow leaves whatever memory held.
  fill_zeros(c.threads(), out);
  const std::int64_t inner = count_elements(rest, 0, rest.rank());
  visit_elements(out.dtype(), [&]<typename T>(std::type_identity<T>) {
    T* const to = mutable_elements<T>(out).data();
    for (int i = 0; i < count; ++i) {
      const std::span<const std::int32_t> indices = c.input(i).values<std::int32_t>();
      const T* from = elements<T>(c.input(i + count)).data();
      for (std::size_t row = 0; row < indices.size(); ++row, from += inner) {
        if (indices[row] < 0) refuse("indices[" + std::to_string(row) + "] is out of range");
        std::copy_n(from, inner, to + indices[row] * inner);
      }
    }
  });
  c.set_output(0, std::move(out));
}

Kernel dynamic_stitch_kernel(const NodeInfo&) {
  return Kernel(dynamic_stitch);
}

void dynamic_stitch_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const int count = c.op().num_inputs() / 2;
  Output gradient;
  if (const auto* slices = std::get_if<IndexedSlices>(&c.output_gradient())) {
    const Output rows = subscript(graph, icecore::shape(graph, c.output(0)), 0);
    gradient = add_node(graph, "UnsortedSegmentSum",
                        {Input(slices->values), Input(slices->indices), Input(rows)});
  } else {
    gradient = c.gradient();
  }
  for (int i = 0; i < count; ++i) {
    c.set(i + count, gather(graph, gradient, c.input(i)));
  }
}

}  // namespace

const OpImplementation dynamic_stitch_op = {"DynamicStitch", dynamic_stitch_shape,
                                            dynamic_stitch_kernel, dynamic_stitch_gradient};
const OpImplementation parallel_dynamic_stitch_op = {
    "ParallelDynamicStitch", dynamic_stitch_shape, dynamic_stitch_kernel, dynamic_stitch_gradient};

}  // namespace icecore::inline v0
