"""Sparse tensors whose empty rows are filled, and that are reshaped."""
import numpy as np

from op_cases import case, floats, shape

i64, F = np.int64, np.float32
INDICES = i64([[0, 1], [2, 0], [2, 3], [3, 3]])
for dtype in ('float32', 'float64', 'complex64', 'int32', 'int64', 'bool'):
    case('fill_' + dtype, 'SparseFillEmptyRows', INDICES, floats(4).astype(dtype), i64([5, 4]), np.dtype(dtype).type(7),
         grad=dtype[:5] == 'float')
case('fill_string', 'SparseFillEmptyRows', INDICES, np.array([b'a', b'b', b'', b'd'], object), i64([5, 4]), np.array(b'none', object))
case('fill_unsorted', 'SparseFillEmptyRows', i64([[3, 1], [0, 0], [3, 0]]), floats(3), i64([4, 2]), F(-1), grad=True)
case('fill_vector', 'SparseFillEmptyRows', i64([[1]]), floats(1), i64([3]), F(-1))
case('fill_nothing', 'SparseFillEmptyRows', np.zeros((0, 2), 'int64'), floats(0), i64([3, 2]), F(4))
case('fill_no_rows', 'SparseFillEmptyRows', np.zeros((0, 2), 'int64'), floats(0), i64([0, 2]), F(4))
case('fill_beyond', 'SparseFillEmptyRows', i64([[5, 0]]), floats(1), i64([5, 4]), F(0), error='INVALID_ARGUMENT')
case('fill_negative', 'SparseFillEmptyRows', i64([[-1, 0]]), floats(1), i64([5, 4]), F(0), error='INVALID_ARGUMENT')
case('fill_default', 'SparseFillEmptyRows', INDICES, floats(4), i64([5, 4]), floats(1), error='INVALID_ARGUMENT')
case('fill_rows_of_none', 'SparseFillEmptyRows', INDICES, floats(4), i64([0, 4]), F(0), error='INVALID_ARGUMENT')
case('gradient', 'SparseFillEmptyRowsGrad', i64([2, 1]), floats(4))
case('gradient_int', 'SparseFillEmptyRowsGrad', i64([0, 0]), np.int32([4, 5, 6]))
shape('fill', 'SparseFillEmptyRows', ('int64', [None, 2]), ('float32', [3]), i64([5, 4]), ('float32', []))
shape('fill_unknown', 'SparseFillEmptyRows', ('int64', None), ('float32', None), ('int64', None), ('float32', None))
shape('gradient', 'SparseFillEmptyRowsGrad', ('int64', [None]), ('float32', [4]))

for name, dims in (('flat', [20]), ('rows', [2, 10]), ('inferred', [-1, 2, 5]), ('same', [5, 4]), ('ones', [1, 20, 1]), ('turned', [4, 5])):
    case('reshape_' + name, 'SparseReshape', INDICES, i64([5, 4]), i64(dims))
case('reshape_empty', 'SparseReshape', np.zeros((0, 2), 'int64'), i64([0, 4]), i64([4, 0, 3]))
case('reshape_none', 'SparseReshape', np.zeros((0, 2), 'int64'), i64([2, 4]), i64([8]))
case('reshape_count', 'SparseReshape', INDICES, i64([5, 4]), i64([3, 7]), error='INVALID_ARGUMENT')
case('reshape_multiple', 'SparseReshape', INDICES, i64([5, 4]), i64([3, -1]), error='INVALID_ARGUMENT')
case('reshape_two_unknown', 'SparseReshape', INDICES, i64([5, 4]), i64([-1, -1]), error='INVALID_ARGUMENT')
case('reshape_negative', 'SparseReshape', INDICES, i64([5, 4]), i64([-2, -10]), error='INVALID_ARGUMENT')
case('reshape_zero', 'SparseReshape', np.zeros((0, 2), 'int64'), i64([0, 4]), i64([0, -1]), error='INVALID_ARGUMENT')
shape('reshape', 'SparseReshape', ('int64', [None, 2]), ('int64', [2]), ('int64', [3]))
shape('reshape_unknown', 'SparseReshape', ('int64', None), ('int64', None), ('int64', None))
