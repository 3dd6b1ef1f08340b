"""tf.train.AdagradDAOptimizer."""
from icecore.tf.framework import constant_op, ops
from icecore.tf.ops import array_ops
from icecore.tf.training import optimizer


class AdagradDAOptimizer(optimizer.OpOptimizer):
    """Adagrad by dual averaging, for sparse linear models."""

    _op = 'AdagradDA'
    _slot_arguments = {'gradient_accumulator': 'gradient_accumulator',
                       'gradient_squared_accumulator': 'gradient_squared_accumulator'}

    def __init__(self, learning_rate, global_step, initial_gradient_squared_accumulator_value=0.1,
                 l1_regularization_strength=0.0, l2_regularization_strength=0.0, use_locking=False, name='AdagradDA'):
        if initial_gradient_squared_accumulator_value <= 0.0:
            raise ValueError('initial_gradient_squared_accumulator_value must be positive: %s' %
                             initial_gradient_squared_accumulator_value)
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._begin = initial_gradient_squared_accumulator_value
        self._l1 = l1_regularization_strength
        self._l2 = l2_regularization_strength
        self._global_step = global_step

    def _create_slots(self, var_list):
        for v in var_list:
            with ops.colocate_with(v):
                dtype, shape = v.dtype.base_dtype, v.get_shape()
                zeros = constant_op.constant(0.0, shape=shape, dtype=dtype)
                begin = constant_op.constant(self._begin, shape=shape, dtype=dtype)
            self._get_or_make_slot(v, zeros, 'gradient_accumulator', self._name)
            self._get_or_make_slot(v, begin, 'gradient_squared_accumulator', self._name)

    def _prepare(self):
        self._rate = ops.convert_to_tensor(self._learning_rate, name='learning_rate')
        with ops.colocate_with(self._rate):
            self._next_step = array_ops.identity(self._global_step) + 1

    def _apply(self, grad, var, indices=None):
        with ops.device(var.device):
            self._step = array_ops.identity(self._next_step)
        return super()._apply(grad, var, indices)

    def _numbers(self):
        return {'lr': self._rate, 'l1': self._l1, 'l2': self._l2}

    def _attrs(self):
        return {'global_step': self._step}
