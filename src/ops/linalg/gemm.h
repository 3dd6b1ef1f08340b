// Matrix products of every number type.
#pragma once

#include <icecore/dtype.h>
#include <icecore/kernel.h>

#include <cstdint>

namespace icecore::inline v0 {

// c [m,n] = a * b, or c += a * b. Matrices are row-major with leading dimensions; a is [m,k], or
// [k,m] where it is transposed, b is [k,n] or [n,k].
struct MatrixProduct {
  std::int64_t m = 0, n = 0, k = 0;
  const void* a = nullptr;
  const void* b = nullptr;
  void* c = nullptr;
  std::int64_t a_stride = 0, b_stride = 0, c_stride = 0;
  bool transpose_a = false, transpose_b = false;
  bool add = false;
};

// float32 through oneDNN (a few rows: row_product()); float64, int32, int64, complex64 and
// complex128 by loops of ours, whose sums don't depend on the threads. INTERNAL for other types.
void multiply_matrices(const KernelContext& context, DType dtype, const MatrixProduct& product);

// The same on the calling thread alone, for callers that spread over threads themselves.
void multiply_matrices_here(DType dtype, const MatrixProduct& product);

}  // namespace icecore::inline v0
