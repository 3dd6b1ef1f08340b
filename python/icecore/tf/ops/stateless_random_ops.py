"""tf.random.stateless_*: numbers that depend on a seed [2] alone."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import math_ops, plain
from icecore.tf.ops.random_ops import _shape_tensor, _uniform_dtype_and_maxval


def stateless_random_uniform(shape, seed, minval=0, maxval=None, dtype=dtypes.float32, name=None):
    """Numbers in [minval, maxval). ValueError for integers without maxval."""
    dtype, maxval = _uniform_dtype_and_maxval(dtype, maxval)
    with ops.name_scope(name, 'stateless_random_uniform', [shape, seed, minval, maxval]) as name:
        shape = _shape_tensor(shape)
        minval = ops.convert_to_tensor(minval, dtype=dtype, name='min')
        maxval = ops.convert_to_tensor(maxval, dtype=dtype, name='max')
        if dtype.is_integer:
            return plain.stateless_random_uniform_int(shape, seed=seed, minval=minval, maxval=maxval, name=name)
        drawn = plain.stateless_random_uniform(shape, seed=seed, dtype=dtype)
        return math_ops.add(drawn * (maxval - minval), minval, name=name)


def _normal(scope, draw, shape, seed, mean, stddev, dtype, name):
    with ops.name_scope(name, scope, [shape, seed, mean, stddev]) as name:
        shape = _shape_tensor(shape)
        mean = ops.convert_to_tensor(mean, dtype=dtype, name='mean')
        stddev = ops.convert_to_tensor(stddev, dtype=dtype, name='stddev')
        return math_ops.add(draw(shape, seed, dtype) * stddev, mean, name=name)


def stateless_random_normal(shape, seed, mean=0.0, stddev=1.0, dtype=dtypes.float32, name=None):
    """Numbers of a normal distribution."""
    return _normal('stateless_random_normal', plain.stateless_random_normal, shape, seed, mean, stddev, dtype, name)


def stateless_truncated_normal(shape, seed, mean=0.0, stddev=1.0, dtype=dtypes.float32, name=None):
    """Numbers of a normal distribution, within two standard deviations."""
    return _normal('stateless_truncated_normal', plain.stateless_truncated_normal, shape, seed, mean, stddev, dtype, name)


def _drawn(scope, logits, num_samples, dtype, seed, name):
    with ops.name_scope(name, scope, [logits, seed]):
        logits = ops.convert_to_tensor(logits, name='logits')
        return plain.stateless_multinomial(logits, num_samples, seed, output_dtype=dtype)


def stateless_multinomial(logits, num_samples, seed, output_dtype=dtypes.int64, name=None):
    """Classes drawn by their logits."""
    return _drawn('stateless_multinomial', logits, num_samples, output_dtype, seed, name)


def stateless_categorical(logits, num_samples, seed, dtype=dtypes.int64, name=None):
    """Classes drawn by their logits."""
    return _drawn('stateless_categorical', logits, num_samples, dtype, seed, name)
