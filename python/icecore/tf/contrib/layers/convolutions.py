"""Convolutions of tf.contrib.layers besides the plain ones: of sequences and volumes, upwards, and channel by channel."""
from icecore.tf.contrib.framework import variables
from icecore.tf.contrib.framework.arg_scopes import add_arg_scope
from icecore.tf.contrib.layers import initializers, utils
from icecore.tf.contrib.layers.layers import _LAYER_NAMES, _finished, convolution_along
from icecore.tf.contrib.layers.model_variables import add_to_collections, renaming_getter
from icecore.tf.framework import ops
from icecore.tf.layers import convolutional
from icecore.tf.ops import init_ops, nn_impl, nn_ops, plain, variable_scope


convolution1d = convolution_along(1, 'convolution1d', 'convolution() of sequences (tf.contrib.layers.conv1d).')
convolution3d = convolution_along(3, 'convolution3d', 'convolution() of volumes (tf.contrib.layers.conv3d).')


def _check_format(data_format, allowed=('NCHW', 'NHWC')):
    if data_format not in allowed:
        raise ValueError('data_format has to be either %s or %s.' % allowed)


@add_arg_scope
def convolution2d_transpose(inputs, num_outputs, kernel_size, stride=1, padding='SAME', data_format='NHWC',
                            activation_fn=plain.relu, normalizer_fn=None, normalizer_params=None,
                            weights_initializer=initializers.xavier_initializer(), weights_regularizer=None,
                            biases_initializer=init_ops.zeros_initializer(), biases_regularizer=None, reuse=None,
                            variables_collections=None, outputs_collections=None, trainable=True, scope=None):
    """tf.layers.conv2d_transpose() with variables 'weights' and 'biases' (tf.contrib.layers.conv2d_transpose)."""
    with variable_scope.variable_scope(scope, 'Conv2d_transpose', [inputs], reuse=reuse,
                                       custom_getter=renaming_getter(_LAYER_NAMES)) as sc:
        _check_format(data_format)
        inputs = ops.convert_to_tensor(inputs)
        layer = convolutional.Conv2DTranspose(
            filters=num_outputs, kernel_size=kernel_size, strides=stride, padding=padding,
            data_format='channels_first' if data_format == 'NCHW' else 'channels_last', activation=None,
            use_bias=not normalizer_fn and biases_initializer, kernel_initializer=weights_initializer,
            bias_initializer=biases_initializer, kernel_regularizer=weights_regularizer,
            bias_regularizer=biases_regularizer, activity_regularizer=None, trainable=trainable, name=sc.name,
            dtype=inputs.dtype.base_dtype, _scope=sc, _reuse=reuse)
        return _finished(layer, inputs, sc, activation_fn, normalizer_fn, normalizer_params, variables_collections,
                         outputs_collections)


def _biases(name, size, dtype, initializer, regularizer, trainable, variables_collections):
    return variables.model_variable(
        name, shape=[size], dtype=dtype, initializer=initializer, regularizer=regularizer, trainable=trainable,
        collections=utils.get_variable_collections(variables_collections, 'biases'))


@add_arg_scope
def bias_add(inputs, activation_fn=None, initializer=init_ops.zeros_initializer(), regularizer=None, reuse=None,
             variables_collections=None, outputs_collections=None, trainable=True, data_format='NHWC', scope=None):
    """Biases added to the channels."""
    _check_format(data_format)
    with variable_scope.variable_scope(scope, 'BiasAdd', [inputs], reuse=reuse) as sc:
        inputs = ops.convert_to_tensor(inputs)
        dims = inputs.get_shape()
        if dims.ndims is None:
            raise ValueError('Dims of shape must be known but is None')
        if dims.ndims != 4 and data_format == 'NCHW':
            raise ValueError('Data format NCHW only supports 4D Tensor')
        size = dims.dims[1 if data_format == 'NCHW' else -1].value
        if size is None:
            raise ValueError('`C` dimension must be known but is None')
        biases = _biases('biases', size, inputs.dtype.base_dtype, initializer, regularizer, trainable,
                         variables_collections)
        outputs = nn_ops.bias_add(inputs, biases, data_format=data_format)
        if activation_fn is not None:
            outputs = activation_fn(outputs)
        return utils.collect_named_outputs(outputs_collections, sc.name, outputs)


@add_arg_scope
def convolution2d_in_plane(inputs, kernel_size, stride=1, padding='SAME', activation_fn=plain.relu, normalizer_fn=None,
                           normalizer_params=None, weights_initializer=initializers.xavier_initializer(),
                           weights_regularizer=None, biases_initializer=init_ops.zeros_initializer(),
                           biases_regularizer=None, reuse=None, variables_collections=None, outputs_collections=None,
                           trainable=True, scope=None):
    """One kernel for every channel by itself (tf.contrib.layers.conv2d_in_plane)."""
    with variable_scope.variable_scope(scope, 'ConvInPlane', [inputs], reuse=reuse) as sc:
        dtype = inputs.dtype.base_dtype
        rows, columns = utils.two_element_tuple(kernel_size)
        down, right = utils.two_element_tuple(stride)
        channels = utils.last_dimension(inputs.get_shape(), min_rank=4)
        weights = variables.model_variable(
            'weights', shape=[rows, columns, 1, 1], dtype=dtype, initializer=weights_initializer,
            regularizer=weights_regularizer, trainable=trainable,
            collections=utils.get_variable_collections(variables_collections, 'weights'))
        outputs = nn_impl.depthwise_conv2d(inputs, plain.tile(weights, [1, 1, channels, 1]), [1, down, right, 1], padding)
        if normalizer_fn is not None:
            outputs = normalizer_fn(outputs, **(normalizer_params or {}))
        elif biases_initializer is not None:
            biases = _biases('biases', channels, dtype, biases_initializer, biases_regularizer, trainable,
                             variables_collections)
            outputs = nn_ops.bias_add(outputs, biases)
        if activation_fn is not None:
            outputs = activation_fn(outputs)
        return utils.collect_named_outputs(outputs_collections, sc.name, outputs)


@add_arg_scope
def separable_convolution2d(inputs, num_outputs, kernel_size, depth_multiplier=1, stride=1, padding='SAME',
                            data_format='NHWC', rate=1, activation_fn=plain.relu, normalizer_fn=None,
                            normalizer_params=None, weights_initializer=initializers.xavier_initializer(),
                            pointwise_initializer=None, weights_regularizer=None,
                            biases_initializer=init_ops.zeros_initializer(), biases_regularizer=None, reuse=None,
                            variables_collections=None, outputs_collections=None, trainable=True, scope=None):
    """Channel by channel, then pixel by pixel; with num_outputs None only the first (tf.contrib.layers.separable_conv2d)."""
    _check_format(data_format)
    names = {'bias': 'biases', 'depthwise_kernel': 'depthwise_weights', 'pointwise_kernel': 'pointwise_weights'}
    with variable_scope.variable_scope(scope, 'SeparableConv2d', [inputs], reuse=reuse,
                                       custom_getter=renaming_getter(names)) as sc:
        inputs = ops.convert_to_tensor(inputs)
        form = 'channels_first' if data_format == 'NCHW' else 'channels_last'
        dtype = inputs.dtype.base_dtype
        if num_outputs is not None:
            layer = convolutional.SeparableConv2D(
                filters=num_outputs, kernel_size=kernel_size, strides=stride, padding=padding, data_format=form,
                dilation_rate=utils.two_element_tuple(rate), activation=None, depth_multiplier=depth_multiplier,
                use_bias=not normalizer_fn and biases_initializer, depthwise_initializer=weights_initializer,
                pointwise_initializer=weights_initializer if pointwise_initializer is None else pointwise_initializer,
                bias_initializer=biases_initializer, depthwise_regularizer=weights_regularizer,
                pointwise_regularizer=weights_regularizer, bias_regularizer=biases_regularizer,
                activity_regularizer=None, trainable=trainable, name=sc.name, dtype=dtype, _scope=sc, _reuse=reuse)
            outputs = layer.apply(inputs)
            add_to_collections(layer.depthwise_kernel, variables_collections, 'weights')
            add_to_collections(layer.pointwise_kernel, variables_collections, 'weights')
            if layer.bias is not None:
                add_to_collections(layer.bias, variables_collections, 'biases')
            biases_initializer = None  # The layer has them.
        else:
            rows, columns = utils.two_element_tuple(kernel_size)
            down, right = utils.two_element_tuple(stride)
            channels = utils.channel_dimension(inputs.get_shape(), form, min_rank=4)
            weights = variables.model_variable(
                'depthwise_weights', shape=[rows, columns, channels, depth_multiplier], dtype=dtype,
                initializer=weights_initializer, regularizer=weights_regularizer, trainable=trainable,
                collections=utils.get_variable_collections(variables_collections, 'weights'))
            strides = [1, 1, down, right] if form == 'channels_first' else [1, down, right, 1]
            outputs = nn_impl.depthwise_conv2d(inputs, weights, strides, padding, rate=utils.two_element_tuple(rate),
                                               data_format=data_format)
        if normalizer_fn is not None:
            outputs = normalizer_fn(outputs, **(normalizer_params or {}))
        elif biases_initializer is not None:
            biases = _biases('biases', depth_multiplier * channels, dtype, biases_initializer, biases_regularizer,
                             trainable, variables_collections)
            outputs = nn_ops.bias_add(outputs, biases, data_format=data_format)
        if activation_fn is not None:
            outputs = activation_fn(outputs)
        return utils.collect_named_outputs(outputs_collections, sc.name, outputs)
