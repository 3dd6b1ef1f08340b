"""Gradient functions that programs register (tf.RegisterGradient)."""
_functions = {}


class RegisterGradient:
    """Decorates the gradient function of an op, or of a name for Graph.gradient_override_map().

    The function is given the operation and the gradient of each of its outputs, and gives the gradient of each input, or
    None.

    >>> import icecore.tf as tf
    >>> @tf.RegisterGradient('AlwaysOne')
    ... def always_one(op, grad):
    ...     return tf.ones_like(op.inputs[0])
    """

    def __init__(self, op_type):
        if not isinstance(op_type, str):
            raise TypeError('op_type must be a string')
        self._op_type = op_type

    def __call__(self, function):
        if self._op_type in _functions:
            raise KeyError("Registering two gradient with name '%s'! (Previous registration was in %s)" %
                           (self._op_type, getattr(_functions[self._op_type], '__module__', '?')))
        _functions[self._op_type] = function
        return function


def no_gradient(op_type):
    """Says that no gradient flows through the op (tf.NotDifferentiable).

    Raises:
      TypeError: where it isn't text.
    """
    if not isinstance(op_type, str):
        raise TypeError('op_type must be a string')
    RegisterGradient(op_type)(None)


NoGradient = NotDifferentiable = no_gradient


def registered(name):
    """The function registered under the name; a KeyError where there is none."""
    return _functions[name]


def is_registered(name):
    return name in _functions


def any_registered():
    return bool(_functions)
