"""tf.train.ProximalGradientDescentOptimizer and ProximalAdagradOptimizer: steps that pull small weights to nought."""
from icecore.tf.framework import constant_op, ops
from icecore.tf.training import optimizer


class _Proximal(optimizer.OpOptimizer):
    """What they share: a rate and two strengths, which are tensors of the op as they are."""

    def __init__(self, learning_rate, l1, l2, use_locking, name):
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._l1_regularization_strength = l1
        self._l2_regularization_strength = l2

    def _prepare(self):
        self._tensors = {
            'lr': ops.convert_to_tensor(self._learning_rate, name='learning_rate'),
            'l1': ops.convert_to_tensor(self._l1_regularization_strength, name='l1_regularization_strength'),
            'l2': ops.convert_to_tensor(self._l2_regularization_strength, name='l2_regularization_strength'),
        }

    def _numbers(self):
        return self._tensors


class ProximalGradientDescentOptimizer(_Proximal):
    """Gradient descent, then the proximal step."""

    _op = 'ProximalGradientDescent'

    def __init__(self, learning_rate, l1_regularization_strength=0.0, l2_regularization_strength=0.0,
                 use_locking=False, name='ProximalGradientDescent'):
        super().__init__(learning_rate, l1_regularization_strength, l2_regularization_strength, use_locking, name)

    def _numbers(self):
        # The op calls its rate alpha.
        return {('alpha' if name == 'lr' else name): tensor for name, tensor in self._tensors.items()}


class ProximalAdagradOptimizer(_Proximal):
    """Adagrad, then the proximal step."""

    _op = 'ProximalAdagrad'
    _slot_arguments = {'accum': 'accumulator'}

    def __init__(self, learning_rate, initial_accumulator_value=0.1, l1_regularization_strength=0.0,
                 l2_regularization_strength=0.0, use_locking=False, name='ProximalAdagrad'):
        if initial_accumulator_value <= 0.0:
            raise ValueError('initial_accumulator_value must be positive: %s' % initial_accumulator_value)
        super().__init__(learning_rate, l1_regularization_strength, l2_regularization_strength, use_locking, name)
        self._initial_accumulator_value = initial_accumulator_value

    def _create_slots(self, var_list):
        for v in var_list:
            with ops.colocate_with(v):
                begin = constant_op.constant(self._initial_accumulator_value, shape=v.get_shape(),
                                             dtype=v.dtype.base_dtype)
            self._get_or_make_slot(v, begin, 'accumulator', self._name)
