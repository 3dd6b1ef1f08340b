"""Assertions of the graph: tf.assert_equal and the like (tf.debugging)."""
import numpy as np

from icecore.tf.framework import dtypes, ops, tensor_shape, tensor_util
from icecore.tf.ops import array_ops, control_flow_ops, math_ops, plain


def _static_failure(data):
    from icecore.tf.framework import errors_impl
    texts = []
    for item in data:
        known = tensor_util.constant_value(item) if isinstance(item, ops.Tensor) else None
        texts.append(str(item) if known is None else str(known))
    return errors_impl.InvalidArgumentError(None, None, '\n'.join(texts))


def _binary(sign, scope, function, static, x, y, data, summarize, message, name):
    with ops.name_scope(name, scope, [x, y, data]):
        x = ops.convert_to_tensor(x, name='x')
        y = ops.convert_to_tensor(y, name='y')
        if data is None:
            data = ['Condition x %s y did not hold element-wise:' % sign, 'x (%s) = ' % x.name, x,
                    'y (%s) = ' % y.name, y]
        if message is not None:
            data = [message] + list(data)
        condition = math_ops.reduce_all(function(x, y))
        known_x, known_y = tensor_util.constant_value(x), tensor_util.constant_value(y)
        if known_x is not None and known_y is not None and not np.all(static(known_x, known_y)):
            raise _static_failure(data)
        return control_flow_ops.Assert(condition, data, summarize=summarize)


def assert_equal(x, y, data=None, summarize=None, message=None, name=None):
    """An operation that fails unless x == y everywhere. InvalidArgumentError where that is known beforehand."""
    with ops.name_scope(name, 'assert_equal', [x, y, data]):
        if x is y:
            return control_flow_ops.no_op()
    return _binary('==', 'assert_equal', math_ops.equal, np.equal, x, y, data, summarize, message, name)


def _comparison(scope, sign, function, static):
    def check(x, y, data=None, summarize=None, message=None, name=None):
        return _binary(sign, scope, function, static, x, y, data, summarize, message, name)

    check.__name__ = check.__qualname__ = scope
    check.__doc__ = ('An operation that fails unless x %s y everywhere. InvalidArgumentError where that is known '
                     'beforehand.' % sign)
    return check


assert_none_equal = _comparison('assert_none_equal', '!=', math_ops.not_equal, np.not_equal)
assert_less = _comparison('assert_less', '<', plain.less, np.less)
assert_less_equal = _comparison('assert_less_equal', '<=', plain.less_equal, np.less_equal)
assert_greater = _comparison('assert_greater', '>', plain.greater, np.greater)
assert_greater_equal = _comparison('assert_greater_equal', '>=', plain.greater_equal, np.greater_equal)


def _sign(scope, condition, check):
    def checked(x, data=None, summarize=None, message=None, name=None):
        with ops.name_scope(name, scope, [x, data]):
            x = ops.convert_to_tensor(x, name='x')
            if data is None:
                data = [message or '', 'Condition %s did not hold element-wise:' % condition, 'x (%s) = ' % x.name, x]
            zero = ops.convert_to_tensor(0, dtype=x.dtype)
            return check(x, zero, data, summarize)

    checked.__name__ = checked.__qualname__ = scope
    checked.__doc__ = 'An operation that fails unless %s everywhere.' % condition
    return checked


assert_negative = _sign('assert_negative', 'x < 0', lambda x, zero, data, n: assert_less(x, zero, data, n))
assert_positive = _sign('assert_positive', 'x > 0', lambda x, zero, data, n: assert_less(zero, x, data, n))
assert_non_negative = _sign('assert_non_negative', 'x >= 0', lambda x, zero, data, n: assert_less_equal(zero, x, data, n))
assert_non_positive = _sign('assert_non_positive', 'x <= 0', lambda x, zero, data, n: assert_less_equal(x, zero, data, n))


def assert_near(x, y, rtol=None, atol=None, data=None, summarize=None, message=None, name=None):
    """An operation that fails unless |x - y| < atol + rtol * |y|."""
    with ops.name_scope(name, 'assert_near', [x, y, rtol, atol, data]):
        x = ops.convert_to_tensor(x, name='x')
        y = ops.convert_to_tensor(y, name='y', dtype=x.dtype)
        eps = np.finfo(x.dtype.as_numpy_dtype).eps
        rtol = ops.convert_to_tensor(10 * eps if rtol is None else rtol, name='rtol', dtype=x.dtype)
        atol = ops.convert_to_tensor(10 * eps if atol is None else atol, name='atol', dtype=x.dtype)
        if data is None:
            data = [message or '', 'x and y not equal to tolerance rtol = %s, atol = %s' % (rtol, atol),
                    'x (%s) = ' % x.name, x, 'y (%s) = ' % y.name, y]
        tolerance = atol + rtol * math_ops.abs(y)
        difference = math_ops.abs(x - y)
        condition = math_ops.reduce_all(plain.less(difference, tolerance))
        return control_flow_ops.Assert(condition, data, summarize=summarize)


def _rank_check(scope, words, static, dynamic):
    def check(x, rank, data=None, summarize=None, message=None, name=None):
        with ops.name_scope(name, scope, (x, rank) + tuple(data or [])):
            x = ops.convert_to_tensor(x, name='x')
            rank = ops.convert_to_tensor(rank, name='rank')
            message = message or ''
            if data is None:
                data = [message, 'Tensor %s must have %s' % (x.name, words), rank, 'Received shape: ',
                        array_ops.shape(x)]
            assert_type(rank, dtypes.int32)
            wanted, known = tensor_util.constant_value(rank), x.get_shape().ndims
            if wanted is not None:
                if wanted.ndim != 0:
                    raise ValueError('Rank must be a scalar.')
                if known is not None:
                    if not static(known, wanted):
                        raise ValueError('%s.  Tensor %s must have %s %d.  Received rank %d, shape %s' %
                                         (message, x.name, words, wanted, known, x.get_shape()))
                    return control_flow_ops.no_op(name='static_checks_determined_all_ok')
            condition = dynamic(array_ops.rank(x), rank)
            if wanted is None:
                scalar = assert_rank(rank, 0, data=['Rank must be a scalar. Received rank: ', rank])
                condition = control_flow_ops.with_dependencies([scalar], condition)
            return control_flow_ops.Assert(condition, data, summarize=summarize)

    check.__name__ = check.__qualname__ = scope
    check.__doc__ = 'An operation that fails unless x has %s `rank`. ValueError where that is known beforehand.' % words
    return check


assert_rank = _rank_check('assert_rank', 'rank', lambda a, b: a == b, math_ops.equal)
assert_rank_at_least = _rank_check('assert_rank_at_least', 'rank at least', lambda a, b: a >= b, plain.greater_equal)


def assert_rank_in(x, ranks, data=None, summarize=None, message=None, name=None):
    """An operation that fails unless x has one of those ranks. ValueError where that is known beforehand."""
    with ops.name_scope(name, 'assert_rank_in', (x,) + tuple(ranks) + tuple(data or [])):
        x = ops.convert_to_tensor(x, name='x')
        ranks = tuple(ops.convert_to_tensor(rank, name='rank') for rank in ranks)
        if data is None:
            data = [message or '', 'Tensor %s must have rank in' % x.name] + list(ranks) + [
                'Received shape: ', array_ops.shape(x)]
        for rank in ranks:
            assert_type(rank, dtypes.int32)
        wanted, known = [tensor_util.constant_value(rank) for rank in ranks], x.get_shape().ndims
        if known is not None and all(rank is not None for rank in wanted):
            if known not in wanted:
                raise ValueError('%s.  Tensor %s must have rank in %s.  Received rank %d, shape %s' % (
                    message or '', x.name, tuple(int(r) for r in wanted), known, x.get_shape()))
            return control_flow_ops.no_op(name='static_checks_determined_all_ok')
        condition = math_ops.equal(ranks[0], array_ops.rank(x))
        for rank in ranks[1:]:
            condition = plain.logical_or(condition, math_ops.equal(rank, array_ops.rank(x)))
        return control_flow_ops.Assert(condition, data, summarize=summarize)


def assert_integer(x, message=None, name=None):
    """TypeError unless x is of integers."""
    with ops.name_scope(name, 'assert_integer', [x]):
        x = ops.convert_to_tensor(x, name='x')
        if not x.dtype.is_integer:
            raise TypeError('%s  Expected "x" to be integer type.  Found: %s of dtype %s' % (message or '', x.name, x.dtype))
        return control_flow_ops.no_op('statically_determined_was_integer')


def assert_type(tensor, tf_type, message=None, name=None):
    """TypeError unless the tensor is of that dtype."""
    with ops.name_scope(name, 'assert_type', [tensor]):
        tensor = ops.convert_to_tensor(tensor, name='tensor')
        if tensor.dtype != tf_type:
            raise TypeError('%s  %s must be of type %s' % (message or '', tensor.name, tf_type))
        return control_flow_ops.no_op('statically_determined_correct_type')


def assert_scalar(tensor, name=None, message=None):
    """ValueError unless the tensor is a scalar."""
    with ops.name_scope(name, 'assert_scalar', [tensor]) as name_scope:
        tensor = ops.convert_to_tensor(tensor, name=name_scope)
        shape = tensor.get_shape()
        if shape.ndims != 0:
            raise ValueError('%sExpected scalar shape for %s, saw shape: %s.' % (message or '', tensor.name, shape))
        return tensor


def assert_proper_iterable(values):
    """TypeError where `values` is a tensor, an array or text, or can't be iterated over."""
    if isinstance(values, (ops.Tensor, np.ndarray, str, bytes)):
        raise TypeError('Expected argument "values" to be a "proper" iterable.  Found: %s' % type(values))
    if not hasattr(values, '__iter__'):
        raise TypeError('Expected argument "values" to be iterable.  Found: %s' % type(values))


def assert_same_float_dtype(tensors=None, dtype=None):
    """The float dtype that they share. ValueError where they don't."""
    for tensor in tensors or []:
        given = tensor.dtype.base_dtype
        if dtype is None:
            dtype = given
        elif dtypes.as_dtype(dtype) != given:
            raise ValueError('Expected %s, got %s (%s)' % (dtype, given, tensor))
    dtype = dtypes.as_dtype(dtype) if dtype is not None else dtypes.float32
    if not dtype.is_floating:
        raise ValueError('Expected floating point type, got %s.' % dtype)
    return dtype


def is_numeric_tensor(tensor):
    """Whether it is a tensor of numbers."""
    return isinstance(tensor, ops.Tensor) and (tensor.dtype.is_integer or tensor.dtype.is_floating or
                                               tensor.dtype.is_complex)


def _differences(x):
    x = array_ops.reshape(x, [-1])
    return x[1:] - x[:-1]


def is_non_decreasing(x, name=None):
    """A tensor: whether no element is smaller than the one before."""
    with ops.name_scope(name, 'is_non_decreasing', [x]):
        difference = _differences(ops.convert_to_tensor(x))
        return math_ops.reduce_all(plain.less_equal(ops.convert_to_tensor(0, dtype=difference.dtype), difference))


def is_strictly_increasing(x, name=None):
    """A tensor: whether each element is larger than the one before."""
    with ops.name_scope(name, 'is_strictly_increasing', [x]):
        difference = _differences(ops.convert_to_tensor(x))
        return math_ops.reduce_all(plain.less(ops.convert_to_tensor(0, dtype=difference.dtype), difference))


def ensure_shape(x, shape, name=None):
    """x, whose run fails where it hasn't that shape, and which is known to have it (tf.ensure_shape)."""
    return plain.ensure_shape(x, tensor_shape.TensorShape(shape), name=name)
