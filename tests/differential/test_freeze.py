"""Frozen graphs of random models: node by node what TensorFlow makes, and run by TensorFlow to the same outputs."""
import numpy as np
import pytest
import tensorflow as tf

import frozen_graphs
import random_models

v1 = tf.compat.v1
ROUNDS_OF_ROUNDS = range(4)  # models differ in so many ways that each round takes several


def read(path):
    graph_def = v1.GraphDef()
    graph_def.ParseFromString(path.read_bytes())
    return graph_def


@pytest.mark.parametrize('which', ROUNDS_OF_ROUNDS)
def test_the_frozen_graph_is_tensorflows(which, round, rng, icecore, tmp_path):
    prefix, graph, model = random_models.built(rng, str(tmp_path))
    out = tmp_path / 'frozen.pb'
    icecore('freeze', graph, prefix, '--outputs', ','.join(model.outputs), '-o', out)
    got = read(out)
    want = frozen_graphs.freeze(graph, prefix, model.outputs)
    got_nodes, want_nodes = frozen_graphs.nodes(got), frozen_graphs.nodes(want)
    assert sorted(got_nodes) == sorted(want_nodes)
    for name, node in want_nodes.items():
        assert got_nodes[name] == node, name
    for name, mine, theirs in zip(model.outputs, frozen_graphs.run(got, model.feeds, model.outputs), frozen_graphs.run(want, model.feeds, model.outputs)):
        np.testing.assert_array_equal(mine, theirs, name)


def test_a_text_graph_freezes_alike(round, rng, icecore, tmp_path):
    prefix, graph, model = random_models.built(rng, str(tmp_path), text=True)
    out = tmp_path / 'frozen.pb'
    icecore('freeze', graph, prefix, '--outputs', ','.join(model.outputs), '-o', out)
    with tf.Graph().as_default(), v1.Session(config=random_models.CONFIG) as session:
        v1.train.import_meta_graph(graph).restore(session, prefix)
        want = session.run([name + ':0' for name in model.outputs], model.feeds)
    for name, mine, theirs in zip(model.outputs, frozen_graphs.run(read(out), model.feeds, model.outputs), want):
        np.testing.assert_array_equal(mine, theirs, name)


def test_constants_of_a_frozen_graph_are_listed(round, rng, icecore, tmp_path):
    """list of the checkpoint and of the .pb agree."""
    prefix, graph, model = random_models.built(rng, str(tmp_path))
    out = tmp_path / 'frozen.pb'
    icecore('freeze', graph, prefix, '--outputs', ','.join(model.outputs), '-o', out)
    listed = icecore.json('list', '--json', '--digest', out)
    assert listed['format'] == 'graph'
    constants = {one['name']: one['sha256'] for one in listed['variables']}
    kept = {one['name']: one['sha256'] for one in icecore.json('list', '--json', '--digest', prefix)['variables'] if one['name'] in constants}
    assert kept and all(constants[name] == digest for name, digest in kept.items())
    assert sorted(constants) == sorted(node.name for node in read(out).node if node.op == 'Const')
