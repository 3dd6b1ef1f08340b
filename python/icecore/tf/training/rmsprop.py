"""tf.train.RMSPropOptimizer."""
from icecore.tf.framework import ops
from icecore.tf.ops import array_ops, init_ops
from icecore.tf.training import optimizer


class RMSPropOptimizer(optimizer.OpOptimizer):
    """Gradients divided by the root of a moving average of their squares."""

    def __init__(self, learning_rate, decay=0.9, momentum=0.0, epsilon=1e-10, use_locking=False, centered=False,
                 name='RMSProp'):
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._decay = decay
        self._momentum = momentum
        self._epsilon = epsilon
        self._centered = centered
        self._op = 'CenteredRMSProp' if centered else 'RMSProp'
        self._slot_arguments = {**({'mg': 'mg'} if centered else {}), 'ms': 'rms', 'mom': 'momentum'}

    def _create_slots(self, var_list):
        for v in var_list:
            if v.get_shape().is_fully_defined():
                begin = init_ops.ones_initializer(dtype=v.dtype.base_dtype)
            else:
                begin = array_ops.ones_like(v)
            self._get_or_make_slot_with_initializer(v, begin, v.get_shape(), v.dtype.base_dtype, 'rms', self._name)
            if self._centered:
                self._zeros_slot(v, 'mg', self._name)
            self._zeros_slot(v, 'momentum', self._name)

    def _prepare(self):
        self._learning_rate_tensor = ops.convert_to_tensor(self._call_if_callable(self._learning_rate),
                                                           name='learning_rate')
        self._decay_tensor = ops.convert_to_tensor(self._call_if_callable(self._decay), name='decay')
        self._momentum_tensor = ops.convert_to_tensor(self._call_if_callable(self._momentum), name='momentum')
        self._epsilon_tensor = ops.convert_to_tensor(self._call_if_callable(self._epsilon), name='epsilon')

    def _numbers(self):
        return {'lr': self._learning_rate_tensor, 'rho': self._decay_tensor, 'momentum': self._momentum_tensor,
                'epsilon': self._epsilon_tensor}
