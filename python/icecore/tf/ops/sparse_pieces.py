"""SparseTensors joined, cut and in other shapes (names of sparse_ops)."""
import numbers

import numpy as np

from icecore.tf.framework import composites, constant_op, dtypes, ops, tensor_util
from icecore.tf.framework.composites import SparseTensor
from icecore.tf.ops import array_ops, check_ops, control_flow_ops, math_ops, plain, sparse_ops
from icecore.tf.ops.deprecated import argument


class KeywordRequired:
    """Stands where no argument may be given without its name."""

    def __repr__(self):
        return 'KeywordRequired()'


def _int64(value, name):
    if isinstance(value, numbers.Integral):
        return ops.convert_to_tensor(value, name=name, dtype=dtypes.int64)
    if not isinstance(value, ops.Tensor):
        raise TypeError('{} must be an integer value'.format(name))
    return value if value.dtype == dtypes.int64 else math_ops.cast(value, dtypes.int64)


def sparse_eye(num_rows, num_columns=None, dtype=dtypes.float32, name=None):
    """The identity matrix."""
    with ops.name_scope(name, default_name='eye', values=[num_rows, num_columns]):
        rows = _int64(num_rows, 'num_rows')
        columns = rows if num_columns is None else _int64(num_columns, 'num_columns')
        size = plain.minimum(rows, columns)
        numbers = math_ops.range(size, dtype=dtypes.int64)
        indices = array_ops.stack([numbers, numbers], axis=1)
        return SparseTensor(indices=indices, values=array_ops.ones(size, dtype=dtype), dense_shape=[rows, columns])


def sparse_expand_dims(sp_input, axis=None, name=None):
    """A new axis of one element there; without an axis, at the end."""
    rank = sp_input.dense_shape.get_shape()[0]
    axis = -1 if axis is None else axis
    with ops.name_scope(name, default_name='expand_dims', values=[sp_input]):
        if isinstance(axis, numbers.Integral):
            axis = ops.convert_to_tensor(axis, name='axis', dtype=dtypes.int32)
        elif not isinstance(axis, ops.Tensor):
            raise TypeError('axis must be an integer value in range [-rank(sp_input) - 1, rank(sp_input)]')
        axis = array_ops.where_v2(axis >= 0, axis, axis + rank + 1)
        count = array_ops.shape(sp_input.indices)[0]
        zeros = array_ops.zeros([count, 1], dtype=dtypes.int64)
        before = array_ops.slice(sp_input.indices, [0, 0], [-1, axis])
        after = array_ops.slice(sp_input.indices, [0, axis], [-1, -1])
        indices = array_ops.concat([before, zeros, after], axis=1)
        before = array_ops.slice(sp_input.dense_shape, [0], [axis])
        after = array_ops.slice(sp_input.dense_shape, [axis], [-1])
        one = ops.convert_to_tensor([1], name='new_shape', dtype=dtypes.int64)
        shape = array_ops.concat([before, one, after], axis=0)
        return SparseTensor(indices=indices, values=sp_input.values, dense_shape=shape)


def sparse_concat(axis, sp_inputs, name=None, expand_nonconcat_dim=False, concat_dim=None, expand_nonconcat_dims=None):
    """SparseTensors joined along the axis; with expand_nonconcat_dims their other dimensions may differ."""
    expand = argument('expand_nonconcat_dims', expand_nonconcat_dims, 'expand_nonconcat_dim', expand_nonconcat_dim or None)
    axis = argument('axis', axis, 'concat_dim', concat_dim)
    if not isinstance(sp_inputs, (list, tuple)):
        raise TypeError('Inputs must be a list or tuple.')
    sp_inputs = [sparse_ops._sparse(value) for value in sp_inputs]
    if len(sp_inputs) == 1:
        return sp_inputs[0]
    shapes = [value.dense_shape for value in sp_inputs]
    if expand:
        most = math_ops.reduce_max(array_ops.concat([array_ops.reshape(shape, [1, -1]) for shape in shapes], 0), 0)
        shapes = [array_ops.concat([most[:axis], shape[-1:] if axis == -1 else shape[axis:axis + 1],
                                    [] if axis == -1 else most[axis + 1:]], 0) for shape in shapes]
    indices, values, shape = plain.sparse_concat([value.indices for value in sp_inputs],
                                                 [value.values for value in sp_inputs], shapes, axis, name=name)
    known = [tensor_util.constant_value(one) for one in shapes]
    if all(one is not None for one in known):
        whole = np.array(known[0])
        whole[axis] = sum(one[axis] for one in known)
        shape = ops.convert_to_tensor(whole)
    return SparseTensor(indices, values, shape)


def sparse_split(keyword_required=KeywordRequired(), sp_input=None, num_split=None, axis=None, name=None, split_dim=None):
    """Parts along the axis."""
    if not isinstance(keyword_required, KeywordRequired):
        raise ValueError('Keyword arguments are required for this function.')
    for value, what in ((sp_input, 'sp_input'), (num_split, 'num_split'), (axis, 'axis')):
        if value is None:
            raise ValueError('%s is required' % what)
    axis = argument('axis', axis, 'split_dim', split_dim)
    sp_input = sparse_ops._sparse(sp_input)
    made = plain.sparse_split(axis, *sparse_ops._parts(sp_input), num_split=num_split, name=name)
    return [SparseTensor(*parts) for parts in zip(*made)]


def sparse_slice(sp_input, start, size, name=None):
    """The part that begins there, of that size."""
    sp_input = sparse_ops._sparse(sp_input)
    start = ops.convert_to_tensor(start, dtypes.int64)
    size = ops.convert_to_tensor(size, dtypes.int64)
    with ops.name_scope(name, 'SparseSlice', [sp_input]) as name:
        return SparseTensor(*plain.sparse_slice(*sparse_ops._parts(sp_input), start, size, name=name))


def sparse_transpose(sp_input, perm=None, name=None):
    """The axes in another order; without perm in the opposite one."""
    with ops.name_scope(name, 'SparseTranspose', [sp_input]):
        if perm is None:
            rank = array_ops.rank(sp_input)
            perm = (rank - 1) - math_ops.range(0, rank, 1)
        indices = array_ops.transpose(array_ops.gather(array_ops.transpose(sp_input.indices), perm))
        known = tensor_util.constant_value(ops.convert_to_tensor(perm))
        if known is not None and sp_input.get_shape().is_fully_defined():
            dims = sp_input.get_shape().as_list()
            shape = [dims[axis] for axis in known]
        else:
            shape = array_ops.gather(sp_input.dense_shape, perm)
        return sparse_ops.sparse_reorder(SparseTensor(indices, sp_input.values, shape))


def _sizes_of(sp_input, shape, wanted):
    """The new shape's numbers, with the one that is -1 computed; None where that isn't possible here."""
    dims = tensor_util.constant_value_as_shape(shape)
    if dims.ndims is None or not sp_input.shape.is_fully_defined():
        return None
    if wanted is not None and sum(d == -1 for d in wanted) > 1:
        raise ValueError('At most one dimension can be inferred (-1). Found: %s' % wanted)
    dims = dims.as_list()
    found = list(dims)
    size = np.prod(sp_input.shape.as_list())
    if dims.count(None) > 1:
        return None
    if None in dims:
        place = dims.index(None)
        found[place] = int(size // np.prod(dims[:place] + dims[place + 1:]))
    if np.prod(found) != size:
        raise ValueError('Cannot reshape a tensor with %d elements to shape %s (%d elements).' %
                         (size, dims, np.prod(found)))
    return found


def sparse_reshape(sp_input, shape, name=None):
    """The same elements in another shape."""
    sp_input = sparse_ops._sparse(sp_input)
    shape = math_ops.cast(shape, dtype=dtypes.int64)
    with ops.name_scope(name, 'SparseReshape', [sp_input]) as name:
        indices, new_shape = plain.sparse_reshape(sp_input.indices, sp_input.dense_shape, shape, name=name)
        known = _sizes_of(sp_input, shape, tensor_util.constant_value(shape))
        if known is not None:
            new_shape = constant_op.constant(known, dtype=dtypes.int64)
        return SparseTensor(indices, array_ops.identity(sp_input.values), new_shape)


def sparse_reset_shape(sp_input, new_shape=None):
    """The same values in a larger shape; without one, in the smallest that holds them."""
    sp_input = sparse_ops._sparse(sp_input)
    indices = array_ops.identity(sp_input.indices)
    values = array_ops.identity(sp_input.values)
    shape = array_ops.identity(sp_input.dense_shape)
    if new_shape is None:
        least = math_ops.reduce_max(indices, axis=0)
        zero = ops.convert_to_tensor(0, dtype=dtypes.int64)
        return SparseTensor(indices, values, plain.maximum(zero, plain.add(least, array_ops.ones_like(shape))))
    wanted = ops.convert_to_tensor(new_shape)
    wanted.get_shape().assert_has_rank(1)
    wanted = math_ops.cast(wanted, dtypes.int64)
    if wanted.get_shape().ndims is not None:
        wanted.get_shape().dims[0].merge_with(shape.get_shape().dims[0])
    known = tensor_util.constant_value(wanted)
    if known is not None and sp_input.get_shape().is_fully_defined():
        before = np.array(sp_input.get_shape().as_list())
        if not np.all(before <= known):
            raise ValueError('Requested new_shape should have dimension sizes >= sp_input.shape.  Found new_shape (%s), '
                             'sp_input.shape (%s).' % (before, known))
        return SparseTensor(indices, values, known)
    check = check_ops.assert_equal(array_ops.shape(shape), array_ops.shape(wanted))
    wanted = control_flow_ops.with_dependencies([check], wanted)
    wanted = control_flow_ops.with_dependencies([check_ops.assert_less_equal(shape, wanted)], wanted)
    return SparseTensor(indices, values, wanted)


def sparse_mask(a, mask_indices, name=None):
    """IndexedSlices without those rows."""
    with ops.name_scope(name, 'sparse_mask', [a, mask_indices]) as name:
        rows, places = array_ops.setdiff1d(a.indices, mask_indices)
        return composites.IndexedSlices(array_ops.gather(a.values, places, name=name), rows, a.dense_shape)
