"""tf.train.FtrlOptimizer."""
from icecore.tf.framework import constant_op, ops
from icecore.tf.training import optimizer


class FtrlOptimizer(optimizer.OpOptimizer):
    """Follow the regularized leader."""

    _slot_arguments = {'accum': 'accum', 'linear': 'linear'}

    def __init__(self, learning_rate, learning_rate_power=-0.5, initial_accumulator_value=0.1,
                 l1_regularization_strength=0.0, l2_regularization_strength=0.0, use_locking=False, name='Ftrl',
                 accum_name=None, linear_name=None, l2_shrinkage_regularization_strength=0.0):
        super().__init__(use_locking, name)
        if initial_accumulator_value < 0.0:
            raise ValueError('initial_accumulator_value %f needs to be positive or zero' % initial_accumulator_value)
        if learning_rate_power > 0.0:
            raise ValueError('learning_rate_power %f needs to be negative or zero' % learning_rate_power)
        for value, what in ((l1_regularization_strength, 'l1_regularization_strength'),
                            (l2_regularization_strength, 'l2_regularization_strength'),
                            (l2_shrinkage_regularization_strength, 'l2_shrinkage_regularization_strength')):
            if value < 0.0:
                raise ValueError('%s %f needs to be positive or zero' % (what, value))
        self._learning_rate = learning_rate
        self._learning_rate_power = learning_rate_power
        self._initial_accumulator_value = initial_accumulator_value
        self._l1 = l1_regularization_strength
        self._l2 = l2_regularization_strength
        self._shrinkage = l2_shrinkage_regularization_strength
        self._accum_name = accum_name
        self._linear_name = linear_name
        self._op = 'FtrlV2' if self._shrinkage > 0 else 'Ftrl'

    def _create_slots(self, var_list):
        for v in var_list:
            with ops.colocate_with(v):
                begin = constant_op.constant(self._initial_accumulator_value, dtype=v.dtype.base_dtype,
                                             shape=v.get_shape())
                self._get_or_make_slot(v, begin, 'accum', self._accum_name or self._name)
                self._zeros_slot(v, 'linear', self._linear_name or self._name)

    def _prepare(self):
        self._tensors = {}
        for argument, value, name in (
                ('lr', self._learning_rate, 'learning_rate'), ('l1', self._l1, 'l1_regularization_strength'),
                ('l2', self._l2, 'l2_regularization_strength'),
                ('l2_shrinkage', self._shrinkage, 'l2_shrinkage_regularization_strength'),
                ('lr_power', self._learning_rate_power, 'learning_rate_power')):
            self._tensors[argument] = ops.convert_to_tensor(value, name=name)
        if self._shrinkage <= 0:
            del self._tensors['l2_shrinkage']

    def _numbers(self):
        return self._tensors
