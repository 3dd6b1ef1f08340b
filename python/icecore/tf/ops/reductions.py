"""Sums, means and the like over some axes of a tensor, or all."""
import functools

import numpy as np

from icecore.tf.framework import constant_op, dtypes, ops
from icecore.tf.ops import array_ops, plain
from icecore.tf.ops.casts import cast
from icecore.tf.ops.deprecated import argument
from icecore.tf.ops.ranges import range


def _axes(x, axis):
    if axis is not None:
        return axis
    # Of variables and plain values TensorFlow asks the graph, though it could know.
    rank = x.get_shape().ndims if isinstance(x, ops.Tensor) else None
    if rank is not None:
        return constant_op.constant(np.arange(rank), dtype=dtypes.int32)
    return range(0, array_ops.rank(x))


def _scalar_where_all(keepdims, axis, output):
    if axis is None and not keepdims and not output.get_shape().is_fully_defined():
        output.set_shape(())
    return output


def _reduction(name, plain_name, what):
    def reduce(input_tensor, axis=None, keepdims=False, name=None):
        keepdims = False if keepdims is None else keepdims
        made = getattr(plain, plain_name)(input_tensor, _axes(input_tensor, axis), keepdims, name=name)
        return _scalar_where_all(keepdims, axis, made)

    reduce.__name__ = reduce.__qualname__ = name
    reduce.__doc__ = '%s over the axes given, or all; keepdims leaves those with size 1.' % what
    return reduce


def _with_old_arguments(reduce):
    @functools.wraps(reduce)
    def reduce_v1(input_tensor, axis=None, keepdims=None, name=None, reduction_indices=None, keep_dims=None):
        axis = argument('axis', axis, 'reduction_indices', reduction_indices)
        keepdims = argument('keepdims', keepdims, 'keep_dims', keep_dims)
        return reduce(input_tensor, axis, keepdims, name)

    del reduce_v1.__wrapped__
    return reduce_v1


reduce_sum = _reduction('reduce_sum', '_sum', 'The sum')
reduce_mean = _reduction('reduce_mean', 'mean', 'The mean')
reduce_prod = _reduction('reduce_prod', 'prod', 'The product')
reduce_max = _reduction('reduce_max', '_max', 'The largest')
reduce_min = _reduction('reduce_min', '_min', 'The smallest')
reduce_all = _reduction('reduce_all', '_all', 'Whether all are true')
reduce_any = _reduction('reduce_any', '_any', 'Whether any is true')
reduce_euclidean_norm = _reduction('reduce_euclidean_norm', 'euclidean_norm', 'The root of the sum of squares')


def reduce_logsumexp(input_tensor, axis=None, keepdims=False, name=None):
    """log(sum(exp(x))) without overflow."""
    keepdims = False if keepdims is None else keepdims
    input_tensor = ops.convert_to_tensor(input_tensor)
    with ops.name_scope(name, 'ReduceLogSumExp', [input_tensor]) as name:
        raw_max = reduce_max(input_tensor, axis=axis, keepdims=True)
        largest = array_ops.stop_gradient(
            array_ops.where(plain.is_finite(raw_max), raw_max, array_ops.zeros_like(raw_max)))
        result = plain.log(reduce_sum(plain.exp(plain.sub(input_tensor, largest)), axis, keepdims=keepdims))
        if not keepdims:
            largest = array_ops.reshape(largest, array_ops.shape(result))
        return _scalar_where_all(keepdims, axis, plain.add(result, largest))


reduce_sum_v1 = _with_old_arguments(reduce_sum)
reduce_mean_v1 = _with_old_arguments(reduce_mean)
reduce_prod_v1 = _with_old_arguments(reduce_prod)
reduce_max_v1 = _with_old_arguments(reduce_max)
reduce_min_v1 = _with_old_arguments(reduce_min)
reduce_all_v1 = _with_old_arguments(reduce_all)
reduce_any_v1 = _with_old_arguments(reduce_any)
reduce_logsumexp_v1 = _with_old_arguments(reduce_logsumexp)


def reduce_variance(input_tensor, axis=None, keepdims=False, name=None):
    """The mean square of what differs from the mean."""
    with ops.name_scope(name if name else 'reduce_variance'):
        means = reduce_mean(input_tensor, axis=axis, keepdims=True)
        return reduce_mean(plain.square(input_tensor - means), axis=axis, keepdims=keepdims)


def reduce_std(input_tensor, axis=None, keepdims=False, name=None):
    """The root of the variance."""
    with ops.name_scope(name if name else 'reduce_std'):
        return plain.sqrt(reduce_variance(input_tensor, axis=axis, keepdims=keepdims))


def count_nonzero(input_tensor=None, axis=None, keepdims=None, dtype=dtypes.int64, name=None, reduction_indices=None,
                  keep_dims=None, input=None):
    """How many elements aren't 0."""
    keepdims = argument('keepdims', keepdims, 'keep_dims', keep_dims)
    input_tensor = argument('input', input, 'input_tensor', input_tensor)
    axis = argument('axis', axis, 'reduction_indices', reduction_indices)
    return count_nonzero_v2(input_tensor, axis, keepdims, dtype, name)


def count_nonzero_v2(input, axis=None, keepdims=None, dtype=dtypes.int64, name=None):
    keepdims = False if keepdims is None else keepdims
    with ops.name_scope(name, 'count_nonzero', [input]):
        input = ops.convert_to_tensor(input, name='input')
        zero = array_ops.zeros([], dtype=input.dtype)
        different = cast(plain.not_equal(input, zero), dtypes.int64)
        return cast(reduce_sum(different, axis=axis, keepdims=keepdims), dtype=dtype)
