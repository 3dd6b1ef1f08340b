// Cholesky, MatrixTriangularSolve.
#include <algorithm>
#include <cmath>

#include "ops/array/arguments.h"
#include "ops/linalg/linalg_ops.h"
#include "ops/linalg/matrices.h"

namespace icecore::inline v0 {
namespace {

// Of a matrix of which only the lower triangle is read.
template <typename T>
void decompose(const T* matrix, T* factor, std::int64_t size) {
  std::fill_n(factor, size * size, T(0));
  for (std::int64_t i = 0; i < size; ++i) {
    T* const row = factor + i * size;
    for (std::int64_t j = 0; j <= i; ++j) {
      const T* const other = factor + j * size;
      T sum = matrix[i * size + j];
      for (std::int64_t k = 0; k < j; ++k) sum -= row[k] * conjugate(other[k]);
      if (j < i) {
        row[j] = sum / other[j];
      } else if (std::real(sum) > 0) {
        row[j] = std::sqrt(std::real(sum));
      } else {
        refuse("Cholesky decomposition was not successful. The input might not be valid.");
      }
    }
  }
}

// Solves equations in place; the elements of `matrix` beyond its triangle aren't read.
template <typename T>
void solve(const T* matrix, std::int64_t size, bool lower, bool adjoint, T* sides,
           std::int64_t columns) {
  const auto element = [&](std::int64_t i, std::int64_t k) {
    return adjoint ? conjugate(matrix[k * size + i]) : matrix[i * size + k];
  };
  const bool forward = lower != adjoint;
  for (std::int64_t step = 0; step < size; ++step) {
    const std::int64_t i = forward ? step : size - 1 - step;
    for (std::int64_t k = forward ? 0 : i + 1; k < (forward ? i : size); ++k) {
      subtract_row(sides + i * columns, element(i, k), sides + k * columns, columns);
    }
    for (std::int64_t j = 0; j < columns; ++j) sides[i * columns + j] /= element(i, i);
  }
}

}  // namespace

Kernel cholesky_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Matrices m = square_matrices_of(c, 0);
    Tensor out = c.allocate(input.dtype(), input.shape());
    if (out.num_elements() > 0) {
      visit_numbers(MatrixNumbers(), input.dtype(), [&]<typename T>(std::type_identity<T>) {
        const T* const from = input.values<T>().data();
        T* const to = out.mutable_values<T>().data();
        for_matrices(c, m.count, [&](std::int64_t i) {
          decompose(from + i * m.size(), to + i * m.size(), m.rows);
        });
      });
    }
    c.set_output(0, std::move(out));
  });
}

Kernel matrix_triangular_solve_kernel(const NodeInfo& node) {
  return Kernel(
      [lower = node.bool_attr("lower"), adjoint = node.bool_attr("adjoint")](KernelContext& c) {
        const Matrices sides = right_sides_of(c);
        const std::int64_t size = sides.rows;
        Tensor out = c.allocate(c.input(1).dtype(), c.input(1).shape());
        if (out.num_elements() > 0) {
          visit_numbers(MatrixNumbers(), out.dtype(), [&]<typename T>(std::type_identity<T>) {
            const T* const matrices = c.input(0).values<T>().data();
            const T* const right = c.input(1).values<T>().data();
            T* const to = out.mutable_values<T>().data();
            for_matrices(c, sides.count, [&](std::int64_t i) {
              const T* const matrix = matrices + i * size * size;
              for (std::int64_t k = 0; k < size; ++k) {
                if (!(std::abs(matrix[k * size + k]) > 0))
                  refuse("Input matrix is not invertible.");
              }
              std::copy_n(right + i * sides.size(), sides.size(), to + i * sides.size());
              solve(matrix, size, lower, adjoint, to + i * sides.size(), sides.columns);
            });
          });
        }
        c.set_output(0, std::move(out));
      });
}

}  // namespace icecore::inline v0
