"""Histograms."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, clip_ops, math_ops, plain


def histogram_fixed_width_bins(values, value_range, nbins=100, dtype=dtypes.int32, name=None):
    """In which of `nbins` equal parts of the range each value is; those outside are in the first or last."""
    with ops.name_scope(name, 'histogram_fixed_width_bins', [values, value_range, nbins]):
        values = ops.convert_to_tensor(values, name='values')
        shape = array_ops.shape(values)
        values = array_ops.reshape(values, [-1])
        value_range = ops.convert_to_tensor(value_range, name='value_range')
        nbins = ops.convert_to_tensor(nbins, dtype=dtypes.int32, name='nbins')
        count = math_ops.cast(nbins, values.dtype)
        above = values - value_range[0]
        scaled = math_ops.truediv(above, value_range[1] - value_range[0], name='scaled_values')
        indices = plain.floor(count * scaled, name='indices')
        indices = math_ops.cast(clip_ops.clip_by_value(indices, 0, count - 1), dtypes.int32)
        return array_ops.reshape(indices, shape)


def histogram_fixed_width(values, value_range, nbins=100, dtype=dtypes.int32, name=None):
    """How many values are in each of `nbins` equal parts of the range."""
    with ops.name_scope(name, 'histogram_fixed_width', [values, value_range, nbins]) as name:
        return plain._histogram_fixed_width(values, value_range, nbins, dtype=dtype, name=name)
