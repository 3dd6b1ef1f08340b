"""tf.py_func: functions of Python that graphs call."""
import itertools
import threading
import weakref

import numpy as np

from icecore.errors import InvalidArgumentError
from icecore.tf.framework import defaults, dtypes
from icecore.tf.framework.op_def_library import apply_op

_tokens = itertools.count()
_functions = weakref.WeakValueDictionary()
_lock = threading.Lock()
_version = 0


def version():
    """Grows with each function."""
    return _version


def all_functions():
    """(token, function) of those that are in use."""
    return list(_functions.items())


class _WrongResult(InvalidArgumentError, ValueError):
    """What a function gave isn't what its node says."""
    is_whole_message = True  # The core says it without the name of its class.


class _Function:
    """A function as the core calls it: checks what it gives against what the node says."""

    def __init__(self, function, token, types):
        self.token = token
        self._function = function
        self._types = types

    def __call__(self, *arguments):
        try:
            return self._checked(self._function(*arguments))
        except BaseException:  # As an object of its class, which C may have left to be made.
            raise

    def _checked(self, result):
        if result is None:
            result = []
        arrays = [_array(value) for value in (result if isinstance(result, (list, tuple)) else [result])]
        if len(arrays) != len(self._types):
            raise _WrongResult(None, None, '%s returns %d values, but expects to see %d values.' %
                                       (self.token, len(arrays), len(self._types)))
        for i, (array, wanted) in enumerate(zip(arrays, self._types)):
            found = dtypes.string if array.dtype.kind in 'SO' else dtypes.as_dtype(array.dtype)
            if found != wanted:
                raise _WrongResult(None, None, '%d-th value returned by %s is %s, but expects %s' %
                                           (i, self.token, _text(found), _text(wanted)))
        return arrays


def _array(value):
    array = np.asarray(value, order='C')
    if array.dtype.kind == 'S' and array is not value:
        return np.asarray(value, order='C', dtype=object)
    if array.dtype.kind == 'U':
        return np.char.encode(array, 'utf8').astype(object)
    return array


def _text(dtype):
    return {'float32': 'float', 'float64': 'double', 'float16': 'half'}.get(dtype.name, dtype.name)


def py_func(func, inp, Tout, stateful=True, name=None):
    """A function of Python as an operation of the graph (tf.py_func).

    The function is given numpy arrays and gives an array or a list of such, of the types `Tout`. It isn't written into
    files: who loads a graph with it has to make it again.

    Args:
      func: the function; None that it gives is no value, for an empty list as `Tout`.
      inp: a list of tensors.
      Tout: a dtype, or a list of dtypes for a list of tensors.
      stateful: False where equal arguments give equal results.

    >>> import icecore.tf as tf
    >>> y = tf.py_func(lambda a: a * 2, [tf.constant([1., 2.])], tf.float32)
    >>> with tf.Session() as sess:
    ...     sess.run(y).tolist()
    [2.0, 4.0]
    """
    global _version
    if not callable(func):
        raise ValueError('Expected func to be callable, got func of type %s' % type(func))
    is_list = isinstance(Tout, (list, tuple))
    types = [dtypes.as_dtype(t) for t in (Tout if is_list else [Tout])]
    graph = defaults.get_default_graph()
    with _lock:
        token = 'pyfunc_%d' % next(_tokens)
        function = _Function(func, token, types)
        _functions[token] = function
        _version += 1
    # The graph keeps it, as long as it lives.
    graph._py_funcs_used_in_graph.append(function)
    op_type = 'PyFunc' if stateful else 'PyFuncStateless'
    result = apply_op(op_type, input=list(inp),
                      token=token, Tout=types, name=name)
    if not is_list:
        return result[0] if isinstance(result, list) and result else result
    return result


def numpy_function(func, inp, Tout, name=None):
    """py_func with the arguments of TensorFlow 2 (tf.numpy_function)."""
    return py_func(func, inp, Tout, stateful=True, name=name)
