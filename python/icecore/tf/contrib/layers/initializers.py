"""Initializers of tf.contrib.layers."""
import math

from icecore.tf.framework import dtypes
from icecore.tf.ops import random_ops


def xavier_initializer(uniform=True, seed=None, dtype=dtypes.float32):
    """By the mean of inputs and outputs."""
    return variance_scaling_initializer(factor=1.0, mode='FAN_AVG', uniform=uniform, seed=seed, dtype=dtype)


xavier_initializer_conv2d = xavier_initializer


def variance_scaling_initializer(factor=2.0, mode='FAN_IN', uniform=False, seed=None, dtype=dtypes.float32):
    """Numbers whose variance is factor / n, n being the inputs, the outputs or their mean."""
    if not dtypes.as_dtype(dtype).is_floating:
        raise TypeError('Cannot create initializer for non-floating point type.')
    if mode not in ('FAN_IN', 'FAN_OUT', 'FAN_AVG'):
        raise TypeError('Unknown mode %s [FAN_IN, FAN_OUT, FAN_AVG]' % mode)
    default = dtype

    def initializer(shape, dtype=default, partition_info=None):
        if not dtypes.as_dtype(dtype).is_floating:
            raise TypeError('Cannot create initializer for non-floating point type.')
        fan_in = fan_out = 1.0
        if shape:
            fan_in = float(shape[-2]) if len(shape) > 1 else float(shape[-1])
            fan_out = float(shape[-1])
        for dim in shape[:-2]:
            fan_in *= float(dim)
            fan_out *= float(dim)
        n = {'FAN_IN': fan_in, 'FAN_OUT': fan_out, 'FAN_AVG': (fan_in + fan_out) / 2.0}[mode]
        if uniform:
            limit = math.sqrt(3.0 * factor / n)
            return random_ops.random_uniform(shape, -limit, limit, dtype, seed=seed)
        # 1.3 makes up for what the cut takes of the variance.
        return random_ops.truncated_normal(shape, 0.0, math.sqrt(1.3 * factor / n), dtype, seed=seed)

    return initializer
