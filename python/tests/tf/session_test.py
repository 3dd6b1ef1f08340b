"""Sessions, as TensorFlow 1.15.5 has them."""
import collections

import numpy as np
import pytest

import icecore.tf as tf


@pytest.fixture(autouse=True)
def fresh_graph():
    tf.reset_default_graph()


def test_fetches_of_every_form():
    a, b = tf.constant(1.0, name='a'), tf.constant([2, 3], name='b')
    Pair = collections.namedtuple('Pair', ['x', 'y'])
    with tf.Session() as sess:
        assert sess.run(a) == 1.0 and isinstance(sess.run(a), np.float32)
        assert sess.run('b:0').tolist() == [2, 3]
        assert sess.run(a.op) is None and sess.run('a') is None
        assert sess.run([a, a.op, 'b:0'])[:2] == [1.0, None]
        assert sess.run((a, [a, {'k': a}])) == (1.0, [1.0, {'k': 1.0}])
        got = sess.run(Pair(a, {'b': b}))
        assert type(got) is Pair and got.x == 1.0 and got.y['b'].tolist() == [2, 3]
        assert type(sess.run(collections.OrderedDict([('z', a), ('y', b)]))) is collections.OrderedDict
        assert sess.run([]) == [] and sess.run({}) == {} and sess.run(()) == ()
        assert a.eval() == 1.0 and a.op.run() is None


def test_sparse_tensors_and_slices():
    sparse = tf.SparseTensor([[0, 1], [1, 0]], [1.5, 2.5], [2, 2])
    slices = tf.IndexedSlices(tf.constant([[1.0]]), tf.constant([3]))
    fed = tf.sparse_placeholder(tf.float32, [2, 2], name='s')
    with tf.Session() as sess:
        value = sess.run(sparse)
        assert type(value) is tf.SparseTensorValue
        assert [part.tolist() for part in value] == [[[0, 1], [1, 0]], [1.5, 2.5], [2, 2]]
        rows = sess.run(slices)
        assert rows.values.tolist() == [[1.0]] and rows.indices.tolist() == [3] and rows.dense_shape is None
        assert sess.run(fed.values + 1, {fed: value}).tolist() == [2.5, 3.5]
    assert sparse.shape.as_list() == [2, 2]


@pytest.mark.parametrize('fetch, error, text', [
    (None, TypeError, "Fetch argument None has invalid type <class 'NoneType'>"),
    (1, TypeError, "Fetch argument 1 has invalid type <class 'int'>, must be a string or Tensor. (Can not convert a int into a "
     'Tensor or Operation.)'),
    ('nope:0', ValueError, "Fetch argument 'nope:0' cannot be interpreted as a Tensor. (\"The name 'nope:0' refers to a Tensor "
     "which does not exist. The operation, 'nope', does not exist in the graph.\")"),
    ('c:1', ValueError, "The operation, 'c', exists but only has 1 outputs.\")"),
    ('zz', ValueError, "(\"The name 'zz' refers to an Operation not in the graph.\")"),
    ([None], TypeError, 'Fetch argument None has invalid type'),
])
def test_fetches_that_are_none(fetch, error, text):
    tf.constant(1, name='c')
    with tf.Session() as sess, pytest.raises(error) as raised:
        sess.run(fetch)
    assert text in str(raised.value)


def test_feeds():
    x = tf.placeholder(tf.float32, [None, 2], name='x')
    n = tf.placeholder(tf.int8, [], name='n')
    s = tf.placeholder(tf.string, name='s')
    d = tf.placeholder_with_default([1.0], [1], name='d')
    with tf.Session() as sess:
        assert sess.run(x * 2, {x: [[1, 2]]}).tolist() == [[2, 4]]
        assert sess.run(x * 2, {'x:0': np.ones([1, 2])}).tolist() == [[2, 2]]
        assert sess.run(x, {x: [[3, 4]]}).tolist() == [[3, 4]]
        assert sess.run(s, {s: 'é'}) == 'é'.encode() or sess.run(s, {s: 'é'}) == 'é'
        assert sess.run(tf.identity(s), {s: ['a', b'b']}).tolist() == [b'a', b'b']
        assert sess.run(tf.identity(n), {n: 1.5}) == 1
        assert sess.run(d + 1).tolist() == [2.0] and sess.run(d + 1, {d: [5]}).tolist() == [6.0]
        assert sess.run([x[0, 0], n], {(x, n): (np.array([[7, 8]]), 3)}) == [7.0, 3]


@pytest.mark.parametrize('feeds, error, text', [
    (lambda x, n: {'nope:0': 1}, TypeError, "Cannot interpret feed_dict key as Tensor: The name 'nope:0' refers to a Tensor "
     'which does not exist.'),
    (lambda x, n: {'x': 1}, TypeError, "Cannot interpret feed_dict key as Tensor: The name 'x' refers to an Operation, not a "
     'Tensor.'),
    (lambda x, n: {3: 1}, TypeError, 'Cannot interpret feed_dict key as Tensor: Can not convert a int into a Tensor.'),
    (lambda x, n: {x: n}, TypeError, 'The value of a feed cannot be a tf.Tensor object.'),
    (lambda x, n: {x: np.zeros([3, 3])}, ValueError, "Cannot feed value of shape (3, 3) for Tensor 'x:0', which has shape "
     "'(?, 2)'"),
    (lambda x, n: {n: 300}, TypeError, "Type of feed value 300 with type <class 'int'> is not compatible with Tensor type "
     "<class 'numpy.int8'>."),
    (lambda x, n: {x: [['p', 'q']]}, ValueError, "could not convert string to float"),
])
def test_feeds_that_are_none(feeds, error, text):
    x = tf.placeholder(tf.float32, [None, 2], name='x')
    n = tf.placeholder(tf.int8, [], name='n')
    with tf.Session() as sess, pytest.raises(error) as raised:
        sess.run(x + 1, feeds(x, n))
    assert text in str(raised.value)


def test_numbers_fed_as_strings():
    words = tf.placeholder(tf.string, [None])
    for wanted in (tf.identity(words), tf.constant(1)):
        with tf.Session() as sess, pytest.raises(tf.errors.InternalError, match='Unsupported object type int'):
            sess.run(wanted, {words: [1]})


def test_what_may_not_be_fed():
    x = tf.placeholder(tf.float32, [], name='x')
    tf.get_default_graph().prevent_feeding(x)
    with tf.Session() as sess, pytest.raises(ValueError, match='may not be fed'):
        sess.run(x + 1, {x: 1})


def test_a_run_that_fails_says_where():
    x = tf.placeholder(tf.float32, [None, 2], name='x')
    y = tf.identity(x, name='y')
    with tf.Session() as sess:
        with pytest.raises(tf.errors.InvalidArgumentError) as raised:
            sess.run(y)
        assert "You must feed a value for placeholder tensor 'x' with dtype float and shape [?,2]" in str(raised.value)
        assert raised.value.op is x.op and raised.value.node_def.name == 'x' and raised.value.error_code == 3
        z = tf.gather(tf.constant([1, 2]), tf.placeholder_with_default([5], None), name='z')
        with pytest.raises(tf.errors.InvalidArgumentError, match=r'indices\[0\] = 5 is not in \[0, 2\)') as raised:
            sess.run(z)
        assert raised.value.op is z.op


def test_closed_and_empty_sessions():
    sess = tf.Session()
    with pytest.raises(RuntimeError, match='The Session graph is empty.  Add operations to the graph before calling run'):
        sess.run([])
    c = tf.constant(1)
    assert sess.run(c) == 1
    sess.close()
    with pytest.raises(RuntimeError, match='Attempted to use a closed Session.'):
        sess.run(c)
    with tf.Session() as sess:
        pass
    with pytest.raises(RuntimeError, match='Attempted to use a closed Session.'):
        sess.run(c)


def test_default_sessions():
    c = tf.constant(3)
    with pytest.raises(ValueError, match='Cannot evaluate tensor using `eval..`: No default session is registered.'):
        c.eval()
    with pytest.raises(ValueError, match='Cannot execute operation using `run..`: No default session is registered.'):
        c.op.run()
    sess = tf.Session()
    with sess.as_default():
        assert tf.get_default_session() is sess and c.eval() == 3
    assert tf.get_default_session() is None and c.eval(session=sess) == 3
    with tf.Graph().as_default(), tf.Session():
        with pytest.raises(ValueError, match='Cannot use the default session to evaluate tensor'):
            c.eval()
    interactive = tf.InteractiveSession()
    assert c.eval() == 3
    interactive.close()
    assert tf.get_default_session() is None


def test_arguments_of_a_session():
    with pytest.raises(TypeError, match='graph must be a tf.Graph, but got'):
        tf.Session(graph=3)
    with pytest.raises(TypeError, match=r'Did you do "Session\(config\)" instead of "Session\(config=config\)"'):
        tf.Session(tf.ConfigProto())
    with pytest.raises(TypeError, match='config must be a tf.ConfigProto, but got'):
        tf.Session(config={})
    graph = tf.Graph()
    with tf.Session(graph=graph, config=tf.ConfigProto(allow_soft_placement=True)) as sess:
        assert sess.graph is graph is tf.get_default_graph()
        assert sess.list_devices()[0].device_type == 'CPU'


def test_a_gpu_is_asked_for(capfd):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    for _ in range(2):
        tf.Session(config=config).close()
    assert capfd.readouterr().err.count('GPU') <= 1


def test_nodes_made_after_the_first_run():
    with tf.Session() as sess:
        a = tf.constant(1)
        assert sess.run(a) == 1
        b = a + 1
        assert sess.run(b) == 2
        assert [n.name for n in sess.graph_def.node] == ['Const', 'add/y', 'add']


def test_a_tensor_of_another_graph():
    with tf.Graph().as_default():
        c = tf.constant(1, name='c')
    tf.constant(2)
    with tf.Session() as sess, pytest.raises(ValueError) as raised:
        sess.run(c)
    assert str(raised.value) == ("Fetch argument <tf.Tensor 'c:0' shape=() dtype=int32> cannot be interpreted as a Tensor. "
                                 '(Tensor Tensor("c:0", shape=(), dtype=int32) is not an element of this graph.)')


def test_a_scalar_of_a_checkpoint_is_a_scalar_of_numpy(tmp_path):
    tf.Variable(3, name='n')
    tf.Variable('text', name='s')
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        path = tf.train.Saver().save(sess, str(tmp_path / 'm'))
    reader = tf.train.NewCheckpointReader(path)
    assert type(reader.get_tensor('n')) is type(tf.train.load_variable(path, 'n')) is np.int32
    assert reader.get_tensor('s') == b'text'


def test_make_callable():
    x = tf.placeholder(tf.float32, [])
    with tf.Session() as sess:
        double = sess.make_callable(x * 2, [x])
        assert double(3) == 6.0 and double(4) == 8.0


def test_py_func():
    x = tf.constant([1.0, 2.0], name='x')
    y, n = tf.py_func(lambda a: (a * 2, np.int32(len(a))), [x], [tf.float32, tf.int32], name='twice')
    z = tf.py_func(lambda a: a.sum(), [x], tf.float32, stateful=False)
    text = tf.py_func(lambda: ['a', b'bc'], [], [tf.string, tf.string])
    with tf.Session() as sess:
        values = sess.run([y, n, z])
        assert values[0].tolist() == [2.0, 4.0] and values[1:] == [2, 3.0]
        assert sess.run(text) == [b'a', b'bc']
        later = tf.py_func(lambda a: a + 1, [x], tf.float32)
        assert sess.run(later).tolist() == [2.0, 3.0]
    assert (y.op.type, y.op.name, z.op.type, z.op.name) == ('PyFunc', 'twice', 'PyFuncStateless', 'PyFuncStateless')
    assert y.op.get_attr('token').startswith(b'pyfunc_') and y.shape.ndims is None


@pytest.mark.parametrize('function, error, text', [
    (lambda a: 1 / 0, tf.errors.UnknownError, 'ZeroDivisionError: division by zero'),
    (lambda a: {}[a], tf.errors.UnknownError, 'KeyError'),
    (lambda a: int('x'), tf.errors.InvalidArgumentError, 'ValueError: invalid literal'),
    (lambda a: next(iter(())), tf.errors.OutOfRangeError, 'StopIteration'),
    (lambda a: np.float64(a), tf.errors.InvalidArgumentError, '0-th value returned by pyfunc_'),
    (lambda a: [a, a], tf.errors.InvalidArgumentError, 'returns 2 values, but expects to see 1 values.'),
])
def test_py_func_that_fails(function, error, text):
    y = tf.py_func(function, [tf.constant(1.0)], tf.float32, name='f')
    with tf.Session() as sess, pytest.raises(error) as raised:
        sess.run(y)
    assert text in str(raised.value) and type(raised.value) is error


def test_a_session_elsewhere_is_refused():
    with pytest.raises(tf.errors.NotFoundError, match='No session factory registered'):
        tf.Session('nowhere')
    with pytest.raises(tf.errors.UnimplementedError, match="can't connect to 'grpc://"):
        tf.Session('grpc://localhost:2222')
    assert tf.Session(b'').sess_str == b''
