"""Windows of a raised cosine."""
import numpy as np

from icecore.tf.framework import constant_op, dtypes, ops, tensor_util
from icecore.tf.ops import array_ops, control_flow_ops, math_ops, plain


def hann_window(window_length, periodic=True, dtype=dtypes.float32, name=None):
    """The Hann window.

    Args:
      window_length: an integer scalar.
      periodic: whether it goes on at its end as it begins; else it is symmetric.
      dtype: a float type.
      name: of the scope.

    Returns:
      A tensor [window_length] of dtype.

    Raises:
      ValueError: where dtype is no float type.
    """
    return _raised_cosine(name, 'hann_window', window_length, periodic, dtype, .5, .5)


def hamming_window(window_length, periodic=True, dtype=dtypes.float32, name=None):
    """The Hamming window.

    Args:
      window_length: an integer scalar.
      periodic: whether it goes on at its end as it begins; else it is symmetric.
      dtype: a float type.
      name: of the scope.

    Returns:
      A tensor [window_length] of dtype.

    Raises:
      ValueError: where dtype is no float type.
    """
    return _raised_cosine(name, 'hamming_window', window_length, periodic, dtype, .54, .46)


def _raised_cosine(name, default_name, length, periodic, dtype, a, b):
    if not dtype.is_floating:
        raise ValueError('dtype must be a floating point type. Found %s' % dtype)
    with ops.name_scope(name, default_name, [length, periodic]):
        length = ops.convert_to_tensor(length, dtype=dtypes.int32, name='window_length')
        length.shape.assert_has_rank(0)
        known = tensor_util.constant_value(length)
        if known == 1:
            return array_ops.ones([1], dtype=dtype)
        periodic = ops.convert_to_tensor(periodic, dtype=dtypes.bool, name='periodic')
        periodic = math_ops.cast(periodic, dtypes.int32)
        periodic.shape.assert_has_rank(0)
        even = 1 - plain.floor_mod(length, 2)
        steps = math_ops.cast(length + periodic * even - 1, dtype=dtype)
        count = math_ops.cast(math_ops.range(length), dtype)
        angles = constant_op.constant(2 * np.pi, dtype=dtype) * count / steps

        def window():
            return math_ops.cast(a - b * plain.cos(angles), dtype=dtype)

        if known is not None:
            return window()
        return control_flow_ops.cond(math_ops.equal(length, 1), lambda: array_ops.ones([1], dtype=dtype), window)
