"""tf.linalg: what isn't one op."""
import numpy as np

from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, control_flow_ops, linalg_ops_impl, math_ops, plain
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


def cholesky_solve(chol, rhs, name=None):
    """The solution X of A X = rhs, where chol is the Cholesky factor of A."""
    with ops.name_scope(name, 'cholesky_solve', [chol, rhs]):
        y = plain.matrix_triangular_solve(chol, rhs, adjoint=False, lower=True)
        return plain.matrix_triangular_solve(chol, y, adjoint=True, lower=True)


def _gramian_cholesky(matrix, l2_regularizer, tall):
    gramian = math_ops.matmul(matrix, matrix, adjoint_a=tall, adjoint_b=not tall)
    if isinstance(l2_regularizer, ops.Tensor) or l2_regularizer != 0:
        shape = array_ops.shape(matrix)
        axis = -1 if tall else -2
        batch_shape = shape[:-2]
        identity = eye(shape[axis], batch_shape=batch_shape, dtype=matrix.dtype)
        identity.set_shape(matrix.shape[:-2].concatenate([matrix.shape[axis], matrix.shape[axis]]))
        gramian += l2_regularizer * identity
    return plain.cholesky(gramian)


def matrix_solve_ls(matrix, rhs, l2_regularizer=0.0, fast=True, name=None):
    """The least squares solution X of matrix X = rhs; with fewer rows than columns, the smallest solution."""
    matrix = ops.convert_to_tensor(matrix, name='matrix')
    if matrix.dtype == dtypes.complex128 and l2_regularizer != 0:
        raise NotImplementedError('matrix_solve_ls is currently disabled for complex128 and l2_regularizer != 0 due to '
                                  'poor accuracy.')

    def solution(tall):
        factor = _gramian_cholesky(matrix, l2_regularizer, tall)
        if tall:
            return cholesky_solve(factor, math_ops.matmul(matrix, rhs, adjoint_a=True))
        return math_ops.matmul(matrix, cholesky_solve(factor, rhs), adjoint_a=True)

    if fast is False or _is_one_op_faster(matrix):
        return plain.matrix_solve_ls(matrix, rhs, l2_regularizer, fast=fast, name=name)
    with ops.name_scope(name, 'matrix_solve_ls', [matrix, rhs, l2_regularizer]):
        sizes = matrix.get_shape()[-2:]
        if sizes.is_fully_defined():
            return solution(sizes[-2] >= sizes[-1])
        sizes = array_ops.shape(matrix)[-2:]
        return control_flow_ops.cond(sizes[-2] >= sizes[-1], lambda: solution(True), lambda: solution(False))


def _is_one_op_faster(matrix):
    # Many small matrices that don't fit into a cache.
    dims = matrix.get_shape()
    if not dims.is_fully_defined():
        return False
    return (dims.num_elements() * matrix.dtype.size > 256000 and
            dims[:-2].num_elements() > min(dims[-2:].as_list()))


def self_adjoint_eig(tensor, name=None):
    """(eigenvalues, eigenvectors) of self-adjoint matrices."""
    values, vectors = plain.self_adjoint_eig_v2(tensor, compute_v=True, name=name)
    return values, vectors


def self_adjoint_eigvals(tensor, name=None):
    """Eigenvalues of self-adjoint matrices."""
    return plain.self_adjoint_eig_v2(tensor, compute_v=False, name=name)[0]


def svd(tensor, full_matrices=False, compute_uv=True, name=None):
    """(singular values, u, v) of matrices, or only the first."""
    s, u, v = plain.svd(tensor, compute_uv=compute_uv, full_matrices=full_matrices, name=name)
    return (math_ops.real(s), u, v) if compute_uv else math_ops.real(s)


def normalize(tensor, ord='euclidean', axis=None, name=None):
    """(the tensor divided by its norm, that norm)."""
    with ops.name_scope(name, 'normalize', [tensor]) as name:
        tensor = ops.convert_to_tensor(tensor)
        length = math_ops.cast(norm(tensor, ord, axis, keepdims=True), tensor.dtype)
        return tensor / length, length


def logdet(matrix, name=None):
    """The logarithm of the determinant of positive definite matrices."""
    with ops.name_scope(name, 'logdet', [matrix]):
        diagonal = array_ops.matrix_diag_part(plain.cholesky(matrix))
        return 2.0 * math_ops.reduce_sum(plain.log(math_ops.real(diagonal)), axis=[-1])
