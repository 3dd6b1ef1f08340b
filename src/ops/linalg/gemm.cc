#include "ops/linalg/gemm.h"

#include <icecore/error.h>

#include <algorithm>
#include <array>
#include <complex>
#include <cstddef>
#include <oneapi/dnnl/dnnl.hpp>
#include <type_traits>
#include <vector>

#include "base/thread_pool.h"
#include "ops/dnnl/dnnl_runtime.h"
#include "ops/linalg/row_product.h"

namespace icecore::inline v0 {
namespace {

template <typename T>
void add_product(T& sum, T x, T y) {
  if constexpr (std::is_integral_v<T>) {
    using Bits = std::make_unsigned_t<T>;  // Overflow wraps around.
    sum = static_cast<T>(static_cast<Bits>(sum) + static_cast<Bits>(x) * static_cast<Bits>(y));
  } else if constexpr (std::is_floating_point_v<T>) {
    sum += x * y;
  } else {  // std::complex's own product looks after infinities, slowly.
    sum += T(x.real() * y.real() - x.imag() * y.imag(), x.real() * y.imag() + x.imag() * y.real());
  }
}

constexpr std::int64_t kPanel = 32;  // Columns of c that are summed at once.

// Rows [begin, end) of c.
template <typename T>
void multiply_rows(const MatrixProduct& p, std::int64_t begin, std::int64_t end) {
  const T* a = static_cast<const T*>(p.a);
  const T* b = static_cast<const T*>(p.b);
  T* c = static_cast<T*>(p.c);
  const std::int64_t a_row = p.transpose_a ? 1 : p.a_stride;
  const std::int64_t a_column = p.transpose_a ? p.a_stride : 1;
  std::vector<T> packed(p.transpose_b ? static_cast<std::size_t>(p.k * kPanel) : 0);
  for (std::int64_t j = 0; j < p.n; j += kPanel) {
    const std::int64_t columns = std::min(kPanel, p.n - j);
    const T* panel = b + j;
    std::int64_t panel_stride = p.b_stride;
    if (p.transpose_b) {
      for (std::int64_t column = 0; column < columns; ++column) {
        const T* row = b + (j + column) * p.b_stride;
        for (std::int64_t l = 0; l < p.k; ++l) {
          packed[static_cast<std::size_t>(l * kPanel + column)] = row[l];
        }
      }
      panel = packed.data();
      panel_stride = kPanel;
    }
    for (std::int64_t i = begin; i < end; ++i) {
      std::array<T, kPanel> sums{};
      T* out = c + i * p.c_stride + j;
      if (p.add) std::copy(out, out + columns, sums.begin());
      for (std::int64_t l = 0; l < p.k; ++l) {
        const T x = a[i * a_row + l * a_column];
        const T* y = panel + l * panel_stride;
        for (std::int64_t column = 0; column < columns; ++column) {
          add_product(sums[static_cast<std::size_t>(column)], x, y[column]);
        }
      }
      std::copy(sums.begin(), sums.begin() + columns, out);
    }
  }
}

using Rows = void (*)(const MatrixProduct&, std::int64_t, std::int64_t);

Rows rows_of(DType dtype) {
  switch (dtype) {
    case DType::kFloat32:
      return multiply_rows<float>;
    case DType::kFloat64:
      return multiply_rows<double>;
    case DType::kInt32:
      return multiply_rows<std::int32_t>;
    case DType::kInt64:
      return multiply_rows<std::int64_t>;
    case DType::kComplex64:
      return multiply_rows<std::complex<float>>;
    case DType::kComplex128:
      return multiply_rows<std::complex<double>>;
    default:
      throw Error(Code::kUnimplemented, "no matrix product of " + to_string(dtype));
  }
}

void multiply_floats(const KernelContext& context, const MatrixProduct& p) {
  const bool dense =
      p.a_stride == p.k && p.b_stride == (p.transpose_b ? p.k : p.n) && p.c_stride == p.n && !p.add;
  // A column is a row when it lies densely.
  if (dense && p.m <= kMostProductRows && (!p.transpose_a || p.m == 1)) {
    row_product(context.threads(), p.m, p.n, p.k, static_cast<const float*>(p.a),
                static_cast<const float*>(p.b), p.transpose_b, static_cast<float*>(p.c));
    return;
  }
  guard_dnnl([&] {
    use_dnnl_threads(context);
    const dnnl_status_t status =
        dnnl_sgemm(p.transpose_a ? 'T' : 'N', p.transpose_b ? 'T' : 'N', p.m, p.n, p.k, 1.0F,
                   static_cast<const float*>(p.a), p.a_stride, static_cast<const float*>(p.b),
                   p.b_stride, p.add ? 1.0F : 0.0F, static_cast<float*>(p.c), p.c_stride);
    if (status != dnnl_success) throw dnnl::error(status, "a matrix product failed");
  });
}

}  // namespace

void multiply_matrices(const KernelContext& context, DType dtype, const MatrixProduct& product) {
  if (product.m == 0 || product.n == 0) return;
  if (dtype == DType::kFloat32 && product.k > 0) {
    multiply_floats(context, product);
    return;
  }
  const Rows rows = rows_of(dtype);
  constexpr std::int64_t kLeastWork = 1 << 15;
  const double work =
      static_cast<double>(product.n) * static_cast<double>(std::max<std::int64_t>(product.k, 1));
  const auto grain = static_cast<std::int64_t>(static_cast<double>(kLeastWork) / work) + 1;
  context.threads().parallel_for(
      product.m, grain, [&](std::int64_t begin, std::int64_t end) { rows(product, begin, end); });
}

void multiply_matrices_here(DType dtype, const MatrixProduct& product) {
  rows_of(dtype)(product, 0, product.m);
}

}  // namespace icecore::inline v0
