"""What is known of tensors before a run."""
from icecore.tf.framework import ops


def smart_bool(value):
    """True or False of a Python or constant value; None where a run decides.

    Raises:
      TypeError: where it is neither a bool, 0 or 1, nor a tensor.
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and value in (0, 1):
        return bool(value)
    if isinstance(value, ops.Tensor):
        known = value.graph._builder.constant_value(value._output)
        return None if known is None else bool(known)
    if hasattr(value, '_as_graph_element'):
        return None
    raise TypeError('`pred` must be a Tensor, a Python bool, or 1 or 0. Found instead: %s' % type(value))


def is_tensor(value):
    """Whether it is a tensor of the graph or stands for one (a variable)."""
    return isinstance(value, ops.Tensor) or hasattr(value, '_as_graph_element')
