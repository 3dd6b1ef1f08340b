"""Savers, meta graphs, freezing."""
import os
import shutil
import signal

import numpy as np
import pytest

import icecore


def model():
    graph = icecore.GraphBuilder()
    x = graph.apply_op('Placeholder', [], {'dtype': 'float32', 'shape': [None, 2]}, name='x').output()
    w = icecore.make_variable(graph, np.float32([[1], [2]]), name='w')
    y = graph.apply_op('MatMul', [x, w], name='y').output()
    saver = icecore.Saver(graph, max_to_keep=2)
    session = icecore.Session(graph)
    session.run(w.initializer)
    return graph, session, saver, y


def test_what_was_saved_is_restored():
    _, session, saver, _ = model()
    assert saver.save(session, 'run/m', global_step=3) == 'run/m-3'
    session.assign_variable('w', np.zeros((2, 1), np.float32))
    saver.restore(session, icecore.latest_checkpoint('run'))
    assert session.run('w:0').tolist() == [[1], [2]]
    assert saver.last_checkpoints == ['run/m-3']
    with pytest.raises(ValueError, match='valid checkpoint'):
        saver.restore(session, 'nothing')


def test_progress_is_told_and_may_end_the_work():
    _, session, saver, _ = model()
    told = []
    saver.save(session, 'm', progress=lambda *numbers: told.append(numbers))
    saver.restore(session, 'm', progress=lambda *numbers: told.append(numbers))
    assert told == [(8, 8), (8, 8)]

    def ends(done, total):
        raise KeyError('enough')

    with pytest.raises(KeyError, match='enough'):
        saver.save(session, 'n', progress=ends)
    assert not [name for name in os.listdir() if name.startswith('n.')]
    session.assign_variable('w', np.zeros((2, 1), np.float32))
    with pytest.raises(KeyError, match='enough'):
        saver.restore(session, 'm', progress=ends)
    assert session.run('w:0').tolist() == [[0], [0]]


def test_a_meta_graph_goes_on_in_another_program():
    _, session, saver, _ = model()
    saver.save(session, 'm')
    graph, saver = icecore.import_meta_graph('m.meta')
    assert [v.name for v in graph.collection('trainable_variables')] == ['w:0']
    again = icecore.Session(graph)
    saver.restore(again, 'm')
    assert again.run('y:0', {'x:0': [[1, 1]]}).tolist() == [[3]]
    with pytest.raises(OSError):
        icecore.import_meta_graph('nothing.meta')


def test_a_frozen_graph_computes_the_same():
    _, session, saver, _ = model()
    saver.save(session, 'm')
    seen = []
    frozen = icecore.freeze_graph('m.meta', 'm', 'y', 'frozen.pb', progress=lambda done, total: seen.append((done, total)))
    assert frozen.variables == 1 and seen[-1][0] == seen[-1][1] == frozen.bytes
    assert 'w' in frozen.graph and frozen.graph['w'].op == 'Const'
    for graph in (frozen.graph, 'frozen.pb', icecore.load_graph('frozen.pb')):
        assert icecore.Session(graph).run('y:0', {'x:0': [[1, 1]]}).tolist() == [[3]]
    with pytest.raises(icecore.NotFoundError, match='nope'):
        icecore.freeze_graph('m.meta', 'm', ['nope'])


def test_a_callback_that_raises_ends_the_freezing(tmp_path):
    _, session, saver, _ = model()
    saver.save(session, 'm')

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        icecore.freeze_graph('m.meta', 'm', ['y'], 'frozen.pb', progress=stop)
    assert not (tmp_path / 'frozen.pb').exists()


def test_graphs_are_sequences_of_nodes():
    graph = icecore.Graph(model()[0])
    assert [node.name for node in graph][:3] == ['x', 'w/initial_value', 'w']
    assert graph['y'].inputs == ['x', 'w/read'] and graph[-1] is not None and len(graph[:2]) == 2
    assert icecore.write_graph(graph, 'out', 'g.pbtxt') == 'out/g.pbtxt'
    assert len(icecore.load_graph('out/g.pbtxt')) == len(graph) and len(icecore.Graph(graph.to_bytes())) == len(graph)
    with pytest.raises(KeyError):
        graph.find('nope')
    with pytest.raises(IndexError):
        graph[len(graph)]


def interrupted(work):
    """Whether a signal while `work` is going on ends it; False where it came too late."""
    def handler(number, frame):
        raise KeyboardInterrupt

    old = signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 0.003)
    try:
        work()
        signal.setitimer(signal.ITIMER_REAL, 0)
        return False
    except KeyboardInterrupt:
        return True
    finally:
        signal.signal(signal.SIGALRM, old)


def test_ctrl_c_ends_a_save_and_a_restore():
    graph = icecore.GraphBuilder()
    fill = graph.apply_op('Fill', [[12 << 20], 1.0]).output()
    variables = [icecore.make_variable(graph, fill, name='v%d' % i) for i in range(4)]
    session, saver = icecore.Session(graph), icecore.Saver(graph)
    session.run([v.initializer for v in variables])
    for attempt in range(50):  # A quick machine may be done before the signal comes.
        os.makedirs('tried')
        if interrupted(lambda: saver.save(session, 'tried/m', write_meta_graph=False)) and not os.listdir('tried'):
            break
        shutil.rmtree('tried')
    else:
        pytest.fail('no save was ended by the signal')
    path = saver.save(session, 'm')
    for attempt in range(50):
        for v in variables:
            session.assign_variable(v.name[:-2], np.zeros(12 << 20, np.float32))
        if interrupted(lambda: saver.restore(session, path)) and not any(session.run(v)[-1] for v in variables):
            break
    else:
        pytest.fail('no restore was ended by the signal')
    saver.restore(session, path)
    assert all(session.run(v)[-1] for v in variables)
