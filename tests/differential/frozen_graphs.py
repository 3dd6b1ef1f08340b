"""TensorFlow's frozen graph of a model, and how two frozen graphs are compared."""
import tensorflow as tf
from tensorflow.core.protobuf import meta_graph_pb2

import random_models

v1 = tf.compat.v1


def freeze(graph, prefix, outputs):
    """What TensorFlow makes of the file's own GraphDef, devices cleared."""
    with open(graph, 'rb') as file:
        meta_graph = meta_graph_pb2.MetaGraphDef.FromString(file.read())
    graph_def = v1.GraphDef()
    graph_def.CopyFrom(meta_graph.graph_def)
    for node in graph_def.node:
        node.device = ''
    with tf.Graph().as_default(), v1.Session(config=random_models.CONFIG) as session:
        v1.train.import_meta_graph(meta_graph, clear_devices=True).restore(session, prefix)
        return v1.graph_util.convert_variables_to_constants(session, graph_def, outputs)


def run(graph_def, feeds, outputs):
    with tf.Graph().as_default(), v1.Session(config=random_models.CONFIG) as session:
        tf.import_graph_def(graph_def, name='')
        known = {node.name for node in graph_def.node}
        return session.run([name + ':0' for name in outputs], {name: value for name, value in feeds.items() if name.split(':')[0] in known})


def nodes(graph_def):
    """name -> what a node says. 2.21 loses `_output_shapes` behind variables, so they don't count; nor do attributes at
    their default, nor how a tensor is stored."""
    out = {}
    for node in graph_def.node:
        defaults = default_attributes(node.op)
        said = {key: attribute(value) for key, value in node.attr.items() if key != '_output_shapes'}
        said = {key: value for key, value in said.items() if defaults.get(key) != value}
        assert node.name not in out, 'two nodes named ' + node.name
        out[node.name] = {'op': node.op, 'input': list(node.input), 'device': node.device, **said}
    return out


def default_attributes(op):
    from tensorflow.python.framework import op_def_registry
    definition = op_def_registry.get(op)
    return {attr.name: attribute(attr.default_value) for attr in definition.attr if attr.HasField('default_value')} if definition else {}


def attribute(value):
    if value.WhichOneof('value') != 'tensor':
        return value.SerializeToString(deterministic=True)
    array = tf.make_ndarray(value.tensor)
    content = [bytes(item) for item in array.ravel()] if array.dtype == object else array.tobytes()
    return value.tensor.dtype, array.shape, content
