#include "ops/linalg/matrices.h"

#include <algorithm>
#include <string>

#include "base/thread_pool.h"
#include "ops/array/arguments.h"

namespace icecore::inline v0 {

Matrices matrices_of(const KernelContext& c, int i) {
  const Shape& shape = c.input(i).shape();
  const int rank = shape.rank();
  if (rank < 2) {
    refuse("Input tensor " + std::to_string(i) + " must have rank >= 2, got " +
           std::to_string(rank));
  }
  Matrices m{1, shape.dim(rank - 2), shape.dim(rank - 1)};
  for (int d = 0; d < rank - 2; ++d) m.count = multiply_sizes(m.count, shape.dim(d));
  return m;
}

Matrices square_matrices_of(const KernelContext& c, int i) {
  const Matrices m = matrices_of(c, i);
  if (m.rows != m.columns) refuse("Input matrix must be square.");
  return m;
}

Matrices right_sides_of(const KernelContext& c) {
  const Matrices a = matrices_of(c, 0);
  const Shape& left = c.input(0).shape();
  const Shape& right = c.input(1).shape();
  if (left.rank() != right.rank()) refuse("All input tensors must have the same rank.");
  for (int d = 0; d < left.rank() - 2; ++d) {
    if (left.dim(d) != right.dim(d)) {
      refuse("All input tensors must have the same outer dimensions.");
    }
  }
  if (a.rows != a.columns) refuse("First input (lhs) must be a square matrix.");
  const Matrices b = matrices_of(c, 1);
  if (a.rows != b.rows) refuse("Input matrix and rhs are incompatible.");
  return b;
}

Shape with_matrix(const Shape& shape, std::int64_t rows, std::int64_t columns) {
  return join_shapes(part_of_shape(shape, 0, -2), Shape{rows, columns});
}

void for_matrices(const KernelContext& c, std::int64_t count,
                  const std::function<void(std::int64_t)>& each) {
  c.threads().parallel_for(count, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) each(i);
  });
}

namespace {

// The dimension that stands so far from the end.
std::int64_t dim_from_end(const Shape& shape, int i) {
  return shape.has_rank() ? shape.dim(shape.rank() - i) : -1;
}

// Of square matrices.
Shape square_shape(const Shape& input) {
  const Shape shape = with_rank_at_least(input, 2);
  const std::int64_t size = merge_dims(dim_from_end(shape, 2), dim_from_end(shape, 1));
  return shape.has_rank() ? with_matrix(shape, size, size) : shape;
}

}  // namespace

void square_matrices_shape(ShapeContext& c) {
  c.set_output(0, square_shape(c.input(0)));
}

void matrix_determinant_shape(ShapeContext& c) {
  const Shape shape = square_shape(c.input(0));
  if (shape.has_rank()) c.set_output(0, part_of_shape(shape, 0, -2));
}

void matrix_solve_shape(ShapeContext& c) {
  const Shape left = square_shape(c.input(0));
  const Shape right = with_rank_at_least(c.input(1), 2);
  const auto outer = [](const Shape& shape) {
    return shape.has_rank() ? part_of_shape(shape, 0, -2) : shape;
  };
  const Shape batch = merge_shapes(outer(left), outer(right));
  const std::int64_t rows = merge_dims(dim_from_end(left, 2), dim_from_end(right, 2));
  if (batch.has_rank()) {
    c.set_output(0, join_shapes(batch, Shape{rows, dim_from_end(right, 1)}));
  }
}

void qr_shape(ShapeContext& c) {
  const Shape input = with_rank_at_least(c.input(0), 2);
  if (!input.has_rank()) return;
  const std::int64_t rows = dim_from_end(input, 2), columns = dim_from_end(input, 1);
  if (c.node().bool_attr("full_matrices")) {
    c.set_output(0, with_matrix(input, rows, rows));
    c.set_output(1, input);
    return;
  }
  // Nothing is less than a dimension of 0.
  const bool known = (rows >= 0 && columns >= 0) || rows == 0 || columns == 0;
  const std::int64_t least = known ? std::min(rows < 0 ? 0 : rows, columns < 0 ? 0 : columns) : -1;
  c.set_output(0, with_matrix(input, rows, least));
  c.set_output(1, with_matrix(input, least, columns));
}

}  // namespace icecore::inline v0
