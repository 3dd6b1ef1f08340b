// GatherNd.
#include <icecore/gradient_context.h>

#include <string>
#include <vector>

#include "base/thread_pool.h"
#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/elements.h"
#include "ops/array/nd_index.h"

namespace icecore::inline v0 {
namespace {

void gather_nd_shape(ShapeContext& c) {
  set_gather_nd_shape(c, c.input(0));
}

Kernel gather_nd_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& params = c.input(0);
    const Tensor& indices = c.input(1);
    const Shape& shape = params.shape();
    const Shape& indices_shape = indices.shape();
    if (shape.rank() == 0) refuse("params must be at least a vector");
    if (indices_shape.rank() == 0) refuse("indices must be at least a vector");
    const std::int64_t depth = indices_shape.dim(indices_shape.rank() - 1);
    if (depth > shape.rank()) {
      refuse("index innermost dimension length must be <= params rank; saw: " +
             std::to_string(depth) + " vs. " + std::to_string(shape.rank()));
    }
    const Shape outer = part_of_shape(indices_shape, 0, -1);
    Tensor out = c.allocate(params.dtype(), join_shapes(outer, part_of_shape(shape, depth)));
    const std::int64_t rows = count_elements(outer, 0, outer.rank());
    if (rows > 0 && params.num_elements() == 0) {
      refuse("Requested more than 0 entries, but params is empty.  Params shape: " +
             to_string(shape));
    }
    const std::vector<std::int64_t> places = nd_places(indices, shape, rows, depth, "param shape");
    const std::int64_t inner = count_elements(shape, static_cast<int>(depth), shape.rank());
    if (out.num_elements() > 0) {
      visit_elements(params.dtype(), [&]<typename T>(std::type_identity<T>) {
        const T* const from = elements<T>(params).data();
        T* const to = mutable_elements<T>(out).data();
        c.threads().parallel_for(rows, std::max<std::int64_t>(1, (1 << 15) / inner),
                                 [&](std::int64_t begin, std::int64_t end) {
                                   for (std::int64_t row = begin; row < end; ++row) {
                                     std::copy_n(
                                         from + places[static_cast<std::size_t>(row)] * inner,
                                         inner, to + row * inner);
                                   }
                                 });
      });
    }
    c.set_output(0, std::move(out));
  });
}

void gather_nd_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output indices = c.input(1);
  const Output shape = icecore::shape(graph, c.input(0), indices.dtype());
  const Shape indices_shape = indices.shape();
  if (indices_shape.has_rank() && indices_shape.rank() == 2 && indices_shape.dim(1) == 1) {
    const Output rows = add_node(graph, "Squeeze", {Input(indices)},
                                 {{"squeeze_dims", std::vector<std::int64_t>{-1}}});
    c.set(0, IndexedSlices{c.gradient(), rows, shape});
    return;
  }
  c.set(0, add_node(graph, "ScatterNd", {Input(indices), Input(c.gradient()), Input(shape)}));
}

}  // namespace

const OpImplementation gather_nd_op = {"GatherNd", gather_nd_shape, gather_nd_kernel,
                                       gather_nd_gradient};

}  // namespace icecore::inline v0
