"""What the golden graph files share: how a message is written, the same bytes each time, and what a reader must say of it."""
import contextlib
import uuid
from collections import Counter
from unittest import mock

import tensorflow as tf


def write_binary(message, path):
    """Map entries sorted by key: Python's own order is that of a hash table."""
    with open(path, 'wb') as out:
        out.write(message.SerializeToString(deterministic=True))


def write_text(text, path):
    with open(path, 'w') as out:
        out.write(text)


@contextlib.contextmanager
def same_names():
    """A sharded Saver puts a random name into its graph; here it is always the same."""
    with mock.patch.object(uuid, 'uuid4', lambda: uuid.UUID(int=0x0123456789abcdef0123456789abcdef)):
        yield


def said(graph_def):
    """Nodes are the graph's own; ops are those and the ones of library functions that can be reached, each body once."""
    functions = {function.signature.name: function for function in graph_def.library.function}
    gradients = {gradient.function_name: gradient.gradient_func for gradient in graph_def.library.gradient}
    ops = Counter(node.op for node in graph_def.node)
    reached = []

    def reach(nodes):
        for node in nodes:
            names = [node.op]
            for value in node.attr.values():
                names += [value.func.name] + [f.name for f in value.list.func]
            if node.op == 'SymbolicGradient':
                names += [gradients.get(node.attr['f'].func.name)]
            for name in names:
                if name in functions and name not in reached:
                    reached.append(name)
                    ops.update(n.op for n in functions[name].node_def)
                    reach(functions[name].node_def)

    reach(graph_def.node)
    return {'nodes': len(graph_def.node), 'ops': dict(ops), 'reachable_functions': sorted(reached),
            'inputs': [node.name for node in graph_def.node if node.op == 'Placeholder']}


def variables(meta_graph):
    """The variables of a meta graph's collections, in the collection's order."""
    from tensorflow.core.framework import variable_pb2

    def named(key):  # asking a map for a key that it lacks would add it
        found = meta_graph.collection_def[key].bytes_list.value if key in meta_graph.collection_def else []
        return [variable_pb2.VariableDef.FromString(one).variable_name for one in found]

    trainable = named('trainable_variables')
    nodes = {node.name: node for node in meta_graph.graph_def.node}
    out = []
    for name in named('variables'):
        attributes = nodes[name.split(':')[0]].attr
        out.append({'name': name.split(':')[0], 'trainable': name in trainable, 'dtype': tf.as_dtype(attributes['dtype'].type).name,
                    'shape': [dim.size for dim in attributes['shape'].shape.dim]})
    return out
