"""Values of Python and numpy as tensors have them; what is known of a tensor without running the graph."""
import numpy as np

from icecore.tf.framework import dtypes, messages, tensor_shape
from icecore.tf.framework.tensor import Tensor

_QUANTIZED = (dtypes.qint8, dtypes.quint8, dtypes.qint16, dtypes.quint16, dtypes.qint32)


def _first_wrong(values, right):
    if isinstance(values, (list, tuple)):
        for value in values:
            wrong = _first_wrong(value, right)
            if wrong is not None:
                return wrong
        return None
    if isinstance(values, Tensor):
        return (values,)
    return None if right(values) else (values,)


# Python's True is an int, numpy's is none.
def _is_int(value):
    return isinstance(value, (int, np.integer, tensor_shape.Dimension)) or (
        hasattr(value, '__index__') and not isinstance(value, np.bool_))


def _is_float(value):
    return isinstance(value, (int, float, np.integer, np.floating))


def _is_complex(value):
    return isinstance(value, (int, float, complex, np.number))


def _right_for(dtype):
    if dtype == dtypes.bool:
        return lambda value: isinstance(value, (bool, np.bool_))
    if dtype == dtypes.string:
        return lambda value: isinstance(value, (str, bytes))
    if dtype in _QUANTIZED:
        return _is_int
    if dtype.is_integer:
        return _is_int
    if dtype.is_floating:
        return _is_float
    if dtype.is_complex:
        return _is_complex
    return lambda value: not isinstance(value, Tensor)


def _check(values, dtype):
    if dtype is None:
        if _first_wrong(values, lambda value: True) is not None:
            raise TypeError('List of Tensors when single Tensor expected')
        return
    wrong = _first_wrong(values, _right_for(dtype))
    if wrong is not None:
        value = wrong[0].item() if isinstance(wrong[0], np.generic) else wrong[0]  # numpy 2 shows np.True_.
        raise TypeError("Expected %s, got %r of type '%s' instead." % (dtype.name, value, type(wrong[0]).__name__))


def _dimensions(values):
    if not isinstance(values, (list, tuple)):
        return []
    return [len(values)] + (_dimensions(values[0]) if values else [])


def _common_shape(values):
    """The dimensions that all parts of a list of lists of unequal lengths have."""
    if not isinstance(values, list):
        return []
    shapes = [_common_shape(value) for value in values]
    common = []
    for dims in zip(*shapes):
        if len(set(dims)) > 1:
            break
        common.append(dims[0])
    return [len(values)] + common


def _plain(values):
    # numpy must not see Dimensions.
    if isinstance(values, (list, tuple)):
        return [_plain(value) for value in values]
    return values.value if isinstance(values, tensor_shape.Dimension) else values


def _array_of_python(values, dtype):
    _check(values, dtype)
    if dtype is not None and dtype.base_dtype in _QUANTIZED:
        return np.array(values, {1: 'i1', 2: 'u1', 4: 'i4'}.get(_quantized_key(dtype), 'i2'))
    wanted = dtype.as_numpy_dtype if dtype is not None else None
    if dtype is not None and dtype == dtypes.string:
        wanted = object
    plain = _plain(values)
    try:
        array = np.array(plain, dtype=wanted)
    except OverflowError:
        # Integers that don't fit lose their high bits, as they did in the numpy of TensorFlow's time.
        array = np.array(plain).astype(wanted)
    except ValueError as error:
        if 'inhomogeneous' not in str(error):
            raise
        array = None
    shape = _common_shape(plain) if array is None else list(array.shape)
    if shape != _dimensions(plain):
        raise ValueError('Argument must be a dense tensor: %s - got shape %s, but wanted %s.' %
                         (values, shape, _dimensions(plain)))
    if array is None or array.dtype.kind in 'OUS' and not _all_text(plain):
        raise TypeError('Failed to convert object of type %s to Tensor. Contents: %s. Consider casting elements to a '
                        'supported type.' % (type(values), values))
    if array.dtype.kind == 'U' or array.dtype.kind == 'S':
        array = np.array(plain, dtype=object)
    if dtype is None and array.dtype == np.float64:
        array = array.astype(np.float32)
    elif dtype is None and array.dtype == np.int64:
        narrow = array.astype(np.int32)
        if np.array_equal(narrow, array):
            array = narrow
    return array


def _quantized_key(dtype):
    return {dtypes.qint8: 1, dtypes.quint8: 2, dtypes.qint32: 4}.get(dtype.base_dtype, 0)


def _all_text(values):
    if isinstance(values, (list, tuple)):
        return all(_all_text(value) for value in values)
    return isinstance(values, (str, bytes))


def _is_array_like(value):
    return not isinstance(value, (str, bytes, np.ndarray, np.generic, list, tuple, Tensor, type)) and (
        callable(getattr(value, '__array__', None)) or hasattr(value, '__array_interface__'))


def array_of(values, dtype=None):
    """What TensorFlow makes of the values: (array, tf.DType). Python's numbers become float32 and int32 where no dtype
    is asked for; text becomes an array of objects.

    Raises:
      ValueError: for None, and lists of lists of unequal lengths.
      TypeError: where the values aren't of that dtype.
    """
    if dtype is not None:
        dtype = dtypes.as_dtype(dtype).base_dtype
    if _is_array_like(values):
        values = np.asarray(values)
    if isinstance(values, (np.ndarray, np.generic)):
        array = np.asarray(values)
        if dtype is not None and dtype.base_dtype not in _QUANTIZED and dtype != dtypes.string and (
                dtype.is_numpy_compatible):
            array = array.astype(dtype.as_numpy_dtype)
    elif values is None:
        raise ValueError('None values not supported.')
    else:
        array = _array_of_python(values, dtype)
    if array.dtype.kind in 'USO':
        found = dtypes.string
    elif dtype is not None and dtype.base_dtype in _QUANTIZED:
        found = dtype
    else:
        try:
            found = dtypes.as_dtype(array.dtype)
        except TypeError:
            raise TypeError('Unrecognized data type: %s' % array.dtype) from None
    if dtype is not None and dtype.base_dtype != found.base_dtype:
        raise TypeError('Incompatible types: %s vs. %s. Value is %s' % (dtype, array.dtype, values))
    return array, found


def make_tensor_proto(values, dtype=None, shape=None, verify_shape=False, allow_broadcast=False):
    """A TensorProto of the values (tf.make_tensor_proto)."""
    if messages.is_message(values, 'TensorProto'):
        return values
    array, dtype = array_of(values, dtype)
    if shape is None:
        return messages.tensor_proto(array, dtype)
    whole = shaped(array, shape, verify_shape, allow_broadcast)
    return messages.tensor_proto(whole, dtype, array.ravel() if array.size < whole.size else None)


def shaped(array, shape, verify_shape=False, allow_broadcast=False):
    """The array under that shape, its last element repeated where it has too few.

    Raises:
      TypeError, ValueError: where it doesn't fit.
    """
    shape = [int(dim) for dim in (shape.as_list() if isinstance(shape, tensor_shape.TensorShape) else shape)]
    size = int(np.prod(shape, dtype=np.int64))
    if verify_shape and array.shape != tuple(shape):
        raise TypeError("Expected Tensor's shape: %s, got %s." % (tuple(shape), array.shape))
    if array.size == size:
        return array.reshape(shape)
    if allow_broadcast and array.shape not in ((), (1,)):
        raise TypeError("Expected Tensor's shape: %s, got %s." % (tuple(shape), array.shape))
    if array.size > size:
        raise ValueError('Too many elements provided. Needed at most %d, but received %d' % (size, array.size))
    flat = array.ravel()
    if not flat.size:
        raise ValueError('No values for a tensor of shape %s' % (tuple(shape),))
    return np.concatenate([flat, np.repeat(flat[-1:], size - flat.size)]).reshape(shape)


def MakeNdarray(tensor):
    """The numpy array of a TensorProto (tf.make_ndarray)."""
    return messages.array_of_tensor_proto(tensor)


def constant_value(tensor, partial=False):
    """The value of the tensor where it is known without running the graph, as numpy has it; else None."""
    del partial
    if isinstance(tensor, np.ndarray):
        return tensor
    output = getattr(tensor, '_output', None)
    if output is None:
        return None
    value = tensor.graph._builder.constant_value(output)
    if value is None:
        return None
    # From here on whoever feeds it would contradict what was built upon it.
    tensor.graph.prevent_feeding(tensor)
    return value


def constant_value_as_shape(tensor):
    """A vector of ints as a tf.TensorShape, as far as it is known."""
    return tensor_shape.TensorShape(tensor.graph._builder.constant_value_as_shape(tensor._output))


def is_tensor(x):
    """Whether it is a tensor, or stands for one: a variable, slices, a sparse tensor."""
    return isinstance(x, Tensor) or hasattr(type(x), '_as_graph_element') or type(x).__name__ in (
        'SparseTensor', 'IndexedSlices')
