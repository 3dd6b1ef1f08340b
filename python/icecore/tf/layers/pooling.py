"""tf.layers: pools."""
from icecore.tf.framework import tensor_shape
from icecore.tf.layers import base, utils
from icecore.tf.ops import array_ops, nn_ops


class _Pooling(base.Layer):
    _rank = 2

    def __init__(self, pool_size, strides, padding='valid', data_format='channels_last', name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        n = self._rank
        self.pool_size = utils.normalize_tuple(pool_size, n, 'pool_size')
        self.strides = utils.normalize_tuple(pool_size if strides is None else strides, n, 'strides')
        self.padding = utils.normalize_padding(padding)
        self.data_format = utils.normalize_data_format(data_format)
        self.input_spec = base.InputSpec(ndim=n + 2)

    def call(self, inputs):
        if self.data_format == 'channels_last':
            window, strides = (1,) + self.pool_size + (1,), (1,) + self.strides + (1,)
        else:
            window, strides = (1, 1) + self.pool_size, (1, 1) + self.strides
        return type(self)._function(inputs, ksize=window, strides=strides, padding=self.padding.upper(),
                                    data_format=utils.convert_data_format(self.data_format, self._rank + 2))

    def compute_output_shape(self, input_shape):
        dims = tensor_shape.TensorShape(input_shape).as_list()
        first = 2 if self.data_format == 'channels_first' else 1
        for i, (size, stride) in enumerate(zip(self.pool_size, self.strides)):
            dims[first + i] = utils.conv_output_length(dims[first + i], size, self.padding, stride)
        return tensor_shape.TensorShape(dims)


class MaxPooling2D(_Pooling):
    """The largest of each window."""
    _function = staticmethod(nn_ops.max_pool)


class AveragePooling2D(_Pooling):
    """The mean of each window."""
    _function = staticmethod(nn_ops.avg_pool)


class MaxPooling3D(_Pooling):
    """The largest of each window of volumes."""
    _rank = 3
    _function = staticmethod(nn_ops.max_pool3d)


class AveragePooling3D(_Pooling):
    """The mean of each window of volumes."""
    _rank = 3
    _function = staticmethod(nn_ops.avg_pool3d)


class _Pooling1D(_Pooling):
    _rank = 1

    def call(self, inputs):
        axis = 2 if self.data_format == 'channels_last' else 3
        inputs = array_ops.expand_dims(inputs, axis)
        last = self.data_format == 'channels_last'
        window = (1,) + self.pool_size + (1, 1) if last else (1, 1) + self.pool_size + (1,)
        strides = (1,) + self.strides + (1, 1) if last else (1, 1) + self.strides + (1,)
        made = type(self)._function(inputs, ksize=window, strides=strides, padding=self.padding.upper(),
                                    data_format=utils.convert_data_format(self.data_format, 4))
        return array_ops.squeeze(made, axis)


class MaxPooling1D(_Pooling1D):
    """The largest of each window of sequences."""
    _function = staticmethod(nn_ops.max_pool)


class AveragePooling1D(_Pooling1D):
    """The mean of each window of sequences."""
    _function = staticmethod(nn_ops.avg_pool)


def max_pooling1d(inputs, pool_size, strides, padding='valid', data_format='channels_last', name=None):
    """MaxPooling1D(...)(inputs)."""
    return MaxPooling1D(pool_size, strides, padding, data_format, name).apply(inputs)


def average_pooling1d(inputs, pool_size, strides, padding='valid', data_format='channels_last', name=None):
    """AveragePooling1D(...)(inputs)."""
    return AveragePooling1D(pool_size, strides, padding, data_format, name).apply(inputs)


def max_pooling2d(inputs, pool_size, strides, padding='valid', data_format='channels_last', name=None):
    """MaxPooling2D(...)(inputs)."""
    return MaxPooling2D(pool_size, strides, padding, data_format, name).apply(inputs)


def average_pooling2d(inputs, pool_size, strides, padding='valid', data_format='channels_last', name=None):
    """AveragePooling2D(...)(inputs)."""
    return AveragePooling2D(pool_size, strides, padding, data_format, name).apply(inputs)


def max_pooling3d(inputs, pool_size, strides, padding='valid', data_format='channels_last', name=None):
    """MaxPooling3D(...)(inputs)."""
    return MaxPooling3D(pool_size, strides, padding, data_format, name).apply(inputs)


def average_pooling3d(inputs, pool_size, strides, padding='valid', data_format='channels_last', name=None):
    """AveragePooling3D(...)(inputs)."""
    return AveragePooling3D(pool_size, strides, padding, data_format, name).apply(inputs)


MaxPool2D = MaxPooling2D
AvgPool2D = AveragePooling2D
max_pool2d = max_pooling2d
avg_pool2d = average_pooling2d
