"""Which tensor or operation of a graph a name, or an object, means."""
from icecore.tf.framework.operation import Operation
from icecore.tf.framework.tensor import Tensor


def element_of(graph, obj, allow_tensor, allow_operation):
    """Graph.as_graph_element()."""
    if allow_tensor and allow_operation:
        kinds = 'Tensor or Operation'
    elif allow_tensor:
        kinds = 'Tensor'
    elif allow_operation:
        kinds = 'Operation'
    else:
        raise ValueError("allow_tensor and allow_operation can't both be False.")
    if not isinstance(obj, (str, bytes)):
        convert = getattr(obj, '_as_graph_element', None)
        if convert is not None:
            obj = convert()
    if isinstance(obj, bytes):
        obj = obj.decode()
    if isinstance(obj, str):
        return _named(graph, obj, allow_tensor, allow_operation, kinds)
    if isinstance(obj, Tensor) and allow_tensor:
        if obj.graph is not graph:
            raise ValueError('Tensor %s is not an element of this graph.' % obj)
        return obj
    if isinstance(obj, Operation) and allow_operation:
        if obj.graph is not graph:
            raise ValueError('Operation %s is not an element of this graph.' % obj)
        return obj
    raise TypeError('Can not convert a %s into a %s.' % (type(obj).__name__, kinds))


def _named(graph, name, allow_tensor, allow_operation, kinds):
    if ':' in name and allow_tensor:
        try:
            op_name, number = name.split(':')
            number = int(number)
        except ValueError:
            raise ValueError('The name %r looks a like a Tensor name, but is not a valid one. Tensor names must be '
                             'of the form "<op_name>:<output_index>".' % name) from None
        op = graph._find(op_name)
        if op is None:
            raise KeyError('The name %r refers to a Tensor which does not exist. The operation, %r, does not exist '
                           'in the graph.' % (name, op_name))
        try:
            return op.outputs[number]
        except IndexError:
            raise KeyError('The name %r refers to a Tensor which does not exist. The operation, %r, exists but only '
                           'has %s outputs.' % (name, op_name, len(op.outputs))) from None
    if ':' in name:
        raise ValueError('Name %r appears to refer to a Tensor, not a %s.' % (name, kinds))
    op = graph._find(name)
    if allow_operation:
        if op is None:
            raise KeyError('The name %r refers to an Operation not in the graph.' % name)
        return op
    raise ValueError('The name %r %s, not a %s. Tensor names must be of the form "<op_name>:<output_index>".' %
                     (name, 'looks like an (invalid) Operation name' if op is None else 'refers to an Operation',
                      kinds))
