"""tf.sort and tf.argsort."""
import numpy as np

from icecore.tf.framework import constant_op, ops, tensor_util
from icecore.tf.ops import array_ops, math_ops, nn_ops


def sort(values, axis=-1, direction='ASCENDING', name=None):
    """The values in order along an axis; 'DESCENDING': the largest first. ValueError for another direction or axis."""
    with ops.name_scope(name, 'sort'):
        return _sorted(values, axis, direction, False)


def argsort(values, axis=-1, direction='ASCENDING', stable=False, name=None):
    """Where the values are that sort() gives."""
    with ops.name_scope(name, 'argsort'):
        return _sorted(values, axis, direction, True)


def _sorted(values, axis, direction, indices):
    if direction not in ('ASCENDING', 'DESCENDING'):
        raise ValueError('%s should be one of ASCENDING, DESCENDING' % direction)
    axis = ops.convert_to_tensor(axis, name='axis')
    known = tensor_util.constant_value(axis)
    if axis.shape.ndims != 0 or known is None:
        raise ValueError('axis must be a constant scalar')
    values = ops.convert_to_tensor(values, name='values')
    if direction == 'DESCENDING':
        return _descending(values, int(known), indices)
    found = _descending(-values, int(known), indices)
    return found if indices else -found


def _descending(values, axis, indices):
    count = array_ops.shape(values)[axis]
    rank, static_rank = array_ops.rank(values), values.shape.ndims
    if axis == -1 or axis + 1 == static_rank:
        found = nn_ops.top_k(values, count)
        return found[1] if indices else found[0]
    if axis < 0:
        axis += static_rank or rank
    if static_rank is not None:
        order = np.r_[np.arange(axis), [static_rank - 1], np.arange(axis + 1, static_rank - 1), [axis]]
        order = constant_op.constant(order, name='transposition')
    else:
        order = array_ops.concat([math_ops.range(axis), [rank - 1], math_ops.range(axis + 1, rank - 1), [axis]], axis=0)
    found = nn_ops.top_k(array_ops.transpose(values, order), count)
    return array_ops.transpose(found[1] if indices else found[0], order)
