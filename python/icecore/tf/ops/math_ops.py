"""Arithmetic: tf.math and what of it stands in tf."""
import builtins

import numpy as np

from icecore.tf.framework import dtypes, ops
from icecore.tf.framework.operators import abs, div, logical_xor, pow, truediv  # noqa: F401
from icecore.tf.ops import plain
from icecore.tf.ops.deprecated import argument
from icecore.tf.ops.reductions import (  # noqa: F401
    count_nonzero, count_nonzero_v2, reduce_all, reduce_all_v1, reduce_any, reduce_any_v1, reduce_euclidean_norm,
    reduce_logsumexp, reduce_logsumexp_v1, reduce_max, reduce_max_v1, reduce_mean, reduce_mean_v1, reduce_min,
    reduce_min_v1, reduce_prod, reduce_prod_v1, reduce_std, reduce_sum, reduce_sum_v1, reduce_variance)

__getattr__ = plain.fallback(__name__)


def _same_dtype(x, y):
    if x.dtype.base_dtype != y.dtype.base_dtype:
        raise TypeError('x and y must have the same dtype, got %r != %r' % (x.dtype.base_dtype, y.dtype.base_dtype))


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
        from icecore.tf.ops import array_ops
        return array_ops.zeros_like(input)


def angle(input, name=None):
    """The angle of complex numbers; of a real tensor zeros."""
    with ops.name_scope(name, 'Angle', [input]) as name:
        input = ops.convert_to_tensor(input, name='input')
        if input.dtype.is_complex:
            return plain.angle(input, Tout=input.dtype.real_dtype, name=name)
        from icecore.tf.ops import array_ops
        return array_ops.zeros_like(input)


def conj(x, name=None):
    """The complex conjugate; a real tensor is itself. TypeError where it isn't of numbers."""
    if isinstance(x, ops.Tensor) and (x.dtype.is_floating or x.dtype.is_integer):
        return x
    with ops.name_scope(name, 'Conj', [x]) as name:
        x = ops.convert_to_tensor(x, name='x')
        if x.dtype.is_complex or x.dtype == dtypes.variant:
            return plain.conj(x, name=name)
        if x.dtype.is_floating or x.dtype.is_integer:
            return x
        raise TypeError('Expected numeric or variant tensor, got dtype %r' % x.dtype)


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


# --- Dtypes ----------------------------------------------------------------------------------------------------------


def cast(x, dtype, name=None):
    """x as another dtype; itself where it is of that one."""
    wanted = dtypes.as_dtype(dtype).base_dtype
    if wanted == getattr(x, 'dtype', None) and isinstance(x, ops.Tensor):
        return x
    if wanted == getattr(x, 'dtype', None) and hasattr(x, '_handle_is_resource') and x._handle_is_resource:
        return x
    with ops.name_scope(name, 'Cast', [x]) as name:
        if isinstance(x, ops.IndexedSlices):
            return ops.IndexedSlices(cast(x.values, wanted, name=name), x.indices, x.dense_shape)
        x = ops.convert_to_tensor(x, name='x')
        return x if x.dtype.base_dtype == wanted else plain.cast(x, wanted, name=name)


def saturate_cast(value, dtype, name=None):
    """The same; what the dtype can't hold becomes its largest or smallest number."""
    with ops.name_scope(name, 'saturate_cast', [value]) as name:
        value = ops.convert_to_tensor(value, name='value')
        dtype = dtypes.as_dtype(dtype).base_dtype
        if value.dtype.min < dtype.min:
            value = plain.maximum(value, ops.convert_to_tensor(dtype.min, dtype=value.dtype, name='min'))
        if value.dtype.max > dtype.max:
            value = plain.minimum(value, ops.convert_to_tensor(dtype.max, dtype=value.dtype, name='max'))
        return cast(value, dtype, name=name)


def to_float(x, name='ToFloat'):
    """cast(x, tf.float32)."""
    return cast(x, dtypes.float32, name=name)


def to_double(x, name='ToDouble'):
    """cast(x, tf.float64)."""
    return cast(x, dtypes.float64, name=name)


def to_int32(x, name='ToInt32'):
    """cast(x, tf.int32)."""
    return cast(x, dtypes.int32, name=name)


def to_int64(x, name='ToInt64'):
    """cast(x, tf.int64)."""
    return cast(x, dtypes.int64, name=name)


def to_bfloat16(x, name='ToBFloat16'):
    """cast(x, tf.bfloat16)."""
    return cast(x, dtypes.bfloat16, name=name)


def to_complex64(x, name='ToComplex64'):
    """cast(x, tf.complex64)."""
    return cast(x, dtypes.complex64, name=name)


def to_complex128(x, name='ToComplex128'):
    """cast(x, tf.complex128)."""
    return cast(x, dtypes.complex128, name=name)


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
        _same_dtype(x, y)
        return plain.div_no_nan(x, y, name=name)


def multiply_no_nan(x, y, name=None):
    """x * y, and 0 where y is 0, whatever x is."""
    with ops.name_scope(name, 'multiply_no_nan', [x, y]) as name:
        x = ops.convert_to_tensor(x, name='x')
        y = ops.convert_to_tensor(y, name='y', dtype=x.dtype.base_dtype)
        _same_dtype(x, y)
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


# --- Making ----------------------------------------------------------------------------------------------------------

_RANGE_DTYPES = [dtypes.int32, dtypes.int64, dtypes.float32, dtypes.float64]


def range(start, limit=None, delta=1, dtype=None, name='range'):
    """start, start + delta, … below limit; of one argument from 0."""
    if limit is None:
        start, limit = 0, start
    with ops.name_scope(name, 'Range', [start, limit, delta]) as name:
        start = ops.convert_to_tensor(start, dtype=dtype, name='start')
        limit = ops.convert_to_tensor(limit, dtype=dtype, name='limit')
        delta = ops.convert_to_tensor(delta, dtype=dtype, name='delta')
        if dtype is None:
            given = [tensor.dtype.base_dtype for tensor in (start, limit, delta)]
            assert all(d in _RANGE_DTYPES for d in given)
            widest = max(given, key=_RANGE_DTYPES.index)
            start, limit, delta = cast(start, widest), cast(limit, widest), cast(delta, widest)
        return plain._range(start, limit, delta, name=name)


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


# --- Matrices --------------------------------------------------------------------------------------------------------


def matmul(a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False,
           b_is_sparse=False, name=None):
    """Matrix product: MatMul, or BatchMatMulV2 where an argument has (or may have) more than two dimensions."""
    with ops.name_scope(name, 'MatMul', [a, b]) as name:
        if transpose_a and adjoint_a:
            raise ValueError('Only one of transpose_a and adjoint_a can be True.')
        if transpose_b and adjoint_b:
            raise ValueError('Only one of transpose_b and adjoint_b can be True.')
        a = ops.convert_to_tensor(a, name='a')
        b = ops.convert_to_tensor(b, name='b')
        rank_a, rank_b = a.get_shape().ndims, b.get_shape().ndims
        batched = rank_a is None or rank_a > 2 or rank_b is None or rank_b > 2
        if batched and not a_is_sparse and not b_is_sparse:
            if transpose_a:
                a, adjoint_a = conj(a), True
            if transpose_b:
                b, adjoint_b = conj(b), True
            return plain.batch_mat_mul_v2(a, b, adj_x=adjoint_a, adj_y=adjoint_b, name=name)
        if adjoint_a:
            a, transpose_a = conj(a), True
        if adjoint_b:
            b, transpose_b = conj(b), True
        # Arguments that are called sparse are full of numbers all the same: the product is the plain one's.
        return plain.mat_mul(a, b, transpose_a=transpose_a, transpose_b=transpose_b, name=name)


def matvec(a, b, transpose_a=False, adjoint_a=False, a_is_sparse=False, b_is_sparse=False, name=None):
    """A matrix times a vector."""
    from icecore.tf.ops import array_ops
    with ops.name_scope(name, 'MatVec', [a, b]) as name:
        output = matmul(a, array_ops.expand_dims(b, axis=-1), transpose_a=transpose_a, adjoint_a=adjoint_a,
                        a_is_sparse=a_is_sparse, b_is_sparse=b_is_sparse)
        return array_ops.squeeze(output, axis=-1)


def trace(x, name=None):
    """The sum of a matrix's diagonal."""
    from icecore.tf.ops import array_ops
    with ops.name_scope(name, 'Trace', [x]) as name:
        x = ops.convert_to_tensor(x, name='x')
        return reduce_sum(array_ops.matrix_diag_part(x), [-1], name=name)


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
        from icecore.tf.ops import array_ops
        return array_ops.identity(value, name=name)
    return plain.add_n([ops.convert_to_tensor(x) for x in inputs], name=name)


def accumulate_n(inputs, shape=None, tensor_dtype=None, name=None):
    """The sum of tensors of one shape."""
    from icecore.tf.framework import tensor_shape
    from icecore.tf.ops import array_ops
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


def _tensordot_side(a, axes, flipped):
    # (a as a matrix, its free dimensions, the same where they are known)
    from icecore.tf.ops import array_ops
    shape = a.get_shape()
    if shape.is_fully_defined() and isinstance(axes, (list, tuple)):
        dims = shape.as_list()
        axes = [i if i >= 0 else i + len(dims) for i in axes]
        free = [i for i in builtins.range(len(dims)) if i not in axes]
        free_dims = [dims[i] for i in free]
        sizes = [int(np.prod(free_dims)), int(np.prod([dims[i] for i in axes]))]
        perm, sizes = (axes + free, sizes[::-1]) if flipped else (free + axes, sizes)
        return array_ops.reshape(array_ops.transpose(a, perm), sizes), free_dims, free_dims
    known = None
    if shape.ndims is not None and isinstance(axes, (list, tuple)):
        dims = shape.as_list()
        axes = [i if i >= 0 else i + len(dims) for i in axes]
        free = [i for i in builtins.range(len(dims)) if i not in axes]
        known = [dims[i] for i in free]
        axes = ops.convert_to_tensor(axes, dtype=dtypes.int32, name='axes')
        free = ops.convert_to_tensor(free, dtype=dtypes.int32, name='free')
        shape_a = array_ops.shape(a)
    else:
        shape_a = array_ops.shape(a)
        rank_a = array_ops.rank(a)
        axes = ops.convert_to_tensor(axes, dtype=dtypes.int32, name='axes')
        axes = array_ops.where(axes >= 0, axes, axes + rank_a)
        free, _ = array_ops.setdiff1d(range(rank_a), axes)
    free_dims = array_ops.gather(shape_a, free)
    axes_dims = array_ops.gather(shape_a, axes)
    free_size, axes_size = reduce_prod(free_dims), reduce_prod(axes_dims)
    if flipped:
        perm, sizes = array_ops.concat([axes, free], 0), array_ops.stack([axes_size, free_size])
    else:
        perm, sizes = array_ops.concat([free, axes], 0), array_ops.stack([free_size, axes_size])
    return array_ops.reshape(array_ops.transpose(a, perm), sizes), free_dims, known


def _tensordot_axes(a, axes):
    from icecore.tf.ops import array_ops
    rank = a.get_shape().ndims
    if isinstance(axes, (int, np.integer)):
        if axes < 0:
            raise ValueError("'axes' must be at least 0.")
        if rank is not None:
            if axes > rank:
                raise ValueError("'axes' must not be larger than the number of dimensions of tensor %s." % a)
            return list(builtins.range(rank - axes, rank)), list(builtins.range(axes))
        rank = array_ops.rank(a)
        return range(rank - axes, rank, dtype=dtypes.int32), range(axes, dtype=dtypes.int32)
    if isinstance(axes, (list, tuple)):
        if len(axes) != 2:
            raise ValueError("'axes' must be an integer or have length 2.")
        a_axes, b_axes = ([x] if isinstance(x, (int, np.integer)) else x for x in axes)
        if len(a_axes) != len(b_axes):
            raise ValueError("Different number of contraction axes 'a' and 'b', %s != %s." % (len(a_axes), len(b_axes)))
        return list(a_axes), list(b_axes)
    axes = ops.convert_to_tensor(axes, name='axes', dtype=dtypes.int32)
    return axes[0], axes[1]


def tensordot(a, b, axes, name=None):
    """The sum of products over the axes given: a number (the last of a, the first of b), or a list for each."""
    from icecore.tf.ops import array_ops
    with ops.name_scope(name, 'Tensordot', [a, b, axes]) as name:
        a = ops.convert_to_tensor(a, name='a')
        b = ops.convert_to_tensor(b, name='b')
        a_axes, b_axes = _tensordot_axes(a, axes)
        a_matrix, a_free, a_known = _tensordot_side(a, a_axes, False)
        b_matrix, b_free, b_known = _tensordot_side(b, b_axes, True)
        product = matmul(a_matrix, b_matrix)
        if isinstance(a_free, list) and isinstance(b_free, list):
            return array_ops.reshape(product, a_free + b_free, name=name)
        a_free = ops.convert_to_tensor(a_free, dtype=dtypes.int32)
        b_free = ops.convert_to_tensor(b_free, dtype=dtypes.int32)
        product = array_ops.reshape(product, array_ops.concat([a_free, b_free], 0), name=name)
        if a_known is not None and b_known is not None:
            product.set_shape(a_known + b_known)
        return product


# --- Segments, counts ------------------------------------------------------------------------------------------------


def _segment_sizes(data, segment_ids, num_segments):
    from icecore.tf.ops import array_ops
    ones = array_ops.ones(array_ops.shape_internal(segment_ids), dtype=data.dtype)
    sizes = plain.unsorted_segment_sum(ones, segment_ids, num_segments)
    trailing = data.shape.ndims - segment_ids.shape.ndims
    return plain.maximum(array_ops.reshape(sizes, [num_segments] + [1] * trailing), 1)


def unsorted_segment_mean(data, segment_ids, num_segments, name=None):
    """The mean of each segment."""
    with ops.name_scope(name, 'UnsortedSegmentMean'):
        data = ops.convert_to_tensor(data)
        segment_ids = ops.convert_to_tensor(segment_ids)
        sizes = _segment_sizes(data, segment_ids, num_segments)
        return plain.unsorted_segment_sum(data, segment_ids, num_segments) / sizes


def unsorted_segment_sqrt_n(data, segment_ids, num_segments, name=None):
    """The sum of each segment, divided by the root of its size."""
    with ops.name_scope(name, 'UnsortedSegmentSqrtN'):
        data = ops.convert_to_tensor(data)
        segment_ids = ops.convert_to_tensor(segment_ids)
        sizes = _segment_sizes(data, segment_ids, num_segments)
        return plain.unsorted_segment_sum(data, segment_ids, num_segments) / plain.sqrt(sizes)


def bincount(arr, weights=None, minlength=None, maxlength=None, dtype=dtypes.int32, name=None):
    """How often each number stands in `arr`."""
    from icecore.tf.ops import array_ops
    with ops.name_scope('bincount' if name is None else name):
        arr = ops.convert_to_tensor(arr, name='arr', dtype=dtypes.int32)
        any_there = reduce_prod(array_ops.shape(arr)) > 0
        size = cast(any_there, dtypes.int32) * (reduce_max(arr) + 1)
        if minlength is not None:
            size = plain.maximum(ops.convert_to_tensor(minlength, name='minlength', dtype=dtypes.int32), size)
        if maxlength is not None:
            size = plain.minimum(ops.convert_to_tensor(maxlength, name='maxlength', dtype=dtypes.int32), size)
        if weights is not None:
            weights = ops.convert_to_tensor(weights, name='weights')
            return plain.unsorted_segment_sum(weights, arr, size)
        return plain.bincount(arr, size, ops.convert_to_tensor(np.array([], dtypes.as_dtype(dtype).as_numpy_dtype)))


def bincount_v1(arr, weights=None, minlength=None, maxlength=None, dtype=dtypes.int32):
    return bincount(arr, weights, minlength, maxlength, dtype)


def polyval(coeffs, x, name=None):
    """The polynomial of those coefficients, the highest first."""
    from icecore.tf.ops import array_ops
    with ops.name_scope(name, 'polyval', list(coeffs) + [x]) as name:
        x = ops.convert_to_tensor(x, name='x')
        if len(coeffs) < 1:
            return array_ops.zeros_like(x, name=name)
        coeffs = [ops.convert_to_tensor(c, name='coeff_%d' % i) for i, c in enumerate(coeffs)]
        value = coeffs[0]
        for c in coeffs[1:]:
            value = c + value * x
        return value

