"""Arithmetic: all that tensorflow.python.ops.math_ops has."""
from icecore.tf.framework import dtypes, ops, tensor_shape
from icecore.tf.framework.operators import abs, div, logical_xor, pow, truediv  # noqa: F401
from icecore.tf.ops import array_ops, plain
from icecore.tf.ops.casts import (  # noqa: F401
    cast, saturate_cast, to_bfloat16, to_complex64, to_complex128, to_double, to_float, to_int32, to_int64)
from icecore.tf.ops.deprecated import argument
from icecore.tf.ops.matrix_products import conj, matmul, matvec, tensordot, trace  # noqa: F401
from icecore.tf.ops.ranges import range  # noqa: F401
from icecore.tf.ops.reductions import (  # noqa: F401
    count_nonzero, count_nonzero_v2, reduce_all, reduce_all_v1, reduce_any, reduce_any_v1, reduce_euclidean_norm,
    reduce_logsumexp, reduce_logsumexp_v1, reduce_max, reduce_max_v1, reduce_mean, reduce_mean_v1, reduce_min,
    reduce_min_v1, reduce_prod, reduce_prod_v1, reduce_std, reduce_sum, reduce_sum_v1, reduce_variance)
from icecore.tf.ops.segments import (  # noqa: F401
    bincount, bincount_v1, sparse_segment_mean, sparse_segment_sqrt_n, sparse_segment_sum, unsorted_segment_mean,
    unsorted_segment_sqrt_n)

__getattr__ = plain.fallback(__name__)


# --- One argument ----------------------------------------------------------------------------------------------------


def real(input, name=None):
    """The real part; a real tensor is itself."""
    with ops.name_scope(name, 'Real', [input]) as name:
        input = ops.convert_to_tensor(input, name='input')
        return plain.real(input, Tout=input.dtype.real_dtype, name=name) if input.dtype.is_complex else input


def imag(input, name=None):
    """The imaginary part; of a real tensor zeros."""
    with ops.name_scope(name, 'Imag', [input]) as name:
        input = ops.convert_to_tensor(input, name='input')
        if input.dtype.is_complex:
            return plain.imag(input, Tout=input.dtype.real_dtype, name=name)
        return array_ops.zeros_like(input)


def angle(input, name=None):
    """The angle of complex numbers; of a real tensor zeros."""
    with ops.name_scope(name, 'Angle', [input]) as name:
        input = ops.convert_to_tensor(input, name='input')
        if input.dtype.is_complex:
            return plain.angle(input, Tout=input.dtype.real_dtype, name=name)
        return array_ops.zeros_like(input)


def round(x, name=None):
    """The nearest whole numbers, halves to even ones."""
    x = ops.convert_to_tensor(x, name='x')
    return x if x.dtype.is_integer else plain.round(x, name=name)


def sigmoid(x, name=None):
    """1 / (1 + exp(-x))."""
    with ops.name_scope(name, 'Sigmoid', [x]) as name:
        return plain.sigmoid(ops.convert_to_tensor(x, name='x'), name=name)


def log_sigmoid(x, name=None):
    """log(sigmoid(x)), as -softplus(-x)."""
    with ops.name_scope(name, 'LogSigmoid', [x]) as name:
        x = ops.convert_to_tensor(x, name='x')
        return plain.neg(plain.softplus(-x), name=name)


def complex(real, imag, name=None):
    """Complex numbers of two real tensors. TypeError where they aren't of one float dtype."""
    real = ops.convert_to_tensor(real, name='real')
    imag = ops.convert_to_tensor(imag, name='imag')
    with ops.name_scope(name, 'Complex', [real, imag]) as name:
        made = {(dtypes.float64, dtypes.float64): dtypes.complex128,
                (dtypes.float32, dtypes.float32): dtypes.complex64}.get((real.dtype.base_dtype, imag.dtype.base_dtype))
        if made is None:
            raise TypeError('real and imag have incorrect types: {} {}'.format(real.dtype.name, imag.dtype.name))
        return plain._complex(real, imag, Tout=made, name=name)


negative = plain.neg
linspace = plain.lin_space
lin_space = plain.lin_space


def cumsum(x, axis=0, exclusive=False, reverse=False, name=None):
    """Sums of all elements up to each along the axis; `exclusive` leaves out the element itself."""
    with ops.name_scope(name, 'Cumsum', [x]) as name:
        return plain.cumsum(ops.convert_to_tensor(x, name='x'), axis, exclusive=exclusive, reverse=reverse, name=name)


def cumprod(x, axis=0, exclusive=False, reverse=False, name=None):
    """Products, as cumsum."""
    with ops.name_scope(name, 'Cumprod', [x]) as name:
        return plain.cumprod(ops.convert_to_tensor(x, name='x'), axis, exclusive=exclusive, reverse=reverse, name=name)


def cumulative_logsumexp(x, axis=0, exclusive=False, reverse=False, name=None):
    """log of the cumulative sum of exp(x)."""
    with ops.name_scope(name, 'CumulativeLogsumexp', [x]) as name:
        return plain.cumulative_logsumexp(ops.convert_to_tensor(x, name='x'), axis, exclusive=exclusive,
                                          reverse=reverse, name=name)


# --- Two arguments ---------------------------------------------------------------------------------------------------


def multiply(x, y, name=None):
    """x * y."""
    return plain.mul(x, y, name)


def subtract(x, y, name=None):
    """x - y."""
    return plain.sub(x, y, name)


def scalar_mul(scalar, x, name=None):
    """A scalar times a tensor or IndexedSlices. ValueError where the first isn't a scalar."""
    scalar = ops.convert_to_tensor(scalar, dtype=x.dtype.base_dtype, name='scalar')
    if scalar.get_shape().ndims != 0:
        raise ValueError('Only scalar multiply works, got shape %s' % scalar.get_shape())
    if isinstance(x, ops.IndexedSlices):
        return ops.IndexedSlices(plain.mul(scalar, x.values, name), x.indices, x.dense_shape)
    return plain.mul(scalar, x, name)


def divide(x, y, name=None):
    """x / y."""
    return x / y if name is None else truediv(x, y, name)


def div_no_nan(x, y, name=None):
    """x / y, and 0 where y is 0."""
    with ops.name_scope(name, 'div_no_nan', [x, y]) as name:
        x = ops.convert_to_tensor(x, name='x')
        y = ops.convert_to_tensor(y, name='y', dtype=x.dtype.base_dtype)
        return plain.div_no_nan(x, y, name=name)


def multiply_no_nan(x, y, name=None):
    """x * y, and 0 where y is 0, whatever x is."""
    with ops.name_scope(name, 'multiply_no_nan', [x, y]) as name:
        x = ops.convert_to_tensor(x, name='x')
        y = ops.convert_to_tensor(y, name='y', dtype=x.dtype.base_dtype)
        return plain.mul_no_nan(x, y, name=name)


def reciprocal_no_nan(x, name=None):
    """1 / x, and 0 where x is 0."""
    with ops.name_scope(name, 'reciprocal_no_nan', [x]) as scope:
        x = ops.convert_to_tensor(x, name='x')
        one = ops.convert_to_tensor(1, dtype=x.dtype.base_dtype, name='one')
        return plain.div_no_nan(one, x, name=scope)


def floordiv(x, y, name=None):
    """x // y."""
    with ops.name_scope(name, 'floordiv', [x, y]) as name:
        return plain.floor_div(x, y, name=name)


mod = plain.floor_mod
floormod = plain.floor_mod
floor_div = plain.floor_div
realdiv = plain.real_div
truncatediv = plain.truncate_div
truncatemod = plain.truncate_mod


def equal(x, y, name=None):
    """x == y."""
    return plain.equal(x, y, name=name)


def not_equal(x, y, name=None):
    """x != y."""
    return plain.not_equal(x, y, name=name)


def argmax(input, axis=None, name=None, dimension=None, output_type=dtypes.int64):
    """Where along the axis the largest element is, the first of them."""
    return argmax_v2(input, argument('axis', axis, 'dimension', dimension), output_type, name)


def argmax_v2(input, axis=None, output_type=dtypes.int64, name=None):
    return plain.arg_max(input, 0 if axis is None else axis, name=name, output_type=output_type)


def argmin(input, axis=None, name=None, dimension=None, output_type=dtypes.int64):
    """Where along the axis the smallest element is, the first of them."""
    return argmin_v2(input, argument('axis', axis, 'dimension', dimension), output_type, name)


def argmin_v2(input, axis=None, output_type=dtypes.int64, name=None):
    return plain.arg_min(input, 0 if axis is None else axis, name=name, output_type=output_type)


arg_max = plain.arg_max
arg_min = plain.arg_min


# --- Many arguments --------------------------------------------------------------------------------------------------


def _inputs_error():
    return ValueError('inputs must be a list of at least one Tensor/IndexedSlices with the same dtype and shape')


def add_n(inputs, name=None):
    """The sum of the tensors; one alone is itself."""
    if not inputs or not isinstance(inputs, (list, tuple)):
        raise _inputs_error()
    inputs = [x if isinstance(x, ops.IndexedSlices) else ops.convert_to_tensor(x) for x in inputs]
    if len(inputs) == 1:
        value = ops.convert_to_tensor(inputs[0])
        if not name:
            return value
        return array_ops.identity(value, name=name)
    return plain.add_n([ops.convert_to_tensor(x) for x in inputs], name=name)


def accumulate_n(inputs, shape=None, tensor_dtype=None, name=None):
    """The sum of tensors of one shape."""
    if not inputs or not isinstance(inputs, (list, tuple)):
        raise ValueError('inputs must be a list of at least one Tensor with the same dtype and shape')
    inputs = [ops.convert_to_tensor(x) for x in inputs]
    if any(x.dtype.base_dtype != inputs[0].dtype.base_dtype for x in inputs):
        raise ValueError('inputs must be a list of at least one Tensor with the same dtype and shape')
    shape = tensor_shape.as_shape(shape) if shape is not None else tensor_shape.unknown_shape()
    for x in inputs:
        shape = shape.merge_with(x.get_shape())
    if tensor_dtype is not None and tensor_dtype != inputs[0].dtype:
        raise TypeError('tensor_dtype is {}, but input is of type {}'.format(tensor_dtype, inputs[0].dtype))
    if len(inputs) == 1:
        return inputs[0] if name is None else array_ops.identity(inputs[0], name=name)
    return plain.accumulate_nv2(inputs, name=name, shape=shape)


def polyval(coeffs, x, name=None):
    """The polynomial of those coefficients, the highest first."""
    with ops.name_scope(name, 'polyval', list(coeffs) + [x]) as name:
        x = ops.convert_to_tensor(x, name='x')
        if len(coeffs) < 1:
            return array_ops.zeros_like(x, name=name)
        coeffs = [ops.convert_to_tensor(c, name='coeff_%d' % i) for i, c in enumerate(coeffs)]
        value = coeffs[0]
        for c in coeffs[1:]:
            value = c + value * x
        return value
