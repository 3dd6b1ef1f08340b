"""Tensors full of one value, and of ones and zeros in patterns (names of array_ops)."""
import functools
import operator

import numpy as np

from icecore.tf.framework import dtypes, ops, tensor_shape
from icecore.tf.framework.constant_op import constant
from icecore.tf.ops import plain
from icecore.tf.ops.array_shapes import expand_dims, rank, reshape, shape_internal


def fill(dims, value, name=None):
    """A tensor of that shape, full of the value."""
    return plain.fill(dims, value, name=name)


def _filled(one, shape, dtype, name, what):
    dtype = dtypes.as_dtype(dtype).base_dtype
    value = {dtypes.bool: one, dtypes.string: ''}.get(dtype, int(one))
    with ops.name_scope(name, what, [shape]) as name:
        if not isinstance(shape, ops.Tensor):
            try:
                # Of a list that holds tensors TensorFlow multiplies them, before it sees that they aren't known.
                if isinstance(shape, (list, tuple)) and any(isinstance(d, ops.Tensor) for d in shape):
                    bool(functools.reduce(operator.mul, shape) < 1000)
                known = tensor_shape.TensorShape(shape)
                # A shape that is a number, 6 for [6], makes no constant there.
                number = not isinstance(shape, (list, tuple, tensor_shape.TensorShape)) and np.ndim(shape) == 0
                if known.is_fully_defined() and known.num_elements() < 1000 and not number:
                    return constant(value, shape=known, dtype=dtype, name=name)
                shape = ops.convert_to_tensor(known, dtype=dtypes.int32)
            except (TypeError, ValueError):
                shape = ops.convert_to_tensor(shape, dtype=dtypes.int32)
        if not shape._shape_tuple():
            shape = reshape(shape, [-1])
        return fill(shape, constant(value, dtype=dtype), name=name)


def zeros(shape, dtype=dtypes.float32, name=None):
    """A tensor of zeros (false, '')."""
    return _filled(False, shape, dtype, name, 'zeros')


def ones(shape, dtype=dtypes.float32, name=None):
    """A tensor of ones (true)."""
    return _filled(True, shape, dtype, name, 'ones')


def zeros_like(tensor, dtype=None, name=None, optimize=True):
    """Zeros in the shape of the tensor, and of its dtype where no other is given."""
    with ops.name_scope(name, 'zeros_like', [tensor]) as name:
        tensor = ops.convert_to_tensor(tensor, name='tensor')
        dtype = dtypes.as_dtype(dtype) if dtype is not None else None
        if optimize and tensor.shape.is_fully_defined() and tensor.dtype != dtypes.variant:
            return zeros(tensor.shape, dtype=dtype or tensor.dtype, name=name)
        if dtype is not None and dtype != tensor.dtype and dtype != dtypes.variant:
            return zeros(shape_internal(tensor, optimize=optimize), dtype=dtype, name=name)
        return plain.zeros_like(tensor, name=name)


def zeros_like_v2(input, dtype=None, name=None):
    return zeros_like(input, dtype, name)


def ones_like(tensor, dtype=None, name=None, optimize=True):
    """Ones in the shape of the tensor, and of its dtype where no other is given."""
    with ops.name_scope(name, 'ones_like', [tensor]) as name:
        tensor = ops.convert_to_tensor(tensor, name='tensor')
        made = ones(shape_internal(tensor, optimize=optimize), dtype=tensor.dtype if dtype is None else dtype, name=name)
        made.set_shape(tensor.get_shape())
        return made


def ones_like_v2(input, dtype=None, name=None):
    return ones_like(input, dtype, name)


def one_hot(indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name=None):
    """on_value where the new dimension's index is the given one, off_value elsewhere."""
    with ops.name_scope(name, 'one_hot', [indices, depth, on_value, off_value, axis, dtype]) as name:
        dtype = dtypes.as_dtype(dtype) if dtype is not None else None
        on_dtype = None if on_value is None else ops.convert_to_tensor(on_value).dtype.base_dtype
        off_dtype = None if off_value is None else ops.convert_to_tensor(off_value).dtype.base_dtype
        for given, what in ((on_dtype, 'on_value'), (off_dtype, 'off_value')):
            if given is not None and dtype is not None and given != dtype:
                raise TypeError('dtype {0} of {1} does not match dtype parameter {2}'.format(given, what, dtype))
        dtype = dtype or on_dtype or off_dtype or dtypes.float32
        if on_value is None:
            on_value, on_dtype = ops.convert_to_tensor(1, dtype, name='on_value'), dtype
        if off_value is None:
            off_value, off_dtype = ops.convert_to_tensor(0, dtype, name='off_value'), dtype
        if on_dtype != off_dtype:
            raise TypeError('dtype {0} of on_value does not match dtype {1} of off_value'.format(on_dtype, off_dtype))
        return plain.one_hot(indices, depth, on_value, off_value, axis, name)


def sequence_mask(lengths, maxlen=None, dtype=dtypes.bool, name=None):
    """Rows that are true in their first `lengths` columns."""
    with ops.name_scope(name, 'SequenceMask', [lengths, maxlen]):
        lengths = ops.convert_to_tensor(lengths)
        if maxlen is None:
            maxlen = _longest(lengths)
        else:
            maxlen = ops.convert_to_tensor(maxlen)
        if maxlen.get_shape().ndims not in (None, 0):
            raise ValueError('maxlen must be scalar for sequence_mask')
        columns = plain._range(constant(0, maxlen.dtype), maxlen, constant(1, maxlen.dtype))
        rows = plain.cast(expand_dims(lengths, -1), maxlen.dtype)
        result = columns < rows
        return result if dtype is None or result.dtype == dtypes.as_dtype(dtype).base_dtype else plain.cast(result, dtype)


def _longest(lengths):
    longest = plain._max(lengths, _all_dimensions(lengths))
    return plain.maximum(constant(0, longest.dtype), longest)


def _all_dimensions(x):
    if x.get_shape().ndims is not None:
        return constant(np.arange(x.get_shape().ndims), dtype=dtypes.int32)
    return plain._range(0, rank(x), 1)
