"""Initializers of tf.keras whose defaults are others than those of tf."""
from icecore.tf.framework import dtypes
from icecore.tf.ops import init_ops


class RandomUniform(init_ops.RandomUniform):
    """Numbers in [minval, maxval)."""

    def __init__(self, minval=-0.05, maxval=0.05, seed=None, dtype=dtypes.float32):
        super().__init__(minval, maxval, seed, dtype)


class RandomNormal(init_ops.RandomNormal):
    """Numbers of a normal distribution."""

    def __init__(self, mean=0.0, stddev=0.05, seed=None, dtype=dtypes.float32):
        super().__init__(mean, stddev, seed, dtype)


class TruncatedNormal(init_ops.TruncatedNormal):
    """Numbers of a normal distribution, within two standard deviations."""

    def __init__(self, mean=0.0, stddev=0.05, seed=None, dtype=dtypes.float32):
        super().__init__(mean, stddev, seed, dtype)
