"""tf.random."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.framework.random_seed import get_seed
from icecore.tf.ops import array_ops, math_ops, plain

__getattr__ = plain.fallback(__name__)


def _shape_tensor(shape):
    # int32 where nothing else is asked for: an empty list has no dtype of its own.
    dtype = None
    if isinstance(shape, (tuple, list)):
        if not shape:
            dtype = dtypes.int32
        elif all(hasattr(d, '__index__') for d in shape):
            shape = [int(d) for d in shape]
    return ops.convert_to_tensor(shape, dtype=dtype, name='shape')


def _normal(scope, draw, shape, mean, stddev, dtype, seed, name):
    dtype = dtypes.as_dtype(dtype)
    with ops.name_scope(name, scope, [shape, mean, stddev]) as name:
        shape = _shape_tensor(shape)
        mean = ops.convert_to_tensor(mean, dtype=dtype, name='mean')
        stddev = ops.convert_to_tensor(stddev, dtype=dtype, name='stddev')
        seed, seed2 = get_seed(seed)
        drawn = draw(shape, dtype, seed=seed, seed2=seed2)
        return plain.add(drawn * stddev, mean, name=name)


def random_normal(shape, mean=0.0, stddev=1.0, dtype=dtypes.float32, seed=None, name=None):
    """Numbers of a normal distribution."""
    return _normal('random_normal', plain.random_standard_normal, shape, mean, stddev, dtype, seed, name)


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=dtypes.float32, seed=None, name=None):
    """The same, drawn again where more than two standard deviations off."""
    return _normal('truncated_normal', plain.truncated_normal, shape, mean, stddev, dtype, seed, name)


def _uniform_dtype_and_maxval(dtype, maxval):
    dtype = dtypes.as_dtype(dtype)
    if dtype not in (dtypes.float16, dtypes.bfloat16, dtypes.float32, dtypes.float64, dtypes.int32, dtypes.int64):
        raise ValueError('Invalid dtype %r' % dtype)
    if maxval is None and dtype.is_integer:
        raise ValueError('Must specify maxval for integer dtype %r' % dtype)
    return dtype, 1 if maxval is None else maxval


def random_uniform(shape, minval=0, maxval=None, dtype=dtypes.float32, seed=None, name=None):
    """Numbers in [minval, maxval). ValueError of integers without maxval."""
    dtype, maxval = _uniform_dtype_and_maxval(dtype, maxval)
    with ops.name_scope(name, 'random_uniform', [shape, minval, maxval]) as name:
        shape = _shape_tensor(shape)
        minval = ops.convert_to_tensor(minval, dtype=dtype, name='min')
        maxval = ops.convert_to_tensor(maxval, dtype=dtype, name='max')
        seed, seed2 = get_seed(seed)
        if dtype.is_integer:
            return plain.random_uniform_int(shape, minval, maxval, seed=seed, seed2=seed2, name=name)
        drawn = plain.random_uniform(shape, dtype, seed=seed, seed2=seed2)
        return plain.add(drawn * (maxval - minval), minval, name=name)


def random_shuffle(value, seed=None, name=None):
    """The rows in another order."""
    seed, seed2 = get_seed(seed)
    return plain.random_shuffle(value, seed=seed, seed2=seed2, name=name)


def random_crop(value, size, seed=None, name=None):
    """A part of that size, from anywhere."""
    from icecore.tf.ops import control_flow_ops
    with ops.name_scope(name, 'random_crop', [value, size]) as name:
        value = ops.convert_to_tensor(value, name='value')
        size = ops.convert_to_tensor(size, dtype=dtypes.int32, name='size')
        shape = array_ops.shape(value)
        check = control_flow_ops.Assert(math_ops.reduce_all(shape >= size),
                                        ['Need value.shape >= size, got ', shape, size], summarize=1000)
        shape = control_flow_ops.with_dependencies([check], shape)
        limit = shape - size + 1
        offset = random_uniform(array_ops.shape(shape), dtype=size.dtype, maxval=size.dtype.max, seed=seed) % limit
        return array_ops.slice(value, offset, size, name=name)


def multinomial(logits, num_samples, seed=None, name=None, output_dtype=None):
    """Numbers of classes, drawn by their unnormalized log probabilities."""
    with ops.name_scope(name, 'multinomial', [logits]):
        return _draw_classes(logits, num_samples, output_dtype, seed)


def categorical(logits, num_samples, dtype=None, seed=None, name=None):
    """The same."""
    with ops.name_scope(name, 'categorical', [logits]):
        return _draw_classes(logits, num_samples, dtype, seed)


def _draw_classes(logits, num_samples, dtype, seed):
    logits = ops.convert_to_tensor(logits, name='logits')
    seed, seed2 = get_seed(seed)
    return plain.multinomial(logits, num_samples, seed=seed, seed2=seed2, output_dtype=dtype)
