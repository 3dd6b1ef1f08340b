"""tf.train.AdagradOptimizer."""
from icecore.tf.framework import ops
from icecore.tf.ops import array_ops, init_ops, math_ops, plain
from icecore.tf.training import optimizer


class AdagradOptimizer(optimizer.OpOptimizer):
    """Gradients divided by the root of the sum of all their squares."""

    _op = 'Adagrad'
    _slot_arguments = {'accum': 'accumulator'}

    def __init__(self, learning_rate, initial_accumulator_value=0.1, use_locking=False, name='Adagrad'):
        if initial_accumulator_value <= 0.0:
            raise ValueError('initial_accumulator_value must be positive: %s' % initial_accumulator_value)
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._initial_accumulator_value = initial_accumulator_value

    def _create_slots(self, var_list):
        for v in var_list:
            dtype = v.dtype.base_dtype
            if v.get_shape().is_fully_defined():
                begin = init_ops.constant_initializer(self._initial_accumulator_value, dtype=dtype)
            else:
                def begin(v=v, dtype=dtype):
                    return math_ops.cast(plain.fill(array_ops.shape(v), self._initial_accumulator_value), dtype)
            self._get_or_make_slot_with_initializer(v, begin, v.get_shape(), dtype, 'accumulator', self._name)

    def _prepare(self):
        self._learning_rate_tensor = ops.convert_to_tensor(self._call_if_callable(self._learning_rate),
                                                           name='learning_rate')

    def _numbers(self):
        return {'lr': self._learning_rate_tensor}
