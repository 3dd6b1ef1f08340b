"""tensorflow.python.util.tf_inspect: the standard inspect, with getargspec() also where Python has dropped it."""
import inspect as _inspect
from inspect import *  # noqa: F401,F403

ArgSpec = _inspect.namedtuple('ArgSpec', 'args varargs keywords defaults')


def getargspec(obj):
    """The parameters of a function without keyword-only ones.

    >>> from icecore.tf.util import tf_inspect
    >>> tf_inspect.getargspec(lambda a, b=1: a).args
    ['a', 'b']
    """
    spec = _inspect.getfullargspec(obj)
    if spec.kwonlyargs:
        raise ValueError('Function has keyword-only parameters; use getfullargspec()')
    return ArgSpec(spec.args, spec.varargs, spec.varkw, spec.defaults)
