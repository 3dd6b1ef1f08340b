// Qr: by Householder's reflections, with the signs of Eigen's, which are TensorFlow's.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "ops/linalg/linalg_ops.h"
#include "ops/linalg/matrices.h"

namespace icecore::inline v0 {
namespace {

// I - tau v v*, where v is 1 followed by `tail`.
template <typename T>
struct Reflection {
  T tau = T(0);
  std::vector<T> tail;

  // On the left of columns of a row-major matrix; `rows` points at the row of v's 1.
  void apply(const T& factor, T* rows, std::int64_t stride, std::int64_t columns) const {
    if (factor == T(0)) return;
    std::vector<T> sums(rows, rows + columns);
    for (std::size_t i = 0; i < tail.size(); ++i) {
      const T* const row = rows + (static_cast<std::int64_t>(i) + 1) * stride;
      subtract_row(sums.data(), -conjugate(tail[i]), row, columns);
    }
    subtract_row(rows, factor, sums.data(), columns);
    for (std::size_t i = 0; i < tail.size(); ++i) {
      T* const row = rows + (static_cast<std::int64_t>(i) + 1) * stride;
      subtract_row(row, T(factor * tail[i]), sums.data(), columns);
    }
  }
};

// The reflection that turns a column into its first element, of which it makes `first`.
template <typename T>
Reflection<T> reflection_of(T& first, std::vector<T> tail) {
  using Real = decltype(std::abs(first));
  Real rest = 0;
  for (const T& x : tail) rest += std::norm(x);
  const Real tiny = std::numeric_limits<Real>::min();
  Reflection<T> result{T(0), std::move(tail)};
  if (rest <= tiny && std::imag(first) * std::imag(first) <= tiny) {
    first = std::real(first);
    std::ranges::fill(result.tail, T(0));
    return result;
  }
  Real beta = std::sqrt(std::norm(first) + rest);
  if (std::real(first) >= 0) beta = -beta;
  for (T& x : result.tail) x /= first - beta;
  result.tau = conjugate(T((beta - first) / beta));
  first = beta;
  return result;
}

// Makes R of a matrix in place; Q is the product of the reflections' adjoints.
template <typename T>
std::vector<Reflection<T>> reduce(std::vector<T>& matrix, std::int64_t rows, std::int64_t columns) {
  std::vector<Reflection<T>> reflections;
  for (std::int64_t k = 0; k < std::min(rows, columns); ++k) {
    T* const corner = matrix.data() + k * columns + k;
    std::vector<T> tail;
    for (std::int64_t i = k + 1; i < rows; ++i) {
      tail.push_back(matrix[static_cast<std::size_t>(i * columns + k)]);
      matrix[static_cast<std::size_t>(i * columns + k)] = T(0);
    }
    reflections.push_back(reflection_of(*corner, std::move(tail)));
    reflections.back().apply(reflections.back().tau, corner + 1, columns, columns - k - 1);
  }
  return reflections;
}

}  // namespace

Kernel qr_kernel(const NodeInfo& node) {
  return Kernel([full = node.bool_attr("full_matrices")](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Matrices m = matrices_of(c, 0);
    const std::int64_t inner = full ? m.rows : std::min(m.rows, m.columns);
    Tensor q = c.allocate(input.dtype(), with_matrix(input.shape(), m.rows, inner));
    Tensor r = c.allocate(input.dtype(), with_matrix(input.shape(), inner, m.columns));
    const bool empty = q.num_elements() + r.num_elements() == 0;
    visit_numbers(MatrixNumbers(), input.dtype(), [&]<typename T>(std::type_identity<T>) {
      const T* const from = input.values<T>().data();
      T* const to_q = q.mutable_values<T>().data();
      T* const to_r = r.mutable_values<T>().data();
      for_matrices(c, empty ? 0 : m.count, [&](std::int64_t i) {
        std::vector<T> matrix(from + i * m.size(), from + (i + 1) * m.size());
        const std::vector<Reflection<T>> reflections = reduce(matrix, m.rows, m.columns);
        std::copy_n(matrix.data(), inner * m.columns, to_r + i * inner * m.columns);
        T* const identity = to_q + i * m.rows * inner;
        std::fill_n(identity, m.rows * inner, T(0));
        for (std::int64_t k = 0; k < inner; ++k) identity[k * inner + k] = T(1);
        for (std::size_t k = reflections.size(); k-- > 0;) {
          const auto row = static_cast<std::int64_t>(k);
          reflections[k].apply(conjugate(reflections[k].tau), identity + row * inner, inner, inner);
        }
      });
    });
    c.set_output(0, std::move(q));
    c.set_output(1, std::move(r));
  });
}

}  // namespace icecore::inline v0
