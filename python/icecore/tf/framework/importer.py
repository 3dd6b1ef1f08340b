"""tf.import_graph_def."""
from icecore import _core
from icecore.tf.framework import conversion, defaults, messages
from icecore.tf.framework.name_scope import name_scope
from icecore.tf.framework.tensor import Tensor

_defaults = {}


def _default_attrs(op_type):
    found = _defaults.get(op_type)
    if found is None:
        signature = _core.op_signature(op_type)
        attrs = [] if signature is None else signature['attrs']
        found = _defaults[op_type] = [(attr['name'], messages.attr_value(attr['kind'], attr['default']))
                                      for attr in attrs if 'default' in attr]
    return found


def add_default_attrs(graph_def):
    """Gives every node of the message the attributes that it lacks and its op has defaults for."""
    for node in graph_def.node:
        for name, value in _default_attrs(node.op):
            if name not in node.attr:
                node.attr[name].CopyFrom(value)


def import_graph_def(graph_def, input_map=None, return_elements=None, name=None, op_dict=None, producer_op_list=None):
    """Adds the nodes of a GraphDef to the default graph (tf.import_graph_def).

    As TensorFlow does it, nodes of the message given get the attributes that they lack and that have defaults.

    Args:
      graph_def: a GraphDef.
      input_map: which tensors of it are to be which of the default graph: {'x:0': tensor}.
      return_elements: names of tensors and operations of it that are to be given back.
      name: the scope of the nodes; 'import' where it is None, none where it is ''.
      producer_op_list: the OpList of the program that wrote the graph.

    Returns:
      A list of tensors and operations; None where `return_elements` is None.

    Raises:
      TypeError: where an argument isn't what it should be.
      ValueError: where the graph isn't one, or lacks a name that was asked for.
      tf.errors.NotFoundError: where it has an op that nobody knows.
    """
    del op_dict
    if not messages.is_message(graph_def, 'GraphDef'):
        raise TypeError('graph_def must be a GraphDef proto.')
    if input_map is None:
        input_map = {}
    elif not isinstance(input_map, dict) or not all(isinstance(key, (str, bytes)) for key in input_map):
        raise TypeError('input_map must be a dictionary mapping strings to Tensor objects.')
    if return_elements is not None:
        return_elements = tuple(return_elements)
        if not all(isinstance(element, (str, bytes)) for element in return_elements):
            raise TypeError('return_elements must be a list of strings.')
        return_elements = [_text(element) for element in return_elements]
    add_default_attrs(graph_def)
    graph = defaults.get_default_graph()
    with name_scope(name, 'import', list(input_map.values())) as scope:
        mapped = _tensors(name, input_map)
    op_list = producer_op_list.SerializeToString() if producer_op_list is not None else b''
    made = graph._builder.import_graph_def(graph_def.SerializeToString(), scope, mapped, return_elements or [], op_list)
    graph._tracebacks.note(graph._builder.num_operations, depth=2)
    return None if return_elements is None else [graph._from_core(element) for element in made]


def _text(name):
    return name.decode() if isinstance(name, bytes) else name


def _tensors(name, input_map):
    if all(isinstance(value, Tensor) for value in input_map.values()):
        return {_text(key): value._output for key, value in input_map.items()}
    if name == '':
        raise ValueError('tf.import_graph_def() requires a non-empty `name` if `input_map` contains non-Tensor values. '
                         'Try calling tf.convert_to_tensor() on `input_map` values before calling '
                         'tf.import_graph_def().')
    with name_scope('_inputs'):
        return {_text(key): conversion.convert_to_tensor(value)._output for key, value in input_map.items()}
