#include "ops/sparse/sparse_ops.h"

namespace icecore::inline v0 {

OpTable sparse_ops() {
  static constexpr OpImplementation kTable[] = {
      {"SparseFillEmptyRows", sparse_fill_empty_rows_shape, sparse_fill_empty_rows_kernel,
       sparse_fill_empty_rows_gradient},
      {"SparseFillEmptyRowsGrad", sparse_fill_empty_rows_grad_shape,
       sparse_fill_empty_rows_grad_kernel},
      {"SparseReshape", sparse_reshape_shape, sparse_reshape_kernel},
  };
  return kTable;
}

}  // namespace icecore::inline v0
