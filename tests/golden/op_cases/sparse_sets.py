"""Values that are added to places or found among others: SparseTensorDenseAdd, ComputeAccidentalHits, rows as sets."""
import numpy as np

from op_cases import case, floats, ints, shape

at = np.int64([[0, 2], [1, 0], [3, 1]])
for dtype in ('float32', 'float64', 'float16', 'int32', 'int64', 'uint8', 'int8', 'int16', 'complex64', 'complex128'):
    case('add_' + dtype, 'SparseTensorDenseAdd', at, ints(3, low=0, dtype=dtype), np.int64([4, 3]), ints(4, 3, low=0, dtype=dtype),
         grad=dtype.startswith('float'))
case('add_int32_indices', 'SparseTensorDenseAdd', at.astype('int32'), floats(3), np.int32([4, 3]), floats(4, 3))
case('add_repeated', 'SparseTensorDenseAdd', at[[0, 0, 2, 1]], floats(4), np.int64([4, 3]), floats(4, 3), grad=True)
case('add_vector', 'SparseTensorDenseAdd', np.int64([[4], [0]]), floats(2), np.int64([5]), floats(5))
case('add_five', 'SparseTensorDenseAdd', np.int64([[0, 1, 0, 1, 2]]), floats(1), np.int64([1, 2, 1, 2, 3]), floats(1, 2, 1, 2, 3))
case('add_none', 'SparseTensorDenseAdd', np.zeros([0, 2], 'int64'), floats(0), np.int64([2, 3]), floats(2, 3))
for name, rows, values, sizes, dense in (
        ('vector', at[0], floats(3), [4, 3], floats(4, 3)), ('values', at, floats(3, 1), [4, 3], floats(4, 3)),
        ('shape', at, floats(3), [[4, 3]], floats(4, 3)), ('rank', at, floats(3), [4], floats(4, 3)),
        ('sizes', at, floats(3), [4, 2], floats(4, 3)), ('outside', at, floats(3), [3, 3], floats(3, 3)),
        ('negative', at - 1, floats(3), [4, 3], floats(4, 3)), ('scalar', np.zeros([1, 0], 'int64'), floats(1), [], floats())):
    case('bad_' + name, 'SparseTensorDenseAdd', rows, values, np.array(sizes, 'int64'), dense, error='INVALID_ARGUMENT')
shape('add', 'SparseTensorDenseAdd', ('int64', [None, 2]), ('float32', [None]), ('int64', [2]), ('float32', [None, 3]))

case('hits', 'ComputeAccidentalHits', np.int64([[1, 2], [3, 0], [5, 5]]), np.int64([5, 0, 9, 1, 5]), num_true=2)
case('hits_none', 'ComputeAccidentalHits', np.int64([[1], [2]]), np.int64([5, 0]), num_true=1)
case('hits_of_nothing', 'ComputeAccidentalHits', np.zeros([0, 3], 'int64'), np.int64([5, 0]), num_true=3)
case('hits_columns', 'ComputeAccidentalHits', np.int64([[1], [2]]), np.int64([5, 0]), num_true=2, error='INVALID_ARGUMENT')
case('hits_matrix', 'ComputeAccidentalHits', np.int64([[1], [2]]), np.int64([[5, 0]]), num_true=1, error='INVALID_ARGUMENT')
shape('hits', 'ComputeAccidentalHits', ('int64', [None, 2]), ('int64', [None]), num_true=2)

for operation in ('a-b', 'b-a', 'intersection', 'union'):
    for dtype in ('int8', 'int16', 'int32', 'int64', 'uint8', 'uint16'):
        case('%s_%s' % (operation.replace('-', 'minus'), dtype), 'DenseToDenseSetOperation', np.array([[3, 1, 3], [2, 2, 0]], dtype),
             np.array([[1, 9], [7, 2]], dtype), set_operation=operation)
    case(operation.replace('-', 'minus') + '_string', 'DenseToDenseSetOperation', np.array([[b'b', b'a', b'\xff'], [b'', b'', b'q']]),
         np.array([[b'b', b'c'], [b'', b'x']]), set_operation=operation)
case('sets_deep', 'DenseToDenseSetOperation', ints(2, 3, 4, low=0, dtype='int32'), ints(2, 3, 5, low=0, dtype='int32'), set_operation='a-b')
case('sets_none', 'DenseToDenseSetOperation', np.zeros([2, 0], 'int32'), np.zeros([2, 0], 'int32'), set_operation='union')
case('sets_no_rows', 'DenseToDenseSetOperation', np.zeros([0, 2], 'int32'), np.zeros([0, 3], 'int32'), set_operation='union')
case('sets_groups', 'DenseToDenseSetOperation', np.zeros([2, 2], 'int32'), np.zeros([3, 2], 'int32'), set_operation='union',
     error='INVALID_ARGUMENT')
case('sets_vector', 'DenseToDenseSetOperation', np.zeros([2], 'int32'), np.zeros([2], 'int32'), set_operation='union',
     error='INVALID_ARGUMENT')
case('sets_ranks', 'DenseToDenseSetOperation', np.zeros([2, 2], 'int32'), np.zeros([2, 2, 2], 'int32'), set_operation='union',
     error='INVALID_ARGUMENT')
shape('sets', 'DenseToDenseSetOperation', ('int32', [None, 2]), ('int32', None), set_operation='union')
shape('sets_unknown', 'DenseToDenseSetOperation', ('int32', None), ('int32', None), set_operation='union')
shape('sets_second', 'DenseToDenseSetOperation', ('int32', None), ('int32', [1, 2, 3]), set_operation='a-b')
