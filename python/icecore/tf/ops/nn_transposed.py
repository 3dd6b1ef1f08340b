"""Convolutions upwards over one to three dimensions, and morphology."""
from icecore.tf.framework import ops, tensor_util
from icecore.tf.ops import array_ops, plain
from icecore.tf.ops.deprecated import argument
from icecore.tf.ops.nn_conv import _get_sequence, conv2d_transpose_v2, conv3d_transpose


def conv1d_transpose(input, filters, output_shape, strides, padding='SAME', data_format='NWC', dilations=None, name=None):
    """The transpose of conv1d, to a sequence of output_shape; filters [width, out, in]."""
    with ops.name_scope(name, 'conv1d_transpose', [input, filters, output_shape]) as name:
        if data_format in (None, 'NWC'):
            data_format, axis, channel = 'NHWC', 1, 2
        elif data_format == 'NCW':
            data_format, axis, channel = 'NCHW', 2, 1
        else:
            raise ValueError('data_format must be "NWC" or "NCW".')
        strides = [1] + _get_sequence(strides, 1, channel, 'stride')
        dilations = [1] + _get_sequence(dilations, 1, channel, 'dilations')
        input = array_ops.expand_dims(input, axis)
        filters = array_ops.expand_dims(filters, 0)
        output_shape = output_shape if isinstance(output_shape, ops.Tensor) else list(output_shape)
        output_shape = array_ops.concat([output_shape[:axis], [1], output_shape[axis:]], 0)
        made = plain.conv2d_backprop_input(input_sizes=output_shape, filter=filters, out_backprop=input, strides=strides,
                                           padding=padding, data_format=data_format, dilations=dilations, name=name)
        return array_ops.squeeze(made, axis)


def conv_transpose(input, filters, output_shape, strides, padding='SAME', data_format=None, dilations=None, name=None):
    """conv1d_transpose, conv2d_transpose or conv3d_transpose, by the length of output_shape."""
    with ops.name_scope(name, 'conv_transpose', [input, output_shape]) as name:
        if tensor_util.is_tensor(output_shape):
            n = output_shape.shape[0] - 2
        elif hasattr(output_shape, '__len__'):
            n = len(output_shape) - 2
        else:
            raise ValueError('output_shape must be a tensor or sized collection.')
        if not 1 <= n <= 3:
            raise ValueError('output_shape must be of length 3, 4 or 5 but was {}.'.format(n + 2))
        function = (conv1d_transpose, conv2d_transpose_v2, conv3d_transpose)[int(n) - 1]
        return function(input, filters, output_shape=output_shape, strides=strides, padding=padding,
                        data_format=data_format, dilations=dilations, name=name)


def dilation2d(input, filter=None, strides=None, rates=None, padding=None, name=None, filters=None, dilations=None):
    """Grayscale dilation: the largest of a window plus the filter, of each channel."""
    filter = argument('filters', filters, 'filter', filter)
    rates = argument('dilations', dilations, 'rates', rates)
    return plain.dilation2d(input, filter, strides, rates, padding, name)


def erosion2d(value, kernel, strides, rates, padding, name=None):
    """Grayscale erosion: the smallest of a window minus the kernel, of each channel."""
    with ops.name_scope(name, 'erosion2d', [value, kernel]) as name:
        negative = plain.neg(value)
        turned = plain.reverse_v2(kernel, [0, 1])
        return plain.neg(plain.dilation2d(input=negative, filter=turned, strides=strides, rates=rates, padding=padding,
                                          name=name))
