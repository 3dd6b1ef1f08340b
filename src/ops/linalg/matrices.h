// Ops on batches of matrices: the last two dimensions are a matrix's, those before count matrices.
#pragma once

#include <icecore/dtype.h>
#include <icecore/kernel.h>
#include <icecore/op_set.h>
#include <icecore/shape_context.h>
#include <icecore/tensor.h>

#include <complex>
#include <cstdint>
#include <functional>

#include "ops/number_types.h"

namespace icecore::inline v0 {

// The dtypes that TensorFlow has kernels for.
using MatrixNumbers = decltype(NumberTypes<float, double>() + ComplexTypes());
constexpr TypeSet kMatrixTypes{DType::kFloat32, DType::kFloat64, DType::kComplex64,
                               DType::kComplex128};

struct Matrices {
  std::int64_t count = 1, rows = 0, columns = 0;
  std::int64_t size() const { return rows * columns; }
};

// Of input i. INVALID_ARGUMENT where it has less than two dimensions, or where its matrices must be
// square and aren't.
Matrices matrices_of(const KernelContext& c, int i);
Matrices square_matrices_of(const KernelContext& c, int i);
// Of the inputs 0 and 1, a square matrix and the right sides of equations: those of input 1.
Matrices right_sides_of(const KernelContext& c);

// The shape of so many matrices of another size.
Shape with_matrix(const Shape& shape, std::int64_t rows, std::int64_t columns);

// Calls `each` with the number of every matrix, in parallel.
void for_matrices(const KernelContext& c, std::int64_t count,
                  const std::function<void(std::int64_t)>& each);

// Of an element, as a function on every number type.
template <typename T>
T conjugate(const T& x) {
  if constexpr (is_complex_number<T>) {
    return std::conj(x);
  } else {
    return x;
  }
}

// y -= factor * x, of rows of so many elements.
template <typename T>
void subtract_row(T* y, const T& factor, const T* x, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) y[i] -= factor * x[i];
}

// Shape functions.
void square_matrices_shape(ShapeContext& c);
void matrix_determinant_shape(ShapeContext& c);
void matrix_solve_shape(ShapeContext& c);
void qr_shape(ShapeContext& c);

}  // namespace icecore::inline v0
