"""tf.placeholder and its like."""
from icecore.tf.framework import composites, conversion, dtypes, tensor_shape
from icecore.tf.framework.op_def_library import apply_op


def placeholder(dtype, shape=None, name=None):
    """A tensor whose value a Session is given (tf.placeholder).

    >>> import icecore.tf as tf
    >>> x = tf.placeholder(tf.float32, [None, 2], name='pairs')
    >>> with tf.Session() as sess:
    ...     print(sess.run(tf.reduce_sum(x), {x: [[1, 2], [3, 4]]}))
    10.0
    """
    return apply_op('Placeholder', dtype=dtype, shape=shape, name=name)


def placeholder_with_default(input, shape, name=None):
    """The same, with a value for runs that give none (tf.placeholder_with_default)."""
    return apply_op('PlaceholderWithDefault', input=input, shape=shape, name=name)


def sparse_placeholder(dtype, shape=None, name=None):
    """Placeholders of the parts of a SparseTensor (tf.sparse_placeholder)."""
    rank = None
    prefix = name + '/' if name is not None else None
    if shape is not None:
        dims = tensor_shape.TensorShape(shape)
        rank = dims.ndims
        dims = [-1 if dim is None else dim for dim in dims.as_list()]
        dense_shape = conversion.convert_to_tensor(dims, dtypes.int64, name=prefix + 'shape' if prefix else None)
        if -1 in dims:
            dense_shape = placeholder_with_default(dense_shape, [rank], name=prefix + 'shape' if prefix else None)
    else:
        dense_shape = placeholder(dtypes.int64, [rank], name=prefix + 'shape' if prefix else None)
    return composites.SparseTensor(
        values=placeholder(dtype, [None], name=prefix + 'values' if prefix else None),
        indices=placeholder(dtypes.int64, [None, rank], name=prefix + 'indices' if prefix else None),
        dense_shape=dense_shape)
