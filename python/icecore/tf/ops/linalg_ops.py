"""tf.linalg: what isn't one op."""
import numpy as np

from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, linalg_ops_impl, math_ops, plain
from icecore.tf.ops.deprecated import argument

__getattr__ = plain.fallback(__name__)


def eye(num_rows, num_columns=None, batch_shape=None, dtype=dtypes.float32, name=None):
    """Identity matrices."""
    return linalg_ops_impl.eye(num_rows, num_columns=num_columns, batch_shape=batch_shape, dtype=dtype, name=name)


def norm(tensor, ord='euclidean', axis=None, keepdims=None, name=None, keep_dims=None):
    """The length of vectors (axis: a number, or None for all elements) or matrices (axis: two numbers).

    Args:
      ord: 'euclidean' (or 2), 1, np.inf, another positive number; of matrices 'euclidean' or 'fro', 1, np.inf.
    """
    keepdims = bool(argument('keepdims', keepdims, 'keep_dims', keep_dims))
    matrix = isinstance(axis, (list, tuple)) and len(axis) == 2
    if matrix:
        axis = tuple(axis)
        if not all(isinstance(a, int) for a in axis) or axis[0] == axis[1]:
            raise ValueError("'axis' must be None, an integer, or a tuple of 2 unique integers")
        if ord not in ('euclidean', 'fro', 1, 2, np.inf):
            raise ValueError("'ord' must be a supported matrix norm in %s, got %s" %
                             (['euclidean', 'fro', 1, 2, np.inf], ord))
        if ord == 2:
            raise NotImplementedError('the matrix norm of ord 2 is not in Icecore')
    else:
        if not (isinstance(axis, int) or axis is None):
            raise ValueError("'axis' must be None, an integer, or a tuple of 2 unique integers")
        if ord not in ('euclidean', 1, 2, np.inf) and (not np.isreal(ord) or ord <= 0):
            raise ValueError("'ord' must be a supported vector norm, got %s" % ord)
        axis = None if axis is None else (axis,)
    with ops.name_scope(name, 'norm', [tensor]):
        tensor = ops.convert_to_tensor(tensor)
        if ord in ('fro', 'euclidean', 2):
            result = plain.sqrt(math_ops.reduce_sum(tensor * math_ops.conj(tensor), axis, keepdims=True))
        else:
            result = math_ops.abs(tensor)
            first = None if axis is None else axis[0]
            if ord == 1:
                result = math_ops.reduce_sum(result, first, keepdims=True)
                if matrix:
                    result = math_ops.reduce_max(result, axis[-1], keepdims=True)
            elif ord == np.inf:
                if matrix:
                    result = math_ops.reduce_sum(result, axis[1], keepdims=True)
                result = math_ops.reduce_max(result, first, keepdims=True)
            else:
                result = math_ops.pow(math_ops.reduce_sum(math_ops.pow(result, ord), axis, keepdims=True), 1.0 / ord)
        return result if keepdims else array_ops.squeeze(result, axis)


def adjoint(matrix, name=None):
    """The last two axes exchanged, and conjugated."""
    with ops.name_scope(name, 'adjoint', [matrix]):
        return array_ops.matrix_transpose(ops.convert_to_tensor(matrix, name='matrix'), conjugate=True)
