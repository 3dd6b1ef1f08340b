"""What the layers of tf.contrib.layers share."""
from icecore.tf.framework import control_flow, ops, tensor_util
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
