"""tensorflow.python.util.deprecation: decorators that warn of what is going to be removed; here they don't warn."""


def _unchanged(func):
    return func


def deprecated(date, instructions, warn_once=True):
    """A decorator that gives back the function.

    >>> from icecore.tf.util import deprecation
    >>> deprecation.deprecated(None, 'Use something else.')(len) is len
    True
    """
    return _unchanged


def deprecated_args(date, instructions, *deprecated_arg_names_or_tuples, **kwargs):
    """A decorator that gives back the function."""
    return _unchanged


def deprecated_arg_values(date, instructions, warn_once=True, **deprecated_kwargs):
    """A decorator that gives back the function."""
    return _unchanged


def deprecated_endpoints(*args):
    """A decorator that gives back the function."""
    return _unchanged


def deprecated_alias(deprecated_name, name, func_or_class, warn_once=True):
    """The function or class itself."""
    return func_or_class


def deprecated_argument_lookup(new_name, new_value, old_name, old_value):
    """Whichever of the two is there.

    Raises:
      ValueError: where both are.
    """
    if old_value is None:
        return new_value
    if new_value is not None:
        raise ValueError("Cannot specify both '%s' and '%s'" % (old_name, new_name))
    return old_value
