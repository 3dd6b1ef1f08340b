"""Shapes of tensors: changing and asking for them (names of array_ops)."""
import numpy as np

from icecore.tf.framework import dtypes, ops, tensor_shape
from icecore.tf.framework.composites import is_sparse
from icecore.tf.framework.constant_op import constant
from icecore.tf.ops import plain
from icecore.tf.ops.deprecated import argument


def reshape(tensor, shape, name=None):
    """The same elements in another shape; a -1 stands for what is left."""
    return plain.reshape(tensor, shape, name)


def expand_dims(input, axis=None, name=None, dim=None):
    """A dimension of size 1 put in before `axis`."""
    axis = argument('axis', axis, 'dim', dim)
    if axis is None:
        raise ValueError('Must specify an axis argument to tf.expand_dims()')
    return plain.expand_dims(input, axis, name)


def expand_dims_v2(input, axis, name=None):
    return plain.expand_dims(input, axis, name)


def squeeze(input, axis=None, name=None, squeeze_dims=None):
    """Leaves out dimensions of size 1: those given, or all."""
    axis = argument('axis', axis, 'squeeze_dims', squeeze_dims)
    return plain.squeeze(input, [axis] if np.isscalar(axis) else axis, name)


def squeeze_v2(input, axis=None, name=None):
    return squeeze(input, axis, name)


def shape(input, name=None, out_type=dtypes.int32):
    """The shape as a tensor; a constant where it is known."""
    return shape_internal(input, name, optimize=True, out_type=out_type)


def shape_v2(input, out_type=dtypes.int32, name=None):
    return shape(input, name, out_type)


def shape_internal(input, name=None, optimize=True, out_type=dtypes.int32):
    with ops.name_scope(name, 'Shape', [input]) as name:
        if is_sparse(input):
            return plain.cast(input.dense_shape, out_type)
        dims = ops.convert_to_tensor(input).get_shape()
        if optimize and dims.is_fully_defined():
            return constant(dims.as_list(), out_type, name=name)
        return plain.shape(input, name=name, out_type=out_type)


def shape_n(input, out_type=dtypes.int32, name=None):
    """The shapes of several tensors."""
    return plain.shape_n(input, out_type=out_type, name=name)


def size(input, name=None, out_type=dtypes.int32):
    """How many elements; a constant where it is known."""
    return size_internal(input, name, optimize=True, out_type=out_type)


def size_v2(input, out_type=dtypes.int32, name=None):
    return size(input, name, out_type)


def size_internal(input, name=None, optimize=True, out_type=dtypes.int32):
    with ops.name_scope(name, 'Size', [input]) as name:
        if is_sparse(input):
            return plain.prod(plain.cast(input.dense_shape, out_type), 0, name=name)
        dims = ops.convert_to_tensor(input).get_shape()
        if optimize:
            if dims.is_fully_defined():
                return constant(dims.num_elements(), out_type, name=name)
            if dims.dims and any(dim == 0 for dim in dims.dims):
                return constant(0, out_type, name=name)
        return plain.size(input, name=name, out_type=out_type)


def rank(input, name=None):
    """How many dimensions; a constant where it is known."""
    return rank_internal(input, name, optimize=True)


def rank_internal(input, name=None, optimize=True):
    with ops.name_scope(name, 'Rank', [input]) as name:
        if is_sparse(input):
            return plain.size(input.dense_shape, name=name)
        dims = ops.convert_to_tensor(input).get_shape()
        if optimize and dims.ndims is not None:
            return constant(dims.ndims, dtypes.int32, name=name)
        return plain.rank(input, name=name)


def broadcast_dynamic_shape(shape_x, shape_y):
    """The shape that two shapes broadcast to."""
    return plain.broadcast_args(shape_x, shape_y)


def broadcast_static_shape(shape_x, shape_y):
    """The same of TensorShapes. ValueError where they don't fit."""
    shape_x, shape_y = tensor_shape.as_shape(shape_x), tensor_shape.as_shape(shape_y)
    if shape_x.ndims is None or shape_y.ndims is None:
        return tensor_shape.unknown_shape()
    rank_ = max(shape_x.ndims, shape_y.ndims)
    x = [1] * (rank_ - shape_x.ndims) + shape_x.as_list()
    y = [1] * (rank_ - shape_y.ndims) + shape_y.as_list()
    dims = []
    for a, b in zip(x, y):
        if a is None or b is None:
            known = a if b is None else b
            dims.append(known if known is not None and known > 1 else None)
        elif a == b or b == 1:
            dims.append(a)
        elif a == 1:
            dims.append(b)
        else:
            raise ValueError('Incompatible shapes for broadcasting: %s and %s' % (shape_x, shape_y))
    return tensor_shape.TensorShape(dims)
