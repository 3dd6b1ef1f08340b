"""Pools of tf.nn."""
import numpy as np

from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, plain
from icecore.tf.ops.deprecated import argument
from icecore.tf.ops.nn_conv import _channel, _get_sequence, _strides_and_rates, with_space_to_batch


def _pool(function, scope, value, ksize, strides, padding, data_format, name, n=2):
    with ops.name_scope(name, scope, [value]) as name:
        data_format = data_format or {2: 'NHWC', 3: 'NDHWC'}[n]
        channel = _channel(data_format, n)
        ksize = _get_sequence(ksize, n, channel, 'ksize')
        strides = _get_sequence(strides, n, channel, 'strides')
        if any(v == 0 for v in ksize):
            raise ValueError('ksize cannot be zero.')
        return function(value, ksize=ksize, strides=strides, padding=padding, data_format=data_format, name=name)


def avg_pool(value, ksize, strides, padding, data_format='NHWC', name=None, input=None):
    """The mean of each window."""
    value = argument('input', input, 'value', value)
    return _pool(plain.avg_pool, 'AvgPool', value, ksize, strides, padding, data_format, name)


def avg_pool2d(input, ksize, strides, padding, data_format='NHWC', name=None):
    """The mean of each window."""
    return _pool(plain.avg_pool, 'AvgPool2D', input, ksize, strides, padding, data_format, name)


def avg_pool3d(input, ksize, strides, padding, data_format='NDHWC', name=None):
    """The mean of each window of volumes."""
    return _pool(plain.avg_pool3d, 'AvgPool3D', input, ksize, strides, padding, data_format, name, 3)


def max_pool(value, ksize, strides, padding, data_format='NHWC', name=None, input=None):
    """The largest of each window."""
    value = argument('input', input, 'value', value)
    return _pool(plain.max_pool, 'MaxPool', value, ksize, strides, padding, data_format, name)


def max_pool2d(input, ksize, strides, padding, data_format='NHWC', name=None):
    """The largest of each window."""
    return _pool(plain.max_pool, 'MaxPool2d', input, ksize, strides, padding, data_format, name)


def max_pool3d(input, ksize, strides, padding, data_format='NDHWC', name=None):
    """The largest of each window of volumes."""
    return _pool(plain.max_pool3d, 'MaxPool3D', input, ksize, strides, padding, data_format, name, 3)


def _pool1d(function, scope, input, ksize, strides, padding, data_format, name):
    with ops.name_scope(name, scope, [input]) as name:
        data_format = data_format or 'NWC'
        channel = 1 if data_format.startswith('NC') else 2
        ksize = [1] + _get_sequence(ksize, 1, channel, 'ksize')
        strides = [1] + _get_sequence(strides, 1, channel, 'strides')
        axis = 1 if data_format == 'NWC' else 2
        input = array_ops.expand_dims(input, axis)
        made = function(input, ksize=ksize, strides=strides, padding=padding,
                        data_format='NHWC' if data_format == 'NWC' else 'NCHW', name=name)
        return array_ops.squeeze(made, axis)


def avg_pool1d(input, ksize, strides, padding, data_format='NWC', name=None):
    """The mean of each window of sequences."""
    return _pool1d(plain.avg_pool, 'AvgPool1D', input, ksize, strides, padding, data_format, name)


def max_pool1d(input, ksize, strides, padding, data_format='NWC', name=None):
    """The largest of each window of sequences."""
    return _pool1d(plain.max_pool, 'MaxPool1d', input, ksize, strides, padding, data_format, name)


def max_pool_with_argmax_v1(input, ksize, strides, padding, data_format='NHWC', Targmax=None, name=None,
                            output_dtype=None, include_batch_in_index=False):
    """The largest of each window, and where it stands."""
    if data_format != 'NHWC':
        raise ValueError("Data formats other than 'NHWC' are not yet supported")
    index_type = argument('output_dtype', output_dtype, 'Targmax', Targmax)
    return plain.max_pool_with_argmax(input=input, ksize=ksize, strides=strides, padding=padding,
                                      Targmax=dtypes.int64 if index_type is None else index_type,
                                      include_batch_in_index=include_batch_in_index, name=name)


def pool(input, window_shape, pooling_type, padding, dilation_rate=None, strides=None, name=None, data_format=None,
         dilations=None):
    """max_pool or avg_pool over 2 or 3 spatial dimensions, strided or dilated."""
    rates = argument('dilations', dilations, 'dilation_rate', dilation_rate)
    with ops.name_scope(name, '%s_pool' % pooling_type.lower(), [input]) as scope:
        input = ops.convert_to_tensor(input, name='input')
        n = len(window_shape)
        if not 1 <= n <= 3:
            raise ValueError('It is required that 1 <= num_spatial_dims <= 3.')
        input.get_shape().with_rank(n + 2)
        strides, rates = _strides_and_rates(n, strides, rates)
        if padding == 'SAME' and np.any(rates > 1):
            raise ValueError('pooling with SAME padding is not implemented for dilation_rate > 1')
        if np.any(strides > np.array(window_shape)):
            raise ValueError('strides > window_shape not supported due to inconsistency between CPU and GPU '
                             'implementations')
        function = {('MAX', 2): max_pool, ('MAX', 3): max_pool3d, ('AVG', 2): avg_pool, ('AVG', 3): avg_pool3d}.get(
            (pooling_type, n))
        if function is None:
            raise ValueError('%d-D %s pooling is not supported.' % (n, pooling_type))
        first = data_format is not None and data_format.startswith('NC')
        window = [1, 1] + list(window_shape) if first else [1] + list(window_shape) + [1]
        steps = [1, 1] + [int(s) for s in strides] if first else [1] + [int(s) for s in strides] + [1]

        def op(value, _, padding):
            return function(value, window, steps, padding, data_format=data_format, name=scope)

        return with_space_to_batch(input=input, dilation_rate=rates, padding=padding, op=op,
                                   spatial_dims=range(2, n + 2) if first else range(1, n + 1),
                                   filter_shape=window_shape, data_format=data_format)


def _pool_of_rank(functions, input, ksize, strides, padding, data_format, name):
    if input.shape is not None:
        n = len(input.shape) - 2
    elif data_format is not None:
        n = len(data_format) - 2
    else:
        raise ValueError('The input must have a rank or a data format must be given.')
    if not 1 <= n <= 3:
        raise ValueError('Input tensor must be of rank 3, 4 or 5 but was {}.'.format(n + 2))
    channel = 1 if data_format is not None and data_format.startswith('NC') else n + 1
    ksize = _get_sequence(ksize, n, channel, 'ksize')
    strides = _get_sequence(strides, n, channel, 'strides')
    return functions[n - 1](input, ksize=ksize, strides=strides, padding=padding, name=name,
                            **{} if data_format is None else {'data_format': data_format})


def avg_pool_v2(input, ksize, strides, padding, data_format=None, name=None):
    """The mean of each window of sequences, pictures or volumes."""
    return _pool_of_rank((avg_pool1d, plain.avg_pool, plain.avg_pool3d), input, ksize, strides, padding, data_format, name)


def max_pool_v2(input, ksize, strides, padding, data_format=None, name=None):
    """The largest of each window of sequences, pictures or volumes."""
    return _pool_of_rank((max_pool1d, plain.max_pool, plain.max_pool3d), input, ksize, strides, padding, data_format, name)
