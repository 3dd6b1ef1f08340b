"""tf.layers.batch_normalization."""
from icecore.tf.framework import constant_op, dtypes, ops, tensor_shape
from icecore.tf.layers import activations, base, utils
from icecore.tf.ops import array_ops, init_ops, math_ops, nn_impl, state_ops, variables


class BatchNormalization(base.Layer):
    """Normalizes by the mean and variance of the batch in training, by moving averages else.

    In training the moving averages are updated by the operations of the collection GraphKeys.UPDATE_OPS, which the script
    has to run.
    """

    def __init__(self, axis=-1, momentum=0.99, epsilon=1e-3, center=True, scale=True,
                 beta_initializer=init_ops.zeros_initializer(), gamma_initializer=init_ops.ones_initializer(),
                 moving_mean_initializer=init_ops.zeros_initializer(),
                 moving_variance_initializer=init_ops.ones_initializer(), beta_regularizer=None, gamma_regularizer=None,
                 beta_constraint=None, gamma_constraint=None, renorm=False, renorm_clipping=None, renorm_momentum=0.99,
                 fused=None, trainable=True, virtual_batch_size=None, adjustment=None, name=None, **kwargs):
        super().__init__(trainable=trainable, name=name, **kwargs)
        for value, what in ((renorm, 'renorm'), (virtual_batch_size, 'virtual_batch_size'), (adjustment, 'adjustment')):
            if value:
                raise NotImplementedError('batch normalization with %s is not in Icecore' % what)
        if not isinstance(axis, (int, list)):
            raise TypeError('axis must be int or list, type given: %s' % type(axis))
        self.axis = [axis] if isinstance(axis, int) else axis[:]
        self.momentum = momentum
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
        self.beta_initializer = activations.get_initializer(beta_initializer)
        self.gamma_initializer = activations.get_initializer(gamma_initializer)
        self.moving_mean_initializer = activations.get_initializer(moving_mean_initializer)
        self.moving_variance_initializer = activations.get_initializer(moving_variance_initializer)
        self.beta_regularizer = beta_regularizer
        self.gamma_regularizer = gamma_regularizer
        self.beta_constraint = beta_constraint
        self.gamma_constraint = gamma_constraint
        self.fused = True if fused is None else fused

    @property
    def _param_dtype(self):
        dtype = dtypes.as_dtype(self.dtype or dtypes.float32)
        return dtypes.float32 if dtype in (dtypes.float16, dtypes.bfloat16) else dtype

    def build(self, input_shape):
        dims = tensor_shape.TensorShape(input_shape)
        if not dims.ndims:
            raise ValueError('Input has undefined rank:', dims)
        rank = len(dims)
        self.axis = [axis + rank if axis < 0 else axis for axis in self.axis]
        for axis in self.axis:
            if not 0 <= axis < rank:
                raise ValueError('Invalid axis: %d' % axis)
        if len(self.axis) != len(set(self.axis)):
            raise ValueError('Duplicate axis: %s' % self.axis)
        self.fused = bool(self.fused) and rank == 4 and self.axis in ([1], [3])
        if self.fused:
            self._data_format = 'NCHW' if self.axis == [1] else 'NHWC'
        sizes = {axis: dims.as_list()[axis] for axis in self.axis}
        if None in sizes.values():
            raise ValueError('Input has undefined `axis` dimension. Input shape: ', dims)
        self.input_spec = base.InputSpec(ndim=rank, axes=sizes)
        shape = (sizes[self.axis[0]],) if len(sizes) == 1 else [sizes.get(i, 1) for i in range(rank)]
        dtype = self._param_dtype
        self.gamma = self.beta = None
        if self.scale:
            self.gamma = self.add_weight('gamma', shape=shape, dtype=dtype, initializer=self.gamma_initializer,
                                         regularizer=self.gamma_regularizer, constraint=self.gamma_constraint,
                                         trainable=True)
        elif self.fused:
            self._gamma_const = constant_op.constant(1.0, dtype=dtype, shape=shape)
        if self.center:
            self.beta = self.add_weight('beta', shape=shape, dtype=dtype, initializer=self.beta_initializer,
                                        regularizer=self.beta_regularizer, constraint=self.beta_constraint,
                                        trainable=True)
        elif self.fused:
            self._beta_const = constant_op.constant(0.0, dtype=dtype, shape=shape)
        # Averages are whole, also where the scope cuts variables into parts.
        partitioner = self._scope.partitioner if self._scope else None
        if self._scope:
            self._scope.set_partitioner(None)
        try:
            self.moving_mean = self._average('moving_mean', shape, self.moving_mean_initializer)
            self.moving_variance = self._average('moving_variance', shape, self.moving_variance_initializer)
        finally:
            if partitioner:
                self._scope.set_partitioner(partitioner)
        self.built = True

    def _average(self, name, shape, initializer):
        return self.add_weight(name, shape=shape, dtype=self._param_dtype, initializer=initializer,
                               synchronization=variables.VariableSynchronization.ON_READ, trainable=False,
                               aggregation=variables.VariableAggregation.MEAN)

    def _assign_moving_average(self, variable, value, momentum):
        with ops.name_scope('AssignMovingAvg') as scope:
            with ops.colocate_with(variable):
                decay = ops.convert_to_tensor(1.0 - momentum, name='decay')
                if decay.dtype.base_dtype != variable.dtype.base_dtype:
                    decay = math_ops.cast(decay, variable.dtype.base_dtype)
                delta = (variable - math_ops.cast(value, variable.dtype)) * decay
                return state_ops.assign_sub(variable, delta, name=scope)

    def _fused(self, inputs, training):
        beta = self.beta if self.center else self._beta_const
        gamma = self.gamma if self.scale else self._gamma_const
        output, mean, variance = utils.smart_cond(
            training,
            lambda: nn_impl.fused_batch_norm(inputs, gamma, beta, epsilon=self.epsilon, data_format=self._data_format),
            lambda: nn_impl.fused_batch_norm(inputs, gamma, beta, mean=self.moving_mean, variance=self.moving_variance,
                                             epsilon=self.epsilon, is_training=False, data_format=self._data_format))
        known = utils.constant_value(training)
        if known is None:
            momentum = utils.smart_cond(training, lambda: self.momentum, lambda: 1.0)
        else:
            momentum = ops.convert_to_tensor(self.momentum)
        if known or known is None:
            self.add_update(lambda: self._assign_moving_average(self.moving_mean, mean, momentum))
            self.add_update(lambda: self._assign_moving_average(self.moving_variance, variance, momentum))
        return output

    def call(self, inputs, training=False):
        if self.fused:
            return self._fused(inputs, training)
        dims = inputs.shape
        rank = len(dims)
        reduced = [i for i in range(rank) if i not in self.axis]
        broadcast = [1] * rank
        broadcast[self.axis[0]] = dims.as_list()[self.axis[0]]

        def fitting(v):
            if v is not None and len(v.shape) != rank and reduced != list(range(rank - 1)):
                return array_ops.reshape(v, broadcast)
            return v

        scale, offset = fitting(self.gamma), fitting(self.beta)
        if utils.constant_value(training) is False:
            mean, variance = self.moving_mean, self.moving_variance
        else:
            batch_mean, batch_variance = nn_impl.moments(math_ops.cast(inputs, self._param_dtype), reduced,
                                                         keep_dims=len(self.axis) > 1)
            mean = utils.smart_cond(training, lambda: batch_mean, lambda: ops.convert_to_tensor(self.moving_mean))
            variance = utils.smart_cond(training, lambda: batch_variance,
                                        lambda: ops.convert_to_tensor(self.moving_variance))

            def update(variable, value):
                return utils.smart_cond(training, lambda: self._assign_moving_average(variable, value, self.momentum),
                                        lambda: variable)

            new_mean, new_variance = mean, variance
            self.add_update(lambda: update(self.moving_mean, new_mean))
            self.add_update(lambda: update(self.moving_variance, new_variance))
        mean = math_ops.cast(mean, inputs.dtype)
        variance = math_ops.cast(variance, inputs.dtype)
        if offset is not None:
            offset = math_ops.cast(offset, inputs.dtype)
        if scale is not None:
            scale = math_ops.cast(scale, inputs.dtype)
        outputs = nn_impl.batch_normalization(inputs, fitting(mean), fitting(variance), offset, scale, self.epsilon)
        outputs.set_shape(dims)
        return outputs

    def compute_output_shape(self, input_shape):
        return input_shape


def batch_normalization(inputs, axis=-1, momentum=0.99, epsilon=1e-3, center=True, scale=True,
                        beta_initializer=init_ops.zeros_initializer(), gamma_initializer=init_ops.ones_initializer(),
                        moving_mean_initializer=init_ops.zeros_initializer(),
                        moving_variance_initializer=init_ops.ones_initializer(), beta_regularizer=None,
                        gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, training=False,
                        trainable=True, name=None, reuse=None, renorm=False, renorm_clipping=None, renorm_momentum=0.99,
                        fused=None, virtual_batch_size=None, adjustment=None):
    """BatchNormalization(...)(inputs, training); with `reuse` the variables of an earlier layer of that name."""
    layer = BatchNormalization(
        axis=axis, momentum=momentum, epsilon=epsilon, center=center, scale=scale, beta_initializer=beta_initializer,
        gamma_initializer=gamma_initializer, moving_mean_initializer=moving_mean_initializer,
        moving_variance_initializer=moving_variance_initializer, beta_regularizer=beta_regularizer,
        gamma_regularizer=gamma_regularizer, beta_constraint=beta_constraint, gamma_constraint=gamma_constraint,
        renorm=renorm, renorm_clipping=renorm_clipping, renorm_momentum=renorm_momentum, fused=fused,
        trainable=trainable, virtual_batch_size=virtual_batch_size, adjustment=adjustment, name=name, _reuse=reuse,
        _scope=name)
    return layer.apply(inputs, training=training)


BatchNorm = BatchNormalization
batch_norm = batch_normalization
