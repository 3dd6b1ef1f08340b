"""Softmax, losses, the best k."""
import numpy as np

from op_cases import case, floats, ints, shape

for op in ('Softmax', 'LogSoftmax'):
    o = op.lower()
    case(o, op, floats(3, 5), grad=True)
    case(o + '_double', op, floats(3, 5, dtype='float64'), grad=True)
    case(o + '_half', op, floats(3, 5, dtype='float16'), tol=2e-3)
    case(o + '_large', op, 100 * floats(2, 37))
    case(o + '_infinite', op, np.float32([[1, -np.inf, 2], [0, 0, -1e30]]))
    case(o + '_vector', op, floats(7))
    case(o + '_4d', op, floats(2, 3, 1, 4))
    case(o + '_empty', op, floats(0, 3))
    case(o + '_no_classes', op, floats(3, 0))
    case(o + '_scalar', op, np.float32(1), error='INVALID_ARGUMENT')
    shape(o, op, ('float32', [None, 3]))
    shape(o + '_unknown', op, ('float32', None))


def distribution(*dims, dtype='float32'):
    x = floats(*dims, dtype=dtype, low=0, high=1)
    return (x / x.sum(-1, keepdims=True)).astype(dtype)


xent = 'SoftmaxCrossEntropyWithLogits'
case('xent', xent, floats(4, 5), distribution(4, 5), grad=True)
case('xent_double', xent, floats(4, 5, dtype='float64'), distribution(4, 5, dtype='float64'), grad=True)
case('xent_half', xent, floats(4, 5, dtype='float16'), distribution(4, 5, dtype='float16'), tol=4e-3)
case('xent_spread_labels', xent, floats(4, 5), distribution(1, 5))
case('xent_spread_logits', xent, floats(1, 5), distribution(4, 5))
case('xent_vector_labels', xent, floats(4, 5), distribution(5))
case('xent_column_labels', xent, floats(4, 5), floats(4, 1))
case('xent_empty', xent, floats(0, 5), floats(0, 5))
case('xent_mismatch', xent, floats(4, 5), floats(4, 6), error='INVALID_ARGUMENT')
case('xent_3d', xent, floats(2, 4, 5), floats(2, 4, 5), error='INVALID_ARGUMENT')
shape('xent', xent, ('float32', [None, 3]), ('float32', [4, None]))
shape('xent_spread', xent, ('float32', [4, 3]), ('float32', [1, 3]))
shape('xent_unknown', xent, ('float32', [4, 3]), ('float32', None))
shape('xent_unknown_features', xent, ('float32', None), ('float32', [4, 3]))
shape('xent_nothing_known', xent, ('float32', None), ('float32', None))
shape('xent_one_row', xent, ('float32', [None, 3]), ('float32', [1, 3]))
shape('xent_vector', xent, ('float32', [3]), ('float32', [4, 3]))

sparse = 'SparseSoftmaxCrossEntropyWithLogits'
for dtype in ('int32', 'int64'):
    case('sparse_' + dtype, sparse, floats(4, 5), np.array([0, 4, 2, 2], dtype), grad=True)
case('sparse_double', sparse, floats(2, 5, dtype='float64'), np.int32([0, 4]))
case('sparse_half', sparse, floats(2, 5, dtype='float16'), np.int32([0, 4]), tol=4e-3)
case('sparse_empty', sparse, floats(0, 5), np.int32([]))
case('sparse_beyond', sparse, floats(2, 3), np.int32([0, 5]), error='INVALID_ARGUMENT')
case('sparse_negative', sparse, floats(2, 3), np.int64([-1, 1]), error='INVALID_ARGUMENT')
case('sparse_count', sparse, floats(2, 3), np.int32([0, 1, 2]), error='INVALID_ARGUMENT')
case('sparse_no_classes', sparse, floats(2, 0), np.int32([0, 0]), error='INVALID_ARGUMENT')
case('sparse_3d', sparse, floats(2, 2, 3), np.int32([0, 0]), error='INVALID_ARGUMENT')
shape('sparse', sparse, ('float32', [None, 3]), ('int32', [4]))

case('l2', 'L2Loss', floats(3, 4), grad=True)
case('l2_large', 'L2Loss', floats(10000))
case('l2_double', 'L2Loss', floats(5000, dtype='float64'), grad=False)
case('l2_half', 'L2Loss', floats(7, dtype='float16'), tol=4e-3)
case('l2_scalar', 'L2Loss', np.float32(3))
case('l2_empty', 'L2Loss', floats(0))
shape('l2', 'L2Loss', ('float32', None))

case('top', 'TopKV2', floats(3, 7), np.int32(3), grad=True)
case('top_one', 'TopKV2', ints(2, 9).astype('float32'), np.int32(1))
case('top_all', 'TopKV2', ints(2, 9), np.int32(9))
case('top_ties', 'TopKV2', ints(3, 20, low=0, high=4), np.int32(7))
case('top_none', 'TopKV2', floats(3, 7), np.int32(0))
case('top_3d', 'TopKV2', floats(2, 2, 5, dtype='float64'), np.int32(2), grad=True)
for dtype in ('int64', 'uint8', 'int16', 'int8', 'uint16', 'float16'):
    case('top_' + dtype, 'TopKV2', ints(2, 6, low=0, high=9, dtype=dtype), np.int32(4))
case('top_empty', 'TopKV2', floats(0, 7), np.int32(2))
case('top_too_many', 'TopKV2', floats(3, 7), np.int32(8), error='INVALID_ARGUMENT')
case('top_negative', 'TopKV2', floats(3, 7), np.int32(-1), error='INVALID_ARGUMENT')
case('top_scalar', 'TopKV2', np.float32(1), np.int32(0), error='INVALID_ARGUMENT')
case('top_k_vector', 'TopKV2', floats(3, 7), np.int32([2]), error='INVALID_ARGUMENT')
shape('top', 'TopKV2', ('float32', [None, 7]), np.int32(3))
shape('top_unknown', 'TopKV2', ('float32', [None, 7]), ('int32', []))

scores = np.float32([[.1, .5, .4], [.3, .3, .4], [np.inf, 0, 1], [.2, .2, .2]])
for k in (0, 1, 2, 3, 9):
    case('in_top_%d' % k, 'InTopK', scores, np.int32([1, 0, 1, 2]), k=k)
case('in_top_v2', 'InTopKV2', scores, np.int64([2, 2, 2, 0]), np.int64(2))
case('in_top_outside', 'InTopK', scores, np.int32([3, -1, 1, 2]), k=3)
case('in_top_count', 'InTopK', scores, np.int32([1, 0]), k=1, error='INVALID_ARGUMENT')
shape('in_top', 'InTopK', ('float32', [None, 3]), ('int32', [4]), k=2)
