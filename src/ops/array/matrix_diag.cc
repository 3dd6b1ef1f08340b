// MatrixDiag, MatrixDiagPart, MatrixSetDiag, MatrixBandPart: of the last two dimensions.
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

// The last two dimensions, and how many matrices there are.
struct Matrices {
  std::int64_t count, rows, columns;
  std::int64_t diagonal() const { return std::min(rows, columns); }
};

Matrices matrices_of(const Shape& shape) {
  const int rank = shape.rank();
  if (rank < 2) {
    refuse("input must be at least 2-dim, received shape: " + to_string(shape));
  }
  return {count_elements(shape, 0, rank - 2), shape.dim(rank - 2), shape.dim(rank - 1)};
}

// The diagonals ("from", one after the other) in their matrices ("to").
Box diagonals(const Matrices& matrices) {
  const std::int64_t length = matrices.diagonal();
  // Where there is nothing to copy, the matrices' sizes may be too large to count.
  if (length == 0 || matrices.count == 0) return {0, 0, {{0, 1, 1}}};
  return {0,
          0,
          {{matrices.count, length, matrices.rows * matrices.columns},
           {length, 1, matrices.columns + 1}}};
}

void matrix_diag_shape(ShapeContext& c) {
  const Shape& diagonal = with_rank_at_least(c.input(0), 1);
  if (!diagonal.has_rank()) return;
  c.set_output(0, join_shapes(diagonal, Shape{diagonal.dim(diagonal.rank() - 1)}));
}

Kernel matrix_diag_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& diagonal = c.input(0);
    const Shape& shape = diagonal.shape();
    if (shape.rank() == 0) {
      refuse("diagonal must be at least 1-dim, received shape: " + to_string(shape));
    }
    Tensor out =
        c.allocate(diagonal.dtype(), join_shapes(shape, Shape{shape.dim(shape.rank() - 1)}));
    fill_zeros(c.threads(), out);
    copy_box(c.threads(), diagonal, out, diagonals(matrices_of(out.shape())));
    c.set_output(0, std::move(out));
  });
}

void matrix_diag_gradient(GradientContext& c) {
  c.set(0, add_node(c.graph(), "MatrixDiagPart", {Input(c.gradient())}, {}, "diag_part"));
}

void matrix_diag_part_shape(ShapeContext& c) {
  const Shape& input = with_rank_at_least(c.input(0), 2);
  if (!input.has_rank()) return;
  std::vector<std::int64_t> dims = dims_of(input);
  const std::int64_t columns = dims.back();
  dims.pop_back();
  const std::int64_t rows = dims.back();
  dims.back() = rows == 0 || columns == 0 ? 0
                : rows < 0 || columns < 0 ? -1
                                          : std::min(rows, columns);
  c.set_output(0, Shape(dims));
}

Kernel matrix_diag_part_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Matrices matrices = matrices_of(input.shape());
    Tensor out = c.allocate(input.dtype(), join_shapes(part_of_shape(input.shape(), 0, -2),
                                                       Shape{matrices.diagonal()}));
    Box box = diagonals(matrices);
    for (BoxDim& dim : box.dims) std::swap(dim.from_stride, dim.to_stride);
    copy_box(c.threads(), input, out, std::move(box));
    c.set_output(0, std::move(out));
  });
}

void matrix_diag_part_gradient(GradientContext& c) {
  const Shape shape = c.input(0).shape();
  const int rank = shape.rank();
  if (shape.has_rank() && shape.dim(rank - 2) >= 0 && shape.dim(rank - 2) == shape.dim(rank - 1)) {
    c.set(0, add_node(c.graph(), "MatrixDiag", {Input(c.gradient())}, {}, "diag"));
    return;
  }
  const Output zero = zeros_like(c.graph(), c.input(0));
  c.set(0,
        add_node(c.graph(), "MatrixSetDiag", {Input(zero), Input(c.gradient())}, {}, "set_diag"));
}

void matrix_set_diag_shape(ShapeContext& c) {
  const Shape& input = with_rank_at_least(c.input(0), 2);
  Shape diagonal = with_rank_at_least(c.input(1), 1);
  if (input.has_rank()) {
    const int rank = input.rank();
    diagonal = with_rank(diagonal, rank - 1);
    const std::int64_t rows = input.dim(rank - 2), columns = input.dim(rank - 1);
    if (rows >= 0 && columns >= 0) {
      merge_dims(std::min(rows, columns), diagonal.dim(diagonal.rank() - 1));
    }
  }
  Shape out = input;
  if (diagonal.has_rank() && !input.is_fully_defined()) {
    out = merge_shapes(input, join_shapes(part_of_shape(diagonal, 0, -1), Shape{-1, -1}));
  }
  c.set_output(0, out);
}

Kernel matrix_set_diag_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Tensor& diagonal = c.input(1);
    const Matrices matrices = matrices_of(input.shape());
    const Shape wanted =
        join_shapes(part_of_shape(input.shape(), 0, -2), Shape{matrices.diagonal()});
    if (diagonal.shape() != wanted) {
      refuse(
          "must have diagonal.shape == input.shape[:-2] + min(input.shape[-2:]), but received "
          "input shape: " +
          to_string(input.shape()) + " and diagonal shape: " + to_string(diagonal.shape()));
    }
    Tensor out = c.allocate(input.dtype(), input.shape());
    copy_box(c.threads(), input, out, {0, 0, {{input.num_elements(), 1, 1}}});
    copy_box(c.threads(), diagonal, out, diagonals(matrices));
    c.set_output(0, std::move(out));
  });
}

// Of a shape that is known, the diagonal's; else it is computed beside the gradient.
void matrix_set_diag_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output gradient = c.gradient();
  const Shape shape = merge_shapes(c.input(0).shape(), gradient.shape());
  const Shape diagonal = c.input(1).shape();
  Shape batch = Shape::unknown_rank(), matrix = Shape{-1, -1};
  if (shape.has_rank()) {
    batch = part_of_shape(shape, 0, -2);
    matrix = part_of_shape(shape, -2);
  }
  if (diagonal.has_rank()) batch = merge_shapes(batch, part_of_shape(diagonal, 0, -1));
  Output zero;
  if (batch.is_fully_defined() && matrix.is_fully_defined()) {
    zero = zeros(graph, join_shapes(batch, Shape{std::min(matrix.dim(0), matrix.dim(1))}),
                 gradient.dtype());
  } else {
    Output zeros_shape;
    {
      const ScopeGuard colocate = graph.colocate_with(gradient.op());
      const Output gradient_shape = icecore::shape(graph, gradient);
      const Output rank = icecore::rank(graph, gradient);
      const auto before_last_two = [&] {
        return add_node(graph, "Sub", {Input(rank), Input(2)}, {}, "sub");
      };
      const auto slice = [&](const Input& size_of_slice, const std::optional<Output>& begin) {
        const ScopeGuard scope = graph.name_scope("Slice");
        if (begin) {
          const Output at = stack(graph, {Input(*begin)}, 0, "begin");
          return add_node(graph, "Slice", {Input(gradient_shape), Input(at), size_of_slice}, {},
                          scope.name());
        }
        const Output from = graph.constant(Tensor::of<std::int32_t>(Shape{1}, {0}), "begin");
        const Output size = stack(graph, {size_of_slice}, 0, "size");
        return add_node(graph, "Slice", {Input(gradient_shape), Input(from), Input(size)}, {},
                        scope.name());
      };
      const Output batch_shape = slice(before_last_two(), std::nullopt);
      const Output matrix_shape = slice(std::vector<int>{2}, before_last_two());
      const Output axes = graph.constant(Tensor::of<std::int32_t>(Shape{1}, {0}));
      const Output least = add_node(graph, "Min", {Input(matrix_shape), Input(axes)});
      const ScopeGuard scope = graph.name_scope("concat");
      const Output last = stack(graph, {Input(least)}, 0, "values_1");
      zeros_shape = add_node(graph, "ConcatV2",
                             {std::vector<Input>{Input(batch_shape), Input(last)}, Input(0)}, {},
                             scope.name());
    }
    zero = zeros(graph, zeros_shape, gradient.dtype());
  }
  c.set(0, add_node(graph, "MatrixSetDiag", {Input(gradient), Input(zero)}, {}, "set_diag"));
  c.set(1, add_node(graph, "MatrixDiagPart", {Input(gradient)}, {}, "diag_part"));
}

Kernel matrix_band_part_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Matrices matrices = matrices_of(input.shape());
    const std::int64_t lower = int_of(c.input(1), "num_lower");
    const std::int64_t upper = int_of(c.input(2), "num_upper");
    if (lower > matrices.rows) {
      refuse("num_lower must be negative or less or equal to number of rows (" +
             std::to_string(matrices.rows) + ") got: " + std::to_string(lower));
    }
    if (upper > matrices.columns) {
      refuse("num_upper must be negative or less or equal to number of columns (" +
             std::to_string(matrices.columns) + ") got: " + std::to_string(upper));
    }
    Tensor out = c.allocate(input.dtype(), input.shape());
    fill_zeros(c.threads(), out);
    visit_elements(input.dtype(), [&]<typename T>(std::type_identity<T>) {
      const std::span<const T> from = elements<T>(input);
      const std::span<T> to = mutable_elements<T>(out);
      const std::int64_t rows = input.num_elements() == 0 ? 0 : matrices.count * matrices.rows;
      for (std::int64_t i = 0; i < rows; ++i) {
        const std::int64_t row = i % matrices.rows;
        const std::int64_t begin = lower < 0 ? 0 : std::max<std::int64_t>(0, row - lower);
        const std::int64_t end =
            upper < 0 ? matrices.columns : std::min(matrices.columns, row + upper + 1);
        for (std::int64_t column = begin; column < end; ++column) {
          const auto at = static_cast<std::size_t>(i * matrices.columns + column);
          to[at] = from[at];
        }
      }
    });
    c.set_output(0, std::move(out));
  });
}

void matrix_band_part_gradient(GradientContext& c) {
  c.set(0, add_node(c.graph(), "MatrixBandPart",
                    {Input(c.gradient()), Input(c.input(1)), Input(c.input(2))}));
}

}  // namespace

const OpImplementation matrix_diag_op = {"MatrixDiag", matrix_diag_shape, matrix_diag_kernel,
                                         matrix_diag_gradient};
const OpImplementation matrix_diag_part_op = {"MatrixDiagPart", matrix_diag_part_shape,
                                              matrix_diag_part_kernel, matrix_diag_part_gradient};
const OpImplementation matrix_set_diag_op = {"MatrixSetDiag", matrix_set_diag_shape,
                                             matrix_set_diag_kernel, matrix_set_diag_gradient};
const OpImplementation matrix_band_part_op = {"MatrixBandPart", unchanged_shape,
                                              matrix_band_part_kernel, matrix_band_part_gradient};

}  // namespace icecore::inline v0
