"""An object-based checkpoint of TensorFlow 2: keys are paths of attributes, and a serialized object graph lies beside them."""
import os

import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf import trackable_object_graph_pb2

import expectation
import values


def make(folder):
    made = {'kernel': values.counted('float32', 3, 2), 'bias': values.counted('float64', 2), 'flag': values.Value('bool', True),
            'words': values.Value('string', np.array([b'', b'one', b'\xff\0'], object)), 'half': values.Value('float16', [0.5, -2]),
            'brain': values.matrix('bfloat16')}
    variables = {name: tf.Variable(value.tensor(), name='net/' + name) for name, value in made.items()}
    layer = tf.Module()
    layer.kernel, layer.bias = variables['kernel'], variables['bias']
    root = tf.train.Checkpoint(layer=layer, things=[variables['flag'], variables['words']],
                               table={'half/odd': variables['half'], 'brain': variables['brain']}, step=tf.Variable(12, dtype=tf.int64, name='step'))
    prefix = root.save(os.path.join(folder, 'ckpt'))
    os.remove(os.path.join(folder, 'checkpoint'))  # it holds the time of writing
    assert os.path.basename(prefix) == 'ckpt-1'

    reader = tf.train.load_checkpoint(prefix)
    graph = trackable_object_graph_pb2.TrackableObjectGraph.FromString(reader.get_tensor('_CHECKPOINTABLE_OBJECT_GRAPH'))
    key_of = {attribute.full_name: attribute.checkpoint_key for node in graph.nodes for attribute in node.attributes}
    expected = {key_of['net/' + name]: value for name, value in made.items()}
    expected[key_of['step']] = values.Value('int64', 12)
    expected[key_of['save_counter']] = values.Value('int64', 1)
    assert set(expected) | {'_CHECKPOINTABLE_OBJECT_GRAPH'} == set(reader.get_variable_to_shape_map())
    expectation.write(folder, {
        'prefix': 'ckpt-1', 'tensors': expectation.tensors(expected), 'bundle': expectation.bundle(prefix), 'key_of_full_name': key_of,
        'object_graph': [{'children': {child.local_name: child.node_id for child in node.children},
                          'attributes': [{'name': a.name, 'full_name': a.full_name, 'checkpoint_key': a.checkpoint_key} for a in node.attributes]}
                         for node in graph.nodes]})
