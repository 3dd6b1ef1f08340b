"""What graph says of random models in each kind of graph file, and the text it prints."""
import re

import numpy as np
import pytest
import tensorflow as tf
from google.protobuf import text_format
from tensorflow.core.protobuf import meta_graph_pb2

import graphs
import random_models

v1 = tf.compat.v1


def read(path):
    with open(path, 'rb') as file:
        return meta_graph_pb2.MetaGraphDef.FromString(file.read())


def assert_says(said, graph_def):
    want = graphs.said(graph_def)
    assert (said['nodes'], said['ops'], said['inputs']) == (want['nodes'], want['ops'], want['inputs'])


@pytest.mark.parametrize('text', [False, True], ids=['binary', 'text'])
def test_meta_graph(text, round, rng, icecore, tmp_path):
    _, graph, _ = random_models.built(rng, str(tmp_path), text)
    meta_graph = text_format.Parse(open(graph).read(), meta_graph_pb2.MetaGraphDef()) if text else read(graph)
    said = icecore.json('graph', '--json', graph)
    assert_says(said, meta_graph.graph_def)
    by_name = lambda variable: variable['name']
    assert sorted(said['variables'], key=by_name) == sorted(graphs.variables(meta_graph), key=by_name)


@pytest.mark.parametrize('text', [False, True], ids=['binary', 'text'])
def test_graph_def(text, round, rng, icecore, tmp_path):
    _, graph, _ = random_models.built(rng, str(tmp_path))
    graph_def = read(graph).graph_def
    path = tf.io.write_graph(graph_def, str(tmp_path), 'graph.whatever', as_text=text)
    said = icecore.json('graph', '--json', path)
    assert_says(said, graph_def)
    assert all(variable['trainable'] is None for variable in said['variables'])
    assert {variable['name'] for variable in said['variables']} == {node.name for node in graph_def.node if node.op in ('VariableV2', 'VarHandleOp')}


def test_functions(icecore, tmp_path):
    """Functions that call functions, If and While: each body that can be reached counts once."""
    square = tf.function(lambda x: x * x)

    @tf.function
    def step(x, n):
        for _ in tf.range(n):
            x = square(x) if tf.reduce_sum(x) > 0 else square(x) + 1
        return x

    graph_def = step.get_concrete_function(tf.TensorSpec([2], tf.float32), tf.TensorSpec([], tf.int32)).graph.as_graph_def()
    assert len(graph_def.library.function) > 3
    path = tf.io.write_graph(graph_def, str(tmp_path), 'functions.pb', as_text=False)
    assert_says(icecore.json('graph', '--json', path), graph_def)


def test_saved_model(rng, icecore, tmp_path):
    class Module(tf.Module):
        def __init__(self):
            super().__init__()
            self.w = tf.Variable(np.eye(3, dtype=np.float32), name='w')

        @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32, 'x')])
        def __call__(self, x):
            return {'y': tf.matmul(x, self.w)}

    module = Module()
    tf.saved_model.save(module, str(tmp_path / 'model'), signatures=module.__call__)
    from tensorflow.python.saved_model import loader_impl
    meta_graph = loader_impl.parse_saved_model(str(tmp_path / 'model')).meta_graphs[0]
    said = icecore.json('graph', '--json', tmp_path / 'model')
    assert_says(said, meta_graph.graph_def)
    assert set(said['signatures']) == set(meta_graph.signature_def)


def test_text_is_write_graphs(round, rng, icecore, tmp_path):
    """2.21 prints the shortest text of a float, 1.15.5 that of the double it equals; the rest of the text is the same."""
    _, graph, _ = random_models.built(rng, str(tmp_path))
    graph_def = read(graph).graph_def
    path = tf.io.write_graph(graph_def, str(tmp_path), 'graph.pb', as_text=False)
    as_double = lambda match: match[1] + repr(float(np.float32(match[2])))
    want = re.sub(r'^( *(?:f|float_val|scomplex_val): )(.*)$', as_double, text_format.MessageToString(graph_def), flags=re.M)
    assert icecore('graph', '--text', path) == want
