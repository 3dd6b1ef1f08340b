"""tf.layers: convolutions."""
from icecore.tf.framework import tensor_shape
from icecore.tf.layers import activations, base, utils
from icecore.tf.ops import array_ops, init_ops, nn_conv, nn_impl, nn_ops


class _Conv(base.Layer):
    _rank = 2

    def __init__(self, filters, kernel_size, strides=1, padding='valid', data_format='channels_last', dilation_rate=1,
                 activation=None, use_bias=True, kernel_initializer=None,
                 bias_initializer=init_ops.zeros_initializer(), kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, trainable=True, name=None,
                 **kwargs):
        super().__init__(trainable=trainable, name=name, activity_regularizer=activity_regularizer, **kwargs)
        n = self.rank = self._rank
        self.filters = filters
        self.kernel_size = utils.normalize_tuple(kernel_size, n, 'kernel_size')
        self.strides = utils.normalize_tuple(strides, n, 'strides')
        self.padding = utils.normalize_padding(padding)
        self.data_format = utils.normalize_data_format(data_format)
        self.dilation_rate = utils.normalize_tuple(dilation_rate, n, 'dilation_rate')
        self.activation = activations.get_activation(activation)
        self.use_bias = use_bias
        self.kernel_initializer = activations.get_initializer(kernel_initializer)
        self.bias_initializer = activations.get_initializer(bias_initializer)
        self.kernel_regularizer = kernel_regularizer
        self.bias_regularizer = bias_regularizer
        self.kernel_constraint = kernel_constraint
        self.bias_constraint = bias_constraint
        self.input_spec = base.InputSpec(ndim=n + 2)

    @property
    def _format(self):
        return utils.convert_data_format(self.data_format, self.rank + 2)

    @property
    def _channel_axis(self):
        return 1 if self.data_format == 'channels_first' else -1

    def _channels(self, input_shape):
        channels = tensor_shape.TensorShape(input_shape).as_list()[self._channel_axis]
        if channels is None:
            raise ValueError('The channel dimension of the inputs should be defined. Found `None`.')
        return channels

    def _add_kernel_and_bias(self, kernel_shape):
        self.kernel = self.add_weight('kernel', shape=kernel_shape, initializer=self.kernel_initializer,
                                      regularizer=self.kernel_regularizer, constraint=self.kernel_constraint,
                                      trainable=True, dtype=self.dtype)
        self._add_bias()

    def _add_bias(self):
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight('bias', shape=(self.filters,), initializer=self.bias_initializer,
                                        regularizer=self.bias_regularizer, constraint=self.bias_constraint,
                                        trainable=True, dtype=self.dtype)

    def build(self, input_shape):
        channels = self._channels(input_shape)
        self._add_kernel_and_bias(self.kernel_size + (channels, self.filters))
        self.input_spec = base.InputSpec(ndim=self.rank + 2, axes={self._channel_axis: channels})
        self._convolution = nn_conv.Convolution(
            tensor_shape.TensorShape(input_shape), filter_shape=self.kernel.shape, dilation_rate=self.dilation_rate,
            strides=self.strides, padding=self.padding.upper(), data_format=self._format)
        self.built = True

    def call(self, inputs):
        outputs = self._convolution(inputs, self.kernel)
        if self.use_bias:
            if self.data_format == 'channels_first':
                if self.rank == 1:
                    outputs += array_ops.reshape(self.bias, (1, self.filters, 1))
                else:
                    outputs = nn_ops.bias_add(outputs, self.bias, data_format='NCHW')
            else:
                outputs = nn_ops.bias_add(outputs, self.bias, data_format='NHWC')
        return self.activation(outputs)

    def compute_output_shape(self, input_shape):
        dims = tensor_shape.TensorShape(input_shape).as_list()
        first = 2 if self.data_format == 'channels_first' else 1
        for i in range(self.rank):
            dims[first + i] = utils.conv_output_length(dims[first + i], self.kernel_size[i], self.padding,
                                                       self.strides[i], self.dilation_rate[i])
        dims[self._channel_axis] = self.filters
        return tensor_shape.TensorShape(dims)


class Conv1D(_Conv):
    """Convolution of sequences."""
    _rank = 1


class Conv2D(_Conv):
    """Convolution of pictures.

    Args:
      filters: how many channels come out.
      kernel_size, strides, dilation_rate: one number, or one for each dimension.
      padding: 'valid' or 'same'.
      data_format: 'channels_last' or 'channels_first'.
      activation, use_bias, *_initializer, *_regularizer, *_constraint: as Dense.
    """
    _rank = 2


class Conv3D(_Conv):
    """Convolution of volumes."""
    _rank = 3


class Conv2DTranspose(Conv2D):
    """The transpose of a convolution: pictures become larger."""

    def __init__(self, filters, kernel_size, strides=(1, 1), padding='valid', data_format='channels_last', activation=None,
                 use_bias=True, kernel_initializer=None, bias_initializer=init_ops.zeros_initializer(),
                 kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
                 bias_constraint=None, trainable=True, name=None, **kwargs):
        super().__init__(
            filters, kernel_size, strides=strides, padding=padding, data_format=data_format, activation=activation,
            use_bias=use_bias, kernel_initializer=kernel_initializer, bias_initializer=bias_initializer,
            kernel_regularizer=kernel_regularizer, bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer, kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint, trainable=trainable, name=name, **kwargs)

    def build(self, input_shape):
        dims = tensor_shape.TensorShape(input_shape)
        if len(dims) != 4:
            raise ValueError('Inputs should have rank 4. Received input shape: ' + str(dims))
        channels = self._channels(input_shape)
        self.input_spec = base.InputSpec(ndim=4, axes={self._channel_axis: channels})
        self._add_kernel_and_bias(self.kernel_size + (self.filters, channels))
        self.built = True

    def _length(self, size, i):
        return utils.deconv_output_length(size, self.kernel_size[i], padding=self.padding, stride=self.strides[i],
                                          dilation=self.dilation_rate[i])

    def call(self, inputs):
        shape = array_ops.shape(inputs)
        batch = shape[0]
        first = self.data_format == 'channels_first'
        rows, columns = (shape[2], shape[3]) if first else (shape[1], shape[2])
        rows, columns = self._length(rows, 0), self._length(columns, 1)
        wanted = (batch, self.filters, rows, columns) if first else (batch, rows, columns, self.filters)
        strides = (1, 1) + self.strides if first else (1,) + self.strides + (1,)
        wanted = array_ops.stack(wanted)
        wanted[0]  # TensorFlow looks whether it is None, which adds a slice.
        outputs = nn_ops.conv2d_transpose(inputs, self.kernel, wanted, strides,
                                          padding=self.padding.upper(), data_format=self._format)
        outputs.set_shape(self.compute_output_shape(inputs.shape))
        if self.use_bias:
            outputs = nn_ops.bias_add(outputs, self.bias, data_format=self._format)
        return self.activation(outputs)

    def compute_output_shape(self, input_shape):
        dims = tensor_shape.TensorShape(input_shape).as_list()
        first = 2 if self.data_format == 'channels_first' else 1
        for i in range(2):
            dims[first + i] = self._length(dims[first + i], i)
        dims[self._channel_axis] = self.filters
        return tensor_shape.TensorShape(dims)


class SeparableConv2D(Conv2D):
    """Each channel convolved by itself, then all at each pixel."""

    def __init__(self, filters, kernel_size, strides=(1, 1), padding='valid', data_format='channels_last',
                 dilation_rate=(1, 1), depth_multiplier=1, activation=None, use_bias=True, depthwise_initializer=None,
                 pointwise_initializer=None, bias_initializer=init_ops.zeros_initializer(), depthwise_regularizer=None,
                 pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None,
                 depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None, trainable=True, name=None,
                 **kwargs):
        super().__init__(filters, kernel_size, strides=strides, padding=padding, data_format=data_format,
                         dilation_rate=dilation_rate, activation=activation, use_bias=use_bias,
                         bias_initializer=bias_initializer, bias_regularizer=bias_regularizer,
                         activity_regularizer=activity_regularizer, bias_constraint=bias_constraint,
                         trainable=trainable, name=name, **kwargs)
        self.depth_multiplier = depth_multiplier
        self.depthwise_initializer = activations.get_initializer(depthwise_initializer)
        self.pointwise_initializer = activations.get_initializer(pointwise_initializer)
        self.depthwise_regularizer = depthwise_regularizer
        self.pointwise_regularizer = pointwise_regularizer
        self.depthwise_constraint = depthwise_constraint
        self.pointwise_constraint = pointwise_constraint

    def build(self, input_shape):
        channels = self._channels(input_shape)
        self.input_spec = base.InputSpec(ndim=4, axes={self._channel_axis: channels})
        self.depthwise_kernel = self.add_weight(
            'depthwise_kernel', shape=self.kernel_size + (channels, self.depth_multiplier),
            initializer=self.depthwise_initializer, regularizer=self.depthwise_regularizer,
            constraint=self.depthwise_constraint, trainable=True, dtype=self.dtype)
        self.pointwise_kernel = self.add_weight(
            'pointwise_kernel', shape=(1, 1, self.depth_multiplier * channels, self.filters),
            initializer=self.pointwise_initializer, regularizer=self.pointwise_regularizer,
            constraint=self.pointwise_constraint, trainable=True, dtype=self.dtype)
        self._add_bias()
        self.built = True

    def call(self, inputs):
        strides = (1,) + self.strides + (1,) if self.data_format == 'channels_last' else (1, 1) + self.strides
        outputs = nn_impl.separable_conv2d(inputs, self.depthwise_kernel, self.pointwise_kernel, strides=strides,
                                           padding=self.padding.upper(), rate=self.dilation_rate,
                                           data_format=self._format)
        if self.use_bias:
            outputs = nn_ops.bias_add(outputs, self.bias, data_format=self._format)
        return self.activation(outputs)


def _function(kind, strides, dilation):
    def layer(inputs, filters, kernel_size, strides=strides, padding='valid', data_format='channels_last',
              dilation_rate=dilation, activation=None, use_bias=True, kernel_initializer=None,
              bias_initializer=init_ops.zeros_initializer(), kernel_regularizer=None, bias_regularizer=None,
              activity_regularizer=None, kernel_constraint=None, bias_constraint=None, trainable=True, name=None,
              reuse=None):
        made = kind(filters, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias,
                    kernel_initializer, bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer,
                    kernel_constraint, bias_constraint, trainable, name, _reuse=reuse, _scope=name)
        return made.apply(inputs)

    layer.__doc__ = '%s(...)(inputs); with `reuse` the variables of an earlier layer of that name.' % kind.__name__
    layer.__name__ = layer.__qualname__ = kind.__name__.lower()
    return layer


conv1d = _function(Conv1D, 1, 1)
conv2d = _function(Conv2D, (1, 1), (1, 1))
conv3d = _function(Conv3D, (1, 1, 1), (1, 1, 1))


def conv2d_transpose(inputs, filters, kernel_size, strides=(1, 1), padding='valid', data_format='channels_last',
                     activation=None, use_bias=True, kernel_initializer=None,
                     bias_initializer=init_ops.zeros_initializer(), kernel_regularizer=None, bias_regularizer=None,
                     activity_regularizer=None, kernel_constraint=None, bias_constraint=None, trainable=True, name=None,
                     reuse=None):
    """Conv2DTranspose(...)(inputs)."""
    made = Conv2DTranspose(filters, kernel_size, strides, padding, data_format, activation, use_bias,
                           kernel_initializer, bias_initializer, kernel_regularizer, bias_regularizer,
                           activity_regularizer, kernel_constraint, bias_constraint, trainable, name, _reuse=reuse,
                           _scope=name)
    return made.apply(inputs)


def separable_conv2d(inputs, filters, kernel_size, strides=(1, 1), padding='valid', data_format='channels_last',
                     dilation_rate=(1, 1), depth_multiplier=1, activation=None, use_bias=True,
                     depthwise_initializer=None, pointwise_initializer=None,
                     bias_initializer=init_ops.zeros_initializer(), depthwise_regularizer=None,
                     pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None,
                     depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None, trainable=True,
                     name=None, reuse=None):
    """SeparableConv2D(...)(inputs)."""
    made = SeparableConv2D(filters, kernel_size, strides, padding, data_format, dilation_rate, depth_multiplier,
                           activation, use_bias, depthwise_initializer, pointwise_initializer, bias_initializer,
                           depthwise_regularizer, pointwise_regularizer, bias_regularizer, activity_regularizer,
                           depthwise_constraint, pointwise_constraint, bias_constraint, trainable, name, _reuse=reuse,
                           _scope=name)
    return made.apply(inputs)


Convolution2D = Conv2D
convolution2d = conv2d
deconv2d = conv2d_transpose
