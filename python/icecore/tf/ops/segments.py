"""Sums over segments, and counts (names of math_ops)."""
import numpy as np

from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, plain
from icecore.tf.ops.casts import cast
from icecore.tf.ops.reductions import reduce_max, reduce_prod


def _segment_sizes(data, segment_ids, num_segments):
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


def _of_rows(name):
    def function(data, indices, segment_ids, name=None, num_segments=None):
        if num_segments is None:
            return getattr(plain, op)(data, indices, segment_ids, name=name)
        return getattr(plain, op + '_with_num_segments')(data, indices, segment_ids, num_segments, name=name)

    op = name
    function.__name__ = function.__qualname__ = name
    function.__doc__ = '%s of rows of `data`, of each segment.' % {
        'sum': 'The sum', 'mean': 'The mean', 'n': 'The sum, divided by the root of their number,'}[name.split('_')[-1]]
    return function


sparse_segment_sum = _of_rows('sparse_segment_sum')
sparse_segment_mean = _of_rows('sparse_segment_mean')
sparse_segment_sqrt_n = _of_rows('sparse_segment_sqrt_n')


def bincount(arr, weights=None, minlength=None, maxlength=None, dtype=dtypes.int32, name=None):
    """How often each number stands in `arr`."""
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
