"""Whether weights fit values: of the same shape, of size 1 along some axes, or a scalar."""
from icecore.tf.framework import ops, tensor_util
from icecore.tf.ops import array_ops, control_flow_ops, math_ops, plain

_PREFIX = 'weights can not be broadcast to values.'


def assert_broadcastable(weights, values):
    """An operation that fails where they don't. ValueError where that is known beforehand."""
    with ops.name_scope(None, 'assert_broadcastable', (weights, values)) as scope:
        with ops.name_scope(None, 'weights', (weights,)) as weights_scope:
            weights = ops.convert_to_tensor(weights, name=weights_scope)
            weights_shape = array_ops.shape(weights, name='shape')
            weights_rank = array_ops.rank(weights, name='rank')
        rank = tensor_util.constant_value(weights_rank)
        with ops.name_scope(None, 'values', (values,)) as values_scope:
            values = ops.convert_to_tensor(values, name=values_scope)
            values_shape = array_ops.shape(values, name='shape')
            values_rank = array_ops.rank(values, name='rank')
        wanted = tensor_util.constant_value(values_rank)
        if rank is not None and wanted is not None:
            if rank == 0:
                return control_flow_ops.no_op(name='static_scalar_check_success')
            if rank != wanted:
                raise ValueError('%s values.rank=%s. weights.rank=%s. values.shape=%s. weights.shape=%s.' %
                                 (_PREFIX, wanted, rank, values.shape, weights.shape))
            dims, wanted_dims = tensor_util.constant_value(weights_shape), tensor_util.constant_value(values_shape)
            if dims is not None and wanted_dims is not None:
                for i, (dim, wanted_dim) in enumerate(zip(dims, wanted_dims)):
                    if dim not in (1, wanted_dim):
                        raise ValueError('%s Mismatch at dim %s. values.shape=%s weights.shape=%s.' %
                                         (_PREFIX, i, wanted_dims, dims))
                return control_flow_ops.no_op(name='static_dims_check_success')
        is_scalar = math_ops.equal(0, weights_rank, name='is_scalar')
        data = (_PREFIX, 'weights.shape=', weights.name, weights_shape, 'values.shape=', values.name, values_shape,
                'is_scalar=', is_scalar)
        valid = control_flow_ops.cond(is_scalar, lambda: is_scalar, lambda: _valid_shape(
            weights_rank, weights_shape, values_rank, values_shape), name='is_valid_shape')
        return control_flow_ops.Assert(valid, data, name=scope)


def _valid_shape(weights_rank, weights_shape, values_rank, values_shape):
    with ops.name_scope(None, 'has_valid_nonscalar_shape',
                        (weights_rank, weights_shape, values_rank, values_shape)) as scope:
        same = math_ops.equal(values_rank, weights_rank, name='is_same_rank')
        return control_flow_ops.cond(same, lambda: _valid_dims(weights_shape, values_shape), lambda: same, name=scope)


def _valid_dims(weights_shape, values_shape):
    with ops.name_scope(None, 'has_invalid_dims', (weights_shape, values_shape)) as scope:
        values_2d = array_ops.expand_dims(values_shape, -1)
        valid = array_ops.concat((values_2d, array_ops.ones_like(values_2d)), axis=1)
        weights_2d = array_ops.expand_dims(weights_shape, -1)
        invalid = plain.dense_to_dense_set_operation(weights_2d, valid, set_operation='a-b')[1]
        return math_ops.equal(0, array_ops.size(invalid, name='num_invalid_dims'), name=scope)


def broadcast_weights(weights, values):
    """The weights in the values' shape."""
    with ops.name_scope(None, 'broadcast_weights', (weights, values)) as scope:
        values = ops.convert_to_tensor(values, name='values')
        weights = ops.convert_to_tensor(weights, dtype=values.dtype.base_dtype, name='weights')
        shape, wanted = weights.get_shape(), values.get_shape()
        if shape.is_fully_defined() and wanted.is_fully_defined() and shape.is_compatible_with(wanted):
            return weights
        with ops.control_dependencies((assert_broadcastable(weights, values),)):
            return math_ops.multiply(weights, array_ops.ones_like(values), name=scope)
