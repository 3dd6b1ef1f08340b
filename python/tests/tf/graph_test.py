"""Graphs, operations and tensors, as TensorFlow 1.15.5 has them."""
import numpy as np
import pytest

import icecore.tf as tf
from icecore.tf import protos


@pytest.fixture(autouse=True)
def fresh_graph():
    tf.reset_default_graph()


def names(graph=None):
    return [op.name for op in (graph or tf.get_default_graph()).get_operations()]


def test_text_of_a_tensor():
    x = tf.placeholder(tf.float32, [None, 2], name='x')
    assert str(x) == 'Tensor("x:0", shape=(?, 2), dtype=float32)'
    assert repr(x) == "<tf.Tensor 'x:0' shape=(?, 2) dtype=float32>"
    y = tf.placeholder(tf.int32, name='y')
    assert str(y) == 'Tensor("y:0", dtype=int32)'
    assert repr(y) == "<tf.Tensor 'y:0' shape=<unknown> dtype=int32>"
    with tf.device('/cpu:0'):
        z = tf.constant(1, name='z')
    assert str(z) == 'Tensor("z:0", shape=(), dtype=int32, device=/device:CPU:0)'


def test_an_operation_and_its_parts():
    x = tf.placeholder(tf.float32, [3], name='x')
    y = tf.identity(x, name='y')
    assert repr(y.op) == "<tf.Operation 'y' type=Identity>"
    assert y.op.inputs[0] is x and list(y.op.inputs) == [x] and len(y.op.inputs) == 1
    assert y.op.outputs == [y] and y.op.values() == (y,)
    assert x.consumers() == [y.op]
    assert y.op.get_attr('T') == tf.float32 and y.op.node_def.input[:] == ['x']
    assert y.op.colocation_groups() == [b'loc:@y']
    with pytest.raises(ValueError, match='no attr named'):
        y.op.get_attr('nope')


def test_one_object_for_each_operation_and_tensor():
    x = tf.constant(1.0, name='x')
    graph = tf.get_default_graph()
    assert graph.get_tensor_by_name('x:0') is x
    assert graph.get_operation_by_name('x') is x.op and x.op.outputs[0] is x
    assert {x: 1}[graph.get_tensor_by_name('x:0')] == 1


@pytest.mark.parametrize('call, error, text', [
    (lambda g: g.get_tensor_by_name('q:0'), KeyError, "The name 'q:0' refers to a Tensor which does not exist. The operation, "
     "'q', does not exist in the graph."),
    (lambda g: g.get_tensor_by_name('x:1'), KeyError, "The operation, 'x', exists but only has 1 outputs."),
    (lambda g: g.get_tensor_by_name('x'), ValueError, "The name 'x' refers to an Operation, not a Tensor. Tensor names must be "
     'of the form "<op_name>:<output_index>".'),
    (lambda g: g.get_tensor_by_name('q'), ValueError, "The name 'q' looks like an (invalid) Operation name, not a Tensor."),
    (lambda g: g.get_operation_by_name('q'), KeyError, "The name 'q' refers to an Operation not in the graph."),
    (lambda g: g.get_operation_by_name('x:0'), ValueError, "Name 'x:0' appears to refer to a Tensor, not a Operation."),
    (lambda g: g.get_operation_by_name(3), TypeError, 'Operation names are strings (or similar), not int.'),
    (lambda g: g.get_tensor_by_name('x:y'), ValueError, "The name 'x:y' looks a like a Tensor name, but is not a valid one."),
    (lambda g: g.as_graph_element(3), TypeError, 'Can not convert a int into a Tensor or Operation.'),
])
def test_names_that_are_not_there(call, error, text):
    tf.constant(1.0, name='x')
    with pytest.raises(error) as raised:
        call(tf.get_default_graph())
    assert text in str(raised.value.args[0])


def test_names_are_made_unique():
    for name in (None, None, 'const', 'CONST', 'Const_1'):
        tf.constant(0) if name is None else tf.constant(0, name=name)
    assert names() == ['Const', 'Const_1', 'const_2', 'CONST_3', 'Const_1_1']


def test_name_scopes():
    with tf.name_scope('a') as a:
        assert a == 'a/'
        tf.constant(0, name='x')
        with tf.name_scope('b') as b:
            assert b == 'a/b/' and tf.get_default_graph().get_name_scope() == 'a/b'
            with tf.name_scope(None) as top:
                assert top == ''
                tf.constant(0, name='top')
    with tf.name_scope('a') as again:
        assert again == 'a_1/'
    with tf.name_scope(a):
        tf.constant(0, name='y')
    assert names() == ['a/x', 'top', 'a/y']
    with pytest.raises(ValueError, match="'_x' is not a valid scope name"):
        with tf.name_scope('_x'):
            pass
    with pytest.raises(ValueError, match='At least one of name'):
        with tf.name_scope(None, None, [1]):
            pass


def test_operators_and_their_names():
    x = tf.placeholder(tf.float32, [2], name='x')
    made = [x + 1, 1 + x, x * 2., x / 2, 2 / x, x // 2., x % 3., x ** 2., x > 0, x >= 0, x < 0, x <= 0, -x, abs(x), x - x]
    assert [(t.op.name, t.op.type) for t in made] == [
        ('add', 'AddV2'), ('add_1', 'AddV2'), ('mul', 'Mul'), ('truediv', 'RealDiv'), ('truediv_1', 'RealDiv'),
        ('floordiv', 'FloorDiv'), ('mod', 'FloorMod'), ('pow', 'Pow'), ('Greater', 'Greater'),
        ('GreaterEqual', 'GreaterEqual'), ('Less', 'Less'), ('LessEqual', 'LessEqual'), ('Neg', 'Neg'), ('Abs', 'Abs'),
        ('sub', 'Sub')]
    assert names()[1:5] == ['add/y', 'add', 'add_1/x', 'add_1']


def test_ints_divided_become_floats():
    y = tf.constant([1, 2], name='a') / tf.constant([2, 2], name='b')
    assert y.dtype == tf.float64
    assert names() == ['a', 'b', 'truediv/Cast', 'truediv/Cast_1', 'truediv']
    with pytest.raises(TypeError, match='x and y must have the same dtype, got tf.int32 != tf.float32'):
        tf.constant(1) / tf.constant(1.0)


def test_logic_of_tensors():
    t, f = tf.constant(True), tf.constant(False)
    with tf.Session() as sess:
        assert sess.run([t & f, t | f, t ^ f, ~t]) == [False, True, True, False]


def test_slices():
    x = tf.constant(np.arange(24).reshape(2, 3, 4), name='x')
    i = tf.constant(1, name='i')
    parts = [x[0], x[:, 1:], x[..., -1], x[0, :, None, 1], x[i], x[i:, ::2], x[:, i - 1:i + 1, 0]]
    array = np.arange(24).reshape(2, 3, 4)
    want = [array[0], array[:, 1:], array[..., -1], array[0, :, None, 1], array[1], array[1:, ::2], array[:, 0:2, 0]]
    with tf.Session() as sess:
        for got, expected in zip(sess.run(parts), want):
            np.testing.assert_array_equal(got, expected)
    assert parts[0].op.name == 'strided_slice' and parts[0].shape.as_list() == [3, 4]
    assert [t.name for t in parts[0].op.inputs] == ['x:0', 'strided_slice/stack:0', 'strided_slice/stack_1:0',
                                                    'strided_slice/stack_2:0']
    assert parts[4].op.inputs[1].op.type == 'Pack'
    with pytest.raises(TypeError, match='Only integers, slices'):
        x['a']


def test_what_a_symbol_is_not():
    x = tf.constant([1.0])
    with pytest.raises(TypeError, match='using a `tf.Tensor` as a Python `bool` is not allowed in Graph execution'):
        bool(x)
    with pytest.raises(TypeError, match='len is not well defined for symbolic Tensors. (.Const:0.)'):
        len(x)
    with pytest.raises(TypeError, match='iterating over `tf.Tensor` is not allowed'):
        list(x)
    with pytest.raises(NotImplementedError, match='Cannot convert a symbolic Tensor'):
        np.array(x)


def test_arrays_beside_tensors():
    y = np.float32(2) * tf.constant([1.0, 2.0])
    z = np.array([1, 2], np.float32) + tf.constant([1.0, 2.0])
    with tf.Session() as sess:
        assert sess.run([y, z])[0].tolist() == [2.0, 4.0] and sess.run(z).tolist() == [2.0, 4.0]


def test_shapes_are_merged():
    x = tf.placeholder(tf.float32)
    assert x.shape.ndims is None
    x.set_shape([None, 3])
    x.set_shape([2, None])
    assert x.get_shape().as_list() == [2, 3]
    with pytest.raises(ValueError):
        x.set_shape([2, 4])


def test_control_dependencies():
    a, b = tf.constant(1, name='a'), tf.constant(2, name='b')
    with tf.control_dependencies([a, b.op]):
        c = tf.identity(a, name='c')
        with tf.control_dependencies(None):
            d = tf.constant(3, name='d')
    assert [op.name for op in c.op.control_inputs] == ['b']
    assert d.op.control_inputs == []
    with pytest.raises(TypeError):
        tf.control_dependencies([3]).__enter__()


def test_devices_and_colocation():
    with tf.device('/job:w'), tf.device('/gpu:0'):
        a = tf.constant(1, name='a')
    with tf.device('/cpu:0'), tf.device(None):
        b = tf.constant(1, name='b')
    with tf.colocate_with(a):
        c = tf.constant(1, name='c')
    with tf.device(lambda op: '/cpu:1' if op.type == 'Const' else ''):
        d = tf.constant(1, name='d')
    assert [t.device for t in (a, b, c, d)] == ['/job:w/device:GPU:0', '', '/job:w/device:GPU:0', '/device:CPU:1'] or (
        d.device == '/cpu:1')
    assert c.op.colocation_groups() == [b'loc:@a']


def test_collections():
    graph = tf.get_default_graph()
    x = tf.constant(1, name='s/x')
    thing = {'a': 1}
    for value in (x, 'text', 0.5, thing, x):
        tf.add_to_collection('mine', value)
    assert tf.get_collection('mine') == [x, 'text', 0.5, thing, x]
    assert tf.get_collection('mine')[3] is thing
    assert tf.get_collection('mine', scope='s/') == [x, x] and tf.get_collection('mine', scope='t') == []
    tf.get_collection_ref('mine')[:] = [x]
    assert tf.get_collection('mine') == [x]
    assert tf.get_collection('none') == [] and 'none' not in graph.get_all_collection_keys()
    graph.add_to_collections(['one', 'two', 'one'], 3)
    assert tf.get_collection('one') == [3] and sorted(graph.get_all_collection_keys()) == ['mine', 'one', 'two']
    graph.clear_collection('mine')
    assert tf.get_collection('mine') == []
    assert tf.GraphKeys.GLOBAL_VARIABLES == tf.GraphKeys.VARIABLES == 'variables'


def test_a_finished_graph():
    tf.constant(1)
    tf.get_default_graph().finalize()
    with pytest.raises(RuntimeError, match='Graph is finalized and cannot be modified.'):
        tf.constant(1)


def test_default_graphs():
    outer = tf.get_default_graph()
    with tf.Graph().as_default() as inner:
        assert tf.get_default_graph() is inner
        with pytest.raises(AssertionError, match='Do not use tf.reset_default_graph'):
            tf.reset_default_graph()
        a = tf.constant(1)
    assert tf.get_default_graph() is outer and a.graph is inner
    with pytest.raises(ValueError, match='must be from the same graph as'):
        a + tf.constant(2)
    assert (a + 1).graph is inner


def test_seeds():
    tf.set_random_seed(5)
    from icecore.tf.framework import random_seed
    tf.constant(1), tf.constant(2)
    assert random_seed.get_seed(None) == (5, 2) and random_seed.get_seed(7) == (5, 7)
    tf.get_default_graph().seed = None
    assert random_seed.get_seed(None) == (None, None) and random_seed.get_seed(7) == (87654321, 7)


def test_values_that_become_tensors():
    cases = [(1, tf.int32, []), (1.5, tf.float32, []), ([1, 2], tf.int32, [2]), (2**40, tf.int64, []), ('a', tf.string, []),
             ([[1.0], [2]], tf.float32, [2, 1]), (True, tf.bool, []), (np.float64(1), tf.float64, []),
             (np.arange(3), tf.int64, [3]), (b'x', tf.string, []), (1j, tf.complex128, []),
             (tf.TensorShape([2, 3]), tf.int32, [2]), (tf.Dimension(4), tf.int32, [])]
    for value, dtype, shape in cases:
        made = tf.convert_to_tensor(value)
        assert (made.dtype, made.shape.as_list()) == (dtype, shape), value


@pytest.mark.parametrize('value, dtype, error, text', [
    (None, None, ValueError, 'None values not supported.'),
    ([[1, 2], [3]], None, ValueError, 'Argument must be a dense tensor: [[1, 2], [3]] - got shape [2], but wanted [2, 2].'),
    ([1, [2]], None, TypeError, "Failed to convert object of type <class 'list'> to Tensor. Contents: [1, [2]]."),
    (1.5, 'int32', TypeError, "Expected int32, got 1.5 of type 'float' instead."),
    ('a', 'float32', TypeError, "Expected float32, got 'a' of type 'str' instead."),
    ([1, 'a'], 'string', TypeError, "Expected string, got 1 of type 'int' instead."),
    ([np.bool_(True)], 'int32', TypeError, "Expected int32, got True of type 'bool"),
    (object(), None, TypeError, ''),
    (tf.TensorShape([None]), None, ValueError, 'Cannot convert a partially known TensorShape to a Tensor: (?,)'),
])
def test_values_that_do_not(value, dtype, error, text):
    with pytest.raises(error) as raised:
        tf.convert_to_tensor(value, dtype)
    assert text in str(raised.value)


@pytest.mark.parametrize('dtype', ['int32', 'uint8', 'float32', 'complex64'])
def test_a_bool_of_python_is_a_number_where_one_is_wanted(dtype):
    with tf.Session() as sess:
        assert sess.run(tf.constant([True, False], dtype)).tolist() == [1, 0]
        assert sess.run(tf.constant(2, dtype) + True) == 3


def test_lists_of_tensors_are_packed():
    x = tf.constant(1.0, name='x')
    y = tf.convert_to_tensor([x, 2.0, [3.0][0]])
    assert y.op.type == 'Pack' and y.shape.as_list() == [3] and y.op.name == 'packed'
    assert [t.op.name for t in y.op.inputs] == ['x', 'packed/1', 'packed/2']
    with tf.Session() as sess:
        assert sess.run(tf.convert_to_tensor([[x, 2.0], [3.0, x]])).tolist() == [[1, 2], [3, 1]]


def test_a_tensor_of_another_dtype_is_refused():
    x = tf.constant(1.0, name='x')
    with pytest.raises(ValueError, match="Tensor conversion requested dtype int32 for Tensor with dtype float32"):
        tf.convert_to_tensor(x, tf.int32)
    with pytest.raises(TypeError, match="Input 'y' of 'AddV2' Op has type int32 that does not match type float32 of argument "
                       "'x'."):
        x + tf.constant(1)


def test_constants():
    with tf.Session() as sess:
        assert sess.run(tf.constant(7, shape=[2, 2])).tolist() == [[7, 7], [7, 7]]
        assert sess.run(tf.constant([1, 2], shape=[4])).tolist() == [1, 2, 2, 2]
        assert sess.run(tf.constant([1, 2, 3, 4], shape=[2, 2])).tolist() == [[1, 2], [3, 4]]
        assert sess.run(tf.constant('text')) == b'text'
        assert sess.run(tf.constant(['a', b'bc'])).tolist() == [b'a', b'bc']
    with pytest.raises(ValueError, match='Too many elements provided. Needed at most 1, but received 2'):
        tf.constant([1, 2], shape=[1])


def test_the_graph_as_a_message():
    x = tf.placeholder(tf.float32, [2], name='x')
    tf.add_to_collection('c', x)
    tf.identity(x, name='y')
    graph_def = tf.get_default_graph().as_graph_def()
    assert [n.name for n in graph_def.node] == ['x', 'y'] and graph_def.versions.producer == 134
    assert '_output_shapes' not in graph_def.node[1].attr
    assert '_output_shapes' in tf.get_default_graph().as_graph_def(add_shapes=True).node[1].attr
    assert type(graph_def) is tf.GraphDef


def test_an_operation_is_printed_as_its_message():
    tf.ConfigProto()
    c = tf.constant(0.1, name='c')
    assert str(c.op) == ('name: "c"\nop: "Const"\nattr {\n  key: "dtype"\n  value {\n    type: DT_FLOAT\n  }\n}\nattr {\n'
                         '  key: "value"\n  value {\n    tensor {\n      dtype: DT_FLOAT\n      tensor_shape {\n      }\n'
                         '      float_val: 0.10000000149011612\n    }\n  }\n}\n')
    assert str(tf.get_default_graph().as_graph_def()).startswith('node {\n  name: "c"\n')


def test_register_conversion():
    class Point:
        def __init__(self, x, y):
            self.xy = [x, y]

    tf.register_tensor_conversion_function(
        Point, lambda value, dtype=None, name=None, as_ref=False: tf.constant(value.xy, dtype=dtype, name=name or 'point'))
    assert tf.convert_to_tensor(Point(1.0, 2.0)).op.name == 'point'
    assert (tf.constant([1.0, 1.0]) + Point(1.0, 2.0)).shape.as_list() == [2]


def test_group_and_tuple():
    a, b = tf.constant(1, name='a'), tf.constant(2.0, name='b')
    g = tf.group(a, [b], name='g')
    assert (g.type, sorted(op.name for op in g.control_inputs)) == ('NoOp', ['a', 'b'])
    assert tf.group().name == 'group_deps'
    x, y = tf.tuple([a, b], name='t')
    assert [op.name for op in x.op.control_inputs] == ['t/group_deps']
    assert (x.op.name, y.op.name) == ('t/control_dependency', 't/control_dependency_1')
    with pytest.raises(TypeError, match='Expected tf.group'):
        tf.group(3)


def test_an_op_that_nobody_knows_can_be_made_known_by_its_op_def():
    graph_def = tf.GraphDef(node=[{'name': 'b', 'op': 'Foo'}])
    with pytest.raises(tf.errors.NotFoundError, match="'Foo' in binary running .* The node 'b' uses it. Its OpDef in producer_op_list"):
        tf.import_graph_def(graph_def, name='')
    ops = protos.module_of('core.framework.op_def_pb2').OpList(op=[{'name': 'Foo', 'output_arg': [{'name': 'y', 'type': tf.float32.as_datatype_enum}]}])
    y, = tf.import_graph_def(graph_def, return_elements=['b:0'], name='', producer_op_list=ops)
    assert y.op.type == 'Foo' and y.dtype == tf.float32
    meta = tf.MetaGraphDef(graph_def=graph_def, meta_info_def={'stripped_op_list': ops})
    with tf.Graph().as_default() as graph:
        tf.train.import_meta_graph(meta)
        assert [op.type for op in graph.get_operations()] == ['Foo']
