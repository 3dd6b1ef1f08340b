"""tf.contrib.layers.batch_norm."""
from icecore.tf.contrib.framework import variables
from icecore.tf.contrib.framework.arg_scopes import add_arg_scope
from icecore.tf.contrib.layers import utils
from icecore.tf.contrib.layers.model_variables import add_to_collections, renaming_getter
from icecore.tf.framework import constant_op, dtypes, ops
from icecore.tf.layers import normalization
from icecore.tf.ops import array_ops, init_ops, nn_impl, variable_scope
from icecore.tf.training import moving_averages

_FIRST = {'beta': init_ops.zeros_initializer, 'gamma': init_ops.ones_initializer,
          'moving_mean': init_ops.zeros_initializer, 'moving_variance': init_ops.ones_initializer}


@add_arg_scope
def batch_norm(inputs, decay=0.999, center=True, scale=False, epsilon=0.001, activation_fn=None,
               param_initializers=None, param_regularizers=None, updates_collections=ops.GraphKeys.UPDATE_OPS,
               is_training=True, reuse=None, variables_collections=None, outputs_collections=None, trainable=True,
               batch_weights=None, fused=None, data_format='NHWC', zero_debias_moving_mean=False, scope=None,
               renorm=False, renorm_clipping=None, renorm_decay=0.99, adjustment=None):
    """Batch normalization with variables 'beta', 'gamma', 'moving_mean' and 'moving_variance'.

    Args:
      decay: of the moving averages.
      center, scale: whether there is a beta, a gamma.
      param_initializers, param_regularizers: by the variables' names.
      updates_collections: where the updates of the averages go; None: they are done with the outputs.
      is_training: a bool or a tensor: whether the batch's own mean and variance are taken.
      batch_weights, renorm, adjustment: Icecore takes none.

    Raises:
      ValueError: where the inputs don't fit.
    """
    fused = True if fused is None else fused
    inputs = ops.convert_to_tensor(inputs)
    rank = inputs.get_shape().ndims
    plain_updates = updates_collections is ops.GraphKeys.UPDATE_OPS and not zero_debias_moving_mean
    if batch_weights is not None or renorm or adjustment is not None or not (
            plain_updates or (fused and rank in (2, 4))):
        from icecore.errors import UnimplementedError
        raise UnimplementedError(None, None, 'batch_norm with batch_weights, renorm, adjustment, or unfused with updates '
                                             'of its own is not in Icecore.')
    if data_format not in ('NCHW', 'NHWC'):
        raise ValueError('data_format has to be either NCHW or NHWC.')

    def finished(outputs, sc):
        if activation_fn is not None:
            outputs = activation_fn(outputs)
        return utils.collect_named_outputs(outputs_collections, sc.name, outputs)

    parameters = _Parameters(center, scale, param_initializers or {}, param_regularizers or {}, variables_collections,
                             trainable)
    if fused and rank in (2, 4) and (rank == 2 or not plain_updates):
        with variable_scope.variable_scope(scope, 'BatchNorm', [inputs], reuse=reuse) as sc:
            return finished(_fused(inputs, parameters, decay, epsilon, updates_collections, is_training, data_format,
                                   zero_debias_moving_mean), sc)
    with variable_scope.variable_scope(scope, 'BatchNorm', [inputs], reuse=reuse,
                                       custom_getter=renaming_getter()) as sc:
        layer = normalization.BatchNormalization(
            axis=1 if data_format == 'NCHW' else -1, momentum=decay, epsilon=epsilon, center=center, scale=scale,
            beta_regularizer=parameters.regularizers.get('beta'), gamma_regularizer=parameters.regularizers.get('gamma'),
            trainable=trainable, name=sc.name, _scope=sc, _reuse=reuse, fused=fused,
            **{name + '_initializer': parameters.initializer(name) for name in _FIRST})
        outputs = layer.apply(inputs, training=is_training)
        for name in ('moving_mean', 'moving_variance', 'beta', 'gamma'):
            if getattr(layer, name) is not None:
                add_to_collections(getattr(layer, name), variables_collections, name)
        return finished(outputs, sc)


class _Parameters:
    """How the variables are to be."""

    def __init__(self, center, scale, initializers, regularizers, collections, trainable):
        self.center = center
        self.scale = scale
        self.initializers = initializers
        self.regularizers = regularizers
        self.collections = collections
        self.trainable = trainable

    def initializer(self, name):
        return self.initializers.get(name) or _FIRST[name]()

    def variable(self, name, shape):
        moving = name.startswith('moving_')
        return variables.model_variable(
            name, shape=shape, dtype=dtypes.float32, initializer=self.initializer(name),
            regularizer=self.regularizers.get(name), trainable=self.trainable and not moving,
            collections=utils.get_variable_collections(self.collections, name))


def _fused(inputs, parameters, decay, epsilon, updates_collections, is_training, data_format, zero_debias):
    """By FusedBatchNorm, of [batch, channels] too."""
    given, rank = inputs, inputs.get_shape().ndims
    if rank == 2:
        channels = inputs.get_shape().as_list()[-1]
        if channels is None:
            raise ValueError('`C` dimension must be known but is None')
        inputs = array_ops.reshape(inputs, [-1, 1, 1, channels] if data_format == 'NHWC' else [-1, channels, 1, 1])
    shape = inputs.get_shape()[-1:] if data_format == 'NHWC' else inputs.get_shape()[1:2]
    if not shape.is_fully_defined():
        raise ValueError('Inputs %s has undefined `C` dimension %s.' % (inputs.name, shape))
    beta = (parameters.variable('beta', shape) if parameters.center else
            constant_op.constant(0.0, dtype=dtypes.float32, shape=shape))
    gamma = (parameters.variable('gamma', shape) if parameters.scale else
             constant_op.constant(1.0, dtype=dtypes.float32, shape=shape))
    with variable_scope.variable_scope(variable_scope.get_variable_scope()) as local_scope:
        local_scope.set_partitioner(None)
        moving_mean = parameters.variable('moving_mean', shape)
        moving_variance = parameters.variable('moving_variance', shape)

    def in_training():
        return nn_impl.fused_batch_norm(inputs, gamma, beta, epsilon=epsilon, data_format=data_format)

    def in_use():
        return nn_impl.fused_batch_norm(inputs, gamma, beta, mean=moving_mean, variance=moving_variance,
                                        epsilon=epsilon, is_training=False, data_format=data_format)

    def updates():
        return (moving_averages.assign_moving_average(moving_mean, mean, decay, zero_debias=zero_debias),
                moving_averages.assign_moving_average(moving_variance, variance, decay, zero_debias=False))

    def updated():
        with ops.control_dependencies(updates()):
            return array_ops.identity(outputs)

    outputs, mean, variance = utils.smart_cond(is_training, in_training, in_use)
    known = utils.constant_value(is_training)
    if known is None or known:
        if updates_collections is None:
            outputs = utils.smart_cond(is_training, updated, lambda: outputs)
        else:
            for update in utils.smart_cond(is_training, updates, lambda: (moving_mean, moving_variance)):
                ops.add_to_collections(updates_collections, update)
    outputs.set_shape(inputs.get_shape())
    return array_ops.reshape(outputs, array_ops.shape(given)) if rank == 2 else outputs
