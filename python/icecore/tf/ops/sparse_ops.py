"""tf.sparse: functions of SparseTensors. What sorts, joins and cuts them is in sparse_pieces."""
import numbers

import numpy as np

from icecore.tf.framework import constant_op, dtypes, ops, tensor_shape
from icecore.tf.framework.composites import SparseTensor, is_sparse, is_sparse_value
from icecore.tf.ops import array_ops, math_ops, plain
from icecore.tf.ops.deprecated import argument
from icecore.tf.ops.raw_ops import (
    SparseReduceMax, SparseReduceMaxSparse, SparseReduceSum, SparseReduceSumSparse, SparseSparseMaximum,
    SparseSparseMinimum, SparseTensorDenseAdd)

_one_op = plain.fallback(__name__)


def __getattr__(name):
    if name.startswith('sparse_'):
        from icecore.tf.ops import sparse_pieces
        if hasattr(sparse_pieces, name):
            return getattr(sparse_pieces, name)
    return _one_op(name)


def _sparse(value):
    """A SparseTensor, or of its value. TypeError of anything else."""
    if is_sparse_value(value):
        return SparseTensor.from_value(value)
    if not isinstance(value, SparseTensor):
        raise TypeError('Input must be a SparseTensor.')
    return value


def _parts(value):
    return value.indices, value.values, value.dense_shape


# --- Sparse and dense ------------------------------------------------------------------------------------------------


def from_dense(tensor, name=None):
    """The elements that aren't 0."""
    with ops.name_scope(name, 'dense_to_sparse'):
        tensor = ops.convert_to_tensor(tensor)
        zero = ops.convert_to_tensor(0, tensor.dtype)
        indices = array_ops.where_v2(math_ops.not_equal(tensor, zero))
        values = array_ops.gather_nd(tensor, indices)
        return SparseTensor(indices, values, array_ops.shape(tensor, out_type=dtypes.int64))


def sparse_to_dense(sparse_indices, output_shape, sparse_values, default_value=0, validate_indices=True, name=None):
    """A tensor with values at indices, and default_value elsewhere.

    Args:
      sparse_indices: a number, a vector, or a matrix whose rows are indices.
      validate_indices: whether unsorted and repeated indices are refused.
    """
    return plain.sparse_to_dense(sparse_indices, output_shape, sparse_values, default_value=default_value,
                                 validate_indices=validate_indices, name=name)


def sparse_tensor_to_dense(sp_input, default_value=None, validate_indices=True, name=None):
    """The whole tensor, default_value (or 0) where there is no value."""
    sp_input = _sparse(sp_input)
    if default_value is None:
        default_value = array_ops.zeros([], dtype=sp_input.dtype)
    return plain.sparse_to_dense(sp_input.indices, sp_input.dense_shape, sp_input.values, default_value=default_value,
                                 validate_indices=validate_indices, name=name)


def sparse_to_indicator(sp_input, vocab_size, name=None):
    """Of ids in the last axis: a bool tensor [..., vocab_size] that is true at these."""
    sp_input = _sparse(sp_input)
    with ops.name_scope(name, 'SparseToIndicator', [sp_input]) as name:
        count = array_ops.shape(sp_input.indices)[0]
        trues = array_ops.fill(array_ops.expand_dims(count, 0), True)
        marks = SparseTensor(sp_input.indices, trues, sp_input.dense_shape)
        merged = sparse_merge(sp_input, marks, vocab_size, name)
        return sparse_tensor_to_dense(merged, default_value=False, validate_indices=False, name=name)


def sparse_tensor_dense_matmul(sp_a, b, adjoint_a=False, adjoint_b=False, name=None):
    """The product of a sparse and a dense matrix."""
    sp_a = _sparse(sp_a)
    with ops.name_scope(name, 'SparseTensorDenseMatMul', [sp_a.indices, sp_a.values, b]):
        b = ops.convert_to_tensor(b, name='b')
        return plain.sparse_tensor_dense_mat_mul(*_parts(sp_a), b=b, adjoint_a=adjoint_a, adjoint_b=adjoint_b)


# --- Two sparse tensors ----------------------------------------------------------------------------------------------


def sparse_add(a, b, threshold=None, thresh=None):
    """The sum of two tensors, at least one of which is sparse; of sparse ones, without sums below the threshold."""
    threshold = argument('threshold', threshold, 'thresh', thresh)
    if not is_sparse(a) and not is_sparse(b):
        raise TypeError('At least one input should be SparseTensor; do you mean to use tf.add()?')
    if not is_sparse(a) or not is_sparse(b):
        a, b = (b, a) if is_sparse(b) else (a, b)
        return SparseTensorDenseAdd(a_indices=a.indices, a_values=a.values, a_shape=a.dense_shape, b=b)
    a, b = _sparse(a), _sparse(b)
    threshold = ops.convert_to_tensor(0 if threshold is None else threshold, dtype=a.values.dtype.real_dtype.base_dtype,
                                      name='threshold')
    indices, values, shape = plain.sparse_add(*_parts(a), *_parts(b), threshold)
    a.get_shape().assert_is_compatible_with(b.get_shape())
    known = array_ops.broadcast_static_shape(a.get_shape(), b.get_shape())
    return SparseTensor(indices, values, known.as_list() if known.is_fully_defined() else shape)


def _larger_or_smaller(op, scope, sp_a, sp_b, name):
    with ops.name_scope(name, scope, [sp_a.indices, sp_a.values, sp_b.indices, sp_b.values]) as name:
        indices, values = op(a_indices=sp_a.indices, a_values=sp_a.values, a_shape=sp_a.dense_shape,
                             b_indices=sp_b.indices, b_values=sp_b.values, b_shape=sp_b.dense_shape, name=name)
    return SparseTensor(indices, values, sp_a.dense_shape)


def sparse_maximum(sp_a, sp_b, name=None):
    """The larger of two, element by element; what isn't there is 0."""
    return _larger_or_smaller(SparseSparseMaximum, 'SparseSparseMaximum', sp_a, sp_b, name)


def sparse_minimum(sp_a, sp_b, name=None):
    """The smaller of two, element by element; what isn't there is 0."""
    return _larger_or_smaller(SparseSparseMinimum, 'SparseSparseMinimum', sp_a, sp_b, name)


def sparse_merge(sp_ids, sp_values, vocab_size, name=None, already_sorted=False):
    """Values at places whose last index is an id (or, of several sp_ids, whose last indices are ids).

    Raises:
      TypeError, ValueError: where vocab_size isn't an integer for each of sp_ids.
    """
    def is_integer(value):
        return isinstance(value, (ops.Tensor, numbers.Integral))

    if is_sparse(sp_ids):
        if not is_integer(vocab_size):
            raise TypeError('vocab_size has to be a Tensor or Python int. Found %s' % type(vocab_size))
        sp_ids, vocab_size = [sp_ids], [vocab_size]
    elif not hasattr(sp_ids, '__iter__'):
        raise TypeError('sp_ids has to be a SparseTensor or list thereof. Found %s' % type(sp_ids))
    elif not hasattr(vocab_size, '__iter__'):
        raise TypeError('vocab_size has to be a list of Tensors or Python ints. Found %s' % type(vocab_size))
    for size in vocab_size:
        if not is_integer(size):
            raise TypeError('vocab_size has to be a list of Tensors or Python ints. Found %s' % type(size))
    if len(sp_ids) != len(vocab_size):
        raise ValueError('sp_ids and vocab_size have to have equal lengths.')
    with ops.name_scope(name, 'SparseMerge', [sp_ids, sp_values]):
        sp_ids = [_sparse(ids) for ids in sp_ids]
        sp_values = _sparse(sp_values)
        columns = []
        for ids in sp_ids:
            values = ids.values if ids.dtype == dtypes.int64 else math_ops.cast(ids.values, dtypes.int64)
            columns.append(array_ops.expand_dims(values, axis=1))
        sizes = [math_ops.cast(size, dtypes.int64) for size in vocab_size]
        indices = array_ops.concat([sp_ids[0].indices[:, :-1]] + columns, 1)
        shape = array_ops.concat([sp_ids[0].dense_shape[:-1], sizes], 0)
        merged = SparseTensor(indices, sp_values.values, shape)
        if already_sorted:
            return merged
        in_order = sparse_reorder(merged)
        return SparseTensor(in_order.indices, in_order.values, shape)


# --- Sums and the like -----------------------------------------------------------------------------------------------


def _reduced(op, sp_input, axis, keepdims, reduction_axes, keep_dims):
    keepdims = bool(argument('keepdims', keepdims, 'keep_dims', keep_dims))
    axis = argument('axis', axis, 'reduction_axes', reduction_axes)
    if axis is None:
        rank = sp_input.shape.ndims
        if rank is None:
            axis = math_ops.range(0, array_ops.rank(sp_input))
        else:
            axis = constant_op.constant(np.arange(rank), dtype=dtypes.int32)
    return op(input_indices=sp_input.indices, input_values=sp_input.values, input_shape=sp_input.dense_shape,
              reduction_axes=axis, keep_dims=keepdims)


def sparse_reduce_max(sp_input, axis=None, keepdims=None, reduction_axes=None, keep_dims=None):
    """The largest values along the axes, as a dense tensor."""
    return _reduced(SparseReduceMax, sp_input, axis, keepdims, reduction_axes, keep_dims)


def sparse_reduce_max_sparse(sp_input, axis=None, keepdims=None, reduction_axes=None, keep_dims=None):
    """The largest values along the axes, as a SparseTensor."""
    return SparseTensor(*_reduced(SparseReduceMaxSparse, sp_input, axis, keepdims, reduction_axes, keep_dims))


def sparse_reduce_sum(sp_input, axis=None, keepdims=None, reduction_axes=None, keep_dims=None):
    """Sums along the axes, as a dense tensor."""
    return _reduced(SparseReduceSum, sp_input, axis, keepdims, reduction_axes, keep_dims)


def sparse_reduce_sum_sparse(sp_input, axis=None, keepdims=None, reduction_axes=None, keep_dims=None):
    """Sums along the axes, as a SparseTensor."""
    return SparseTensor(*_reduced(SparseReduceSumSparse, sp_input, axis, keepdims, reduction_axes, keep_dims))


def sparse_softmax(sp_input, name=None):
    """softmax of the values of each row."""
    with ops.name_scope(name, 'SparseSoftmax', [sp_input.indices, sp_input.values]):
        values = plain.sparse_softmax(*_parts(sp_input))
        return SparseTensor(sp_input.indices, values, sp_input.dense_shape)


# --- Order and rows --------------------------------------------------------------------------------------------------


def sparse_reorder(sp_input, name=None):
    """The values sorted by their indices."""
    sp_input = _sparse(sp_input)
    indices, values = plain.sparse_reorder(*_parts(sp_input), name=name)
    known = sp_input.get_shape()
    shape = known.as_list() if known.is_fully_defined() else array_ops.identity(sp_input.dense_shape)
    return SparseTensor(indices, values, shape)


def sparse_retain(sp_input, to_retain):
    """The values for which to_retain is true."""
    sp_input = _sparse(sp_input)
    to_retain = ops.convert_to_tensor(to_retain)
    length = to_retain.get_shape()
    length.assert_has_rank(1)
    if sp_input.values.get_shape().dims is not None:
        sp_input.values.get_shape().dims[0].merge_with(tensor_shape.dimension_at_index(length, 0))
    places = array_ops.reshape(array_ops.where_v2(to_retain), [-1])
    indices = array_ops.gather(sp_input.indices, places)
    values = array_ops.gather(sp_input.values, places)
    return SparseTensor(indices, values, array_ops.identity(sp_input.dense_shape))


def sparse_fill_empty_rows(sp_input, default_value, name=None):
    """(with a value default_value at the beginning of each row that had none, which rows these are)."""
    sp_input = _sparse(sp_input)
    with ops.name_scope(name, 'SparseFillEmptyRows', [sp_input]):
        default_value = ops.convert_to_tensor(default_value, dtype=sp_input.values.dtype)
        indices, values, was_empty, _ = plain.sparse_fill_empty_rows(
            indices=sp_input.indices, values=sp_input.values, dense_shape=sp_input.dense_shape, default_value=default_value)
        return SparseTensor(indices=indices, values=values, dense_shape=sp_input.dense_shape), was_empty
