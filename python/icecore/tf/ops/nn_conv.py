"""Convolutions of tf.nn."""
import numpy as np

from icecore.tf.framework import dtypes, ops, tensor_shape, tensor_util
from icecore.tf.ops import array_ops, plain
from icecore.tf.ops.deprecated import argument


def _get_sequence(value, n, channel_index, name):
    """n + 2 numbers: those given, one for each spatial dimension, or one for all."""
    if value is None:
        value = [1]
    elif not hasattr(value, '__len__'):
        value = [value]
    size = len(value)
    if size == n + 2:
        return list(value)
    if size == 1:
        value = list(value) * n
    elif size != n:
        raise ValueError('{} should be of length 1, {} or {} but was {}'.format(name, n, n + 2, size))
    return [1, 1] + list(value) if channel_index == 1 else [1] + list(value) + [1]


def _channel(data_format, n):
    return 1 if data_format is not None and data_format.startswith('NC') else n + 1


# --- Dilation by moving pixels into the batch ------------------------------------------------------------------------


def _dilated_paddings(filter_shape, n, rate):
    window = filter_shape[:n]
    extra = window + (window - 1) * (rate - 1) - 1
    start = extra // 2
    end = extra - start
    return array_ops.stack([[start[i], end[i]] for i in range(n)])


def _with_all_dimensions(values, fill, spatial_dims):
    # Rows for the dimensions between the spatial ones, which stay as they are.
    more = values.get_shape().as_list()[1:]
    known = tensor_util.constant_value(values)
    source = known if known is not None else values
    parts, before, i = [], 0, 0
    while i < len(spatial_dims):
        first = i
        if spatial_dims[i] > 1:
            parts.append(np.full([spatial_dims[i] - 1 - before] + more, fill, dtype=values.dtype.as_numpy_dtype))
        while i + 1 < len(spatial_dims) and spatial_dims[i + 1] == spatial_dims[i] + 1:
            i += 1
        parts.append(source[first:i + 1])
        before = spatial_dims[i]
        i += 1
    return np.concatenate(parts) if known is not None else array_ops.concat(parts, 0)


def _dilated(input_shape, dilation_rate, padding, build, filter_shape, spatial_dims, data_format):
    """A function (input, filter) that convolves with holes; build(padding) gives the one without."""
    dilation_rate = ops.convert_to_tensor(dilation_rate, dtypes.int32, name='dilation_rate')
    if dilation_rate.get_shape().ndims != 1:
        raise ValueError('rate must be rank 1')
    if not dilation_rate.get_shape().is_fully_defined():
        raise ValueError('rate must have known shape')
    n = dilation_rate.get_shape().as_list()[0]
    channels_first = data_format is not None and data_format.startswith('NC')
    if spatial_dims is None:
        spatial_dims = range(2, n + 2) if channels_first else range(1, n + 1)
    spatial_dims = list(spatial_dims)
    known_rate = tensor_util.constant_value(dilation_rate)
    rate = dilation_rate
    if known_rate is not None:
        rate = known_rate
        if np.any(known_rate < 1):
            raise ValueError('dilation_rate must be positive')
        if np.all(known_rate == 1):
            return build(padding)
    base = None
    if padding == 'SAME':
        if filter_shape is None:
            raise ValueError('filter_shape must be specified for SAME padding')
        filter_shape = ops.convert_to_tensor(filter_shape, name='filter_shape')
        known = tensor_util.constant_value(filter_shape)
        if known is not None:
            base = _dilated_paddings(known, n, rate)
    elif padding == 'VALID':
        base = np.zeros([n, 2], np.int32)
    else:
        raise ValueError('Invalid padding method %r' % padding)
    inner = build('VALID')

    def call(value, filter):
        dims = input_shape.as_list() if input_shape.ndims is not None else None
        sizes = [dims[i] for i in spatial_dims] if dims is not None else None
        if sizes is None or None in sizes:
            whole = array_ops.shape(value)
            sizes = array_ops.stack([whole[i] for i in spatial_dims])
        paddings = base if base is not None else _dilated_paddings(array_ops.shape(filter), n, rate)
        paddings, crops = array_ops.required_space_to_batch_paddings(
            input_shape=sizes, base_paddings=paddings, block_shape=dilation_rate)
        block = _with_all_dimensions(dilation_rate, 1, spatial_dims)
        paddings = _with_all_dimensions(paddings, 0, spatial_dims)
        crops = _with_all_dimensions(crops, 0, spatial_dims)
        moved = plain.space_to_batch_nd(input=value, block_shape=block, paddings=paddings)
        return plain.batch_to_space_nd(input=inner(moved, filter), block_shape=block, crops=crops)

    return call


def with_space_to_batch(input, dilation_rate, padding, op, filter_shape=None, spatial_dims=None, data_format=None):
    """op(input, number of spatial dimensions, padding) with holes of dilation_rate."""
    input = ops.convert_to_tensor(input, name='input')
    n = len(dilation_rate)
    call = _dilated(input.get_shape(), dilation_rate, padding,
                    lambda padding: lambda value, _: op(value, n, padding), filter_shape, spatial_dims, data_format)
    return call(input, None)


def _strides_and_rates(n, strides, rates):
    if rates is None:
        rates = [1] * n
    elif len(rates) != n:
        raise ValueError('len(dilation_rate)=%d but should be %d' % (len(rates), n))
    rates = np.array(rates, dtype=np.int32)
    if np.any(rates < 1):
        raise ValueError('all values of dilation_rate must be positive')
    if strides is None:
        strides = [1] * n
    elif len(strides) != n:
        raise ValueError('len(strides)=%d but should be %d' % (len(strides), n))
    strides = np.array(strides, dtype=np.int32)
    if np.any(strides < 1):
        raise ValueError('all values of strides must be positive')
    if np.any(strides > 1) and np.any(rates > 1):
        raise ValueError('strides > 1 not supported in conjunction with dilation_rate > 1')
    return strides, rates


class Convolution:
    """What tf.layers call: a convolution whose shapes are known beforehand."""

    def __init__(self, input_shape, filter_shape, padding, strides=None, dilation_rate=None, name=None,
                 data_format=None):
        total = filter_shape.ndims if filter_shape.ndims is not None else input_shape.ndims
        if total is None:
            raise ValueError('rank of input or filter must be known')
        n = total - 2
        for shape, what in ((input_shape, 'input'), (filter_shape, 'filter')):
            try:
                shape.with_rank(n + 2)
            except ValueError:
                raise ValueError('%s tensor must have rank %d' % (what, n + 2)) from None
        channels_first = data_format is not None and data_format.startswith('NC')
        channels = tensor_shape.dimension_at_index(input_shape, 1 if channels_first else n + 1)
        wanted = tensor_shape.dimension_at_index(filter_shape, n)
        if not channels.is_compatible_with(wanted):
            raise ValueError('number of input channels does not match corresponding dimension of filter, {} != {}'.format(
                channels, wanted))
        strides, rates = _strides_and_rates(n, strides, dilation_rate)

        def build(padding):
            return lambda value, filter: _plain_convolution(n, value, filter, padding, strides, data_format, name)

        self._call = _dilated(input_shape, rates, padding, build, filter_shape,
                              range(2, n + 2) if channels_first else range(1, n + 1), data_format)

    def __call__(self, inp, filter):
        return self._call(inp, filter)


def _plain_convolution(n, value, filter, padding, strides, data_format, name):
    strides = [int(s) for s in strides]
    if n == 1:
        return conv1d(value, filter, strides[0], padding, data_format=data_format or 'NWC', name=name)
    channels_first = data_format is not None and data_format.startswith('NC')
    strides = [1, 1] + strides if channels_first else [1] + strides + [1]
    default = {2: 'NHWC', 3: 'NDHWC'}[n]
    function = {2: plain.conv2d, 3: plain.conv3d}[n]
    return function(input=value, filter=filter, strides=strides, padding=padding, data_format=data_format or default,
                    name=name)


# --- Convolutions ----------------------------------------------------------------------------------------------------


def convolution(input, filter=None, padding=None, strides=None, dilation_rate=None, name=None, data_format=None,
                filters=None, dilations=None):
    """Convolution over 1, 2 or 3 spatial dimensions, strided or dilated."""
    filter = argument('filters', filters, 'filter', filter)
    rates = argument('dilations', dilations, 'dilation_rate', dilation_rate)
    input_shape = tensor_shape.as_shape(input.shape)
    filter_shape = tensor_shape.as_shape(filter.shape)
    known = input_shape if input_shape.ndims is not None else filter_shape
    if known.ndims is None:
        raise ValueError('rank of input or filter must be known')
    n = known.ndims - 2
    if not 1 <= n <= 3:
        raise ValueError('Input tensor must be of rank 3, 4 or 5 but was {}.'.format(n + 2))
    channel = _channel(data_format, n)
    strides = _get_sequence(strides, n, channel, 'strides')
    rates = _get_sequence(rates, n, channel, 'dilations')
    with ops.name_scope(name, 'convolution', [input, filter]) as name:
        if all(i == 1 for i in rates):
            if n == 1:
                return conv1d(input, filter, strides, padding, data_format=data_format, dilations=rates, name=name)
            function = {2: plain.conv2d, 3: plain.conv3d}[n]
            return function(input, filter, strides, padding, data_format=data_format, dilations=rates, name=name)
        cut = slice(2, None) if channel == 1 else slice(1, -1)
        made = Convolution(input_shape, filter_shape, padding, strides=strides[cut], dilation_rate=rates[cut], name=name,
                           data_format=data_format)
        return made(input, filter)


def atrous_conv2d(value, filters, rate, padding, name=None):
    """conv2d with holes of `rate`."""
    return convolution(value, filters, padding, dilation_rate=np.broadcast_to(rate, (2,)), name=name)


def _convert_padding(padding):
    if padding == 'EXPLICIT':
        raise ValueError('"EXPLICIT" is not a valid value for the padding parameter. To use explicit padding, the '
                         'padding parameter must be a list.')
    if not isinstance(padding, (list, tuple)):
        return padding, []
    explicit = []
    for i, pair in enumerate(padding):
        if not isinstance(pair, (list, tuple)):
            raise ValueError('When padding is a list, each element of padding must be a list/tuple of size 2. Element '
                             'with index %d of padding is not a list/tuple' % i)
        if len(pair) != 2:
            raise ValueError('When padding is a list, each element of padding must be a list/tuple of size 2. Element '
                             'with index %d of padding has size %d' % (i, len(pair)))
        explicit.extend(pair)
    if len(padding) != 4:
        raise ValueError('When padding is a list, it must be of size 4. Got padding of size: %d' % len(padding))
    return 'EXPLICIT', explicit


def conv2d(input, filter=None, strides=None, padding=None, use_cudnn_on_gpu=True, data_format='NHWC',
           dilations=[1, 1, 1, 1], name=None, filters=None):
    """Convolution of pictures: input [batch, rows, columns, channels], filter [rows, columns, in, out]."""
    filter = argument('filters', filters, 'filter', filter)
    padding, explicit = _convert_padding(padding)
    data_format = data_format or 'NHWC'
    channel = _channel(data_format, 2)
    strides = _get_sequence(strides, 2, channel, 'strides')
    dilations = _get_sequence(dilations, 2, channel, 'dilations')
    return plain.conv2d(input, filter, strides, padding, use_cudnn_on_gpu=use_cudnn_on_gpu, explicit_paddings=explicit,
                        data_format=data_format, dilations=dilations, name=name)


def conv2d_v2(input, filters, strides, padding, data_format='NHWC', dilations=None, name=None):
    return conv2d(input, filters, strides, padding, True, data_format, dilations, name)


def conv2d_backprop_filter(input, filter_sizes, out_backprop, strides, padding, use_cudnn_on_gpu=True,
                           data_format='NHWC', dilations=[1, 1, 1, 1], name=None):
    """The gradient of conv2d by its filter."""
    padding, explicit = _convert_padding(padding)
    return plain.conv2d_backprop_filter(input, filter_sizes, out_backprop, strides, padding, use_cudnn_on_gpu, explicit,
                                        data_format, dilations, name)


def conv2d_backprop_input(input_sizes, filter=None, out_backprop=None, strides=None, padding=None,
                          use_cudnn_on_gpu=True, data_format='NHWC', dilations=[1, 1, 1, 1], name=None, filters=None):
    """The gradient of conv2d by its input."""
    filter = argument('filters', filters, 'filter', filter)
    padding, explicit = _convert_padding(padding)
    return plain.conv2d_backprop_input(input_sizes, filter, out_backprop, strides, padding, use_cudnn_on_gpu, explicit,
                                       data_format, dilations, name)


def conv2d_transpose(value=None, filter=None, output_shape=None, strides=None, padding='SAME', data_format='NHWC',
                     name=None, input=None, filters=None, dilations=None):
    """The transpose of conv2d, to a picture of output_shape; filter [rows, columns, out, in]."""
    value = argument('input', input, 'value', value)
    filter = argument('filters', filters, 'filter', filter)
    with ops.name_scope(name, 'conv2d_transpose', [value, filter, output_shape]) as name:
        return conv2d_transpose_v2(value, filter, output_shape, strides, padding=padding, data_format=data_format,
                                   dilations=dilations, name=name)


def conv2d_transpose_v2(input, filters, output_shape, strides, padding='SAME', data_format='NHWC', dilations=None,
                        name=None):
    with ops.name_scope(name, 'conv2d_transpose', [input, filters, output_shape]) as name:
        data_format = data_format or 'NHWC'
        channel = _channel(data_format, 2)
        strides = _get_sequence(strides, 2, channel, 'strides')
        dilations = _get_sequence(dilations, 2, channel, 'dilations')
        return plain.conv2d_backprop_input(input_sizes=output_shape, filter=filters, out_backprop=input,
                                           strides=strides, padding=padding, data_format=data_format,
                                           dilations=dilations, name=name)


def atrous_conv2d_transpose(value, filters, output_shape, rate, padding, name=None):
    """The transpose of atrous_conv2d."""
    with ops.name_scope(name, 'atrous_conv2d_transpose', [value, filters, output_shape]) as name:
        value = ops.convert_to_tensor(value, name='value')
        filters = ops.convert_to_tensor(filters, name='filters')
        if rate < 1:
            raise ValueError('rate {} cannot be less than one'.format(rate))
        if rate == 1:
            return conv2d_transpose(value, filters, output_shape, strides=[1, 1, 1, 1], padding=padding)
        ops.convert_to_tensor(output_shape, name='output_shape')
        if padding == 'SAME':
            window = filters.get_shape().as_list()
            extra = [(k - 1) * rate for k in window[:2]]
            top, left = extra[0] // 2, extra[1] // 2
            bottom, right = extra[0] - top, extra[1] - left
        elif padding == 'VALID':
            top = bottom = left = right = 0
        else:
            raise ValueError('padding must be either VALID or SAME: {}'.format(padding))
        rows = output_shape[1] + top + bottom
        columns = output_shape[2] + left + right
        more_rows = (rate - rows % rate) % rate
        more_columns = (rate - columns % rate) % rate
        value = array_ops.space_to_batch(input=value, paddings=[[0, more_rows], [0, more_columns]], block_size=rate)
        sizes = [rate * rate * output_shape[0], (rows + more_rows) // rate, (columns + more_columns) // rate,
                 output_shape[3]]
        value = plain.conv2d_backprop_input(input_sizes=sizes, filter=filters, out_backprop=value,
                                            strides=[1, 1, 1, 1], padding='VALID', data_format='NHWC')
        return array_ops.batch_to_space(input=value, crops=[[top, bottom + more_rows], [left, right + more_columns]],
                                        block_size=rate)


def conv1d(value=None, filters=None, stride=None, padding=None, use_cudnn_on_gpu=None, data_format=None, name=None,
           input=None, dilations=None):
    """Convolution of sequences, as conv2d of pictures of one row."""
    value = argument('input', input, 'value', value)
    with ops.name_scope(name, 'conv1d', [value, filters]) as name:
        if data_format in (None, 'NHWC', 'NWC'):
            data_format, start, channel = 'NHWC', 1, 2
        elif data_format in ('NCHW', 'NCW'):
            data_format, start, channel = 'NCHW', 2, 1
        else:
            raise ValueError('data_format must be "NWC" or "NCW".')
        strides = [1] + _get_sequence(stride, 1, channel, 'stride')
        dilations = [1] + _get_sequence(dilations, 1, channel, 'dilations')
        value = array_ops.expand_dims(value, start)
        filters = array_ops.expand_dims(filters, 0)
        made = plain.conv2d(value, filters, strides, padding, use_cudnn_on_gpu=use_cudnn_on_gpu,
                            data_format=data_format, dilations=dilations, name=name)
        return array_ops.squeeze(made, [start])


def conv3d_v1(input, filter=None, strides=None, padding=None, data_format='NDHWC', dilations=[1, 1, 1, 1, 1], name=None,
              filters=None):
    """Convolution of volumes."""
    filter = argument('filters', filters, 'filter', filter)
    return plain.conv3d(input, filter, strides, padding, data_format, dilations, name)


def conv3d_transpose(value, filter=None, output_shape=None, strides=None, padding='SAME', data_format='NDHWC',
                     name=None, input=None, filters=None, dilations=None):
    """The transpose of conv3d."""
    filter = argument('filters', filters, 'filter', filter)
    value = argument('input', input, 'value', value)
    with ops.name_scope(name, 'conv3d_transpose', [value, filter, output_shape]) as name:
        data_format = data_format or 'NDHWC'
        channel = _channel(data_format, 3)
        strides = _get_sequence(strides, 3, channel, 'strides')
        dilations = _get_sequence(dilations, 3, channel, 'dilations')
        return plain.conv3d_backprop_input_v2(input_sizes=output_shape, filter=filter, out_backprop=value,
                                              strides=strides, padding=padding, data_format=data_format,
                                              dilations=dilations, name=name)
