"""Where an operation was made, and how errors of a run say so."""
import os
import pickle

import numpy as np
import pytest

import icecore.tf as tf

HERE = os.path.abspath(__file__)


@pytest.fixture(autouse=True)
def fresh_graph():
    tf.reset_default_graph()


def make(x):
    return tf.reshape(x, [3], name='bad')


def failing():
    with tf.name_scope('s'):
        x = tf.placeholder(tf.float32, [None], name='x')
        return x, make(x)


def mine(op):
    """The part of the traceback that is this file's: (line's text, function)."""
    return [(frame[3], frame[2]) for frame in op.traceback if os.path.abspath(frame[0]) == HERE]


def test_an_operation_knows_where_it_was_made():
    x, y = failing()
    assert mine(y.op)[-3:] == [('x, y = failing()', 'test_an_operation_knows_where_it_was_made'), ('return x, make(x)', 'failing'),
                               ("return tf.reshape(x, [3], name='bad')", 'make')]
    assert mine(x.op)[-1] == ("x = tf.placeholder(tf.float32, [None], name='x')", 'failing')
    assert mine(y.op.inputs[1].op)[-1][1] == 'make'  # The constant that [3] became.
    frame, more = y.op.traceback[-1], y.op.traceback_with_start_lines[-1]
    assert frame == more[:4] and more[4] == make.__code__.co_firstlineno and frame[1] == more[4] + 1


def test_tracebacks_hold_no_line_of_icecore():
    layer = tf.layers.dense(tf.zeros([2, 3]), 4, name='dense')
    tf.train.AdamOptimizer().minimize(tf.reduce_sum(layer), name='train')
    for op in tf.get_default_graph().get_operations():
        assert mine(op)[-1][1] == 'test_tracebacks_hold_no_line_of_icecore', op.name
        assert not any('/icecore/tf/' in frame[0].replace(os.sep, '/') for frame in op.traceback if frame[0] != HERE), op.traceback


def test_what_is_imported_was_made_by_the_import():
    tf.constant(1.0, name='one')
    graph_def = tf.get_default_graph().as_graph_def()
    with tf.Graph().as_default() as graph:
        tf.import_graph_def(graph_def, name='first')
        later = tf.constant(2.0)
        assert mine(graph.get_operation_by_name('first/one'))[-1][0] == "tf.import_graph_def(graph_def, name='first')"
        assert mine(later.op)[-1][0] == 'later = tf.constant(2.0)'


def test_a_savers_nodes_were_made_where_it_was():
    tf.Variable(1.0, name='v')
    tf.train.Saver()
    tf.no_op('after')
    assert mine(tf.get_default_graph().get_operation_by_name('save/restore_all'))[-1][0] == 'tf.train.Saver()'


def test_the_error_of_a_run_says_where_its_node_was_made():
    x, y = failing()
    with tf.Session() as session, pytest.raises(tf.errors.InvalidArgumentError) as caught:
        session.run(y, {x: [1., 2.]})
    error = caught.value
    line = make.__code__.co_firstlineno + 1
    assert error.message == ('Input to reshape is a tensor with 2 values, but the requested shape has 3\n\t [[node s/bad (defined at '
                             '%s:%d) ]]' % (make.__code__.co_filename, line))
    text = str(error)
    assert text.startswith(error.message + "\n\nOriginal stack trace for 's/bad':\n  File ")
    assert text.endswith('line %d, in make\n    return tf.reshape(x, [3], name=\'bad\')\n' % line)
    assert error.op is y.op and pickle.loads(pickle.dumps(error)).message == error.message


def test_the_error_of_an_unfed_placeholder_says_where_it_was_made():
    x, y = failing()
    with tf.Session() as session, pytest.raises(tf.errors.InvalidArgumentError, match="Original stack trace for 's/x':") as caught:
        session.run(y)
    assert str(caught.value).startswith("You must feed a value for placeholder tensor 's/x' with dtype float and shape [?]\n\t [[node s/x "
                                        '(defined at ')


def test_the_error_of_a_variable_without_a_value_says_where_it_was_made():
    v = tf.Variable(np.float32(1), name='v')
    with tf.Session() as session, pytest.raises(tf.errors.FailedPreconditionError) as caught:
        session.run(v + 1)
    assert 'uninitialized value v' in caught.value.message and 'in test_the_error_of_a_variable_without_a_value' in str(caught.value)


def test_lines_are_right_in_long_functions_and_loops():
    found = []
    for _ in range(2):
        found.append(tf.constant(1))
        found.append(tf.constant(
            2))
    lines = [constant.op.traceback[-1][1] for constant in found]
    assert lines[0] == lines[2] and lines[1] == lines[3] == lines[0] + 1


def test_an_op_without_a_kernel_is_named_where_it_was_made():
    picture = tf.image.decode_jpeg(tf.constant('abc'), name='picture')
    with tf.Session() as session, pytest.raises(tf.errors.UnimplementedError, match="no kernel: DecodeJpeg") as caught:
        session.run(picture)
    assert caught.value.op is picture.op and '[[node picture (defined at ' in caught.value.message
    assert "Original stack trace for 'picture':" in str(caught.value)
