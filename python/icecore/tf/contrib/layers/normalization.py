"""Layers of tf.contrib.layers that normalize each picture or row by itself."""
from icecore.tf.contrib.framework import variables
from icecore.tf.contrib.framework.arg_scopes import add_arg_scope
from icecore.tf.contrib.layers import utils
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, init_ops, math_ops, nn_impl, plain, variable_scope


def _parameter(name, shape, dtype, initializer, trainable, variables_collections):
    return variables.model_variable(name, shape=shape, dtype=dtype, initializer=initializer, trainable=trainable,
                                    collections=utils.get_variable_collections(variables_collections, name))


@add_arg_scope
def layer_norm(inputs, center=True, scale=True, activation_fn=None, reuse=None, variables_collections=None,
               outputs_collections=None, trainable=True, begin_norm_axis=1, begin_params_axis=-1, scope=None):
    """Mean 0 and variance 1 over the axes from begin_norm_axis on; then times 'gamma', plus 'beta'.

    Raises:
      ValueError: where the rank, or the dimensions from begin_params_axis on, aren't known.
    """
    with variable_scope.variable_scope(scope, 'LayerNorm', [inputs], reuse=reuse) as sc:
        inputs = ops.convert_to_tensor(inputs)
        dims = inputs.shape
        rank = dims.ndims
        if rank is None:
            raise ValueError('Inputs %s has undefined rank.' % inputs.name)
        dtype = inputs.dtype.base_dtype
        if begin_norm_axis < 0:
            begin_norm_axis = rank + begin_norm_axis
        if begin_params_axis >= rank or begin_norm_axis >= rank:
            raise ValueError('begin_params_axis (%d) and begin_norm_axis (%d) must be < rank(inputs) (%d)' %
                             (begin_params_axis, begin_norm_axis, rank))
        shape = dims[begin_params_axis:]
        if not shape.is_fully_defined():
            raise ValueError('Inputs %s: shape(inputs)[%s:] is not fully defined: %s' %
                             (inputs.name, begin_params_axis, dims))
        beta = gamma = None
        if center:
            beta = _parameter('beta', shape, dtype, init_ops.zeros_initializer(), trainable, variables_collections)
        if scale:
            gamma = _parameter('gamma', shape, dtype, init_ops.ones_initializer(), trainable, variables_collections)
        mean, variance = nn_impl.moments(inputs, list(range(begin_norm_axis, rank)), keep_dims=True)
        outputs = nn_impl.batch_normalization(inputs, mean, variance, offset=beta, scale=gamma,
                                              variance_epsilon=1e-3 if dtype == dtypes.float16 else 1e-12)
        outputs.set_shape(dims)
        if activation_fn is not None:
            outputs = activation_fn(outputs)
        return utils.collect_named_outputs(outputs_collections, sc.name, outputs)


@add_arg_scope
def instance_norm(inputs, center=True, scale=True, epsilon=1e-6, activation_fn=None, param_initializers=None, reuse=None,
                  variables_collections=None, outputs_collections=None, trainable=True, data_format='NHWC', scope=None):
    """Mean 0 and variance 1 of each channel of each picture; then times 'gamma', plus 'beta'.

    Raises:
      ValueError: where the rank or the number of channels isn't known.
    """
    inputs = ops.convert_to_tensor(inputs)
    dims = inputs.shape
    rank = dims.ndims
    if rank is None:
        raise ValueError('Inputs %s has undefined rank.' % inputs.name)
    if data_format not in ('NCHW', 'NHWC'):
        raise ValueError('data_format has to be either NCHW or NHWC.')
    with variable_scope.variable_scope(scope, 'InstanceNorm', [inputs], reuse=reuse) as sc:
        channels = 1 if data_format == 'NCHW' else rank - 1
        spread = [1, dims[1].value] + [1] * (rank - 2) if data_format == 'NCHW' else None
        axes = [axis for axis in range(1, rank) if axis != channels]
        shape = dims[channels:channels + 1]
        if not shape.is_fully_defined():
            raise ValueError('Inputs %s has undefined channels dimension %s.' % (inputs.name, shape))
        given = param_initializers or {}
        parameters = {}
        for name, wanted, default in (('beta', center, init_ops.zeros_initializer()),
                                      ('gamma', scale, init_ops.ones_initializer())):
            if not wanted:
                continue
            parameter = _parameter(name, shape, inputs.dtype.base_dtype, given.get(name, default), trainable,
                                   variables_collections)
            parameters[name] = parameter if spread is None else array_ops.reshape(parameter, spread)
        mean, variance = nn_impl.moments(inputs, axes, keep_dims=True)
        outputs = nn_impl.batch_normalization(inputs, mean, variance, parameters.get('beta'), parameters.get('gamma'),
                                              epsilon, name='instancenorm')
        if activation_fn is not None:
            outputs = activation_fn(outputs)
        return utils.collect_named_outputs(outputs_collections, sc.name, outputs)


@add_arg_scope
def unit_norm(inputs, dim, epsilon=1e-7, scope=None):
    """Length 1 along the dimension. ValueError where there is none of that number."""
    with variable_scope.variable_scope(scope, 'UnitNorm', [inputs]):
        if not inputs.get_shape():
            raise ValueError('The input rank must be known.')
        rank = len(inputs.get_shape().as_list())
        if dim < 0 or dim >= rank:
            raise ValueError('dim must be positive but smaller than the input rank.')
        lengths = plain.sqrt(epsilon + math_ops.reduce_sum(plain.square(inputs), dim, True))
        multiples = []
        if dim > 0:
            multiples.append(array_ops.ones([dim], dtypes.int32))
        multiples.append(array_ops.strided_slice(array_ops.shape(inputs), [dim], [dim + 1]))
        if dim < rank - 1:
            multiples.append(array_ops.ones([rank - 1 - dim], dtypes.int32))
        return math_ops.div(inputs, plain.tile(lengths, array_ops.concat(multiples, 0)))
