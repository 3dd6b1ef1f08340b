"""import_graph_def, graph_util, write_graph and freeze_graph, as TensorFlow 1.15.5 has them."""
import os

import numpy as np
import pytest

import icecore.tf as tf
from icecore.tf.framework import graph_util
from icecore.tf.platform import tf_logging
from icecore.tf.tools import freeze_graph


@pytest.fixture(autouse=True)
def fresh_graph():
    tf.reset_default_graph()


def small_graph():
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, 2], name='x')
        y = tf.identity(x + tf.constant([1.0, 2.0], name='c'), name='y')
        tf.identity(y, name='unused')
    return graph.as_graph_def()


def test_import_names_and_elements():
    graph_def = small_graph()
    assert tf.import_graph_def(graph_def) is None
    y, op = tf.import_graph_def(graph_def, return_elements=['y:0', 'add'])
    assert (y.name, op.name) == ('import_1/y:0', 'import_1/add') and y.shape.as_list() == [None, 2]
    tf.import_graph_def(graph_def, name='')
    tf.import_graph_def(graph_def, name='a/b')
    names = [op.name for op in tf.get_default_graph().get_operations()]
    assert {'import/x', 'import_1/x', 'x', 'a/b/x'} <= set(names)
    with tf.Session() as sess:
        assert sess.run('a/b/y:0', {'a/b/x:0': [[1, 2]]}).tolist() == [[2, 4]]


def test_import_maps_inputs():
    c = tf.constant([[5.0, 5.0]], name='mine')
    y, = tf.import_graph_def(small_graph(), input_map={'x': c}, return_elements=['y:0'])
    with tf.Session() as sess:
        assert sess.run(y).tolist() == [[6, 7]]
    z, = tf.import_graph_def(small_graph(), input_map={'x:0': [[0.0, 0.0]]}, return_elements=['y:0'])
    with tf.Session() as sess:
        assert sess.run(z).tolist() == [[1, 2]]


@pytest.mark.parametrize('arguments, error, text', [
    (dict(input_map={'zz:0': 'c'}), ValueError, 'Attempted to map inputs that were not found in graph_def: [zz:0]'),
    (dict(return_elements=['zz:0']), ValueError, "Requested return tensor 'zz:0' not found in graph def"),
    (dict(return_elements=['zz']), ValueError, "Requested return node 'zz' not found in graph def"),
    (dict(input_map=[1]), TypeError, 'input_map must be a dictionary mapping strings to Tensor objects.'),
    (dict(return_elements=[1]), TypeError, 'return_elements must be a list of strings.'),
])
def test_import_arguments_that_are_wrong(arguments, error, text):
    if arguments.get('input_map') == {'zz:0': 'c'}:
        arguments = dict(input_map={'zz:0': tf.constant([[1.0, 1.0]])})
    with pytest.raises(error) as raised:
        tf.import_graph_def(small_graph(), **arguments)
    assert text in str(raised.value)


def node(name, op, *inputs):
    graph_def = tf.GraphDef()
    graph_def.node.add(name=name, op=op, input=inputs)
    return graph_def


def test_import_of_what_is_no_graph():
    with pytest.raises(TypeError, match='graph_def must be a GraphDef proto.'):
        tf.import_graph_def(3)
    with pytest.raises(tf.errors.NotFoundError, match="Op type not registered 'NoSuchOp' in binary"):
        tf.import_graph_def(node('n', 'NoSuchOp'))
    broken = node('x', 'Identity', 'y')
    broken.node[0].attr['T'].type = 1
    with pytest.raises(ValueError, match="Node 'x': Unknown input node 'y'"):
        tf.import_graph_def(broken)
    twice = node('a', 'NoOp')
    twice.node.add(name='a', op='NoOp')
    with pytest.raises(ValueError, match="Node 'a' is not unique"):
        tf.import_graph_def(twice)


def test_import_adds_defaults_to_the_message():
    graph_def = tf.GraphDef()
    p = graph_def.node.add(name='p', op='Placeholder')
    p.attr['dtype'].type = 1
    m = graph_def.node.add(name='m', op='MatMul', input=['p', 'p'])
    m.attr['T'].type = 1
    tf.import_graph_def(graph_def)
    assert graph_def.node[1].attr['transpose_a'].b is False and 'transpose_b' in graph_def.node[1].attr
    assert graph_def.node[0].attr['shape'].shape.unknown_rank


def test_extract_sub_graph():
    graph_def = small_graph()
    part = graph_util.extract_sub_graph(graph_def, ['y'])
    assert [n.name for n in part.node] == ['x', 'c', 'add', 'y'] and part.versions.producer == 134
    with pytest.raises(TypeError, match='dest_nodes must be a list.'):
        graph_util.extract_sub_graph(graph_def, 'y')
    with pytest.raises(TypeError, match='graph_def must be a graph_pb2.GraphDef proto.'):
        graph_util.extract_sub_graph('y', ['y'])
    with pytest.raises(AssertionError, match='zz is not in graph'):
        graph_util.extract_sub_graph(graph_def, ['zz'])


def test_remove_training_nodes():
    x = tf.placeholder(tf.float32, [2], name='x')
    checked = tf.check_numerics(x, 'no', name='checked')
    a = tf.identity(checked, name='a')
    with tf.control_dependencies([a]):
        b = tf.identity(x, name='b')
    tf.add(a, b, name='sum')
    made = graph_util.remove_training_nodes(tf.get_default_graph().as_graph_def(), ['b'])
    assert [(n.name, list(n.input)) for n in made.node] == [('x', []), ('a', ['x']), ('b', ['x', '^a']), ('sum', ['a', 'b'])]


def test_write_graph(tmp_path):
    tf.constant(0.1, name='c')
    path = tf.train.write_graph(tf.get_default_graph(), str(tmp_path / 'new'), 'g.pbtxt')
    assert path == str(tmp_path / 'new' / 'g.pbtxt')
    text = open(path).read()
    assert text.startswith('node {\n  name: "c"\n  op: "Const"\n') and '0.10000000149011612' in text
    path = tf.io.write_graph(tf.get_default_graph().as_graph_def(), str(tmp_path), 'g.pb', as_text=False)
    assert tf.GraphDef.FromString(open(path, 'rb').read()).node[0].name == 'c'


def variables_of(use_resource):
    x = tf.placeholder(tf.float32, [None, 2], name='x')
    w = tf.get_variable('w', initializer=[[1.0], [2.0]], use_resource=use_resource)
    b = tf.get_variable('b', initializer=[0.5], use_resource=use_resource)
    return x, tf.add(tf.matmul(x, w), b, name='out')


@pytest.mark.parametrize('use_resource', [False, True])
def test_variables_become_constants(use_resource):
    variables_of(use_resource)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        frozen = graph_util.convert_variables_to_constants(sess, sess.graph_def, ['out'])
        kept = graph_util.convert_variables_to_constants(sess, sess.graph_def, ['out'], variable_names_blacklist=['b'])
    assert {n.op for n in frozen.node} == {'Placeholder', 'Const', 'Identity', 'MatMul', 'Add'}
    assert [n.op for n in kept.node if n.name == 'b'] == ['VarHandleOp' if use_resource else 'VariableV2']
    assert frozen.versions.producer == 0
    w = [n for n in frozen.node if n.name == 'w'][0]
    assert sorted(w.attr) == ['dtype', 'value'] and tf.make_ndarray(w.attr['value'].tensor).tolist() == [[1], [2]]
    with tf.Graph().as_default(), tf.Session() as sess:
        out, = tf.import_graph_def(frozen, name='', return_elements=['out:0'])
        assert sess.run(out, {'x:0': [[1, 1]]}).tolist() == [[3.5]]


def saved(folder):
    variables_of(False)
    with tf.device('/cpu:0'):
        tf.py_func(lambda a: a * 2, [tf.get_default_graph().get_tensor_by_name('out:0')], tf.float32, name='twice')
    saver = tf.train.Saver()
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        path = saver.save(sess, str(folder / 'm'))
        tf.train.write_graph(sess.graph_def, str(folder), 'g.pbtxt')
    tf.reset_default_graph()
    return path, str(folder / 'g.pbtxt'), str(folder / 'frozen.pb')


def test_freeze_graph_with_ten_arguments(tmp_path):
    checkpoint, graph, output = saved(tmp_path)
    made = freeze_graph.freeze_graph(graph, '', False, checkpoint, 'out, twice', 'save/restore_all', 'save/Const:0', output,
                                     False, '')
    assert [n.op for n in made.node if n.name == 'twice'] == ['PyFunc']
    assert tf.GraphDef.FromString(open(output, 'rb').read()) == made
    assert [n.device for n in made.node if n.name == 'twice'] == ['/device:CPU:0']
    with tf.Graph().as_default(), tf.Session() as sess:
        tf.import_graph_def(made, name='')
        assert sess.run('out:0', {'x:0': [[1, 1]]}).tolist() == [[3.5]]


def test_freeze_graph_takes_an_eleventh_argument_for_the_blacklist(tmp_path):
    checkpoint, graph, output = saved(tmp_path)
    made = freeze_graph.freeze_graph(graph, '', False, checkpoint, 'out', 'save/restore_all', 'save/Const:0', output, True, '',
                                     'b')
    assert {n.name: n.op for n in made.node if n.name in 'wb'} == {'w': 'Const', 'b': 'VariableV2'}
    tf.reset_default_graph()
    made = freeze_graph.freeze_graph(graph, '', False, checkpoint, 'out', '', '', '', True, '', 'b', '')
    assert {n.name: n.op for n in made.node if n.name in 'wb'} == {'w': 'VariableV2', 'b': 'Const'}
    tf.reset_default_graph()
    made = freeze_graph.freeze_graph('', '', True, checkpoint, 'out', '', '', '', True, '', '', '', checkpoint + '.meta')
    assert {n.name: n.op for n in made.node if n.name in 'wb'} == {'w': 'Const', 'b': 'Const'}


def test_freeze_graph_says_which_variables_of_its_lists_are_not_there(tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(tf_logging, 'warning', lambda text, *args: said.append(text % args))
    checkpoint, graph, output = saved(tmp_path)
    made = freeze_graph.freeze_graph(graph, '', False, checkpoint, 'out', '', '', output, True, '',
                                     variable_names_denylist='b, ww')
    assert {n.name: n.op for n in made.node if n.name in 'wb'} == {'w': 'Const', 'b': 'VariableV2'}
    assert said == ["The graph has no variable 'ww'; the nearest: 'w'."]


def test_freeze_graph_of_what_is_not_there(tmp_path):
    checkpoint, graph, output = saved(tmp_path)
    call = lambda **changes: freeze_graph.freeze_graph(**{**dict(
        input_graph=graph, input_saver='', input_binary=False, input_checkpoint=checkpoint, output_node_names='out',
        restore_op_name='', filename_tensor_name='', output_graph='', clear_devices=True, initializer_nodes=''), **changes})
    with pytest.raises(ValueError, match="Input checkpoint 'nowhere' doesn't exist!"):
        call(input_checkpoint='nowhere')
    with pytest.raises(ValueError, match='You need to supply the name of a node to --output_node_names.'):
        call(output_node_names='')
    with pytest.raises(AssertionError, match='out:0 is not in graph'):
        call(output_node_names='out:0')
    with pytest.raises(OSError, match="Input graph file 'nowhere' does not exist!"):
        call(input_graph='nowhere')
    with pytest.raises(UnicodeDecodeError):
        tf.train.write_graph(tf.GraphDef.FromString(small_graph().SerializeToString()), str(tmp_path), 'b.pb', as_text=False)
        open(tmp_path / 'c.pb', 'wb').write(b'\x80\xff' + open(tmp_path / 'b.pb', 'rb').read())
        call(input_graph=str(tmp_path / 'c.pb'))
    tf.reset_default_graph()
    frozen = call(output_graph=output)
    assert os.path.exists(output) and frozen.node
    tf.reset_default_graph()
    with pytest.raises(ValueError, match='You cannot freeze a graph twice.'):
        call(input_graph=output, input_binary=True)


def test_frozen_values_of_each_kind():
    values = {'half': np.float16([1.5, 2]), 'flag': np.array([True, False]), 'text': np.array([b'a', b'bc'], object),
              'one': np.float32([3]), 'long': np.arange(3), 'none': np.zeros([0, 2], np.float32)}
    for name, value in values.items():
        tf.identity(tf.Variable(value, name=name), name=name + '_out')
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        frozen = graph_util.convert_variables_to_constants(sess, sess.graph_def, [name + '_out' for name in values])
    tensors = {n.name: n.attr['value'].tensor for n in frozen.node if n.op == 'Const'}
    assert tensors['half'].half_val == [15872, 16384] and tensors['flag'].bool_val == [True, False]
    assert tensors['text'].string_val == [b'a', b'bc'] and tensors['one'].float_val == [3.0]
    assert tensors['long'].tensor_content == np.arange(3).tobytes() and not tensors['none'].ListFields()[2:]
    for name, value in values.items():
        np.testing.assert_array_equal(tf.make_ndarray(tensors[name]), value)
