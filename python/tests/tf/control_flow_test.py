"""Branches, loops and gradients, as TensorFlow 1.15.5 has them."""
import numpy as np
import pytest

import icecore.tf as tf


@pytest.fixture(autouse=True)
def fresh_graph():
    tf.reset_default_graph()


def names(prefix=''):
    return [op.name for op in tf.get_default_graph().get_operations() if op.name.startswith(prefix)]


def test_cond_and_its_nodes():
    p = tf.placeholder(tf.bool, [], name='p')
    x = tf.constant(3.0, name='x')
    y = tf.cond(p, lambda: x * 2, lambda: x + 1, name='c')
    assert names('c/') == ['c/Switch', 'c/switch_t', 'c/switch_f', 'c/pred_id', 'c/mul/y', 'c/mul', 'c/mul/Switch', 'c/add/y',
                           'c/add', 'c/add/Switch', 'c/Merge']
    with tf.Session() as sess:
        assert sess.run(y, {p: True}) == 6.0 and sess.run(y, {p: False}) == 4.0


def test_cond_of_structures_and_operations():
    p = tf.placeholder_with_default(True, [], name='p')
    v = tf.Variable(1.0, name='v')
    pair = tf.cond(p, lambda: (tf.constant(1), [tf.constant(2.0)]), lambda: (tf.constant(3), [tf.constant(4.0)]))
    one = tf.cond(p, lambda: [tf.constant(1)], lambda: [tf.constant(2)])
    kept = tf.cond(p, lambda: [tf.constant(1)], lambda: [tf.constant(2)], strict=True)
    changed = tf.cond(p, lambda: tf.group(v.assign(5.0)), tf.no_op)
    plain = tf.cond(p, lambda: 1.5, lambda: 2.5)
    assert isinstance(pair, tuple) and isinstance(pair[1], list) and isinstance(one, tf.Tensor) and isinstance(kept, list)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        assert sess.run(pair) == (1, [2.0]) and sess.run(pair, {p: False}) == (3, [4.0])
        sess.run(changed, {p: False})
        assert sess.run(v) == 1.0
        sess.run(changed)
        assert sess.run([v, plain]) == [5.0, 1.5]


@pytest.mark.parametrize('make, error, text', [
    (lambda p: tf.cond(True, lambda: 1, lambda: 2), TypeError, 'pred must not be a Python bool'),
    (lambda p: tf.cond(p, lambda: 1), TypeError, 'cond(): false_fn argument required'),
    (lambda p: tf.cond(p, 1, lambda: 2), TypeError, 'true_fn must be callable.'),
    (lambda p: tf.cond(p, lambda: None, lambda: 2), ValueError, 'true_fn must have a return value.'),
    (lambda p: tf.cond(p, lambda: tf.constant(1), lambda: tf.constant(1.0)), ValueError,
     'Outputs of true_fn and false_fn must have the same type: int32, float32'),
    (lambda p: tf.cond(p, lambda: (1, 2), lambda: 1), (TypeError, ValueError), ''),
])
def test_cond_that_can_not_be(make, error, text):
    with pytest.raises(error) as raised:
        make(tf.placeholder(tf.bool, []))
    assert text in str(raised.value)


def test_tensors_of_a_branch_are_not_fetched():
    kept = []
    p = tf.placeholder_with_default(True, [])
    y = tf.cond(p, lambda: kept.append(tf.constant(1) + 1) or kept[0], lambda: tf.constant(2))
    with tf.Session() as sess:
        assert sess.run(y) == 2
        with pytest.raises(ValueError, match='has been marked as not fetchable'):
            sess.run(kept[0])


def test_case():
    x = tf.placeholder(tf.float32, [], name='x')
    y = tf.case([(x > 10.0, lambda: tf.constant('big')), (x > 1.0, lambda: tf.constant('some'))],
                default=lambda: tf.constant('few'), name='which')
    with tf.Session() as sess:
        assert [sess.run(y, {x: value}) for value in (11, 2, 0)] == [b'big', b'some', b'few']
    with pytest.raises(TypeError, match='pred must be a Tensor'):
        tf.case([(True, lambda: 1)])


def test_assert():
    x = tf.placeholder_with_default(1, [], name='x')
    check = tf.Assert(x > 0, [x, 'so'], name='check')
    floats = tf.Assert(x > 0, [tf.constant(1.5)], name='floats')
    assert (check.type, check.name) == ('Assert', 'check/Assert') and floats.name == 'floats/AssertGuard/Merge'
    with tf.Session() as sess:
        sess.run([check, floats])
        with pytest.raises(tf.errors.InvalidArgumentError, match=r'assertion failed: \[-1\] \[so\]'):
            sess.run(check, {x: -1})


def test_while_loop():
    i, total = tf.while_loop(lambda i, s: i < 5, lambda i, s: (i + 1, s + 2.0), [tf.constant(0), tf.constant(1.0)], name='w')
    grown = tf.while_loop(lambda a: tf.shape(a)[0] < 5, lambda a: [tf.concat([a, a], 0)], [tf.ones([1])],
                          shape_invariants=[tf.TensorShape([None])])
    few = tf.while_loop(lambda i: True, lambda i: i + 1, [0], maximum_iterations=3)
    with tf.Session() as sess:
        assert sess.run([i, total]) == [5, 11.0]
        assert sess.run(grown).tolist() == [1.0] * 8 and sess.run(few) == 3
    assert i.op.type == 'Exit' and i.op.name == 'w/Exit' and total.op.name == 'w/Exit_1'


@pytest.mark.parametrize('arguments, error, text', [
    ((1, lambda i: i, [0]), TypeError, 'cond must be callable.'),
    ((lambda i: i, 1, [0]), TypeError, 'body must be callable.'),
    ((lambda: True, lambda: [], []), ValueError, 'No loop variables provided'),
    ((lambda i: True, lambda i: (i, i), [0]), ValueError, "The two structures don't have the same nested structure"),
])
def test_while_loops_that_can_not_be(arguments, error, text):
    with pytest.raises(error) as raised:
        tf.while_loop(*arguments)
    assert text in str(raised.value)


def test_gradients():
    x = tf.constant([1.0, 2.0], name='x')
    y = tf.reduce_sum(x * x, name='y')
    dx, none = tf.gradients(y, [x, tf.constant(1.0)])
    scaled, = tf.gradients([y], x, grad_ys=[tf.constant(10.0)])
    stopped, = tf.gradients(y + tf.reduce_sum(tf.stop_gradient(x) * x), [x])
    zero, = tf.gradients(y, [tf.constant([3.0])], unconnected_gradients='zero')
    rows, = tf.gradients(tf.reduce_sum(tf.gather(x, [1, 1])), [x])
    with tf.Session() as sess:
        assert sess.run([dx, scaled, stopped, zero])[0].tolist() == [2.0, 4.0]
        assert sess.run(scaled).tolist() == [20.0, 40.0] and sess.run(stopped).tolist() == [3.0, 6.0]
        assert sess.run(zero).tolist() == [0.0]
        assert none is None and isinstance(rows, tf.IndexedSlices)
        assert sess.run(tf.convert_to_tensor(rows)).tolist() == [0.0, 2.0]
    assert dx.op.name.startswith('gradients/')


def test_no_gradient_for_an_operation():
    x = tf.constant([[1.0]])
    assert tf.gradients(tf.py_func(lambda a: a, [x], tf.float32), x) == [None]
    y = tf.raw_ops.ResizeArea(images=tf.reshape(x, [1, 1, 1, 1]), size=[2, 2], name='n')
    with pytest.raises(LookupError, match=r"No gradient defined for operation 'n' \(op type: ResizeArea\)"):
        tf.gradients(y, x)


def test_gradient_functions_of_the_program():
    @tf.RegisterGradient('ThriceOfTheTest')
    def thrice(op, grad):
        assert op.type == 'Square'
        return 3.0 * grad

    with pytest.raises(KeyError, match="Registering two gradient with name 'ThriceOfTheTest'!"):
        tf.RegisterGradient('ThriceOfTheTest')(thrice)
    x = tf.constant(5.0)
    with tf.get_default_graph().gradient_override_map({'Square': 'ThriceOfTheTest'}):
        y = tf.square(x)
    assert y.op.get_attr('_gradient_op_type') == b'ThriceOfTheTest'
    z = tf.square(x)
    with tf.Session() as sess:
        assert sess.run(tf.gradients(y, x) + tf.gradients(z, x)) == [3.0, 10.0]


def test_a_gradient_for_a_py_func():
    @tf.RegisterGradient('PyDoubleOfTheTest')
    def double(op, grad):
        return grad * 2.0

    x = tf.constant(np.float32([1, 2]))
    with tf.get_default_graph().gradient_override_map({'PyFunc': 'PyDoubleOfTheTest'}):
        y = tf.py_func(lambda a: a * 2, [x], tf.float32)
    with tf.Session() as sess:
        assert sess.run(tf.gradients(y, x)[0]).tolist() == [2.0, 2.0]


def test_custom_gradient():
    @tf.custom_gradient
    def scaled(x, y):
        def grad(dz):
            return dz * 7.0, None
        return x * y, grad

    x, y = tf.constant(2.0), tf.constant(3.0)
    z = scaled(x, y)
    assert z.op.type == 'IdentityN'
    with tf.Session() as sess:
        dx, dy = tf.gradients(z, [x, y])
        assert dy is None and sess.run([z, dx]) == [6.0, 7.0]


def test_tensor_arrays():
    array = tf.TensorArray(tf.float32, size=3)
    for i in range(3):
        array = array.write(i, [float(i), 1.0])
    stacked = array.stack()
    parts = tf.TensorArray(tf.int32, 0, dynamic_size=True, clear_after_read=False).unstack([[1, 2], [3, 4]])
    assert stacked.shape.as_list() == [None, 2]
    with tf.Session() as sess:
        assert sess.run(stacked).tolist() == [[0, 1], [1, 1], [2, 1]]
        assert sess.run([parts.read(1), parts.size()])[1] == 2 and sess.run(parts.concat()).tolist() == [1, 2, 3, 4]
    with pytest.raises(ValueError, match='Inconsistent shapes: saw'):
        array.write(0, [1.0])
    with pytest.raises(ValueError, match='Size must be provided if handle is not provided'):
        tf.TensorArray(tf.float32)


def test_functions_of_parts():
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]], name='x')
    mapped = tf.map_fn(lambda r: r * 2, x)
    pairs = tf.map_fn(lambda r: (r[0], tf.cast(r[1], tf.int32)), x, dtype=(tf.float32, tf.int32))
    sums = tf.scan(lambda a, r: a + r, x)
    back = tf.scan(lambda a, r: a + r, x, initializer=tf.zeros([2]), reverse=True)
    left = tf.foldl(lambda a, r: a - r, x)
    right = tf.foldr(lambda a, r: a - r, x)
    with tf.Session() as sess:
        assert sess.run(mapped).tolist() == [[2, 4], [6, 8]] and mapped.shape.as_list() == [2, 2]
        assert [v.tolist() for v in sess.run(pairs)] == [[1, 3], [2, 4]]
        assert sess.run(sums).tolist() == [[1, 2], [4, 6]] and sess.run(back).tolist() == [[4, 6], [3, 4]]
        assert sess.run([left, right])[0].tolist() == [-2, -2] and sess.run(right).tolist() == [2, 2]
    assert mapped.op.name == 'map/TensorArrayStack/TensorArrayGatherV3'


def test_prints_and_checks(capfd):
    x = tf.placeholder(tf.float32, [2], name='x')
    y = tf.Print(x, [x, tf.constant('so')], 'look ', summarize=1)
    checked = tf.verify_tensor_all_finite(x, 'not finite')
    all_checked = tf.add_check_numerics_ops()
    with tf.Session() as sess:
        assert sess.run(y, {x: [1, 2]}).tolist() == [1, 2]
        assert capfd.readouterr().err.rstrip().endswith('look [1...][so]')
        sess.run([checked, all_checked], {x: [1, 2]})
        with pytest.raises(tf.errors.InvalidArgumentError, match='not finite : Tensor had NaN values'):
            sess.run(checked, {x: [1, np.nan]})
        with pytest.raises(tf.errors.InvalidArgumentError, match=' : Tensor had Inf values'):
            sess.run(all_checked, {x: [1, np.inf]})
