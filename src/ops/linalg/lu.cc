// MatrixInverse, MatrixDeterminant, MatrixSolve: by LU decomposition. Plain loops over rows instead
// of Eigen's decompositions, which take a compiler longer than all other ops of this folder.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/linalg/linalg_ops.h"
#include "ops/linalg/matrices.h"

namespace icecore::inline v0 {
namespace {

// Rows of a square matrix in another order, as the product of a lower triangle, whose diagonal is
// ones, with an upper one.
template <typename T>
class Decomposition {
 public:
  Decomposition(const T* matrix, std::int64_t size, bool adjoint)
      : size_(size), values_(matrix, matrix + size * size), order_(static_cast<std::size_t>(size)) {
    if (adjoint) {
      for (std::int64_t i = 0; i < size; ++i) {
        for (std::int64_t k = 0; k < size; ++k) row(i)[k] = conjugate(matrix[k * size + i]);
      }
    }
    std::iota(order_.begin(), order_.end(), 0);
    for (std::int64_t k = 0; k < size; ++k) eliminate(k);
  }

  T pivot(std::int64_t k) const { return row(k)[k]; }
  bool is_regular() const {
    for (std::int64_t k = 0; k < size_; ++k) {
      if (!(std::abs(pivot(k)) > 0)) return false;
    }
    return true;
  }
  // Whether the order is an odd permutation.
  bool is_odd() const { return odd_; }
  // Which row of the matrix, or of right sides, comes i-th.
  std::int64_t row_at(std::int64_t i) const { return order_[static_cast<std::size_t>(i)]; }

  // From right sides in that order to solutions.
  void solve(T* sides, std::int64_t columns) const {
    for (std::int64_t i = 0; i < size_; ++i) {
      for (std::int64_t k = 0; k < i; ++k) {
        subtract_row(sides + i * columns, row(i)[k], sides + k * columns, columns);
      }
    }
    for (std::int64_t i = size_; i-- > 0;) {
      for (std::int64_t k = i + 1; k < size_; ++k) {
        subtract_row(sides + i * columns, row(i)[k], sides + k * columns, columns);
      }
      for (std::int64_t j = 0; j < columns; ++j) sides[i * columns + j] /= pivot(i);
    }
  }

 private:
  T* row(std::int64_t i) { return values_.data() + i * size_; }
  const T* row(std::int64_t i) const { return values_.data() + i * size_; }

  void eliminate(std::int64_t k) {
    std::int64_t best = k;
    for (std::int64_t i = k + 1; i < size_; ++i) {
      if (std::abs(row(i)[k]) > std::abs(row(best)[k])) best = i;
    }
    if (best != k) {
      std::swap_ranges(row(k), row(k) + size_, row(best));
      std::swap(order_[static_cast<std::size_t>(k)], order_[static_cast<std::size_t>(best)]);
      odd_ = !odd_;
    }
    if (pivot(k) == T(0)) return;
    for (std::int64_t i = k + 1; i < size_; ++i) {
      T& factor = row(i)[k];
      factor /= pivot(k);
      subtract_row(row(i) + k + 1, factor, row(k) + k + 1, size_ - k - 1);
    }
  }

  std::int64_t size_;
  std::vector<T> values_;
  std::vector<std::int64_t> order_;
  bool odd_ = false;
};

// By the logarithm of its size, as TensorFlow: what is too large or small for it isn't for that.
template <typename T>
T determinant(const T* matrix, std::int64_t size) {
  const Decomposition<T> lu(matrix, size, false);
  T sign(lu.is_odd() ? -1 : 1);
  decltype(std::abs(sign)) logarithm = 0;
  for (std::int64_t k = 0; k < size; ++k) {
    const auto length = std::abs(lu.pivot(k));
    logarithm += std::log(length);
    sign *= lu.pivot(k) / length;
  }
  if (!std::isfinite(logarithm)) {
    sign = T(0);
    logarithm = logarithm > 0 ? INFINITY : -INFINITY;
  }
  return sign * std::exp(logarithm);
}

// Output 0, of the shape `shape`, from matrix i of input 0: what stands in it is the right sides.
void solve_all(KernelContext& c, const Shape& shape, const Matrices& sides, bool adjoint,
               const char* message) {
  const bool inverts = c.num_inputs() == 1;
  Tensor out = c.allocate(c.input(0).dtype(), shape);
  if (out.num_elements() > 0) {
    visit_numbers(MatrixNumbers(), out.dtype(), [&]<typename T>(std::type_identity<T>) {
      T* const to = out.mutable_values<T>().data();
      const T* const matrices = c.input(0).values<T>().data();
      const T* const right = inverts ? nullptr : c.input(1).values<T>().data();
      const std::int64_t size = sides.rows, columns = sides.columns;
      for_matrices(c, sides.count, [&](std::int64_t i) {
        const Decomposition<T> lu(matrices + i * size * size, size, adjoint);
        if (!lu.is_regular()) refuse(message);
        T* const result = to + i * sides.size();
        for (std::int64_t k = 0; k < size; ++k) {
          if (inverts) {
            std::fill_n(result + k * columns, columns, T(0));
            result[k * columns + lu.row_at(k)] = T(1);
          } else {
            std::copy_n(right + i * sides.size() + lu.row_at(k) * columns, columns,
                        result + k * columns);
          }
        }
        lu.solve(result, columns);
      });
    });
  }
  c.set_output(0, std::move(out));
}

}  // namespace

Kernel matrix_inverse_kernel(const NodeInfo& node) {
  return Kernel([adjoint = node.bool_attr("adjoint")](KernelContext& c) {
    const Matrices m = square_matrices_of(c, 0);
    solve_all(c, c.input(0).shape(), m, adjoint, "Input is not invertible.");
  });
}

Kernel matrix_solve_kernel(const NodeInfo& node) {
  return Kernel([adjoint = node.bool_attr("adjoint")](KernelContext& c) {
    const Matrices sides = right_sides_of(c);
    solve_all(c, c.input(1).shape(), sides, adjoint, "Input matrix is not invertible.");
  });
}

Kernel matrix_determinant_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Matrices m = square_matrices_of(c, 0);
    Tensor out = c.allocate(input.dtype(), part_of_shape(input.shape(), 0, -2));
    visit_numbers(MatrixNumbers(), input.dtype(), [&]<typename T>(std::type_identity<T>) {
      T* const to = out.mutable_values<T>().data();
      const T* const matrices = input.values<T>().data();
      for_matrices(c, m.count,
                   [&](std::int64_t i) { to[i] = determinant(matrices + i * m.size(), m.rows); });
    });
    c.set_output(0, std::move(out));
  });
}

}  // namespace icecore::inline v0
