"""tf.train.GradientDescentOptimizer."""
from icecore.tf.framework import ops
from icecore.tf.ops import math_ops, plain
from icecore.tf.training import optimizer


class GradientDescentOptimizer(optimizer.OpOptimizer):
    """variable -= learning_rate * gradient."""

    _op = 'GradientDescent'

    def __init__(self, learning_rate, use_locking=False, name='GradientDescent'):
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._learning_rate_tensor = None

    def _prepare(self):
        self._learning_rate_tensor = ops.convert_to_tensor(self._call_if_callable(self._learning_rate),
                                                           name='learning_rate')

    def _numbers(self):
        return {'alpha': self._learning_rate_tensor}

    def _apply_sparse_duplicate_indices(self, grad, var):
        rate = math_ops.cast(self._learning_rate_tensor, var.dtype.base_dtype)
        return var.scatter_sub(ops.IndexedSlices(grad.values * rate, grad.indices, grad.dense_shape),
                               use_locking=self._use_locking)

    def _resource_apply_sparse_duplicate_indices(self, grad, handle, indices):
        return plain.resource_scatter_add(handle.handle, indices, -grad * self._learning_rate)
