"""tf.constant."""
import numpy as np

from icecore.tf.framework import defaults, dtypes, tensor_shape, tensor_util


def constant(value, dtype=None, shape=None, name='Const'):
    """A tensor of that value (tf.constant).

    Args:
      value: a number, text, a list of such, or an array.
      dtype: of the elements; None: as the values have it, float32 and int32 of Python's numbers.
      shape: of the tensor; a single value is repeated.
      name: of the operation.

    Raises:
      TypeError, ValueError: where no tensor of that dtype and shape can be made of the value.

    >>> import icecore.tf as tf
    >>> tf.constant([1.5, 2.0], name='pair').dtype
    tf.float32
    """
    return _constant(value, dtype, shape, name, verify_shape=False, allow_broadcast=True)


def constant_v1(value, dtype=None, shape=None, name='Const', verify_shape=False):
    """tf.constant of TensorFlow 1: too few values are filled up with the last one."""
    return _constant(value, dtype, shape, name, verify_shape, allow_broadcast=False)


# Python's numbers, which need no look by numpy.
_PLAIN = (float, int)
_INT32, _INT64 = dtypes.int32.as_datatype_enum, dtypes.int64.as_datatype_enum
_FLOATS = (dtypes.float32.as_datatype_enum, dtypes.float64.as_datatype_enum)


def _plain_number(value, dtype):
    """The number of the dtype that a plain number becomes; None where that needs thought."""
    if dtype is None:
        if type(value) is float:
            return _FLOATS[0]
        return _INT32 if -2**31 <= value < 2**31 else None
    number = dtypes.as_dtype(dtype).base_dtype.as_datatype_enum
    if number in _FLOATS or type(value) is int and (
            number == _INT32 and -2**31 <= value < 2**31 or number == _INT64 and -2**63 <= value < 2**63):
        return number
    return None


def _constant(value, dtype, shape, name, verify_shape, allow_broadcast):
    graph = defaults.get_default_graph()
    builder = graph._builder
    if getattr(getattr(value, 'DESCRIPTOR', None), 'name', None) == 'TensorProto':
        dtype, value = dtypes.as_dtype(value.dtype), tensor_util.MakeNdarray(value)
    if shape is None and type(value) in _PLAIN:
        number = _plain_number(value, dtype)
        if number is not None:
            return graph._tensor_made(builder.constant(value, number, name or 'Const'))
    if shape is not None and not isinstance(shape, tensor_shape.TensorShape):
        iter(shape)  # A number is no shape here: TypeError.
    dims = None if shape is None else [int(d) for d in tensor_shape.TensorShape(shape).as_list()]
    if dims is not None and not isinstance(value, np.ndarray) and 0 in dims:
        value = np.empty(dims, dtypes.as_dtype(dtype or dtypes.float32).as_numpy_dtype)
    array, dtype = tensor_util.array_of(value, dtype)
    number = dtype.base_dtype.as_datatype_enum
    if dims is not None:
        if array.size == 1 and np.prod(dims, dtype=np.int64) > 1 and not verify_shape:
            return graph._tensor_made(builder.filled_constant(array.reshape(()), number, dims, name or 'Const'))
        array = tensor_util.shaped(array, dims, verify_shape, allow_broadcast)
    return graph._tensor_made(builder.constant(array, number, name or 'Const'))


def is_constant(tensor_or_op):
    """Whether it comes from a Const."""
    return getattr(tensor_or_op, 'op', tensor_or_op).type == 'Const'
