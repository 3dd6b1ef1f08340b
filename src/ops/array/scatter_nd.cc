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
    if (c.input(2).shape().rank() != 1) refuse("Shape must be a vector");
    const std::vector<std::int64_t> dims = ints_of(c.input(2));
    for (const std::int64_t dim : dims) {
      if (dim < 0) refuse("Dimension " + std::to_string(dim) + " must be >= 0");
    }
    if (dims.size() > static_cast<std::size_t>(kMostDims)) refuse("shape has too many dimensions");
    const Shape shape(dims);
    const NdSlices slices = check_nd_run(shape, indices.shape(), updates.shape());
    Tensor out = c.allocate(updates.dtype(), shape);
    fill_zeros(c.threads(), out);
    if (out.num_elements() == 0 && slices.count > 0 && updates.num_elements() > 0) {
      refuse("Indices and updates specified for empty output shape");
    }
    const std::vector<std::int64_t> places =
        nd_places(indices, shape, slices.count, slices.depth, "shape");
    add_rows(updates, out, places, slices.width);
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
