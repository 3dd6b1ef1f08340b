"""tf.graph_util: graphs as messages, cut down and frozen."""
import copy

from icecore.tf import protos
from icecore.tf.framework import dtypes, messages, tensor_util
from icecore.tf.framework.operation import Operation

_VARIABLE_OPS = frozenset(['Assign', 'AssignAdd', 'AssignSub', 'Queue', 'ScatterAdd', 'ScatterSub', 'ScatterUpdate',
                           'TruncatedNormal', 'Variable', 'VariableV2'])
_PASSES_ON = frozenset(['Switch', 'Enter', 'Exit', 'Identity', 'Merge', 'NextIteration'])


def must_run_on_cpu(node, pin_variables_on_cpu=False):
    """Whether TensorFlow has no place but the processor for the node, an Operation or a NodeDef."""
    node_def = node.node_def if isinstance(node, Operation) else node
    assert messages.is_message(node_def, 'NodeDef')
    if pin_variables_on_cpu and node_def.op in _VARIABLE_OPS:
        return True
    if node_def.op == 'Const':
        return node_def.attr['dtype'].type in (dtypes.string.as_datatype_enum, dtypes.int32.as_datatype_enum)
    attr = {'DynamicStitch': 'T', 'ParallelDynamicStitch': 'T', 'Cast': 'SrcT'}.get(node_def.op)
    return attr is not None and node_def.attr[attr].type == dtypes.int32.as_datatype_enum


def _node_of(name):
    return name[1:] if name.startswith('^') else name.split(':')[0]


def _needs(node):
    """What the node stands on: its inputs, and those that it is to stand beside."""
    names = [_node_of(name) for name in node.input]
    if '_class' in node.attr:
        names += [name[5:].decode() for name in node.attr['_class'].list.s if name.startswith(b'loc:@')]
    return names


def extract_sub_graph(graph_def, dest_nodes):
    """The part of a GraphDef that the nodes need, themselves included; in its order (tf.graph_util.extract_sub_graph).

    Raises:
      TypeError: where it isn't a GraphDef, or the nodes aren't a list.
      AssertionError: where a node isn't there.
      KeyError: where a node needs one that isn't there.
    """
    if not messages.is_message(graph_def, 'GraphDef'):
        raise TypeError('graph_def must be a graph_pb2.GraphDef proto.')
    if isinstance(dest_nodes, str):
        raise TypeError('dest_nodes must be a list.')
    nodes = {_node_of(node.name): node for node in graph_def.node}
    numbers = {_node_of(node.name): i for i, node in enumerate(graph_def.node)}
    for name in dest_nodes:
        assert name in nodes, '%s is not in graph' % name
    kept, waiting = set(), list(dest_nodes)
    while waiting:
        name = waiting.pop()
        if name not in kept:
            kept.add(name)
            if name in nodes:
                waiting += _needs(nodes[name])
    made = protos.GraphDef()
    made.node.extend([nodes[name] for name in sorted(kept, key=lambda name: numbers[name])])
    made.library.CopyFrom(graph_def.library)
    made.versions.CopyFrom(graph_def.versions)
    return made


def tensor_shape_from_node_def_name(graph, input_name):
    """The shape of the tensor that a NodeDef's input names."""
    return graph.get_tensor_by_name(input_name if ':' in input_name else input_name + ':0').get_shape()


def _const(name, dtype, value, shape=None):
    node = protos.NodeDef(op='Const', name=name)
    node.attr['dtype'].CopyFrom(dtype)
    node.attr['value'].tensor.CopyFrom(tensor_util.make_tensor_proto(value, dtype=dtype.type, shape=shape))
    return node


class _Variables:
    """The variables of a graph that become constants, and what lies between them and those who read them."""

    def __init__(self, graph_def, whitelist, blacklist):
        self._nodes = {node.name: node for node in graph_def.node}
        self.names, self.tensors = [], []
        self.between = {}  # Nodes that hand a resource on, with the dtype of what is read.
        for node in graph_def.node:
            if node.op in ('Variable', 'VariableV2', 'VarHandleOp'):
                if (whitelist is None or node.name in whitelist) and (blacklist is None or node.name not in blacklist):
                    self.names.append(node.name)
                    self.tensors.append(node.name + ('/Read/ReadVariableOp:0' if node.op == 'VarHandleOp' else ':0'))
            elif node.op in ('ReadVariableOp', 'ResourceGather'):
                self._follow(node)

    def _input(self, name, index=0):
        return self._nodes[name].input[index].split(':')[0]

    def _follow(self, node):
        sources = [node.input[0].split(':')[0]]
        while sources and self._nodes[sources[0]].op in _PASSES_ON:
            name = sources.pop()
            if name not in self.between:
                self.between[name] = node.attr['dtype']
                sources.append(self._input(name))
            if self._nodes[name].op == 'Merge':
                other = self._input(name, 1)
                if other not in self.between:
                    self.between[other] = node.attr['dtype']
                    sources.append(self._input(other))
        for name in sources:
            if self._nodes[name].op != 'VarHandleOp':
                raise ValueError('Cannot find the variable that is an input to the ReadVariableOp.')


def convert_variables_to_constants(sess, input_graph_def, output_node_names, variable_names_whitelist=None,
                                   variable_names_blacklist=None):
    """The part of a GraphDef that the outputs need, with the variables' values as constants.

    Args:
      sess: a session in which the variables have their values.
      input_graph_def: the GraphDef.
      output_node_names: a list of names of nodes.
      variable_names_whitelist: the variables to convert; all where it is None.
      variable_names_blacklist: the variables that stay.

    Raises:
      AssertionError: where an output isn't there.
      ValueError: where a variable can't be read.
    """
    from icecore.tf.platform import tf_logging
    graph_def = extract_sub_graph(input_graph_def, output_node_names)
    variables = _Variables(graph_def, variable_names_whitelist, variable_names_blacklist)
    values = dict(zip(variables.names, sess.run(variables.tensors))) if variables.tensors else {}
    tf_logging.info('Froze %d variables.', len(values))
    made = protos.GraphDef()
    for node in graph_def.node:
        made.node.extend(_frozen(node, values, variables))
    made.library.CopyFrom(graph_def.library)
    tf_logging.info('Converted %d variables to const ops.', len(values))
    return made


def _frozen(node, values, variables):
    """What stands for the node in the frozen graph."""
    if node.name in values:
        value = values[node.name]
        return [_const(node.name, node.attr['dtype'], value, getattr(value, 'shape', ()))]
    if node.name in variables.between:
        made = protos.NodeDef(op=node.op, name=node.name, input=node.input)
        for name, value in node.attr.items():
            if name != '_output_shapes':
                made.attr[name].CopyFrom(value)
        made.attr['T'].CopyFrom(variables.between[node.name])
        return [made]
    if node.op == 'ReadVariableOp':
        made = protos.NodeDef(op='Identity', name=node.name, input=[node.input[0]])
        made.attr['T'].CopyFrom(node.attr['dtype'])
        return [_with_class(made, node)]
    if node.op == 'ResourceGather':
        if node.attr['batch_dims'].i != 0:
            raise ValueError('batch_dims != 0 is not supported by freeze_graph.')
        axis = _const(node.name + '/axis', node.attr['Tindices'], 0)
        made = protos.NodeDef(op='GatherV2', name=node.name, input=[node.input[0], node.input[1], axis.name])
        made.attr['Tparams'].CopyFrom(node.attr['dtype'])
        made.attr['Tindices'].CopyFrom(node.attr['Tindices'])
        made.attr['Taxis'].CopyFrom(node.attr['Tindices'])
        return [axis, _with_class(made, node)]
    return [node]


def _with_class(made, node):
    if '_class' in node.attr:
        made.attr['_class'].CopyFrom(node.attr['_class'])
    return made


def remove_training_nodes(input_graph, protected_nodes=None):
    """A GraphDef without CheckNumerics, and without the Identity nodes that only hand a value on.

    A node that took its value from one of those takes it from where that came from.

    Args:
      input_graph: a GraphDef.
      protected_nodes: names of nodes that stay.
    """
    protected = set(protected_nodes or ())
    nodes = {node.name: node for node in input_graph.node}
    waited_for = {name[1:] for node in input_graph.node for name in node.input if name.startswith('^')}
    spliced = {}
    for node in input_graph.node:
        if node.name in protected or node.name in waited_for or not node.input:
            continue
        if node.op == 'CheckNumerics' or (
                node.op == 'Identity' and not any(name.startswith('^') for name in node.input)):
            spliced[node.name] = node.input[0]

    def source(name):
        seen = set()
        while name.split(':')[0] in spliced and not name.startswith('^') and name not in seen:
            seen.add(name)
            name = spliced[name.split(':')[0]]
        return name

    made = protos.GraphDef()
    for name, node in nodes.items():
        if name not in spliced:
            kept = copy.deepcopy(node)
            del kept.input[:]
            kept.input.extend([source(name) for name in node.input])
            made.node.append(kept)
    return made
