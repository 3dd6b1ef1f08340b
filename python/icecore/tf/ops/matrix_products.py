"""Products of matrices and of tensors, and the conjugates that they take (names of math_ops)."""
import builtins

import numpy as np

from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, plain
from icecore.tf.ops.ranges import range
from icecore.tf.ops.reductions import reduce_prod, reduce_sum


def conj(x, name=None):
    """The complex conjugate; a real tensor is itself. TypeError where it isn't of numbers."""
    if isinstance(x, ops.Tensor) and (x.dtype.is_floating or x.dtype.is_integer):
        return x
    with ops.name_scope(name, 'Conj', [x]) as name:
        x = ops.convert_to_tensor(x, name='x')
        if x.dtype.is_complex or x.dtype == dtypes.variant:
            return plain.conj(x, name=name)
        if x.dtype.is_floating or x.dtype.is_integer:
            return x
        raise TypeError('Expected numeric or variant tensor, got dtype %r' % x.dtype)


def matmul(a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False,
           b_is_sparse=False, name=None):
    """Matrix product: MatMul, or BatchMatMulV2 where an argument has (or may have) more than two dimensions."""
    with ops.name_scope(name, 'MatMul', [a, b]) as name:
        if transpose_a and adjoint_a:
            raise ValueError('Only one of transpose_a and adjoint_a can be True.')
        if transpose_b and adjoint_b:
            raise ValueError('Only one of transpose_b and adjoint_b can be True.')
        a = ops.convert_to_tensor(a, name='a')
        b = ops.convert_to_tensor(b, name='b')
        rank_a, rank_b = a.get_shape().ndims, b.get_shape().ndims
        batched = rank_a is None or rank_a > 2 or rank_b is None or rank_b > 2
        if batched and not a_is_sparse and not b_is_sparse:
            if transpose_a:
                a, adjoint_a = conj(a), True
            if transpose_b:
                b, adjoint_b = conj(b), True
            return plain.batch_mat_mul_v2(a, b, adj_x=adjoint_a, adj_y=adjoint_b, name=name)
        if adjoint_a:
            a, transpose_a = conj(a), True
        if adjoint_b:
            b, transpose_b = conj(b), True
        # Arguments that are called sparse are full of numbers all the same: the product is the plain one's.
        return plain.mat_mul(a, b, transpose_a=transpose_a, transpose_b=transpose_b, name=name)


def matvec(a, b, transpose_a=False, adjoint_a=False, a_is_sparse=False, b_is_sparse=False, name=None):
    """A matrix times a vector."""
    with ops.name_scope(name, 'MatVec', [a, b]) as name:
        output = matmul(a, array_ops.expand_dims(b, axis=-1), transpose_a=transpose_a, adjoint_a=adjoint_a,
                        a_is_sparse=a_is_sparse, b_is_sparse=b_is_sparse)
        return array_ops.squeeze(output, axis=-1)


def trace(x, name=None):
    """The sum of a matrix's diagonal."""
    with ops.name_scope(name, 'Trace', [x]) as name:
        x = ops.convert_to_tensor(x, name='x')
        return reduce_sum(array_ops.matrix_diag_part(x), [-1], name=name)


def _tensordot_side(a, axes, flipped):
    # (a as a matrix, its free dimensions, the same where they are known)
    shape = a.get_shape()
    if shape.is_fully_defined() and isinstance(axes, (list, tuple)):
        dims = shape.as_list()
        axes = [i if i >= 0 else i + len(dims) for i in axes]
        free = [i for i in builtins.range(len(dims)) if i not in axes]
        free_dims = [dims[i] for i in free]
        sizes = [int(np.prod(free_dims)), int(np.prod([dims[i] for i in axes]))]
        perm, sizes = (axes + free, sizes[::-1]) if flipped else (free + axes, sizes)
        return array_ops.reshape(array_ops.transpose(a, perm), sizes), free_dims, free_dims
    known = None
    if shape.ndims is not None and isinstance(axes, (list, tuple)):
        dims = shape.as_list()
        axes = [i if i >= 0 else i + len(dims) for i in axes]
        free = [i for i in builtins.range(len(dims)) if i not in axes]
        known = [dims[i] for i in free]
        axes = ops.convert_to_tensor(axes, dtype=dtypes.int32, name='axes')
        free = ops.convert_to_tensor(free, dtype=dtypes.int32, name='free')
        shape_a = array_ops.shape(a)
    else:
        shape_a = array_ops.shape(a)
        rank_a = array_ops.rank(a)
        axes = ops.convert_to_tensor(axes, dtype=dtypes.int32, name='axes')
        axes = array_ops.where(axes >= 0, axes, axes + rank_a)
        free, _ = array_ops.setdiff1d(range(rank_a), axes)
    free_dims = array_ops.gather(shape_a, free)
    axes_dims = array_ops.gather(shape_a, axes)
    free_size, axes_size = reduce_prod(free_dims), reduce_prod(axes_dims)
    if flipped:
        perm, sizes = array_ops.concat([axes, free], 0), array_ops.stack([axes_size, free_size])
    else:
        perm, sizes = array_ops.concat([free, axes], 0), array_ops.stack([free_size, axes_size])
    return array_ops.reshape(array_ops.transpose(a, perm), sizes), free_dims, known


def _tensordot_axes(a, axes):
    rank = a.get_shape().ndims
    if isinstance(axes, (int, np.integer)):
        if axes < 0:
            raise ValueError("'axes' must be at least 0.")
        if rank is not None:
            if axes > rank:
                raise ValueError("'axes' must not be larger than the number of dimensions of tensor %s." % a)
            return list(builtins.range(rank - axes, rank)), list(builtins.range(axes))
        rank = array_ops.rank(a)
        return range(rank - axes, rank, dtype=dtypes.int32), range(axes, dtype=dtypes.int32)
    if isinstance(axes, (list, tuple)):
        if len(axes) != 2:
            raise ValueError("'axes' must be an integer or have length 2.")
        a_axes, b_axes = ([x] if isinstance(x, (int, np.integer)) else x for x in axes)
        if len(a_axes) != len(b_axes):
            raise ValueError("Different number of contraction axes 'a' and 'b', %s != %s." % (len(a_axes), len(b_axes)))
        return list(a_axes), list(b_axes)
    axes = ops.convert_to_tensor(axes, name='axes', dtype=dtypes.int32)
    return axes[0], axes[1]


def tensordot(a, b, axes, name=None):
    """The sum of products over the axes given: a number (the last of a, the first of b), or a list for each."""
    with ops.name_scope(name, 'Tensordot', [a, b, axes]) as name:
        a = ops.convert_to_tensor(a, name='a')
        b = ops.convert_to_tensor(b, name='b')
        a_axes, b_axes = _tensordot_axes(a, axes)
        a_matrix, a_free, a_known = _tensordot_side(a, a_axes, False)
        b_matrix, b_free, b_known = _tensordot_side(b, b_axes, True)
        product = matmul(a_matrix, b_matrix)
        if isinstance(a_free, list) and isinstance(b_free, list):
            return array_ops.reshape(product, a_free + b_free, name=name)
        a_free = ops.convert_to_tensor(a_free, dtype=dtypes.int32)
        b_free = ops.convert_to_tensor(b_free, dtype=dtypes.int32)
        product = array_ops.reshape(product, array_ops.concat([a_free, b_free], 0), name=name)
        if a_known is not None and b_known is not None:
            product.set_shape(a_known + b_known)
        return product
