"""Reductions: sums, extremes and their kin, over dimensions, along them, and over segments."""
import numpy as np

from op_cases import case, floats, ints, random, shape

i32 = lambda *v: np.array(v, np.int32)
axes = lambda *v: np.array(v, np.int32)

PATTERNS = {
    'all': ((2, 3, 4), (0, 1, 2)),
    'first': ((5, 3), (0,)),
    'last': ((5, 3), (-1,)),
    'middle': ((2, 3, 4), (1,)),
    'outer_two': ((2, 3, 4), (0, 2)),
    'alternating': ((2, 3, 2, 3, 2), (1, 3)),
    'ones': ((1, 3, 1, 2), (0, 2)),
    'none': ((2, 3), ()),
}

for op in ('Sum', 'Mean', 'Prod', 'Max', 'Min', 'EuclideanNorm'):
    low = op.lower()
    grad = op != 'EuclideanNorm'
    for name, (dims, over) in PATTERNS.items():
        case('%s_%s' % (low, name), op, floats(*dims), axes(*over), grad=grad)
    case(low + '_keep', op, floats(2, 3, 4), axes(0, -1), grad=grad, keep_dims=True)
    case(low + '_scalar', op, np.float32(3.5), axes(), grad=grad)
    case(low + '_axis_scalar', op, floats(2, 3), np.int32(1), grad=grad)
    case(low + '_axis_int64', op, floats(2, 3), np.int64([0]), grad=grad and op != 'Prod')
    case(low + '_axis_twice', op, floats(2, 3), axes(0, 0))
    case(low + '_empty_kept', op, floats(2, 0), axes(0))
    if op != 'Mean':
        case(low + '_empty_reduced', op, floats(0, 2), axes(0))
    case(low + '_double', op, floats(4, 3, dtype='float64'), axes(0), grad=grad)
    case(low + '_half', op, floats(4, 3, dtype='float16'), axes(1), tol=2e-3)
    for dtype in ('int32', 'int64', 'uint8', 'int8', 'int16', 'uint16'):
        values = ints(4, 3, dtype=dtype, low=0 if dtype[0] == 'u' else -5, high=10)
        if op == 'EuclideanNorm' and dtype == 'int8':
            values = np.abs(values)
        case('%s_%s' % (low, dtype), op, values, axes(0))
    if op in ('Sum', 'Prod', 'Mean'):
        for dtype in ('complex64', 'complex128'):
            values = (floats(4, 3) + 1j * floats(4, 3, seed=1)).astype(dtype)
            case('%s_%s' % (low, dtype), op, values, axes(1))
    case(low + '_axis_beyond', op, floats(2, 3), axes(2), error='INVALID_ARGUMENT')
    case(low + '_axis_below', op, floats(2, 3), axes(-3), error='INVALID_ARGUMENT')
    shape(low, op, ('float32', [None, 3, 4]), axes(1))
    shape(low + '_keep', op, ('float32', [None, 3, 4]), axes(1, 2), keep_dims=True)
    shape(low + '_unknown_axes', op, ('float32', [None, 3, 4]), ('int32', [1]))
    shape(low + '_unknown_axes_keep', op, ('float32', [None, 3, 4]), ('int32', [1]), keep_dims=True)
    shape(low + '_unknown_rank', op, ('float32', None), axes(1), keep_dims=True)

case('sum_wraps', 'Sum', np.array([200, 100, 7], np.uint8), axes(0))
case('mean_wraps', 'Mean', np.array([200, 100, 7], np.uint8), axes(0))
case('mean_negative', 'Mean', i32(-3, -4), axes(0))
case('mean_of_nothing', 'Mean', floats(0, 2), axes(0))
case('sum_long_row', 'Sum', floats(2, 3000, low=0, high=1), axes(1), tol=1e-6)
case('sum_long_column', 'Sum', floats(3000, 2, low=0, high=1), axes(0), tol=1e-6)
case('max_nan', 'Max', np.float32([1, np.nan, 3]), axes(0))
case('min_nan', 'Min', np.float32([1, np.nan, 3]), axes(0))
case('max_infinite', 'Max', np.float32([[-np.inf, np.inf], [-np.inf, 1]]), axes(1))
case('max_ties', 'Max', np.float32([[1, 2, 2], [3, 3, 3]]), axes(1), grad=True)
case('prod_zeros', 'Prod', np.float32([[1, 0, 2], [0, 0, 3], [4, 5, 6]]), axes(1), grad=True)

for op in ('All', 'Any'):
    flags = random(3, 4).uniform(size=(3, 4)) < 0.6
    flags[1] = True
    flags[2] = False
    for name, over in (('rows', (1,)), ('columns', (0,)), ('whole', (0, 1)), ('none', ())):
        case('%s_%s' % (op.lower(), name), op, flags, axes(*over))
    case(op.lower() + '_keep', op, flags, axes(0), keep_dims=True)
    case(op.lower() + '_empty', op, flags[:0], axes(0))

for op in ('ArgMax', 'ArgMin'):
    low = op.lower()
    case(low + '_rows', op, floats(4, 5), np.int32(1))
    case(low + '_columns', op, floats(4, 5), np.int32(0))
    case(low + '_middle', op, floats(2, 5, 3), np.int32(-2), output_type='int32')
    case(low + '_vector', op, floats(7), np.int32(0))
    case(low + '_ties', op, i32(2, 5, 5, 1, 1), np.int32(0))
    case(low + '_nan', op, np.float32([[1, np.nan, 3], [np.nan, np.nan, np.nan]]), np.int32(1))
    case(low + '_infinite', op, np.float32([[np.nan, -np.inf, -np.inf], [np.inf, np.inf, 1]]), np.int32(1))
    for dtype in ('float16', 'float64', 'int64', 'uint8', 'int8', 'int16'):
        values = floats(3, 4, low=0, high=100).astype(dtype)
        case('%s_%s' % (low, dtype), op, values, np.int32(1))
    case(low + '_no_rows', op, floats(0, 3), np.int32(1))
    case(low + '_of_nothing', op, floats(3, 0), np.int32(1), error='INVALID_ARGUMENT')
    case(low + '_axis_beyond', op, floats(3, 2), np.int32(2), error='INVALID_ARGUMENT')
    shape(low, op, ('float32', [None, 3, 4]), np.int32(1))
    shape(low + '_unknown_axis', op, ('float32', [2, 3, 4]), ('int32', []))
    shape(low + '_vector', op, ('float32', [None]), ('int32', []))
    shape(low + '_unknown_rank', op, ('float32', None), np.int32(1))

for op in ('Cumsum', 'Cumprod'):
    for exclusive in (False, True):
        for reverse in (False, True):
            name = op.lower() + ('_exclusive' if exclusive else '') + ('_reverse' if reverse else '')
            case(name, op, floats(3, 4), np.int32(1), grad=True, exclusive=exclusive, reverse=reverse)
            case(name + '_first', op, floats(3, 4), np.int32(0), grad=True, exclusive=exclusive, reverse=reverse)
    case(op.lower() + '_middle', op, floats(2, 3, 2), np.int64(-2))
    case(op.lower() + '_empty', op, floats(2, 0), np.int32(1))
    case(op.lower() + '_double', op, floats(4, dtype='float64'), np.int32(0))
    for dtype in ('int32', 'int64', 'int8', 'uint8'):
        case('%s_%s' % (op.lower(), dtype), op, ints(4, 2, dtype=dtype, low=0, high=4), np.int32(0))
    case(op.lower() + '_axis_beyond', op, floats(2, 3), np.int32(2), error='INVALID_ARGUMENT')
    case(op.lower() + '_axis_vector', op, floats(2, 3), i32(1), error='INVALID_ARGUMENT')
    shape(op.lower(), op, ('float32', [None, 3]), np.int32(1))

for op in ('SegmentSum', 'SegmentMean', 'SegmentProd', 'SegmentMax', 'SegmentMin'):
    low = op.lower()
    grad = op != 'SegmentProd'
    case(low, op, floats(5, 3), i32(0, 0, 1, 1, 2), grad=grad)
    case(low + '_gap', op, floats(4, 2), np.int64([0, 2, 2, 5]))
    case(low + '_vector', op, floats(4), i32(0, 1, 1, 1), grad=grad)
    case(low + '_int32', op, ints(4, 2), i32(0, 1, 1, 1))
    case(low + '_half', op, floats(4, 2, dtype='float16'), i32(0, 1, 1, 1), tol=2e-3)
    case(low + '_empty', op, floats(0, 2), i32())
    case(low + '_unsorted', op, floats(3, 2), i32(1, 0, 2), error='INVALID_ARGUMENT')
    case(low + '_negative', op, floats(3, 2), i32(-1, 0, 2), error='INVALID_ARGUMENT')
    case(low + '_too_few', op, floats(3, 2), i32(0, 1), error='INVALID_ARGUMENT')
    shape(low, op, ('float32', [None, 3]), ('int32', [4]))

for op in ('UnsortedSegmentSum', 'UnsortedSegmentProd', 'UnsortedSegmentMax', 'UnsortedSegmentMin'):
    low = op.lower()
    case(low, op, floats(5, 3), i32(2, 0, 1, 0, 2), np.int32(3), grad=True)
    case(low + '_missing', op, floats(4, 2), np.int64([3, -1, 0, 3]), np.int32(5), grad=True)
    case(low + '_matrix', op, floats(2, 3, 2), np.int32([[0, 1, 0], [1, 1, 3]]), np.int64(4))
    case(low + '_int32', op, ints(4, 2), i32(1, 0, 1, 1), np.int32(3))
    case(low + '_empty', op, floats(0, 2), i32(), np.int32(2))
    case(low + '_no_segments', op, floats(2, 2), i32(-1, -1), np.int32(0))
    case(low + '_beyond', op, floats(3, 2), i32(0, 5, 1), np.int32(3), error='INVALID_ARGUMENT')
    case(low + '_below_zero', op, floats(3, 2), i32(0, 1, 1), np.int32(-1), error='INVALID_ARGUMENT')
    case(low + '_other_shape', op, floats(3, 2), i32(0, 1), np.int32(3), error='INVALID_ARGUMENT')
    shape(low, op, ('float32', [5, 3]), ('int32', [5]), np.int32(4))
    shape(low + '_unknown', op, ('float32', [5, None]), ('int32', [5]), ('int32', []))
case('unsortedsegmentprod_zeros', 'UnsortedSegmentProd', np.float32([0, 2, 3, 0, 0, 4]), i32(0, 0, 1, 2, 2, 2), np.int32(3),
     grad=True)

for kind in ('Sum', 'Mean', 'SqrtN'):
    op, low = 'SparseSegment' + kind, 'sparsesegment' + kind.lower()
    case(low, op, floats(4, 3), i32(0, 2, 2, 3), i32(0, 0, 1, 3), grad=True)
    case(low + '_double', op, floats(4, 3, dtype='float64'), np.int32([0, 2, 1]), i32(0, 0, 1), grad=True)
    case(low + '_empty', op, floats(4, 3), i32(), i32())
    case(low + '_counted', op + 'WithNumSegments', floats(4, 3), i32(0, 2, 2), i32(0, 0, 2), np.int32(5), grad=True)
    case(low + '_counted_empty', op + 'WithNumSegments', floats(4, 3), i32(), i32(), np.int32(2))
    case(low + '_too_many', op + 'WithNumSegments', floats(4, 3), i32(0, 2, 2), i32(0, 0, 2), np.int32(2),
         error='INVALID_ARGUMENT')
    case(low + '_beyond', op, floats(4, 3), i32(0, 9), i32(0, 0), error='INVALID_ARGUMENT')
    case(low + '_unsorted', op, floats(4, 3), i32(0, 1), i32(1, 0), error='INVALID_ARGUMENT')
    case(low + '_unequal', op, floats(4, 3), i32(0, 1), i32(0), error='INVALID_ARGUMENT')
    shape(low, op, ('float32', [4, 3]), ('int32', [None]), ('int32', [2]))
    shape(low + '_counted', op + 'WithNumSegments', ('float32', [4, 3]), ('int32', [None]), ('int32', [2]), np.int32(7))
case('sparsesegmentsum_ints', 'SparseSegmentSum', ints(4, 3), i32(0, 2, 2), i32(0, 0, 1))
for kind in ('Mean', 'SqrtN'):
    op, low = 'SparseSegment%sGrad' % kind, 'sparsesegment%sgrad' % kind.lower()
    case(low, op, floats(3, 2), i32(0, 1, 1, 4), i32(0, 0, 1, 2), np.int32(5))
    case(low + '_beyond', op, floats(3, 2), i32(0, 9), i32(0, 1), np.int32(5), error='INVALID_ARGUMENT')
    case(low + '_segment_beyond', op, floats(3, 2), i32(0, 1), i32(0, 3), np.int32(5), error='INVALID_ARGUMENT')
    shape(low, op, ('float32', [3, 2]), ('int32', [None]), ('int32', [2]), np.int32(5))
case('segments_vector', 'UnsortedSegmentSum', floats(3), np.int32([0, 1, 1]), np.int32([2]), error='INVALID_ARGUMENT')
