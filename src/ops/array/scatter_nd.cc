// ScatterNd.
#include <icecore/gradient_context.h>

#include <string>
#include <vector>

#include "ops/array/accumulate.h"
#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/elements.h"
#include "ops/array/nd_index.h"

namespace icecore::inline v0 {
namespace {

void scatter_nd_shape(ShapeContext& c) {
  with_rank(c.input(2), 1);
  const Shape out = c.shape_input(2);
  const Shape& indices = with_rank_at_least(c.input(0), 1);
  const Shape& updates = with_rank_at_least(c.input(1), 1);
  c.set_output(0, out);
  if (out.num_elements() == 0 &&
      (indices.num_elements().value_or(0) > 0 || updates.num_elements().value_or(0) > 0)) {
    refuse_shape("Indices and updates specified for empty output shape");
  }
  check_nd_updates(out, indices, updates);
}

Kernel scatter_nd_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& indices = c.input(0);
    const Tensor& updates = c.input(1);
    const Shape& indices_shape = indices.shape();
    const Shape& updates_shape = updates.shape();
    if (indices_shape.rank() == 0) {
      refuse("Indices shape must have rank at least one. Found:" + to_string(indices_shape));
    }
    if (updates_shape.rank() == 0) {
      refuse("Updates shape must have rank at least one. Found:" + to_string(updates_shape));
    }
    if (c.input(2).shape().rank() != 1) refuse("Shape must be a vector");
    const std::vector<std::int64_t> dims = ints_of(c.input(2));
    for (const std::int64_t dim : dims) {
      if (dim < 0) refuse("Dimension " + std::to_string(dim) + " must be >= 0");
    }
    if (dims.size() > static_cast<std::size_t>(kMostDims)) refuse("shape has too many dimensions");
    const Shape shape(dims);
    const int outer = indices_shape.rank() - 1;
    for (int d = 0; d < outer; ++d) {
      if (d >= updates_shape.rank() || indices_shape.dim(d) != updates_shape.dim(d)) {
        refuse("Outer dimensions of indices and update must match. Indices shape: " +
               to_string(indices_shape) + ", updates shape:" + to_string(updates_shape));
      }
    }
    const std::int64_t depth = indices_shape.dim(outer);
    if (updates_shape.rank() - outer != shape.rank() - depth) {
      refuse(
          "Inner dimensions of output shape must match inner dimensions of updates shape. "
          "Output: " +
          to_string(shape) + " updates: " + to_string(updates_shape));
    }
    for (int d = outer; d < updates_shape.rank(); ++d) {
      if (updates_shape.dim(d) != shape.dim(static_cast<int>(depth) + d - outer)) {
        refuse("The inner " + std::to_string(shape.rank() - depth) +
               " dimensions of output.shape=" + to_string(shape) + " must match the inner " +
               std::to_string(updates_shape.rank() - outer) +
               " dimensions of updates.shape=" + to_string(updates_shape));
      }
    }
    Tensor out = c.allocate(updates.dtype(), shape);
    fill_zeros(c.threads(), out);
    const std::int64_t rows = count_elements(indices_shape, 0, outer);
    if (out.num_elements() == 0 && rows > 0 && updates.num_elements() > 0) {
      refuse("Indices and updates specified for empty output shape");
    }
    const std::vector<std::int64_t> places = nd_places(indices, shape, rows, depth, "shape");
    add_rows(updates, out, places, count_elements(shape, static_cast<int>(depth), shape.rank()));
    c.set_output(0, std::move(out));
  });
}

void scatter_nd_gradient(GradientContext& c) {
  c.set(1, add_node(c.graph(), "GatherNd", {Input(c.gradient()), Input(c.input(0))}));
}

}  // namespace

const OpImplementation scatter_nd_op = {"ScatterNd", scatter_nd_shape, scatter_nd_kernel,
                                        scatter_nd_gradient};

}  // namespace icecore::inline v0
