"""Building and running graphs from Python."""
import signal
import threading

import numpy as np
import pytest

import icecore


def placeholder(graph, dtype='float32', shape=None, name='x'):
    return graph.apply_op('Placeholder', [], {'dtype': dtype, 'shape': shape}, name).output()


def test_values_become_constants_of_the_type_that_is_wanted():
    graph = icecore.GraphBuilder()
    x = placeholder(graph, 'float64')
    assert graph.apply_op('AddV2', [x, 1], name='add').input(1).dtype == x.dtype
    assert graph.apply_op('AddV2', [1.5, x], name='radd').input(0).dtype == x.dtype
    assert graph.apply_op('AddV2', [x, [[0.1]]], name='list').output().dtype == x.dtype
    assert [op.name for op in graph.operations()][1:3] == ['add/y', 'add']
    with pytest.raises(TypeError):
        graph.apply_op('AddV2', [x, 'text'])
    with pytest.raises(TypeError, match='Expected list'):
        graph.apply_op('Pack', [x])


def test_numbers_take_pythons_types():
    graph = icecore.GraphBuilder()
    for value, name in [(1, 'int32'), (2**40, 'int64'), (0.5, 'float32'), (True, 'bool'), ('a', 'string'),
                        (1j, 'complex128'), ([1, 2.5], 'float32'), (((1, 2), (3, 4)), 'int32'), ([], 'float32')]:
        assert icecore._core.dtype_name(graph.convert_to_tensor(value).dtype) == name
    assert icecore._core.dtype_name(graph.convert_to_tensor(np.float64(1)).dtype) == 'float64'
    assert graph.convert_to_tensor([[1, 2, 3]]).shape == (1, 3)
    with pytest.raises(ValueError):
        graph.convert_to_tensor([[1], [2, 3]])
    with pytest.raises(ValueError):
        graph.convert_to_tensor(None)


def test_attributes_come_and_go_as_python_values():
    graph = icecore.GraphBuilder()
    x = placeholder(graph, shape=[1, None, None, 3])
    conv = graph.apply_op('Conv2D', [x, np.zeros((1, 1, 3, 2), np.float32)],
                          {'strides': (1, 2, 2, 1), 'padding': 'SAME'})
    assert conv.get_attr('strides') == ('list(int)', [1, 2, 2, 1])
    assert conv.get_attr('padding') == ('string', b'SAME') and conv.get_attr('T') == ('type', 1)
    assert conv.output().shape == (1, None, None, 2) and x.op.get_attr('shape') == ('shape', (1, None, None, 3))
    graph.set_attr(conv, '_mark', True)
    assert conv.get_attr('_mark') == ('bool', True)
    with pytest.raises(ValueError):
        conv.get_attr('nope')
    with pytest.raises(TypeError):
        graph.apply_op('Conv2D', [x, x], {'strides': 'many', 'padding': 'SAME'})


def test_handles_are_equal_where_they_mean_the_same():
    graph = icecore.GraphBuilder()
    x = placeholder(graph)
    assert x == graph.get_tensor_by_name('x:0') and hash(x) == hash(graph.get_tensor_by_name('x:0'))
    assert x.op == graph.operation(0) and {x.op: 1}[graph.get_operation_by_name('x')] == 1
    assert x != x.op and x.graph == graph and x != placeholder(icecore.GraphBuilder())
    with pytest.raises(KeyError):
        graph.get_tensor_by_name('y:0')
    with pytest.raises(ValueError):
        graph.get_operation_by_name('x:0')


def test_scopes_stand_while_they_are_open():
    graph = icecore.GraphBuilder()
    first = graph.constant(1.0, name='c').op
    with graph.name_scope('a') as scope, graph.device('/cpu:0'), graph.control_dependencies([first]):
        inner = graph.constant(2.0, name='c').op
    assert (scope, inner.name, inner.device) == ('a/', 'a/c', '/device:CPU:0')
    assert inner.control_inputs == [first] and graph.current_name_scope == ''


def test_collections_hold_what_was_put_in():
    graph = icecore.GraphBuilder()
    x = placeholder(graph)
    for item in (x, x.op, b'text', 3, 0.5, True):
        graph.add_to_collection('mixed', item)
    assert graph.collection('mixed') == [x, x.op, b'text', 3, 0.5, True]
    with pytest.raises(TypeError):
        graph.add_to_collection('mixed', object())


def test_results_have_the_structure_of_the_fetches():
    graph = icecore.GraphBuilder()
    x = placeholder(graph, shape=[None])
    y = graph.apply_op('Mul', [x, 2.0], name='y')
    session = icecore.Session(graph)
    feeds = {x: [1, 2]}
    assert session.run('y:0', feeds).tolist() == [2, 4] and session.run('y', feeds) is None
    assert [r.tolist() for r in session.run((y.output(), x), feeds)] == [[2, 4], [1, 2]]
    assert session.run({'a': y.output()}, {'x:0': np.array([3], np.float64)})['a'].tolist() == [6]
    assert session.run([]) == []


def test_scalars_are_numpys_scalars_and_strings_bytes():
    graph = icecore.GraphBuilder()
    session = icecore.Session(graph)
    value = session.run(graph.constant(3, dtype='int32'))
    assert isinstance(value, np.int32) and value == 3
    assert session.run(graph.constant('ü')) == 'ü'.encode()
    assert session.run(graph.constant(['a', 'b'])).tolist() == [b'a', b'b']


def test_results_are_the_callers_own():
    graph = icecore.GraphBuilder()
    c = graph.constant([1.0, 2.0])
    v = icecore.make_variable(graph, [1.0, 2.0], name='v')
    session = icecore.Session(graph)
    session.run(v.initializer)
    for fetch in (c, v):
        session.run(fetch)[0] = 9
        assert session.run(fetch).tolist() == [1, 2]
    shared = session.variable_value('v')
    assert not shared.flags.writeable
    session.assign_variable('v', [5.0, 6.0], 'float32')
    assert shared.tolist() == [1, 2] and session.run(v).tolist() == [5, 6]


def test_arrays_that_are_fed_may_change_afterwards():
    graph = icecore.GraphBuilder()
    x = placeholder(graph, shape=[2])
    v = icecore.make_variable(graph, [0.0, 0.0], name='v')
    assign = graph.apply_op('Assign', [v, x])
    session = icecore.Session(graph)
    array = np.array([1, 2], np.float32)
    session.run(assign, {x: array})
    array[:] = 7
    assert session.run(v).tolist() == [1, 2]


def test_errors_have_the_class_of_their_code():
    graph = icecore.GraphBuilder()
    x = placeholder(graph, shape=[None])
    session = icecore.Session(graph)
    with pytest.raises(icecore.InvalidArgumentError, match='You must feed a value'):
        session.run(x)
    with pytest.raises(icecore.NotFoundError):
        session.run('nope:0')
    session.close()
    with pytest.raises(RuntimeError, match='closed Session'):
        session.run(x, {x: [1]})


def py_func(graph, inputs, token, types=('float32',)):
    return graph.apply_op('PyFunc', [inputs], {'token': token, 'Tout': list(types)}).output()


def test_functions_of_the_program_are_called_with_arrays():
    graph = icecore.GraphBuilder()
    x = placeholder(graph)
    session = icecore.Session(graph)
    session.set_host_function('double', lambda a: a * 2)
    assert session.run(py_func(graph, [x], 'double'), {x: [1, 2]}).tolist() == [2, 4]


def test_what_a_function_raises_is_the_cause():
    graph = icecore.GraphBuilder()
    session = icecore.Session(graph)

    def fails():
        raise IndexError('so there')

    session.set_host_function('fails', fails)
    with pytest.raises(icecore.UnknownError, match='IndexError: so there') as caught:
        session.run(py_func(graph, [], 'fails'))
    assert isinstance(caught.value.__cause__, IndexError)

    def stops():
        raise KeyboardInterrupt

    session.set_host_function('stops', stops)
    with pytest.raises(KeyboardInterrupt):
        session.run(py_func(graph, [], 'stops'))


def test_a_signal_ends_a_run():
    graph = icecore.GraphBuilder()
    x = placeholder(graph, shape=[400, 400])
    product = x
    for _ in range(4000):
        product = graph.apply_op('MatMul', [x, product]).output()
    called = []
    last = py_func(graph, [product], 'last')
    session = icecore.Session(graph)
    session.set_host_function('last', lambda a: called.append(1) or a)

    class Stopped(BaseException):
        pass

    def stop(*_):
        raise Stopped

    before = signal.signal(signal.SIGALRM, stop)
    try:
        with pytest.raises(Stopped):
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            session.run(last, {x: np.zeros((400, 400))})
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert not called


def test_other_threads_go_on_while_a_run_does():
    graph = icecore.GraphBuilder()
    session = icecore.Session(graph)
    arrived, leave = threading.Event(), threading.Event()

    def waits():
        arrived.set()
        assert leave.wait(60)
        return np.float32(1)

    session.set_host_function('waits', waits)
    result = []
    fetch = py_func(graph, [], 'waits')
    thread = threading.Thread(target=lambda: result.append(session.run(fetch)))
    thread.start()
    assert arrived.wait(60)
    assert session.run(graph.constant(2.0)) == 2  # Beside it, of a node made meanwhile.
    leave.set()
    thread.join()
    assert result == [1]


def test_gradients_are_tensors_slices_or_none():
    graph = icecore.GraphBuilder()
    x, z = placeholder(graph, shape=[]), placeholder(graph, shape=[], name='z')
    table = placeholder(graph, shape=[3, 2], name='table')
    y = graph.apply_op('Mul', [x, x]).output()
    rows = graph.apply_op('GatherV2', [table, [1], 0]).output()
    gx, gz = icecore.gradients(graph, [y], [x, z])
    assert gz is None and icecore.Session(graph).run(gx, {x: 3}) == 6
    values, indices, _ = icecore.gradients(graph, [rows], [table])[0]
    assert values.shape[1:] == (2,) and indices.graph == graph


def test_conditions_take_functions():
    graph = icecore.GraphBuilder()
    x = placeholder(graph, shape=[])
    pred = graph.apply_op('Less', [x, 0.0]).output()
    result, = icecore.cond(graph, pred, lambda: [graph.apply_op('Neg', [x]).output()], lambda: [x])
    session = icecore.Session(graph)
    assert session.run(result, {x: -3}) == 3 and session.run(result, {x: 2}) == 2
    with pytest.raises(ZeroDivisionError):
        icecore.cond(graph, pred, lambda: 1 / 0, lambda: [x])


def test_loops_take_functions():
    graph = icecore.GraphBuilder()
    x = placeholder(graph, shape=[])
    end, total = icecore.while_loop(
        graph, lambda v: graph.apply_op('Less', [v[0], 5]).output(),
        lambda v: [graph.apply_op('Add', [v[0], 1]).output(), graph.apply_op('Add', [v[1], x]).output()],
        [graph.constant(0, 'int32'), graph.constant(0.0, 'float32')])
    assert icecore.Session(graph).run((end, total), {x: 2}) == (5, 10)
    with pytest.raises(ZeroDivisionError):
        icecore.while_loop(graph, lambda v: 1 / 0, lambda v: v, [end])


def test_bools_of_any_byte_are_zero_or_one():
    graph = icecore.GraphBuilder()
    flags = placeholder(graph, 'bool', [3], 'flags')
    numbers = graph.apply_op('Cast', [flags], {'DstT': 'int32'}).output()
    array = np.array([0, 1, 2], np.uint8).view(np.bool_)
    assert icecore.Session(graph).run(numbers, {flags: array}).tolist() == [0, 1, 1]


def test_large_arrays_are_lent_to_a_run_and_given_back():
    graph = icecore.GraphBuilder()
    x = placeholder(graph, 'uint8', [None])
    called = graph.apply_op('PyFunc', [[graph.apply_op('Size', [x]).output()]],
                            {'token': 'look', 'Tout': ['int32']}).outputs[0]
    session = icecore.Session(graph)
    lender = bytearray(1 << 20)
    refused = []

    def look(size):
        try:
            lender.append(0)
        except BufferError as error:
            refused.append(error)
        return size

    session.set_host_function('look', look)
    assert session.run(called, {x: lender}) == 1 << 20
    assert len(refused) == 1
    lender.append(0)
    small = bytearray(8)
    lender = small
    assert session.run(called, {x: small}) == 8 and len(refused) == 1


def test_what_comes_out_is_no_array_that_went_in():
    graph = icecore.GraphBuilder()
    v = icecore.make_variable(graph, np.zeros(10000, np.float32), name='v')
    r = icecore.make_variable(graph, np.zeros(10000, np.float32), name='r', use_resource=True)
    x = placeholder(graph, shape=[10000])
    assigned = [graph.apply_op('Assign', [v.ref, x]), graph.apply_op('AssignVariableOp', [r.ref, x])]
    same = graph.apply_op('Identity', [x]).output()
    session = icecore.Session(graph)
    array = np.ones(10000, np.float32)
    got = session.run([same, x] + assigned, {x: array})
    session.assign_variable('v', array)
    array[:] = 2
    for value in got[:2] + [session.run(v), session.run(r), session.variable_value('v')]:
        assert value.max() == 1
    got[0][:] = 3
    assert array.max() == 2
    strided = np.arange(40000, dtype=np.float32)[::4]
    assert session.run(same, {x: strided}).tolist() == strided.tolist()
    assert session.run(same, {x: strided.astype(np.float64)}).tolist() == strided.tolist()


def test_fetches_may_be_nested():
    import collections
    pair = collections.namedtuple('pair', 'first second')
    graph = icecore.GraphBuilder()
    x = placeholder(graph)
    y = graph.apply_op('Neg', [x], name='y')
    session = icecore.Session(graph)
    got = session.run({'a': [x, (y.output(),)], 'b': pair(x, {'y': 'y:0', 'op': y}), 'none': []}, {x: 2.0})
    assert got == {'a': [2, (-2,)], 'b': pair(2, {'y': -2, 'op': None}), 'none': []} and type(got['b']) is pair
    with pytest.raises(TypeError, match='not 5'):
        session.run([x, [5]], {x: 2.0})


def test_they_show_themselves():
    graph = icecore.GraphBuilder()
    w = icecore.make_variable(graph, [1.0, 2.0], name='w')
    saver, session = icecore.Saver(graph), icecore.Session(graph)
    assert repr(session) == '<Session of %r>' % graph
    assert repr(saver) == '<icecore.Saver, which has saved nothing yet>'
    session.run(w.initializer)
    path = saver.save(session, 'm', global_step=3)
    assert repr(saver) == "<icecore.Saver, 1 checkpoint, the last 'm-3'>"
    session.close()
    assert repr(session) == '<Session of %r, closed>' % graph
    assert repr(icecore.Session('m-3.meta')) == "<Session of 'm-3.meta'>"
    frozen = icecore.freeze_graph('m-3.meta', path, 'w/read')
    assert frozen._repr_html_() == frozen.graph._repr_html_() and '<td style="text-align:left">w/read</td>' in frozen._repr_html_()


def test_a_graph_is_a_sequence():
    graph = icecore.GraphBuilder()
    graph.constant(1.0, name='a')
    graph.constant(2.0, name='b')
    made = icecore.Graph(graph)
    assert made[-2].name == 'a' and [node.name for node in made[1:]] == ['b']
    with pytest.raises(IndexError, match='has 2 nodes; there is none at 2'):
        made[2]
    with pytest.raises(TypeError, match='load_graph'):
        icecore.Graph('a.pb')
