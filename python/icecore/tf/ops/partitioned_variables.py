"""Partitioners: how many parts a variable is made of."""
import math

from icecore.tf.framework import dtypes, tensor_shape


def variable_axis_size_partitioner(max_shard_bytes, axis=0, bytes_per_string_element=16, max_shards=None):
    """Parts of at most so many bytes."""
    if max_shard_bytes < 1 or bytes_per_string_element < 1:
        raise ValueError('Both max_shard_bytes and bytes_per_string_element must be positive.')
    if max_shards and max_shards < 1:
        raise ValueError('max_shards must be positive.')

    def partitioner(shape, dtype):
        if not isinstance(shape, tensor_shape.TensorShape):
            raise ValueError('shape is not a TensorShape: %s' % shape)
        if not shape.is_fully_defined():
            raise ValueError('shape is not fully defined: %s' % shape)
        if not isinstance(dtype, dtypes.DType):
            raise ValueError('dtype is not a DType: %s' % dtype)
        size = bytes_per_string_element if dtype.base_dtype == dtypes.string else dtype.size
        rows = shape.as_list()[axis]
        bytes_of_row = 1.0 * (shape.num_elements() / rows) * size
        rows_in_part = max(1, math.floor(max_shard_bytes / bytes_of_row))
        count = int(math.ceil(1.0 * rows / rows_in_part))
        if max_shards:
            count = min(max_shards, count)
        parts = [1] * shape.ndims
        parts[axis] = count
        return parts

    return partitioner


def min_max_variable_partitioner(max_partitions=1, axis=0, min_slice_size=256 << 10, bytes_per_string_element=16):
    """At most so many parts, none of fewer bytes than min_slice_size."""
    def partitioner(shape, dtype):
        if axis >= len(shape):
            raise ValueError('Can not partition variable along axis %d when shape is only %s' % (axis, shape))
        size = bytes_per_string_element if dtype.base_dtype == dtypes.string else dtype.size
        count = int(math.ceil(shape.num_elements() * size / min_slice_size))
        parts = [1] * len(shape)
        parts[axis] = max(1, min(shape.as_list()[axis], max_partitions, count))
        return parts

    return partitioner


def fixed_size_partitioner(num_shards, axis=0):
    """So many parts."""
    def partitioner(shape, **_):
        parts = [1] * len(shape)
        parts[axis] = min(num_shards, shape.as_list()[axis])
        return parts

    return partitioner


def create_partitioned_variables(shape, slicing, initializer, dtype=dtypes.float32, trainable=True, collections=None,
                                 name=None, reuse=None):
    """The parts of a variable that is cut as `slicing` says."""
    from icecore.tf.ops import variable_scope
    if len(shape) != len(slicing):
        raise ValueError("The 'shape' and 'slicing' of a partitioned Variable must have the length: shape: %s, slicing: "
                         '%s' % (shape, slicing))
    if len(shape) < 1:
        raise ValueError('A partitioned Variable must have rank at least 1: shape: %s' % shape)
    with variable_scope.variable_scope(name, 'PartitionedVariable', reuse=reuse) as scope:
        store = variable_scope._get_default_variable_store()
        from icecore.tf.framework import ops
        with ops.name_scope(None):
            whole = store._get_partitioned(
                scope.name, partitioner=lambda **_: list(slicing), shape=shape, dtype=dtype, initializer=initializer,
                reuse=scope.reuse, trainable=trainable, collections=collections, use_resource=scope.use_resource)
        return list(whole)
