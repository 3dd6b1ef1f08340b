"""Values put and found by their places: SparseToDense, Roll, tensor_scatter, searching; Cross, Xlogy, StringFormat."""
import numpy as np

from op_cases import case, floats, ints, shape

at = np.int32([[0, 2], [1, 0], [3, 1]])
for dtype in ('float32', 'float64', 'int64', 'uint8', 'bool', 'float16'):
    case('sparse_' + dtype, 'SparseToDense', at, np.int32([4, 3]), ints(3, low=0, dtype=dtype), np.zeros([], dtype),
         grad=dtype.startswith('float'))
case('sparse_string', 'SparseToDense', at, np.int32([4, 3]), np.array([b'a', b'bc', b'd']), np.array(b'-'))
case('sparse_one', 'SparseToDense', at.astype('int64'), np.int64([4, 3]), np.float32(7), np.float32(1))
case('sparse_vector', 'SparseToDense', np.int32([1, 3]), np.int32([5]), floats(2), np.float32(-1))
case('sparse_scalar', 'SparseToDense', np.int32(3), np.int32([5]), np.float32(2), np.float32(-1))
case('sparse_none', 'SparseToDense', np.zeros([0, 2], 'int32'), np.int32([2, 3]), floats(0), np.float32(-1))
case('sparse_any_order', 'SparseToDense', at[::-1], np.int32([4, 3]), floats(3), np.float32(0), validate_indices=False)
case('sparse_twice', 'SparseToDense', at[[0, 0, 1]], np.int32([4, 3]), floats(3), np.float32(0), validate_indices=False)
for name, rows, sizes, values, attrs in (
        ('order', at[::-1], [4, 3], floats(3), {}), ('repeated', at[[0, 0, 1]], [4, 3], floats(3), {}),
        ('outside', at, [3, 3], floats(3), {}), ('negative', at - 1, [4, 3], floats(3), {}),
        ('outside_unchecked', at, [3, 3], floats(3), dict(validate_indices=False)), ('values', at, [4, 3], floats(2), {}),
        ('depth', at, [4], floats(3), {}), ('size', at, [-4, 3], floats(3), {}),
        ('rank', at.reshape(1, 3, 2), [4, 3], floats(3), {})):
    case('sparse_' + name, 'SparseToDense', rows, np.int32(sizes), values, np.float32(0), error='INVALID_ARGUMENT', **attrs)
case('sparse_default', 'SparseToDense', at, np.int32([4, 3]), floats(3), floats(1), error='INVALID_ARGUMENT')
shape('sparse', 'SparseToDense', ('int32', [None, 2]), np.int32([4, 3]), ('float32', [None]), ('float32', []))
shape('sparse_unknown', 'SparseToDense', ('int32', [None, 2]), ('int32', [2]), ('float32', [None]), ('float32', []))

for dtype in ('float32', 'int8', 'complex128', 'bool', 'int64'):
    case('roll_' + dtype, 'Roll', ints(3, 4, low=0, dtype=dtype), np.int32(1), np.int32(1))
case('roll_string', 'Roll', np.array([b'a', b'b', b'c']), np.int32(-1), np.int32(0))
for i, (by, axis) in enumerate((([1], [0]), ([-2, 5], [1, -1]), ([3, 4, 1], [0, 0, 2]), ([0], [1]), ([2, 3], [0, 1]), ([], []))):
    case('roll_%d' % i, 'Roll', floats(2, 3, 4), np.int64(by), np.int32(axis), grad=True)
case('roll_empty', 'Roll', floats(0, 3), np.int32(1), np.int32(1))
case('roll_scalar', 'Roll', np.float32(1), np.int32(1), np.int32(0), error='INVALID_ARGUMENT')
case('roll_axis', 'Roll', floats(2), np.int32(1), np.int32(1), error='INVALID_ARGUMENT')
case('roll_sizes', 'Roll', floats(2), np.int32([1, 2]), np.int32([0]), error='INVALID_ARGUMENT')
case('roll_matrix', 'Roll', floats(2), np.int32([[1]]), np.int32([[0]]), error='INVALID_ARGUMENT')
shape('roll', 'Roll', ('float32', [None, 3]), ('int32', []), ('int32', []))

rows = np.int32([[0], [2], [0]])
for change in ('Update', 'Add', 'Sub'):
    op = 'TensorScatter' + change
    for dtype in ('float32', 'float64', 'int32', 'complex64', 'float16'):
        case('scatter_%s_%s' % (change, dtype), op, ints(3, 2, dtype=dtype), rows[:2], ints(2, 2, dtype=dtype, seed=1),
             grad=dtype in ('float32', 'float64'))
    case('scatter_%s_elements' % change, op, floats(3, 2), at[[1, 0, 1]] // 2, floats(3), grad=change != 'Update')
    case('scatter_%s_none' % change, op, floats(3, 2), np.zeros([0, 1], 'int64'), floats(0, 2))
    case('scatter_%s_outside' % change, op, floats(2, 2), rows, floats(3, 2), error='INVALID_ARGUMENT')
    case('scatter_%s_updates' % change, op, floats(3, 2), rows, floats(2, 2), error='INVALID_ARGUMENT')
    case('scatter_%s_width' % change, op, floats(3, 2), rows, floats(3, 3), error='INVALID_ARGUMENT')
    shape('scatter_' + change, op, ('float32', [None, 3]), ('int32', [None, 1]), ('float32', [2, 3]))
case('scatter_repeated', 'TensorScatterAdd', ints(3, 2), rows, ints(3, 2, seed=1))
case('scatter_string', 'TensorScatterUpdate', np.array([b'a', b'b', b'c']), rows[:2], np.array([b'd', b'e']))

for dtype in ('int32', 'int64'):
    case('unravel_' + dtype, 'UnravelIndex', np.array([0, 7, 22, 59], dtype), np.array([3, 4, 5], dtype))
    case('unravel_scalar_' + dtype, 'UnravelIndex', np.array(22, dtype), np.array([3, 4, 5], dtype))
case('unravel_beyond', 'UnravelIndex', np.int32([60, 100]), np.int32([3, 4, 5]))
case('unravel_matrix', 'UnravelIndex', np.int32([[1]]), np.int32([3]), error='INVALID_ARGUMENT')
case('unravel_dims', 'UnravelIndex', np.int32([1]), np.int32([[3]]), error='INVALID_ARGUMENT')
shape('unravel', 'UnravelIndex', ('int32', [None]), ('int32', [3]))
shape('unravel_scalar', 'UnravelIndex', ('int32', []), ('int32', [None]))
shape('unravel_unknown', 'UnravelIndex', ('int32', None), ('int32', [3]))
sorted_rows = np.sort(ints(2, 7), axis=1)
for op in ('LowerBound', 'UpperBound'):
    for dtype in ('float32', 'int32', 'int64', 'float64', 'uint8'):
        case('%s_%s' % (op, dtype), op, np.sort(ints(2, 7, low=0).astype(dtype), axis=1), ints(2, 5, low=0).astype(dtype))
    case(op + '_long', op, sorted_rows, ints(2, 5), out_type='int64')
    case(op + '_empty', op, ints(2, 0), ints(2, 5))
    case(op + '_rows', op, sorted_rows, ints(3, 5), error='INVALID_ARGUMENT')
    shape(op, op, ('float32', [2, None]), ('float32', [2, 5]))

for dtype in ('float32', 'float64', 'int32', 'uint8', 'int64', 'float16'):
    case('cross_' + dtype, 'Cross', ints(2, 3, low=0, high=9, dtype=dtype), ints(2, 3, low=0, high=9, dtype=dtype, seed=1),
         grad=dtype in ('float32', 'float64'))
case('cross_vector', 'Cross', floats(3), floats(3, seed=1), grad=True)
case('cross_two', 'Cross', floats(2), floats(2), error='FAILED_PRECONDITION')
case('cross_shapes', 'Cross', floats(3), floats(1, 3), error='INVALID_ARGUMENT')
case('cross_scalar', 'Cross', np.float32(1), np.float32(1), error='INVALID_ARGUMENT')
shape('cross', 'Cross', ('float32', [None, 3]), ('float32', [2, None]))
for op in ('Xlogy', 'Xdivy'):
    for dtype in ('float32', 'float64', 'complex64', 'float16'):
        case('%s_%s' % (op, dtype), op, np.array([0, 0, 1, -2, 3], dtype), np.array([0, 2, 3, .5, 4], dtype),
             grad=dtype in ('float32', 'float64'), tol=1e-3 if dtype == 'float16' else 1e-5)
    case(op + '_rows', op, floats(2, 3), floats(3, low=.5), grad=True)
    case(op + '_columns', op, floats(1, 3), floats(2, 1, low=.5), grad=True)
    case(op + '_scalar', op, np.float32(2), floats(2, 2, low=.5))
    case(op + '_empty', op, floats(0, 3), floats(3))
    case(op + '_shapes', op, floats(2), floats(3), error='INVALID_ARGUMENT')
    shape(op, op, ('float32', [None, 3]), ('float32', [2, 1]))

case('format_none', 'StringFormat', [], template='a line', placeholder='{}')
case('format_many', 'StringFormat', [floats(2, 3), np.float32(1.5), np.int32([1, 2]), np.array([True, False])],
     template='{}, {} and {} {}', placeholder='{}')
for most in (-1, 0, 1, 2, 3):
    case('format_%d' % most, 'StringFormat', [np.arange(7 * 5, dtype='int32').reshape(7, 5)], summarize=most)
    case('format_deep_%d' % most, 'StringFormat', [np.arange(7 * 5, dtype='int64').reshape(1, 7, 5, 1)], summarize=most)
case('format_odd', 'StringFormat', [np.float32([np.nan, np.inf, -np.inf, 1e10, 1e-7, 1 / 3, 12345678])], summarize=-1)
case('format_double', 'StringFormat', [np.float64([1 / 3, 1e20, 100000])])
case('format_half', 'StringFormat', [np.float16([1.1, 2])])
case('format_bytes', 'StringFormat', [np.int8([1, -2]), np.uint8([1, 250])], template='%s%s')
case('format_strings', 'StringFormat', [np.array([b'a"b\n', b'\xff', b"x'"])])
case('format_string', 'StringFormat', [np.array(b'q')])
case('format_complex', 'StringFormat', [np.complex64([1 + 2j])])
case('format_empty', 'StringFormat', [np.zeros([0, 3], 'float32'), np.zeros([3, 0], 'float32'), np.zeros([2, 0, 3], 'float32')],
     template='%s%s%s')
shape('format', 'StringFormat', [('float32', None)])

for op in ('LogUniformCandidateSampler', 'UniformCandidateSampler'):
    for unique in (True, False):
        for range_max in (8, 11, 10000):
            case('%s_%s_%d' % (op, unique, range_max), op, np.int64([[0, 1], [7, 3]]), num_true=2, num_sampled=7, unique=unique,
                 range_max=range_max, seed=5, seed2=9)
    case(op + '_many', op, np.int64([[3]]), num_true=1, num_sampled=8, unique=True, range_max=7, seed=5, seed2=9,
         error='INVALID_ARGUMENT')
    case(op + '_columns', op, np.int64([[3]]), num_true=2, num_sampled=2, unique=True, range_max=7, seed=5, seed2=9,
         error='INVALID_ARGUMENT')
    case(op + '_vector', op, np.int64([3]), num_true=1, num_sampled=2, unique=True, range_max=7, seed=5, seed2=9,
         error='INVALID_ARGUMENT')
    shape(op, op, ('int64', [None, 2]), num_true=2, num_sampled=7, unique=True, range_max=8)
