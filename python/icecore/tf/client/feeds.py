"""What Session.run() is given."""
import collections.abc

import numpy as np

from icecore.tf.framework import composites
from icecore.tf.framework.tensor import Tensor


def _pairs(feed_dict):
    """Keys that are tuples are taken apart, with their values."""
    if not isinstance(feed_dict, collections.abc.Mapping):
        raise TypeError('input must be a dictionary')
    for key, value in feed_dict.items():
        if isinstance(key, (tuple, list)):
            keys, values = _leaves(key), _leaves(value)
            if len(keys) != len(values):
                raise ValueError('Could not flatten dictionary. Key had %d elements, but value had %d elements. Key: '
                                 '%s, value: %s.' % (len(keys), len(values), key, value))
            yield from zip(keys, values)
        elif isinstance(key, composites.SparseTensor):
            yield from zip([key.indices, key.values, key.dense_shape], value)
        elif isinstance(key, composites.IndexedSlices):
            parts = [key.values, key.indices] + ([] if key.dense_shape is None else [key.dense_shape])
            yield from zip(parts, value)
        else:
            yield key, value


def _leaves(value):
    if isinstance(value, (tuple, list)):
        return [leaf for item in value for leaf in _leaves(item)]
    return [value]


def tensor_of(graph, key):
    """The tensor that a key means.

    Raises:
      TypeError: where it means none of this graph.
    """
    try:
        return graph.as_graph_element(key, allow_tensor=True, allow_operation=False)
    except Exception as error:
        said = error.args[0] if error.args else error
        raise TypeError('Cannot interpret feed_dict key as Tensor: %s' % said) from None


def array_for(tensor, value, key=None):
    """The value as an array that the tensor takes.

    Raises:
      TypeError: where it is a tensor, or can't be of the dtype.
      ValueError: where it has another shape.
    """
    if isinstance(value, Tensor):
        raise TypeError('The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python '
                        'scalars, strings, lists, numpy ndarrays, or TensorHandles. For reference, the tensor object '
                        'was %s which was passed to the feed with key %s.' % (value, tensor if key is None else key))
    dtype = tensor.dtype.as_numpy_dtype
    if isinstance(value, int) and not _fits(value, dtype):
        raise TypeError('Type of feed value %s with type %s is not compatible with Tensor type %s. Try explicitly '
                        'setting the type of the feed tensor to a larger type (e.g. int64).' %
                        (value, type(value), dtype))
    try:
        array = np.asarray(value, dtype=dtype)
    except OverflowError:  # Numbers that numpy used to cut.
        array = np.asarray(value).astype(dtype)
    dims = tensor._output.shape
    if dims is not None:
        shape = array.shape
        if len(shape) != len(dims) or any(d is not None and d != n for d, n in zip(dims, shape)):
            raise ValueError('Cannot feed value of shape %r for Tensor %r, which has shape %r' %
                             (shape, tensor.name, str(tensor.shape)))
    return array


def _fits(value, dtype):
    if dtype is object or dtype is np.object_:
        return False
    try:
        return dtype(value) == value
    except (OverflowError, TypeError):
        return False


def check_feedable(graph, tensor):
    """Raises ValueError where the graph refuses it."""
    if not graph.is_feedable(tensor):
        raise ValueError('Tensor %s may not be fed.' % tensor)


def arrays(graph, feed_dict):
    """Tensors and their arrays, in the dictionary's order."""
    made = {}
    for key, value in _pairs(feed_dict):
        tensor = tensor_of(graph, key)
        array = array_for(tensor, value, key)
        check_feedable(graph, tensor)
        made[tensor] = array
    return made
