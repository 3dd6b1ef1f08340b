"""What the layers of tf.contrib.layers share."""
from icecore.tf.framework import control_flow, ops, tensor_shape, tensor_util
from icecore.tf.ops import variables as tf_variables


def append_tensor_alias(tensor, alias):
    """Gives a tensor one more name, under which end points are found."""
    alias = alias[:-1] if alias.endswith('/') else alias
    tensor.aliases = getattr(tensor, 'aliases', []) + [alias]
    return tensor


def collect_named_outputs(collections, alias, outputs):
    """The outputs, put into the collections with that alias."""
    if collections:
        append_tensor_alias(outputs, alias)
        ops.add_to_collections(collections, outputs)
    return outputs


def get_tensor_aliases(tensor):
    """A tensor's aliases; its name where it has none."""
    if hasattr(tensor, 'aliases'):
        return tensor.aliases
    return [tensor.op.name if tensor.name.endswith(':0') else tensor.name]


def convert_collection_to_dict(collection, clear_collection=False):
    """Alias -> tensor of a collection."""
    found = {alias: tensor for tensor in ops.get_collection(collection) for alias in get_tensor_aliases(tensor)}
    if clear_collection:
        ops.get_default_graph().clear_collection(collection)
    return found


def constant_value(value_or_tensor_or_var, dtype=None):
    """The value where it is known without a run, else None.

    Raises:
      ValueError: where it is None, or of another dtype.
    """
    value = value_or_tensor_or_var
    if value is None:
        raise ValueError('value_or_tensor_or_var cannot be None')
    if not isinstance(value, (ops.Tensor, tf_variables.VariableV1)):
        return value
    if dtype and value.dtype != dtype:
        raise ValueError('It has the wrong type %s instead of %s' % (value.dtype, dtype))
    return tensor_util.constant_value(value) if isinstance(value, ops.Tensor) else None


def static_cond(pred, fn1, fn2):
    """What the one function gives, or the other. TypeError where one isn't a function."""
    if not callable(fn1):
        raise TypeError('fn1 must be callable.')
    if not callable(fn2):
        raise TypeError('fn2 must be callable.')
    return fn1() if pred else fn2()


def smart_cond(pred, fn1, fn2, name=None):
    """static_cond() where the value is known, else tf.cond()."""
    value = constant_value(pred)
    return control_flow.cond(pred, fn1, fn2, name=name) if value is None else static_cond(value, fn1, fn2)


def get_variable_collections(variables_collections, name):
    """The collections for variables of that name: of a dictionary by name, else all."""
    return variables_collections.get(name) if isinstance(variables_collections, dict) else variables_collections


def _dimension(shape, axis, min_rank):
    dims = tensor_shape.TensorShape(shape).dims
    if dims is None:
        raise ValueError('dims of shape must be known but is None')
    if len(dims) < min_rank:
        raise ValueError('rank of shape must be at least %d not: %d' % (min_rank, len(dims)))
    value = dims[axis].value
    if value is None:
        raise ValueError('dimension %s of shape must be known but is None: %s' % (axis, shape))
    return value


def last_dimension(shape, min_rank=1):
    """The last dimension's size. ValueError where it isn't known, or the rank is below min_rank."""
    return _dimension(shape, -1, min_rank)


def channel_dimension(shape, data_format, min_rank=1):
    """The same of the channels' dimension."""
    return _dimension(shape, 1 if data_format == 'channels_first' else -1, min_rank)


def two_element_tuple(int_or_tuple):
    """Two numbers, of two or of one. ValueError of anything else."""
    if isinstance(int_or_tuple, (list, tuple)):
        if len(int_or_tuple) != 2:
            raise ValueError('Must be a list with 2 elements: %s' % int_or_tuple)
        return int(int_or_tuple[0]), int(int_or_tuple[1])
    if isinstance(int_or_tuple, int):
        return int(int_or_tuple), int(int_or_tuple)
    if isinstance(int_or_tuple, tensor_shape.TensorShape) and len(int_or_tuple) == 2:
        return int_or_tuple[0], int_or_tuple[1]
    raise ValueError('Must be an int, a list with 2 elements or a TensorShape of length 2')


def n_positive_integers(n, value):
    """n numbers above 0, of so many or of one. ValueError of anything else."""
    if int(n) != n or n < 1:
        raise ValueError('n must be a positive integer')
    if not hasattr(value, '__len__'):
        if int(value) < 1:
            raise ValueError('expected positive integer, but received %d' % int(value))
        return (int(value),) * int(n)
    if len(value) != n:
        raise ValueError('Expected sequence of %d positive integers, but received %r' % (n, value))
    values = tuple(int(x) for x in value)
    for x in values:
        if x < 1:
            raise ValueError('expected positive integer, but received %d' % x)
    return values
