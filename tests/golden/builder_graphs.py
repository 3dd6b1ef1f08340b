"""builder/: graphs as TensorFlow builds them, node for node; tests/graph/builder_golden_test.cc builds the same ones.

Each function of GRAPHS makes one graph; what is asked of it stands where the test asks it too. import_* import `source` below."""
import os

import numpy as np
import tensorflow as tf
from tensorflow.python.framework import ops
from tensorflow.python.ops import control_flow_ops, gen_array_ops, gen_data_flow_ops, gen_io_ops, gen_math_ops, gen_nn_ops, gen_state_ops

import graphs


def names(g):
    tf.constant(1.0)
    tf.constant(1.0)
    tf.constant(1.0, name='const')
    tf.constant(1.0, name='CONST')
    tf.constant(1.0, name='Const_1')
    with g.name_scope('a'):
        tf.constant(1.0, name='x')
        with g.name_scope('b'):
            tf.no_op(name='_o')
    with g.name_scope('a'):
        tf.constant(1.0, name='x')
    with g.name_scope('a/'):
        tf.constant(1.0, name='x')
    tf.no_op(name='a')
    with g.name_scope('A') as scope:
        with g.name_scope(None):
            tf.no_op(name='top')
        tf.constant(1.0, name=scope)


def devices(g):
    with tf.device('/job:w/replica:0/task:01'):
        a = tf.constant(1.0, name='a')
        with tf.device('/gpu:0'):
            b = tf.constant(1.0, name='b')
            with tf.device('/cpu:*'):
                tf.constant(1.0, name='c')
            with tf.device(None):
                tf.constant(1.0, name='d')
                with tf.device('/device:XLA_CPU:1'):
                    tf.constant(1.0, name='e')
    with g.colocate_with(b.op):
        f = tf.constant(1.0, name='f')
        with tf.device('/job:other'):
            tf.constant(1.0, name='g')
            with g.colocate_with(a.op):
                tf.constant(1.0, name='h')
        with g.colocate_with(f.op, ignore_existing=True):
            tf.constant(1.0, name='i')
    tf.group(a, b, f, name='grp')
    tf.group(name='nothing')


def controls(g):
    a, b, c = [tf.constant(1.0, name=name) for name in 'abc']
    with g.control_dependencies([c, a]):
        d = tf.identity(a, name='d')
        with g.control_dependencies([b, a]):
            e = gen_math_ops.neg(d, name='e')
            tf.no_op(name='f')
            gen_math_ops.add_v2(e, b, name='g')
        with g.control_dependencies(None):
            tf.no_op(name='h')
            with g.control_dependencies([d]):
                tf.no_op(name='i')
    control_flow_ops.with_dependencies([c.op], a)
    with g._attr_scope({'_note': tf.AttrValue(s=b'x'), 'T': tf.AttrValue(i=3)}):
        tf.identity(a, name='j')


def attributes(g):
    x = tf.placeholder(tf.float32, [2, None], name='x')
    u = tf.placeholder(tf.float32, name='u')
    s = tf.placeholder(tf.float64, [], name='s')
    gen_math_ops.add_v2(x, 1.0, name='add')
    gen_math_ops.add_v2(1, 2, name='add')
    gen_math_ops.mat_mul(x, x, transpose_b=True)
    gen_nn_ops.conv2d(u, u, strides=[1, 2, 2, 1], padding='SAME')
    gen_math_ops.cast(x, tf.int64)
    gen_array_ops.squeeze(u)
    gen_array_ops.squeeze(u, axis=[1])
    gen_array_ops.pack([s, s, 1.0])
    gen_array_ops.pack([x, x], axis=1)
    gen_array_ops.concat_v2([x, x], 0)
    gen_array_ops.split(1, x, 3)
    gen_array_ops.strided_slice(x, [0, 1], [2, 2], [1, 1], begin_mask=1, shrink_axis_mask=2)
    gen_array_ops.fill([2, 3], 7)
    gen_data_flow_ops.fifo_queue_v2([tf.float32, tf.string], shapes=[[2], []], capacity=3)
    gen_io_ops.save_v2('file', ['a', 'b'], ['', '1'], [x, s])
    gen_math_ops._sum(x, [0, 1], keep_dims=True)
    gen_math_ops._range(0, 5, 1)
    v = gen_state_ops.variable_v2([2], tf.float32, name='v')
    gen_state_ops.assign(v, [1.0, 2.0])
    gen_state_ops.assign_add(v, u, use_locking=True, name='more')


def constants(g):
    values = [np.array([1.5, -2], np.float32), np.float32(0.1), np.array([0.1], np.float64), np.zeros([0, 3], np.float32),
              np.array([[1, -2], [3, 4]], np.int32), np.int32(-7), np.array([1, -1], np.int64), np.int64(-2**40), np.array([-3], np.int8),
              np.array([-3, 3], np.int16), np.array([1, 2], np.uint8), np.array([1, 65535], np.uint16), np.array([1, 2], np.uint32),
              np.uint64(2**63), np.array([True, False]), np.array(True), np.array([1.5, -2, 65504], np.float16),
              np.array([1 + 2j, 3], np.complex64), np.complex128(1 - 1j)]
    for value in values:
        tf.constant(value)
    tf.constant(b'one')
    tf.constant([[b'a', b''], [b'b\0c', b'\xff']])


def source():
    """A graph with a loop, a device, a colocation, a node before its input, and attributes left out."""
    with tf.Graph().as_default() as g:
        x = tf.placeholder(tf.float32, [], name='x')
        with tf.device('/cpu:0'):
            w = gen_state_ops.variable_v2([], tf.float32, name='w')
            r = tf.identity(w, name='w/read')
        with g.colocate_with(w.op):
            tf.identity(r, name='beside')
        i = control_flow_ops._Enter(x, 'loop')
        m, _ = control_flow_ops.merge([i, i])
        p = gen_math_ops.less(m, 10.0)
        f, t = control_flow_ops.switch(m, tf.identity(p, name='p'))
        n = control_flow_ops._NextIteration(gen_math_ops.add_v2(t, 1.0))
        m.op._update_input(1, n)
        control_flow_ops.exit(f)
        with g.control_dependencies([r]):
            y = gen_math_ops.mul(x, r, name='y')
        gen_math_ops.neg(y, name='z')
    graph_def = g.as_graph_def()
    last = graph_def.node[-1]
    nodes = [last] + list(graph_def.node[:-1])
    shuffled = tf.GraphDef(versions=graph_def.versions)
    shuffled.node.extend(nodes)
    for node in shuffled.node:
        if node.op == 'VariableV2':
            del node.attr['container'], node.attr['shared_name']
    return shuffled


def import_plain(g):
    tf.import_graph_def(source(), name='')


def import_twice(g):
    """The second one finds its names taken."""
    tf.import_graph_def(source(), name='')
    tf.import_graph_def(source(), name='')
    tf.import_graph_def(source())
    tf.import_graph_def(source())
    tf.constant(1.0, name='w/read')
    with g.name_scope('loop'):
        tf.constant(1.0)


def import_mapped(g):
    with tf.device('/job:w'):
        a = tf.constant(2.0, name='a')
        with g.control_dependencies([a]):
            with g.name_scope('outer'):
                tf.import_graph_def(source(), {'x': a, 'w/read:0': a, '^w/read': a}, name='inner')


def conds(g):
    x = tf.placeholder(tf.float32, [], name='x')
    y = tf.constant(5.0, name='y')
    p = gen_math_ops.less(x, y, name='p')

    def true():
        return [gen_math_ops.mul(x, 17.0), y]

    def false():
        inner = tf.cond(gen_math_ops.less(x, 0.0), lambda: gen_math_ops.neg(x), lambda: tf.constant(0.0))
        with g.name_scope('s'):
            return [gen_math_ops.add_v2(y, inner), x]

    tf.cond(p, true, false)
    tf.cond(p, lambda: tf.no_op(name='t'), lambda: tf.group(x, name='f'), name='choice')
    v = gen_state_ops.variable_v2([], tf.float32, name='v')
    tf.cond(p, lambda: gen_state_ops.assign(v, x), lambda: gen_state_ops.assign_add(v, 1.0), name='update')


def loops(g):
    x = tf.placeholder(tf.float32, [None, 2], name='x')
    step = tf.constant(2, name='step')
    tf.while_loop(lambda i: gen_math_ops.less(i, 10), lambda i: [gen_math_ops.add_v2(i, step)], [0])
    with g.control_dependencies([tf.no_op(name='before')]):
        tf.while_loop(lambda i, y: gen_math_ops.less(i, 3), lambda i, y: (gen_math_ops.add_v2(i, 1), gen_array_ops.concat_v2([y, x, [[1.0, 2.0]]], 0)),
                      (tf.constant(0, name='i'), x), shape_invariants=(tf.TensorShape([]), tf.TensorShape([None, 2])), parallel_iterations=3, name='grow')
    tf.while_loop(lambda i: tf.constant(True), lambda i: gen_math_ops.mul(i, 2.0), [1.0], maximum_iterations=5, back_prop=False, name='counted')


def loops_in_loops(g):
    x = tf.constant(1.0, name='x')
    w = tf.placeholder(tf.float32, [], name='w')

    def inner(i, y):
        last = tf.no_op(name='last')

        def body(j, z):
            with g.control_dependencies([last, y]):
                a = tf.constant(3.0, name='a')
            return gen_math_ops.add_v2(j, i), gen_math_ops.mul(gen_math_ops.add_v2(z, w), gen_math_ops.add_v2(a, x))
        return gen_math_ops.add_v2(i, 1), tf.while_loop(lambda j, z: gen_math_ops.less(j, 7), body, (0, y))[1]
    i, y = tf.while_loop(lambda i, y: gen_math_ops.less(i, 4), inner, (0, x), name='outer')
    gen_math_ops.mul(y, w)

    def idle(i):
        tf.while_loop(lambda j: gen_math_ops.less(j, w), lambda j: gen_math_ops.add_v2(j, x), [w])
        return gen_math_ops.add_v2(i, 1)
    tf.while_loop(lambda i: gen_math_ops.less(i, 4), idle, [i])


def loops_and_branches(g):
    x = tf.constant(1.0, name='x')
    p = tf.placeholder(tf.bool, [], name='p')

    def body(i, y):
        z = tf.cond(gen_math_ops.less(y, x), lambda: gen_math_ops.mul(y, x), lambda: tf.constant(7.0))
        return gen_math_ops.add_v2(i, 1), z
    tf.while_loop(lambda i, y: gen_math_ops.less(i, 4), body, (0, x))
    tf.cond(p, lambda: tf.while_loop(lambda y: gen_math_ops.less(y, x), lambda y: gen_math_ops.add_v2(y, 1.0), [x]), lambda: x, name='choice')

    def branch():
        return tf.while_loop(lambda i: p, lambda i: tf.cond(p, lambda: gen_math_ops.add_v2(i, 1), lambda: tf.constant(2)), [tf.constant(0, name='zero')])
    tf.cond(p, branch, lambda: tf.constant(5), name='deep')


def loops_over_references(g):
    v = gen_state_ops.variable_v2([], tf.float32, name='v')
    tf.while_loop(lambda i: gen_math_ops.less(i, 10.0), lambda i: gen_state_ops.assign_add(v, i), [1.0])
    with g.control_dependencies([tf.while_loop(lambda y: gen_math_ops.less(y, 3.0), lambda y: gen_state_ops.assign_add(y, 1.0), [v], name='by_reference')]):
        tf.no_op(name='after')


def tuples(g):
    a, b = tf.constant(1.0, name='a'), tf.constant(2.0, name='b')
    tf.tuple([b, a])
    tf.tuple([a], name='one', control_inputs=[b])


GRAPHS = [names, devices, controls, attributes, constants, import_plain, import_twice, import_mapped, conds, loops, loops_in_loops, loops_and_branches,
          loops_over_references, tuples]


def make(folder):
    graphs.write_text(str(source()), os.path.join(folder, 'source.pbtxt'))
    for build in GRAPHS:
        with ops.Graph().as_default() as g:
            build(g)
        graphs.write_text(str(g.as_graph_def(add_shapes=True)), os.path.join(folder, build.__name__ + '.pbtxt'))
