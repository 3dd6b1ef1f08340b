"""Initializers: functions of a shape that make the first value of a variable (tf.initializers)."""
import math

import numpy as np

from icecore.tf.framework import constant_op, dtypes, tensor_shape
from icecore.tf.ops import array_ops, linalg_ops_impl, plain, random_ops, raw_ops


def _float(dtype):
    dtype = dtypes.as_dtype(dtype)
    if not dtype.is_floating:
        raise ValueError('Expected floating point type, got %s.' % dtype)
    return dtype


class Initializer:
    """What all of them are: called with the shape, the dtype, and what the variable is a part of."""

    # Names of the constructor's arguments, which get_config() gives.
    _arguments = ()

    def __call__(self, shape, dtype=None, partition_info=None):
        raise NotImplementedError

    def get_config(self):
        """The constructor's arguments."""
        return {name: self.dtype.name if name == 'dtype' else getattr(self, name) for name in self._arguments}

    @classmethod
    def from_config(cls, config):
        """The initializer of those arguments."""
        return cls(**config)


class Zeros(Initializer):
    """Zeros."""

    _arguments = ('dtype',)

    def __init__(self, dtype=dtypes.float32):
        self.dtype = dtypes.as_dtype(dtype)

    def __call__(self, shape, dtype=None, partition_info=None):
        return array_ops.zeros(shape, self.dtype if dtype is None else dtype)


class Ones(Initializer):
    """Ones."""

    _arguments = ('dtype',)

    def __init__(self, dtype=dtypes.float32):
        self.dtype = dtypes.as_dtype(dtype)

    def __call__(self, shape, dtype=None, partition_info=None):
        return array_ops.ones(shape, self.dtype if dtype is None else dtype)


class Constant(Initializer):
    """A value, or values that fill the shape; the last one is repeated."""

    _arguments = ('value', 'dtype')

    def __init__(self, value=0, dtype=dtypes.float32, verify_shape=False):
        if not (np.isscalar(value) or isinstance(value, (list, tuple, np.ndarray))):
            raise TypeError('Invalid type for initial value: %s (expected Python scalar, list or tuple of values, or '
                            'numpy.ndarray).' % type(value))
        self.value = value
        self.dtype = dtypes.as_dtype(dtype)
        self._verify_shape = verify_shape

    def __call__(self, shape, dtype=None, partition_info=None, verify_shape=None):
        verify_shape = self._verify_shape if verify_shape is None else verify_shape
        return constant_op.constant_v1(self.value, dtype=self.dtype if dtype is None else dtype, shape=shape,
                                       verify_shape=verify_shape)


class RandomUniform(Initializer):
    """Numbers in [minval, maxval)."""

    _arguments = ('minval', 'maxval', 'seed', 'dtype')

    def __init__(self, minval=0, maxval=None, seed=None, dtype=dtypes.float32):
        self.minval = minval
        self.maxval = maxval
        self.seed = seed
        self.dtype = dtypes.as_dtype(dtype)

    def __call__(self, shape, dtype=None, partition_info=None):
        return random_ops.random_uniform(shape, self.minval, self.maxval, self.dtype if dtype is None else dtype,
                                         seed=self.seed)


class RandomNormal(Initializer):
    """Numbers of a normal distribution."""

    _arguments = ('mean', 'stddev', 'seed', 'dtype')

    def __init__(self, mean=0.0, stddev=1.0, seed=None, dtype=dtypes.float32):
        self.mean = mean
        self.stddev = stddev
        self.seed = seed
        self.dtype = _float(dtype)

    def __call__(self, shape, dtype=None, partition_info=None):
        return random_ops.random_normal(shape, self.mean, self.stddev, self.dtype if dtype is None else dtype,
                                        seed=self.seed)


class TruncatedNormal(RandomNormal):
    """The same, within two standard deviations."""

    def __call__(self, shape, dtype=None, partition_info=None):
        return random_ops.truncated_normal(shape, self.mean, self.stddev, self.dtype if dtype is None else dtype,
                                           seed=self.seed)


class UniformUnitScaling(Initializer):
    """Numbers that leave the variance of a layer's input as it is."""

    _arguments = ('factor', 'seed', 'dtype')

    def __init__(self, factor=1.0, seed=None, dtype=dtypes.float32):
        self.factor = factor
        self.seed = seed
        self.dtype = _float(dtype)

    def __call__(self, shape, dtype=None, partition_info=None):
        whole = shape if partition_info is None else partition_info.full_shape
        size = 1.0
        for dim in whole[:-1]:
            size *= float(dim)
        bound = math.sqrt(3 / max(size, 1.0)) * self.factor
        return random_ops.random_uniform(shape, -bound, bound, self.dtype if dtype is None else dtype, seed=self.seed)


class VarianceScaling(Initializer):
    """Numbers whose variance is scale / n, n being the inputs (fan_in), the outputs (fan_out) or their mean (fan_avg)."""

    _arguments = ('scale', 'mode', 'distribution', 'seed', 'dtype')

    def __init__(self, scale=1.0, mode='fan_in', distribution='truncated_normal', seed=None, dtype=dtypes.float32):
        if scale <= 0.:
            raise ValueError('`scale` must be positive float.')
        if mode not in ('fan_in', 'fan_out', 'fan_avg'):
            raise ValueError('Invalid `mode` argument:', mode)
        distribution = distribution.lower()
        if distribution not in ('normal', 'uniform', 'truncated_normal', 'untruncated_normal'):
            raise ValueError('Invalid `distribution` argument:', distribution)
        self.scale = scale
        self.mode = mode
        self.distribution = distribution
        self.seed = seed
        self.dtype = _float(dtype)

    def __call__(self, shape, dtype=None, partition_info=None):
        dtype = self.dtype if dtype is None else dtype
        fan_in, fan_out = _compute_fans(shape if partition_info is None else partition_info.full_shape)
        n = {'fan_in': fan_in, 'fan_out': fan_out, 'fan_avg': (fan_in + fan_out) / 2.}[self.mode]
        scale = self.scale / max(1., n)
        if self.distribution in ('normal', 'truncated_normal'):
            # The standard deviation of what is left of a normal distribution cut at 2.
            stddev = math.sqrt(scale) / .87962566103423978
            return random_ops.truncated_normal(shape, 0.0, stddev, dtype, seed=self.seed)
        if self.distribution == 'untruncated_normal':
            return random_ops.random_normal(shape, 0.0, math.sqrt(scale), dtype, seed=self.seed)
        limit = math.sqrt(3.0 * scale)
        return random_ops.random_uniform(shape, -limit, limit, dtype, seed=self.seed)


class Orthogonal(Initializer):
    """A matrix whose rows or columns are orthogonal."""

    _arguments = ('gain', 'seed', 'dtype')

    def __init__(self, gain=1.0, seed=None, dtype=dtypes.float32):
        self.gain = gain
        self.seed = seed
        self.dtype = _float(dtype)

    def __call__(self, shape, dtype=None, partition_info=None):
        dtype = self.dtype if dtype is None else dtype
        if len(shape) < 2:
            raise ValueError('The tensor to initialize must be at least two-dimensional')
        rows = int(np.prod([int(d) for d in shape[:-1]]))
        columns = int(shape[-1])
        tall = (columns, rows) if rows < columns else (rows, columns)
        drawn = random_ops.random_normal(tall, dtype=dtype, seed=self.seed)
        q, r = raw_ops.Qr(input=drawn, full_matrices=False)
        q *= plain.sign(raw_ops.DiagPart(input=r))
        if rows < columns:
            q = array_ops.matrix_transpose(q)
        return self.gain * array_ops.reshape(q, shape)


class Identity(Initializer):
    """The identity matrix, times gain."""

    _arguments = ('gain', 'dtype')

    def __init__(self, gain=1.0, dtype=dtypes.float32):
        self.gain = gain
        self.dtype = _float(dtype)

    def __call__(self, shape, dtype=None, partition_info=None):
        whole = shape if partition_info is None else partition_info.full_shape
        if len(whole) != 2:
            raise ValueError('Identity matrix initializer can only be used for 2D matrices.')
        if isinstance(whole, tensor_shape.TensorShape):
            whole = whole.as_list()
        made = linalg_ops_impl.eye(*whole, dtype=self.dtype if dtype is None else dtype)
        if partition_info is not None:
            made = array_ops.slice(made, partition_info.var_offset, shape)
        return self.gain * made


class GlorotUniform(VarianceScaling):
    """Uniform, by the mean of inputs and outputs: what get_variable() takes of itself."""

    _arguments = ('seed', 'dtype')

    def __init__(self, seed=None, dtype=dtypes.float32):
        super().__init__(scale=1.0, mode='fan_avg', distribution='uniform', seed=seed, dtype=dtype)


class GlorotNormal(VarianceScaling):
    """Normal, by the mean of inputs and outputs."""

    _arguments = ('seed', 'dtype')

    def __init__(self, seed=None, dtype=dtypes.float32):
        super().__init__(scale=1.0, mode='fan_avg', distribution='truncated_normal', seed=seed, dtype=dtype)


zeros_initializer = Zeros
ones_initializer = Ones
constant_initializer = Constant
random_uniform_initializer = RandomUniform
random_normal_initializer = RandomNormal
truncated_normal_initializer = TruncatedNormal
uniform_unit_scaling_initializer = UniformUnitScaling
variance_scaling_initializer = VarianceScaling
glorot_uniform_initializer = GlorotUniform
glorot_normal_initializer = GlorotNormal
orthogonal_initializer = Orthogonal
identity_initializer = Identity


def lecun_normal(seed=None):
    """Normal, by the inputs."""
    return VarianceScaling(scale=1., mode='fan_in', distribution='truncated_normal', seed=seed)


def lecun_uniform(seed=None):
    """Uniform, by the inputs."""
    return VarianceScaling(scale=1., mode='fan_in', distribution='uniform', seed=seed)


def he_normal(seed=None):
    """Normal, twice the variance: for relu."""
    return VarianceScaling(scale=2., mode='fan_in', distribution='truncated_normal', seed=seed)


def he_uniform(seed=None):
    """Uniform, twice the variance: for relu."""
    return VarianceScaling(scale=2., mode='fan_in', distribution='uniform', seed=seed)


def _compute_fans(shape):
    shape = [int(d) for d in shape]
    if len(shape) < 1:
        return 1, 1
    if len(shape) == 1:
        return shape[0], shape[0]
    field = int(np.prod(shape[:-2]))
    return shape[-2] * field, shape[-1] * field
