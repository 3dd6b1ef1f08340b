// SparseToDense.
#include <icecore/gradient_context.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/elements.h"
#include "ops/math/math_functions.h"

namespace icecore::inline v0 {
namespace {

void sparse_to_dense_shape(ShapeContext& c) {
  with_rank(c.input(1), 1);
  c.set_output(0, c.shape_input(1));
}

// Rows of indices into a tensor of some shape.
struct Rows {
  std::vector<std::int64_t> indices;
  std::int64_t count, depth;

  std::int64_t at(std::int64_t row, std::int64_t d) const {
    return indices[static_cast<std::size_t>(row * depth + d)];
  }
};

[[noreturn]] void refuse_row(const Rows& rows, std::int64_t row, const std::string& why) {
  const auto begin = rows.indices.begin() + row * rows.depth;
  refuse("indices[" + std::to_string(row) +
         "] = " + join_ints(std::vector<std::int64_t>(begin, begin + rows.depth)) + " " + why);
}

bool is_inside(const Rows& rows, const Shape& shape, std::int64_t row) {
  for (std::int64_t d = 0; d < rows.depth; ++d) {
    const std::int64_t index = rows.at(row, d);
    if (index < 0 || index >= shape.dim(static_cast<int>(d))) return false;
  }
  return true;
}

// Rows must rise.
void check_rows(const Rows& rows, const Shape& shape) {
  for (std::int64_t row = 0; row < rows.count; ++row) {
    if (!is_inside(rows, shape, row)) {
      refuse_row(rows, row, "is out of bounds: need 0 <= index < " + join_ints(dims_of(shape)));
    }
    if (row == 0) continue;
    std::int64_t d = 0;
    while (d < rows.depth && rows.at(row, d) == rows.at(row - 1, d)) ++d;
    if (d == rows.depth) refuse_row(rows, row, "is repeated");
    if (rows.at(row, d) < rows.at(row - 1, d)) {
      refuse_row(rows, row,
                 "is out of order. Many sparse ops require sorted indices.\n"
                 "    Use `tf.sparse.reorder` to create a correctly ordered copy.\n\n");
    }
  }
}

Rows rows_of(const Tensor& indices) {
  const Shape& shape = indices.shape();
  if (shape.rank() > 2) {
    refuse("sparse_indices should be a scalar, vector, or matrix, got shape " + to_string(shape));
  }
  return {ints_of(indices), shape.rank() > 0 ? shape.dim(0) : 1,
          shape.rank() > 1 ? shape.dim(1) : 1};
}

Shape shape_of(const Tensor& sizes, std::int64_t depth) {
  if (sizes.shape().rank() > 1) {
    refuse("output_shape should be a vector, got shape " + to_string(sizes.shape()));
  }
  if (sizes.num_elements() != depth) {
    refuse("output_shape has incorrect number of elements: " +
           std::to_string(sizes.num_elements()) + " should be: " + std::to_string(depth));
  }
  unknown_dims(depth);
  std::vector<std::int64_t> dims = ints_of(sizes);
  for (const std::int64_t dim : dims) {
    if (dim < 0) refuse("Dimension " + std::to_string(dim) + " must be >= 0");
  }
  return Shape(dims);
}

void sparse_to_dense(KernelContext& c, bool validates) {
  const Tensor& values = c.input(2);
  const Rows rows = rows_of(c.input(0));
  const Shape shape = shape_of(c.input(1), rows.depth);
  const bool one = values.shape().rank() == 0;
  if (!one && (values.shape().rank() != 1 || values.num_elements() != rows.count)) {
    refuse("sparse_values has incorrect shape " + to_string(values.shape()) +
           ", should be [] or [" + std::to_string(rows.count) + "]");
  }
  if (c.input(3).shape().rank() != 0) refuse("default_value should be a scalar.");
  Tensor out = c.allocate(values.dtype(), shape);
  if (validates) check_rows(rows, shape);
  fill(c.threads(), out, c.input(3));
  visit_elements(out.dtype(), [&]<typename T>(std::type_identity<T>) {
    const std::span<const T> from = elements<T>(values);
    const std::span<T> to = mutable_elements<T>(out);
    // Indices of no dimension may be countless, and all mean one place.
    const std::int64_t count =
        one && rows.depth == 0 ? std::min<std::int64_t>(rows.count, 1) : rows.count;
    for (std::int64_t row = 0; row < count; ++row) {
      if (!is_inside(rows, shape, row)) {
        refuse("Indices are not valid (out of bounds).  Shape: " + to_string(shape));
      }
      std::int64_t place = 0;
      for (std::int64_t d = 0; d < rows.depth; ++d) {
        place = place * shape.dim(static_cast<int>(d)) + rows.at(row, d);
      }
      to[static_cast<std::size_t>(place)] = from[one ? 0 : static_cast<std::size_t>(row)];
    }
  });
  c.set_output(0, std::move(out));
}

Kernel sparse_to_dense_kernel(const NodeInfo& node) {
  return Kernel([validates = node.bool_attr("validate_indices")](KernelContext& c) {
    sparse_to_dense(c, validates);
  });
}

void sparse_to_dense_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output gradient = c.gradient();
  const Output values = add_node(graph, "GatherNd", {Input(gradient), Input(c.input(0))});
  const Output rest = MathNodes(graph).sub(reduce_sum(graph, gradient), reduce_sum(graph, values));
  c.set(0, zeros_like(graph, c.input(0)));
  c.set(1, zeros_like(graph, c.input(1)));
  c.set(2, values);
  c.set(3, rest);
}

}  // namespace

const OpImplementation sparse_to_dense_op = {"SparseToDense", sparse_to_dense_shape,
                                             sparse_to_dense_kernel, sparse_to_dense_gradient};

}  // namespace icecore::inline v0
