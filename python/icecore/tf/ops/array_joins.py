"""Tensors put together and taken apart along an axis (names of array_ops)."""
from icecore.tf.framework import dtypes, ops, tensor_shape
from icecore.tf.framework.control_flow import identity
from icecore.tf.ops import plain
from icecore.tf.ops.array_shapes import expand_dims


def stack(values, axis=0, name='stack'):
    """Tensors of one shape put together along a new axis."""
    if axis == 0:
        try:
            return ops.convert_to_tensor(values, name=name)
        except (TypeError, ValueError):
            pass  # Not all of them are known.
    dims = ops.convert_to_tensor(values[0], name=name)._shape_tuple()
    if dims is not None and not -(len(dims) + 1) <= axis < len(dims) + 1:
        raise ValueError('axis = %d not in [%d, %d)' % (axis, -(len(dims) + 1), len(dims) + 1))
    return plain.pack(values, axis=axis, name=name)


def parallel_stack(values, name='parallel_stack'):
    """stack() along the first axis."""
    with ops.name_scope(name):
        first = ops.convert_to_tensor(values[0])
        whole = tensor_shape.TensorShape([len(values)]).concatenate(first.get_shape())
        return plain.parallel_concat([expand_dims(value, 0) for value in values], shape=whole)


def unstack(value, num=None, axis=0, name='unstack'):
    """The slices along the axis, as a list. ValueError where their number isn't known."""
    if num is None:
        value = ops.convert_to_tensor(value)
        dims = value.get_shape()
        if dims.ndims is not None:
            if not -dims.ndims <= axis < dims.ndims:
                raise ValueError('axis = %d not in [%d, %d)' % (axis, -dims.ndims, dims.ndims))
            num = dims.dims[axis].value
        if num is None:
            raise ValueError('Cannot infer num from shape %s' % dims)
    return plain.unpack(value, num=num, axis=axis, name=name)


def concat(values, axis, name='concat'):
    """Tensors joined along the axis."""
    if not isinstance(values, (list, tuple)):
        values = [values]
    if len(values) == 1:
        with ops.name_scope(name):
            ops.convert_to_tensor(axis, name='concat_dim', dtype=dtypes.int32).get_shape().assert_has_rank(0)
            return identity(values[0], name=name)
    return plain.concat_v2(values=values, axis=axis, name=name)


def split(value, num_or_size_splits, axis=0, num=None, name='split'):
    """Parts along the axis: so many equal ones, or of the sizes given."""
    sizes = ops.convert_to_tensor(num_or_size_splits)
    if isinstance(num_or_size_splits, (int, tensor_shape.Dimension)):
        return plain.split(axis=axis, num_split=int(num_or_size_splits), value=value, name=name)
    if sizes._rank() == 0:
        raise ValueError('Rank-0 tensors are not supported as the num_or_size_splits argument to split. Argument '
                         'provided: %s' % (num_or_size_splits,))
    if num is None:
        dims = sizes._shape_tuple()
        num = dims[0] if dims else None
        if num is None:
            raise ValueError('Cannot infer num from shape %s' % num_or_size_splits)
    return plain.split_v(value=value, size_splits=sizes, axis=axis, num_split=num, name=name)
