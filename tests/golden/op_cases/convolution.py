"""Convolutions. (1.15.5 has no NCHW on CPUs: tests/ops/convolution_test.cc compares that with NHWC.)"""
import numpy as np

from op_cases import case, floats, shape


def conv(name, image, filter_, strides=(1, 1), padding='SAME', dilations=(1, 1), depthwise=False, dtype='float32',
         explicit=None, grad=True, backwards=True, tol=None):
    """The convolution and both of its gradients."""
    op = 'DepthwiseConv2dNative' if depthwise else 'Conv2D'
    attrs = dict(strides=[1, strides[0], strides[1], 1], dilations=[1, dilations[0], dilations[1], 1], padding=padding)
    if explicit:
        attrs['explicit_paddings'] = explicit
    case(name, op, floats(*image, dtype=dtype), floats(*filter_, dtype=dtype), grad=grad, tol=tol, **attrs)
    if not backwards:
        return
    sizes = []
    for i in range(2):
        size, window = image[1 + i], (filter_[i] - 1) * dilations[i] + 1
        pads = sum(explicit[2 + 2 * i:4 + 2 * i]) if explicit else 0
        sizes.append(-(-size // strides[i]) if padding == 'SAME' else (size + pads - window) // strides[i] + 1)
    channels = filter_[2] * filter_[3] if depthwise else filter_[3]
    dy = floats(image[0], sizes[0], sizes[1], channels, dtype=dtype)
    again = name in ('conv_same', 'conv_strides_valid', 'depthwise_multiplied', 'depthwise_multiplied_double')
    case(name + '_input', op + 'BackpropInput', np.int32(image),
         floats(*filter_, dtype=dtype), dy, tol=tol, grad=again, **attrs)
    case(name + '_filter', op + 'BackpropFilter', floats(*image, dtype=dtype), np.int32(filter_), dy, tol=tol, grad=again, **attrs)


TOL = 2e-5
for dtype in ('float32', 'float64'):
    d = '_double' if dtype == 'float64' else ''
    conv('conv_same' + d, (2, 5, 6, 3), (3, 3, 3, 4), dtype=dtype, tol=TOL)
    conv('conv_valid' + d, (2, 5, 6, 3), (3, 2, 3, 4), padding='VALID', dtype=dtype, tol=TOL)
    conv('conv_strides' + d, (1, 7, 8, 2), (3, 3, 2, 5), strides=(2, 3), dtype=dtype, tol=TOL)
    conv('conv_strides_valid' + d, (1, 7, 8, 2), (3, 3, 2, 5), strides=(2, 3), padding='VALID', dtype=dtype, tol=TOL)
    conv('conv_1x1' + d, (2, 3, 3, 4), (1, 1, 4, 3), dtype=dtype, tol=TOL)
    conv('conv_1x1_strides' + d, (1, 5, 5, 2), (1, 1, 2, 3), strides=(2, 2), dtype=dtype, tol=TOL)
    conv('conv_even' + d, (1, 5, 5, 1), (4, 2, 1, 2), dtype=dtype, tol=TOL)
    conv('conv_explicit' + d, (1, 4, 4, 2), (3, 3, 2, 3), padding='EXPLICIT', explicit=[0, 0, 2, 1, 0, 3, 0, 0],
         dtype=dtype, tol=TOL, backwards=True)
    conv('conv_dilated' + d, (1, 8, 8, 2), (3, 3, 2, 3), dilations=(2, 3), dtype=dtype, tol=TOL, grad=False,
         backwards=False)
    conv('conv_dilated_valid' + d, (1, 8, 8, 2), (3, 3, 2, 3), dilations=(2, 1), padding='VALID', dtype=dtype, tol=TOL,
         grad=False, backwards=False)
    conv('depthwise' + d, (2, 5, 6, 3), (3, 3, 3, 1), depthwise=True, dtype=dtype, tol=TOL)
    conv('depthwise_multiplied' + d, (2, 5, 6, 3), (3, 2, 3, 2), depthwise=True, padding='VALID', dtype=dtype, tol=TOL)
    conv('depthwise_strides' + d, (1, 7, 7, 9), (3, 3, 9, 1), strides=(2, 2), depthwise=True, dtype=dtype, tol=TOL)
conv('conv_wide', (1, 6, 6, 16), (3, 3, 16, 16), tol=5e-5)
conv('conv_half', (1, 4, 4, 2), (3, 3, 2, 3), dtype='float16', tol=1e-2, grad=False, backwards=False)
conv('conv_image_smaller', (1, 2, 2, 1), (5, 5, 1, 2), tol=TOL)
ones = dict(strides=[1, 1, 1, 1], padding='VALID')
case('conv_no_images', 'Conv2D', floats(0, 4, 4, 2), floats(3, 3, 2, 3), **ones)
case('conv_no_filters', 'Conv2D', floats(1, 4, 4, 2), floats(3, 3, 2, 0), **ones)
case('conv_3d', 'Conv2D', floats(1, 4, 4), floats(3, 3, 2, 3), error='INVALID_ARGUMENT', **ones)
case('conv_too_small', 'Conv2D', floats(1, 2, 2, 1), floats(5, 5, 1, 1), error='INVALID_ARGUMENT', **ones)
case('conv_back_shape', 'Conv2DBackpropInput', np.int32([1, 4, 4, 2]), floats(3, 3, 2, 3), floats(1, 3, 3, 3),
     error='INVALID_ARGUMENT', **ones)
case('conv_back_depth', 'Conv2DBackpropFilter', floats(1, 4, 4, 2), np.int32([3, 3, 2, 4]), floats(1, 2, 2, 3),
     error='INVALID_ARGUMENT', **ones)
shape('conv', 'Conv2D', ('float32', [None, 7, None, 3]), ('float32', [3, 3, 3, 8]), strides=[1, 2, 2, 1], padding='SAME')
shape('conv_valid', 'Conv2D', ('float32', [None, 7, 9, None]), ('float32', [3, 2, 3, None]), strides=[1, 2, 2, 1],
      padding='VALID')
shape('conv_nchw', 'Conv2D', ('float32', [2, 3, 7, 9]), ('float32', [3, 2, 3, 5]), strides=[1, 1, 2, 1], padding='VALID',
      data_format='NCHW')
shape('conv_explicit', 'Conv2D', ('float32', [2, 7, 9, 3]), ('float32', [3, 2, 3, 5]), strides=[1, 1, 2, 1],
      padding='EXPLICIT', explicit_paddings=[0, 0, 1, 2, 3, 4, 0, 0])
shape('conv_dilated', 'Conv2D', ('float32', [2, 7, 9, 3]), ('float32', [3, 2, 3, 5]), strides=[1, 1, 1, 1],
      padding='VALID', dilations=[1, 2, 3, 1])
shape('conv_unknown', 'Conv2D', ('float32', None), ('float32', [3, 2, 3, 5]), strides=[1, 1, 1, 1], padding='SAME')
shape('depthwise', 'DepthwiseConv2dNative', ('float32', [None, 7, 9, 3]), ('float32', [3, 2, 3, 2]),
      strides=[1, 2, 2, 1], padding='SAME')
shape('conv_input', 'Conv2DBackpropInput', np.int32([2, 4, 4, 3]), ('float32', [3, 3, 3, 4]), ('float32', None),
      strides=[1, 1, 1, 1], padding='SAME')
shape('conv_input_unknown', 'Conv2DBackpropInput', ('int32', [4]), ('float32', [3, 3, 3, 4]), ('float32', None),
      strides=[1, 1, 1, 1], padding='SAME')
shape('conv_filter', 'Conv2DBackpropFilter', ('float32', None), np.int32([3, 3, 2, 4]), ('float32', None),
      strides=[1, 1, 1, 1], padding='SAME')
