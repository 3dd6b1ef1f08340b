"""tf.train.AdamOptimizer."""
from icecore.tf.framework import ops
from icecore.tf.ops import control_flow_ops, math_ops, plain, state_ops
from icecore.tf.training import optimizer


class AdamOptimizer(optimizer.OpOptimizer):
    """Steps by moving averages of the gradients and of their squares."""

    _op = 'Adam'
    _slot_arguments = {'m': 'm', 'v': 'v'}

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8, use_locking=False, name='Adam'):
        super().__init__(use_locking, name)
        self._lr = learning_rate
        self._beta1 = beta1
        self._beta2 = beta2
        self._epsilon = epsilon

    def _get_beta_accumulators(self):
        graph = ops.get_default_graph()
        return (self._get_non_slot_variable('beta1_power', graph=graph),
                self._get_non_slot_variable('beta2_power', graph=graph))

    def _create_slots(self, var_list):
        first = min(var_list, key=lambda v: v.name)
        self._create_non_slot_variable(initial_value=self._beta1, name='beta1_power', colocate_with=first)
        self._create_non_slot_variable(initial_value=self._beta2, name='beta2_power', colocate_with=first)
        for v in var_list:
            self._zeros_slot(v, 'm', self._name)
            self._zeros_slot(v, 'v', self._name)

    def _prepare(self):
        self._lr_t = ops.convert_to_tensor(self._call_if_callable(self._lr), name='learning_rate')
        self._beta1_t = ops.convert_to_tensor(self._call_if_callable(self._beta1), name='beta1')
        self._beta2_t = ops.convert_to_tensor(self._call_if_callable(self._beta2), name='beta2')
        self._epsilon_t = ops.convert_to_tensor(self._call_if_callable(self._epsilon), name='epsilon')

    def _numbers(self):
        beta1_power, beta2_power = self._get_beta_accumulators()
        return {'beta1_power': beta1_power, 'beta2_power': beta2_power, 'lr': self._lr_t, 'beta1': self._beta1_t,
                'beta2': self._beta2_t, 'epsilon': self._epsilon_t}

    def _apply_rows(self, grad, var, indices, scatter_add):
        dtype = var.dtype.base_dtype
        beta1_power, beta2_power, lr, beta1, beta2, epsilon = (
            math_ops.cast(number, dtype) for number in self._numbers().values())
        rate = lr * plain.sqrt(1 - beta2_power) / (1 - beta1_power)
        m = self.get_slot(var, 'm')
        scaled = grad * (1 - beta1)
        m_t = state_ops.assign(m, m * beta1, use_locking=self._use_locking)
        with ops.control_dependencies([m_t]):
            m_t = scatter_add(m, indices, scaled)
        v = self.get_slot(var, 'v')
        squares = (grad * grad) * (1 - beta2)
        v_t = state_ops.assign(v, v * beta2, use_locking=self._use_locking)
        with ops.control_dependencies([v_t]):
            v_t = scatter_add(v, indices, squares)
        root = plain.sqrt(v_t)
        update = state_ops.assign_sub(var, rate * m_t / (root + epsilon), use_locking=self._use_locking)
        return control_flow_ops.group(*[update, m_t, v_t])

    def _apply_sparse(self, grad, var):
        return self._apply_rows(grad.values, var, grad.indices, lambda x, i, v: state_ops.scatter_add(
            x, i, v, use_locking=self._use_locking))

    def _resource_apply_sparse(self, grad, handle, indices):
        def scatter_add(x, i, v):
            with ops.control_dependencies([plain.resource_scatter_add(x.handle, i, v)]):
                return x.value()
        return self._apply_rows(grad, handle, indices, scatter_add)

    def _finish(self, update_ops, name_scope):
        with ops.control_dependencies(update_ops):
            beta1_power, beta2_power = self._get_beta_accumulators()
            with ops.colocate_with(beta1_power):
                first = beta1_power.assign(beta1_power * self._beta1_t, use_locking=self._use_locking)
                second = beta2_power.assign(beta2_power * self._beta2_t, use_locking=self._use_locking)
        return control_flow_ops.group(*update_ops + [first, second], name=name_scope)
