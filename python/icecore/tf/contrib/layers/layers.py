"""Layers of tf.contrib.layers: those of tf.layers, with other names for variables and with activations of their own."""
import functools

from icecore.tf.contrib.framework.arg_scopes import add_arg_scope
from icecore.tf.contrib.layers import initializers, utils
from icecore.tf.contrib.layers.batch_normalization import batch_norm  # noqa: F401
from icecore.tf.contrib.layers.model_variables import add_to_collections, model_variable_getter, renaming_getter
from icecore.tf.framework import dtypes, ops
from icecore.tf.layers import convolutional, core, pooling
from icecore.tf.ops import array_ops, init_ops, math_ops, plain, variable_scope

_DATA_FORMATS = ('NCHW', 'NHWC')
_LAYER_NAMES = {'bias': 'biases', 'kernel': 'weights'}


@add_arg_scope
def flatten(inputs, outputs_collections=None, scope=None):
    """All dimensions but the first as one."""
    with ops.name_scope(scope, 'Flatten', [inputs]) as sc:
        outputs = core.flatten(ops.convert_to_tensor(inputs))
        return utils.collect_named_outputs(outputs_collections, sc, outputs)


def _finished(layer, inputs, scope, activation_fn, normalizer_fn, normalizer_params, variables_collections,
              outputs_collections):
    """What a layer with weights gives: normalized and activated, its variables and outputs collected."""
    outputs = layer.apply(inputs)
    add_to_collections(layer.kernel, variables_collections, 'weights')
    if layer.bias is not None:
        add_to_collections(layer.bias, variables_collections, 'biases')
    if normalizer_fn is not None:
        outputs = normalizer_fn(outputs, **(normalizer_params or {}))
    if activation_fn is not None:
        outputs = activation_fn(outputs)
    return utils.collect_named_outputs(outputs_collections, scope.name, outputs)


@add_arg_scope
def fully_connected(inputs, num_outputs, activation_fn=plain.relu, normalizer_fn=None, normalizer_params=None,
                    weights_initializer=initializers.xavier_initializer(), weights_regularizer=None,
                    biases_initializer=init_ops.zeros_initializer(), biases_regularizer=None, reuse=None,
                    variables_collections=None, outputs_collections=None, trainable=True, scope=None):
    """tf.layers.dense() with variables 'weights' and 'biases'; without biases where there is a normalizer.

    Raises:
      ValueError: where num_outputs isn't an int, or the inputs don't fit.
    """
    if not isinstance(num_outputs, int):
        raise ValueError('num_outputs type should be one of %s, got %s.' % ([int], type(num_outputs)))
    with variable_scope.variable_scope(scope, 'fully_connected', [inputs], reuse=reuse,
                                       custom_getter=renaming_getter(_LAYER_NAMES)) as sc:
        inputs = ops.convert_to_tensor(inputs)
        layer = core.Dense(
            units=num_outputs, activation=None, use_bias=not normalizer_fn and biases_initializer,
            kernel_initializer=weights_initializer, bias_initializer=biases_initializer,
            kernel_regularizer=weights_regularizer, bias_regularizer=biases_regularizer, trainable=trainable,
            name=sc.name, dtype=inputs.dtype.base_dtype, _scope=sc, _reuse=reuse)
        return _finished(layer, inputs, sc, activation_fn, normalizer_fn, normalizer_params, variables_collections,
                         outputs_collections)


@add_arg_scope
def convolution(inputs, num_outputs, kernel_size, stride=1, padding='SAME', data_format=None, rate=1,
                activation_fn=plain.relu, normalizer_fn=None, normalizer_params=None,
                weights_initializer=initializers.xavier_initializer(), weights_regularizer=None,
                biases_initializer=init_ops.zeros_initializer(), biases_regularizer=None, reuse=None,
                variables_collections=None, outputs_collections=None, trainable=True, scope=None, conv_dims=None):
    """A convolution along one, two or three dimensions, with variables 'weights' and 'biases'."""
    if data_format not in (None, 'NWC', 'NCW', 'NHWC', 'NCHW', 'NDHWC', 'NCDHW'):
        raise ValueError('Invalid data_format: %r' % (data_format,))
    with variable_scope.variable_scope(scope, 'Conv', [inputs], reuse=reuse,
                                       custom_getter=renaming_getter(_LAYER_NAMES)) as sc:
        inputs = ops.convert_to_tensor(inputs)
        rank = inputs.get_shape().ndims
        if conv_dims is not None and conv_dims + 2 != rank:
            raise ValueError('Convolution expects input with rank %d, got %d' % (conv_dims + 2, rank))
        classes = {3: convolutional.Conv1D, 4: convolutional.Conv2D, 5: convolutional.Conv3D}
        if rank not in classes:
            raise ValueError('Convolution not supported for input with rank', rank)
        layer = classes[rank](
            filters=num_outputs, kernel_size=kernel_size, strides=stride, padding=padding,
            data_format='channels_first' if data_format and data_format.startswith('NC') else 'channels_last',
            dilation_rate=rate, activation=None, use_bias=not normalizer_fn and biases_initializer,
            kernel_initializer=weights_initializer, bias_initializer=biases_initializer,
            kernel_regularizer=weights_regularizer, bias_regularizer=biases_regularizer, trainable=trainable,
            name=sc.name, dtype=inputs.dtype.base_dtype, _scope=sc, _reuse=reuse)
        return _finished(layer, inputs, sc, activation_fn, normalizer_fn, normalizer_params, variables_collections,
                         outputs_collections)


def convolution_along(dimensions, name, doc):
    """The function of that name: convolution() along so many dimensions."""
    def function(inputs, num_outputs, kernel_size, stride=1, padding='SAME', data_format=None, rate=1,
                 activation_fn=plain.relu, normalizer_fn=None, normalizer_params=None,
                 weights_initializer=initializers.xavier_initializer(), weights_regularizer=None,
                 biases_initializer=init_ops.zeros_initializer(), biases_regularizer=None, reuse=None,
                 variables_collections=None, outputs_collections=None, trainable=True, scope=None):
        return convolution(inputs, num_outputs, kernel_size, stride, padding, data_format, rate, activation_fn,
                           normalizer_fn, normalizer_params, weights_initializer, weights_regularizer,
                           biases_initializer, biases_regularizer, reuse, variables_collections, outputs_collections,
                           trainable, scope, conv_dims=dimensions)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = doc
    return add_arg_scope(function)


convolution2d = convolution_along(2, 'convolution2d', 'convolution() of pictures (tf.contrib.layers.conv2d).')


def pooled(layer_class, default_name, inputs, kernel_size, stride, padding, data_format, outputs_collections, scope,
           formats=_DATA_FORMATS):
    """What a pooling layer makes; of the two formats the first has channels first."""
    if data_format not in formats:
        raise ValueError('data_format has to be either %s or %s.' % formats)
    with ops.name_scope(scope, default_name, [inputs]) as sc:
        inputs = ops.convert_to_tensor(inputs)
        layer = layer_class(pool_size=kernel_size, strides=stride, padding=padding,
                            data_format='channels_first' if data_format == formats[0] else 'channels_last', _scope=sc)
        return utils.collect_named_outputs(outputs_collections, sc, layer.apply(inputs))


@add_arg_scope
def max_pool2d(inputs, kernel_size, stride=2, padding='VALID', data_format='NHWC', outputs_collections=None,
               scope=None):
    """The largest of each window of pictures."""
    return pooled(pooling.MaxPooling2D, 'MaxPool2D', inputs, kernel_size, stride, padding, data_format,
                  outputs_collections, scope)


@add_arg_scope
def avg_pool2d(inputs, kernel_size, stride=2, padding='VALID', data_format='NHWC', outputs_collections=None,
               scope=None):
    """The mean of each window of pictures."""
    return pooled(pooling.AveragePooling2D, 'AvgPool2D', inputs, kernel_size, stride, padding, data_format,
                  outputs_collections, scope)


@add_arg_scope
def dropout(inputs, keep_prob=0.5, noise_shape=None, is_training=True, outputs_collections=None, scope=None, seed=None):
    """Noughts in the place of some items in training; the others grow."""
    with variable_scope.variable_scope(scope, 'Dropout', [inputs], custom_getter=model_variable_getter) as sc:
        inputs = ops.convert_to_tensor(inputs)
        layer = core.Dropout(rate=1 - keep_prob, noise_shape=noise_shape, seed=seed, name=sc.name, _scope=sc)
        outputs = layer.apply(inputs, training=is_training)
        return utils.collect_named_outputs(outputs_collections, sc.name, outputs)


@add_arg_scope
def one_hot_encoding(labels, num_classes, on_value=1.0, off_value=0.0, outputs_collections=None, scope=None):
    """tf.one_hot() of labels."""
    with ops.name_scope(scope, 'OneHotEncoding', [labels, num_classes]) as sc:
        labels = ops.convert_to_tensor(labels)
        if labels.dtype == dtypes.int32:
            labels = math_ops.to_int64(labels)
        outputs = array_ops.one_hot(labels, num_classes, on_value=on_value, off_value=off_value)
        return utils.collect_named_outputs(outputs_collections, sc, outputs)


@add_arg_scope
def repeat(inputs, repetitions, layer, *args, **kwargs):
    """A layer several times, one after the other: scopes NAME/NAME_1, NAME/NAME_2, ...

    Raises:
      ValueError: where the layer has neither a name nor a scope.
    """
    scope = kwargs.pop('scope', None)
    with variable_scope.variable_scope(scope, 'Repeat', [inputs]):
        inputs = ops.convert_to_tensor(inputs)
        if scope is None:
            function = getattr(layer, 'func', layer)
            scope = getattr(function, '__name__', 'repeat')
        outputs = inputs
        for number in range(repetitions):
            kwargs['scope'] = '%s_%d' % (scope, number + 1)
            outputs = layer(outputs, *args, **kwargs)
        return outputs


@add_arg_scope
def stack(inputs, layer, stack_args, **kwargs):
    """A layer once for each of the arguments, one after the other. ValueError where there are none."""
    scope = kwargs.pop('scope', None)
    if not isinstance(stack_args, (list, tuple)):
        raise ValueError('stack_args need to be a list or tuple')
    with variable_scope.variable_scope(scope, 'Stack', [inputs]):
        inputs = ops.convert_to_tensor(inputs)
        if scope is None:
            function = getattr(layer, 'func', layer)
            scope = getattr(function, '__name__', 'stack')
        outputs = inputs
        for number, given in enumerate(stack_args):
            kwargs['scope'] = '%s_%d' % (scope, number + 1)
            outputs = layer(outputs, *(given if isinstance(given, (list, tuple)) else [given]), **kwargs)
        return outputs


elu = functools.partial(fully_connected, activation_fn=plain.elu)
relu = functools.partial(fully_connected, activation_fn=plain.relu)
relu6 = functools.partial(fully_connected, activation_fn=plain.relu6)
linear = functools.partial(fully_connected, activation_fn=None)
conv2d = convolution2d
