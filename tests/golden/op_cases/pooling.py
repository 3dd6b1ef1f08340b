"""Pooling."""
import numpy as np

from op_cases import case, floats, ints, shape


def out(size, window, stride, padding):
    return -(-size // stride) if padding == 'SAME' else (size - window) // stride + 1


def largest(image, window, strides, padding):
    sizes = [out(image.shape[1 + i], window[i], strides[i], padding) for i in range(2)]
    result = np.zeros((image.shape[0], sizes[0], sizes[1], image.shape[3]), image.dtype)
    before = [max(0, (sizes[i] - 1) * strides[i] + window[i] - image.shape[1 + i]) // 2 if padding == 'SAME' else 0
              for i in range(2)]
    for row in range(sizes[0]):
        for column in range(sizes[1]):
            r, c = row * strides[0] - before[0], column * strides[1] - before[1]
            result[:, row, column] = image[:, max(r, 0):r + window[0], max(c, 0):c + window[1]].max((1, 2))
    return result


for padding in ('SAME', 'VALID'):
    p = padding.lower()
    for dtype in ('float32', 'float64'):
        d = '_double' if dtype == 'float64' else ''
        image = floats(2, 7, 8, 3, dtype=dtype)
        attrs = dict(ksize=[1, 3, 2, 1], strides=[1, 2, 3, 1], padding=padding)
        dy = floats(2, out(7, 3, 2, padding), out(8, 2, 3, padding), 3, dtype=dtype)
        case('max_' + p + d, 'MaxPool', image, grad=True, **attrs)
        case('avg_' + p + d, 'AvgPool', image, grad=True, **attrs)
        case('avg_grad_' + p + d, 'AvgPoolGrad', np.int32(image.shape), dy, grad=True, **attrs)
        case('max_grad_' + p + d, 'MaxPoolGrad', image, np.zeros_like(dy), dy, grad=not d, **attrs)
        case('max_grad_grad_' + p + d, 'MaxPoolGradGrad', image, largest(image, (3, 2), (2, 3), padding), image[::-1], **attrs)
        case('max_where_' + p + d, 'MaxPoolWithArgmax', image, **attrs)
    image = ints(1, 5, 5, 2, low=0, high=3).astype('float32')  # Many equal ones.
    attrs = dict(ksize=[1, 2, 2, 1], strides=[1, 1, 1, 1], padding=padding)
    dy = floats(1, out(5, 2, 1, padding), out(5, 2, 1, padding), 2)
    case('max_ties_' + p, 'MaxPoolGrad', image, np.zeros_like(dy), dy, **attrs)
    case('max_ties_where_' + p, 'MaxPoolWithArgmax', image, Targmax='int64', include_batch_in_index=True, **attrs)
two = dict(ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='VALID')
for dtype in ('int32', 'int64', 'uint8', 'int16', 'int8', 'uint16'):
    case('max_' + dtype, 'MaxPool', ints(1, 4, 4, 2, low=0, high=100, dtype=dtype), **two)
case('max_half', 'MaxPool', floats(1, 4, 4, 2, dtype='float16'), **two)
case('avg_half', 'AvgPool', floats(1, 4, 4, 2, dtype='float16'), tol=2e-3, **two)
case('max_channels', 'MaxPool', floats(1, 2, 2, 6), ksize=[1, 1, 1, 3], strides=[1, 1, 1, 3], padding='VALID')
case('max_channels_uneven', 'MaxPool', floats(1, 2, 2, 5), ksize=[1, 1, 1, 3], strides=[1, 1, 1, 3], padding='VALID',
     error='UNIMPLEMENTED')
case('max_both', 'MaxPool', floats(1, 2, 2, 6), ksize=[1, 2, 1, 3], strides=[1, 1, 1, 3], padding='VALID',
     error='UNIMPLEMENTED')
case('max_batch', 'MaxPool', floats(2, 2, 2, 6), ksize=[2, 1, 1, 1], strides=[1, 1, 1, 1], padding='VALID',
     error='UNIMPLEMENTED')
case('max_v2', 'MaxPoolV2', floats(2, 5, 5, 3), np.int32([1, 2, 3, 1]), np.int32([1, 2, 1, 1]), padding='SAME', grad=True)
case('max_grad_v2', 'MaxPoolGradV2', floats(1, 4, 4, 2), floats(1, 2, 2, 2), floats(1, 2, 2, 2, seed=1),
     np.int32([1, 2, 2, 1]), np.int32([1, 2, 2, 1]), padding='VALID')
case('max_one', 'MaxPool', floats(1, 3, 3, 1), ksize=[1, 3, 3, 1], strides=[1, 1, 1, 1], padding='VALID')
case('max_empty', 'MaxPool', floats(0, 4, 4, 2), **two)
case('avg_empty', 'AvgPool', floats(0, 4, 4, 2), **two)
case('avg_large_window', 'AvgPool', floats(1, 3, 3, 2), ksize=[1, 9, 9, 1], strides=[1, 1, 1, 1], padding='SAME')
case('max_3d', 'MaxPool', floats(4, 4, 2), error='INVALID_ARGUMENT', **two)
case('avg_small', 'AvgPool', floats(1, 2, 2, 2), ksize=[1, 4, 4, 1], strides=[1, 1, 1, 1], padding='VALID',
     error='INVALID_ARGUMENT')

# Gradients of gradients, which need the outputs that belong to the inputs.
for padding in ('SAME', 'VALID'):
    image = floats(2, 5, 6, 3)
    best = largest(image, (3, 2), (2, 3), padding)
    attrs = dict(ksize=[1, 3, 2, 1], strides=[1, 2, 3, 1], padding=padding)
    p = padding.lower()
    case('max_grad_again_' + p, 'MaxPoolGrad', image, best, floats(*best.shape, seed=1), grad=True, **attrs)
    case('max_grad_grad_again_' + p, 'MaxPoolGradGrad', image, best, floats(*image.shape, seed=2), grad=True, **attrs)
    lists = [np.int32(attrs['ksize']), np.int32(attrs['strides'])]
    case('max_grad_v2_again_' + p, 'MaxPoolGradV2', image, best, floats(*best.shape, seed=1), *lists, padding=padding, grad=True)
    case('max_grad_grad_v2_' + p, 'MaxPoolGradGradV2', image, best, floats(*image.shape, seed=2), *lists, padding=padding)
    where = ints(*best.shape, dtype='int64', low=0, high=90)
    for dtype in ('float32', 'float64', 'float16'):
        case('max_grad_where_%s_%s' % (p, dtype), 'MaxPoolGradWithArgmax', image.astype(dtype), floats(*best.shape, dtype=dtype), where,
             tol=2e-3 if dtype == 'float16' else None, **attrs)
    case('max_where_again_' + p, 'MaxPoolWithArgmax', image, grad=True, **attrs)
shape('max', 'MaxPool', ('float32', [None, 7, None, 3]), ksize=[1, 3, 3, 1], strides=[1, 2, 2, 1], padding='VALID')
shape('max_same', 'MaxPool', ('float32', [None, 7, 8, 3]), ksize=[1, 3, 3, 1], strides=[1, 2, 3, 1], padding='SAME')
shape('max_nchw', 'MaxPool', ('float32', [None, 3, 7, 8]), ksize=[1, 1, 3, 3], strides=[1, 1, 2, 3], padding='SAME',
      data_format='NCHW')
shape('max_unknown', 'MaxPool', ('float32', None), ksize=[1, 3, 3, 1], strides=[1, 2, 3, 1], padding='SAME')
shape('max_v2', 'MaxPoolV2', ('float32', [None, 7, 8, 3]), np.int32([1, 3, 3, 1]), np.int32([1, 2, 3, 1]), padding='SAME')
shape('max_v2_unknown', 'MaxPoolV2', ('float32', [None, 7, 8, 3]), ('int32', [4]), np.int32([1, 2, 3, 1]), padding='SAME')
shape('avg', 'AvgPool', ('float32', [None, 7, 8, None]), ksize=[1, 3, 3, 1], strides=[1, 2, 3, 1], padding='VALID')
shape('avg_grad', 'AvgPoolGrad', np.int32([2, 7, 8, 3]), ('float32', None), ksize=[1, 3, 3, 1], strides=[1, 2, 3, 1],
      padding='VALID')
shape('max_grad', 'MaxPoolGrad', ('float32', [None, 7, 8, 3]), ('float32', None), ('float32', None),
      ksize=[1, 3, 3, 1], strides=[1, 2, 3, 1], padding='VALID')
case('max_grad_where_batch', 'MaxPoolGradWithArgmax', floats(2, 2, 2, 1), floats(2, 1, 1, 1), np.int64([3, 6]).reshape(2, 1, 1, 1),
     include_batch_in_index=True, **two)
shape('max_grad_where', 'MaxPoolGradWithArgmax', ('float32', [None, 7, 8, 3]), ('float32', None), ('int64', None),
      ksize=[1, 3, 3, 1], strides=[1, 2, 3, 1], padding='VALID')
shape('max_where', 'MaxPoolWithArgmax', ('float32', [None, 7, 8, 3]), ksize=[1, 3, 3, 1], strides=[1, 2, 3, 1],
      padding='VALID')
