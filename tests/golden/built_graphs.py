"""built/: graphs that functions of TensorFlow's Python make, each with a twin in tests/compose, tests/variables or tests/layers.

Every function named make_NAME below builds on an empty graph; NAME.pb is its GraphDef. The VariableDefs of make_variable_defs
are in variable_defs.txt, one a line in hex."""
import binascii
import os

import numpy as np
import tensorflow as tf
from tensorflow.python.ops import control_flow_ops


def make_arrays():
    tf.zeros([2, 3])
    tf.zeros([], tf.int64, name='none')
    tf.zeros([0, 5000])
    tf.zeros([10, 99], tf.bool)
    tf.zeros([10, 100])
    tf.ones([1000], tf.int32, name='many')
    tf.zeros([2], tf.string)
    x = tf.placeholder(tf.float32, [None, 4], name='x')
    known = tf.placeholder(tf.float64, [30, 40], name='known')
    tf.zeros(tf.shape(x))
    tf.ones(tf.size(x), name='by_size')
    tf.zeros_like(x)
    tf.zeros_like(x, dtype=tf.int32)
    tf.zeros_like(known)
    tf.ones_like(x)
    tf.ones_like(known, dtype=tf.float32)
    tf.fill([2, 2], 7)
    tf.shape(known)
    tf.shape(x, out_type=tf.int64)
    tf.rank(x)
    tf.rank(tf.placeholder(tf.float32, name='unknown'))
    tf.size(known)
    tf.reshape(x, [-1])
    tf.concat([x, x], 1)
    tf.concat([x], 0)
    tf.slice(x, [0, 1], [-1, 2])
    tf.shape(x)[0]
    tf.shape(x)[1:]
    tf.shape(x)[:1]
    tf.squeeze(tf.zeros([1, 3]), [0])
    tf.boolean_mask(known, tf.placeholder(tf.bool, [30], name='mask'))
    tf.boolean_mask(x, tf.placeholder(tf.bool, [None, 4], name='mask2'))


def make_arithmetic():
    x = tf.placeholder(tf.float32, [2, 3], name='x')
    n = tf.placeholder(tf.int32, [3], name='n')
    s = tf.placeholder(tf.string, [], name='s')
    v = tf.Variable([1.0, 2.0, 3.0], name='v')
    r = tf.get_variable('r', initializer=[1.0, 2.0, 3.0], use_resource=True)
    x + x, x + 1, 1 + x, x + np.array([1, 2, 3], np.float64)
    x - v, v - x, v - v, r + r, r * x, x * r, 2 * r
    x / 2, n / 2, 3 / n
    s + 'tail'
    -x, -v, -r
    with tf.name_scope('scope'):
        (x + v) * 2 - 1
    tf.cast(x, tf.float32), tf.cast(x, tf.int32), tf.cast(1.5, tf.float64), tf.cast(v, tf.int64), tf.cast(v, tf.float32)
    tf.range(5), tf.range(1, 10, 2), tf.range(0.0, 1.0, 0.25), tf.range(0, tf.size(n)), tf.range(0, tf.cast(tf.size(n), tf.int64))
    a = tf.placeholder(tf.float32, [3, 4], name='a')
    tf.matmul(x, a), tf.matmul(a, x, transpose_a=True, transpose_b=True, name='both')
    tf.matmul(tf.placeholder(tf.float32, [5, 2, 3]), tf.placeholder(tf.float32, [5, 3, 1]))
    tf.matmul(x, [[1.0], [2.0], [3.0]])
    tf.matmul(tf.placeholder(tf.float32), x, transpose_a=True)


def make_reductions():
    x = tf.placeholder(tf.float32, [2, 3], name='x')
    u = tf.placeholder(tf.float32, name='u')
    b = tf.placeholder(tf.bool, [4], name='b')
    v = tf.Variable([[1.0, 2.0]], name='v')
    r = tf.get_variable('r', initializer=[1.0, 2.0], use_resource=True)
    tf.reduce_sum(x), tf.reduce_sum(x, 1), tf.reduce_sum(x, [0, 1], keepdims=True), tf.reduce_sum(x, axis=-1, name='last')
    tf.reduce_sum(u), tf.reduce_mean(v), tf.reduce_mean(r), tf.reduce_mean(x)
    tf.reduce_max(x, 0), tf.reduce_min(x), tf.reduce_prod(tf.shape(x)), tf.reduce_all(b), tf.reduce_any(b, 0)
    tf.reduce_sum(x, keepdims=True)


def make_random():
    tf.random_uniform([2, 3])
    tf.set_random_seed(5)
    tf.random_uniform([2, 3], -1, 1, seed=7)
    tf.random_uniform([4], 0, 10, tf.int32)
    tf.random_uniform([4], maxval=3, dtype=tf.int64, name='longs')
    tf.random_uniform([], 1.0, 2.0, tf.float64)
    tf.random_normal([3])
    tf.random_normal([3, 1], 1, 2, tf.float16, seed=3, name='halves')
    tf.truncated_normal([2, 2], stddev=0.1)
    tf.random_uniform(tf.shape(tf.placeholder(tf.float32, [None, 2])))


def make_nn():
    tf.set_random_seed(1)
    x = tf.placeholder(tf.float32, [None, 4], name='x')
    labels = tf.placeholder(tf.float32, [None, 3], name='labels')
    classes = tf.placeholder(tf.int64, [None], name='classes')
    w = tf.get_variable('w', [4, 3])
    b = tf.get_variable('b', [3], initializer=tf.zeros_initializer())
    logits = tf.nn.xw_plus_b(x, w, b)
    tf.nn.xw_plus_b(x, w, b, name='scores')
    tf.nn.bias_add(logits, b)
    tf.nn.dropout(x, rate=0.4)
    tf.nn.dropout(x, keep_prob=0.75, seed=3, name='drop')
    tf.nn.dropout(x, keep_prob=tf.placeholder(tf.float32, [], name='keep'))
    tf.nn.dropout(x, rate=tf.placeholder(tf.float32, [], name='rate'))
    tf.nn.dropout(x, rate=0.0)
    tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)
    tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    tf.nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits)
    tf.nn.softmax_cross_entropy_with_logits_v2(labels=tf.zeros([2, 5, 3]), logits=tf.ones([2, 5, 3]), name='deep')
    tf.nn.sparse_softmax_cross_entropy_with_logits(labels=classes, logits=logits)
    tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[1, 2], logits=tf.ones([2, 3]), name='xent')
    tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[[1], [2]], logits=tf.ones([2, 1, 3]), name='deep_sparse')
    mean, variance = tf.nn.moments(x, [0])
    tf.nn.moments(x, [0, 1], keep_dims=True, name='all')
    tf.nn.batch_normalization(x, mean, variance, None, None, 1e-3)
    tf.nn.batch_normalization(x, mean, variance, tf.zeros([4]), tf.ones([4]), 1e-3, name='bn')


def make_plain_variables():
    tf.Variable(1.0)
    tf.Variable([1, 2], name='ints', trainable=False)
    tf.Variable(0, dtype=tf.float64, name='double')
    tf.Variable(tf.zeros([3]), name='tensor')
    tf.Variable(lambda: tf.ones([2, 2]), name='made')
    tf.Variable(tf.placeholder(tf.float32, name='any'), validate_shape=False, name='loose')
    tf.Variable('text', name='string', collections=['mine'])
    tf.Variable(3.0, use_resource=True, name='r')
    tf.Variable(lambda: tf.fill([2], 1), use_resource=True, name='made_r')
    with tf.name_scope('scope'), tf.device('/cpu:0'):
        tf.Variable(2.0, name='v')
        tf.Variable(2.0, name='v', use_resource=True)
    with tf.control_dependencies([tf.no_op()]):
        tf.Variable(4.0, name='free')
    with tf.variable_scope('', use_resource=True):
        tf.Variable([0.5, 1.5], name='h')
    other = tf.Variable(5.0, name='read')
    other + tf.get_variable('again', initializer=1.0, use_resource=True)
    with tf.device('/cpu:0'):
        tf.Variable(lambda: tf.ones([2, 2]), name='placed')
        tf.Variable(lambda: tf.ones([2, 2]), name='placed_r', use_resource=True)


def make_initializers():
    tf.set_random_seed(3)
    get = tf.get_variable
    get('zeros', [3], initializer=tf.zeros_initializer())
    get('many', [50, 20], initializer=tf.zeros_initializer())
    get('ones', [2], tf.int32, initializer=tf.ones_initializer())
    get('constant', [2, 2], initializer=tf.constant_initializer(0.5))
    get('large', [100, 100], initializer=tf.constant_initializer(0.5))
    get('list', [3], initializer=tf.constant_initializer([1, 2, 3]))
    get('matrix', [2, 2], tf.float64, initializer=tf.constant_initializer([1, 2]))
    get('uniform', [2], initializer=tf.random_uniform_initializer(-1, 1))
    get('uniform_default', [2], initializer=tf.random_uniform_initializer(seed=4))
    get('uniform_int', [2], tf.int32, initializer=tf.random_uniform_initializer(0, 10))
    get('normal', [2], initializer=tf.random_normal_initializer(stddev=0.1, seed=2))
    get('truncated', [2], initializer=tf.truncated_normal_initializer(1.0, 2.0))
    get('fan_in', [3, 4], initializer=tf.variance_scaling_initializer())
    get('fan_out', [3, 4], initializer=tf.variance_scaling_initializer(2.0, 'fan_out', 'untruncated_normal'))
    get('fan_avg', [5, 5, 3, 4], initializer=tf.variance_scaling_initializer(2.0, 'fan_avg', 'uniform', seed=9))
    get('glorot', [5, 5, 3, 4])
    get('glorot_vector', [7])
    get('glorot_normal', [3, 2], initializer=tf.glorot_normal_initializer())
    get('glorot_double', [3, 2], tf.float64, initializer=tf.glorot_uniform_initializer(seed=1))
    get('int', [2], tf.int64)
    get('bool', [], tf.bool)
    get('string', [1], tf.string)
    get('value', initializer=[1, 2, 3])
    get('typed', dtype=tf.float32, initializer=2.0)
    get('tensor', initializer=tf.fill([2], 3))
    get('resource', [3], use_resource=True)
    get('own', [2, 2], initializer=lambda shape, dtype, partition_info: tf.ones(shape, dtype) * 2)


def make_variable_scopes():
    get = tf.get_variable
    with tf.name_scope('names'):
        get('outside', [1])
        with tf.variable_scope('first') as first:
            get('v', [1])
            tf.no_op()
            with tf.variable_scope('inner', initializer=tf.ones_initializer()):
                get('v', [1])
                tf.Variable(1.0, name='plain')
    with tf.variable_scope('first'):
        tf.no_op()
        get('w', [1])
    with tf.variable_scope(first, reuse=True):
        get('v', [1])
        tf.no_op()
    with tf.variable_scope(first, auxiliary_name_scope=False):
        tf.no_op('flat')
        get('x', [1])
    with tf.name_scope('around'), tf.variable_scope('aux', auxiliary_name_scope=False):
        tf.no_op()
        get('y', [1])
    for _ in range(3):
        with tf.variable_scope(None, default_name='unit'):
            get('v', [1])
            with tf.variable_scope(None, default_name='unit'):
                get('v', [1])
    with tf.variable_scope('a/b'):
        tf.no_op('o')
        get('v', [1])
    with tf.variable_scope('a'), tf.variable_scope('b', reuse=tf.AUTO_REUSE):
        tf.no_op('o')
        get('v', [1])
        get('w', [1])
    with tf.variable_scope('typed', dtype=tf.float64, regularizer=tf.contrib.layers.l2_regularizer(0.5), use_resource=True):
        get('v', [2])
        with tf.variable_scope('deeper', use_resource=False):
            get('v', [2])
            with tf.variable_scope('', regularizer=tf.contrib.layers.l2_regularizer(0.0)):
                get('w', [2])
    with tf.variable_scope('reusing'):
        get('v', [1])
        tf.get_variable_scope().reuse_variables()
        get('v')
        with tf.variable_scope('sub'):
            assert tf.get_variable_scope().reuse is True
    with tf.variable_scope('reusing'):
        with tf.variable_scope(first):
            get('jumped', [1])
            with tf.variable_scope(None, default_name='unit'):
                get('v', [1])
        get('back', [1])
    with tf.device('/cpu:0'), tf.control_dependencies([tf.no_op()]), tf.variable_scope('placed'):
        get('v', [1])
        get('r', [1], use_resource=True)
    tf.get_local_variable('local', [2], initializer=tf.zeros_initializer())


def make_partitioned():
    tf.set_random_seed(2)
    get = tf.get_variable
    with tf.variable_scope('parts', partitioner=tf.fixed_size_partitioner(3)):
        p = get('p', [5, 2])
        get('scalar', [])
        get('value', initializer=tf.reshape(tf.range(8.0), [4, 2]))
        with tf.variable_scope('reused', reuse=tf.AUTO_REUSE):
            get('q', [3], initializer=tf.zeros_initializer())
            get('q', [3])
    columns = get('columns', [2, 4], partitioner=tf.fixed_size_partitioner(2, axis=1), initializer=tf.ones_initializer(),
                  regularizer=tf.contrib.layers.l2_regularizer(0.5))
    resource = get('resource', [4], use_resource=True, partitioner=tf.fixed_size_partitioner(2),
                   initializer=tf.random_normal_initializer(seed=1))
    one = get('one', [4], partitioner=tf.min_max_variable_partitioner(4))
    axis = get('axis', [100, 3], partitioner=tf.variable_axis_size_partitioner(500), initializer=tf.constant_initializer(1.5))
    with tf.name_scope('use'):
        tf.identity(p)
        tf.identity(p)
        tf.identity(columns)
        tf.identity(resource)
        tf.identity(one)
    tf.add(axis, 1.0)


def make_changes():
    v = tf.Variable([1.0, 2.0], name='v')
    r = tf.get_variable('r', initializer=[1.0, 2.0], use_resource=True)
    tf.assign(v, [3.0, 4.0])
    tf.assign_add(v, v, name='twice')
    tf.assign_sub(v, tf.ones([2]))
    tf.assign(r, [3.0, 4.0], name='set')
    tf.assign_add(r, [1.0, 1.0])
    r.assign_sub(tf.ones([2]), name='down')
    tf.assign(v, r)
    tf.get_local_variable('l', initializer=1)
    tf.train.get_or_create_global_step()
    tf.train.get_or_create_global_step()
    tf.report_uninitialized_variables()
    tf.report_uninitialized_variables([r])
    tf.global_variables_initializer()
    tf.global_variables_initializer()
    tf.local_variables_initializer()
    tf.variables_initializer([], name='nothing')
    tf.is_variable_initialized(v), tf.is_variable_initialized(r)


def make_initial_values_of_others():
    a = tf.Variable(2.0, name='a')
    r = tf.get_variable('r', initializer=3.0, use_resource=True)
    tf.Variable(a * 2 + 1, name='b')
    tf.Variable(r * 2, name='c')
    tf.Variable(a.initialized_value(), name='d')
    tf.get_variable('e', initializer=tf.exp(a + a), use_resource=True)
    with tf.name_scope('scope'):
        tf.Variable(lambda: a + 1, name='f')


def make_nothing_to_report():
    tf.report_uninitialized_variables()


def make_losses():
    x = tf.placeholder(tf.float32, [4, 3], name='x')
    y = tf.placeholder(tf.float32, [4, 3], name='y')
    tf.losses.mean_squared_error(y, x)
    tf.losses.mean_squared_error(y, x, weights=0.5, scope='half')
    tf.losses.mean_squared_error(y, x, weights=tf.placeholder(tf.float32, [4, 1], name='weights'))
    tf.losses.mean_squared_error(y, x, reduction=tf.losses.Reduction.SUM)
    tf.losses.mean_squared_error(y, x, reduction=tf.losses.Reduction.MEAN)
    tf.losses.mean_squared_error(y, x, reduction=tf.losses.Reduction.NONE, loss_collection=None)
    tf.losses.mean_squared_error(y, x, reduction=tf.losses.Reduction.SUM_OVER_BATCH_SIZE)
    tf.losses.mean_squared_error(y, tf.cast(x, tf.float64))
    tf.losses.absolute_difference(y, x)
    tf.losses.sigmoid_cross_entropy(y, x)
    tf.losses.sigmoid_cross_entropy(y, x, label_smoothing=0.5)
    tf.losses.softmax_cross_entropy(y, x)
    tf.losses.sparse_softmax_cross_entropy(tf.placeholder(tf.int32, [4], name='classes'), x)
    tf.losses.get_total_loss()
    tf.get_variable('w', [3], regularizer=tf.contrib.layers.l2_regularizer(0.1))
    tf.losses.get_total_loss(name='with_weights')


def make_unknown_losses():
    x = tf.placeholder(tf.float32, [None, 3], name='x')
    y = tf.placeholder(tf.float32, [None, 3], name='y')
    tf.losses.mean_squared_error(y, x)
    tf.losses.sparse_softmax_cross_entropy(tf.placeholder(tf.int32, [None], name='classes'), x)
    tf.losses.softmax_cross_entropy(y, x)


def make_layers():
    tf.set_random_seed(4)
    image = tf.placeholder(tf.float32, [None, 12, 12, 1], name='image')
    h = tf.layers.conv2d(image, 8, 3, padding='same', activation=tf.nn.relu)
    h = tf.layers.max_pooling2d(h, 2, 2)
    h = tf.layers.conv2d(h, 4, [3, 2], strides=(2, 1), use_bias=False, name='second', kernel_initializer=tf.ones_initializer())
    h = tf.layers.average_pooling2d(h, 2, 1, padding='same', name='mean')
    h = tf.layers.flatten(h)
    h = tf.layers.dense(h, 16, tf.nn.tanh)
    h = tf.layers.dropout(h, 0.25, training=True)
    h = tf.layers.dropout(h, 0.25, training=False)
    tf.layers.dense(h, 3, name='logits', kernel_regularizer=tf.contrib.layers.l2_regularizer(0.1),
                    bias_initializer=tf.constant_initializer(0.5))
    tf.layers.dense(h, 3, name='logits', reuse=True)
    tf.layers.dense(h, 5)
    with tf.variable_scope('scope'):
        tf.layers.dense(h, 5, use_bias=False)
        tf.layers.dense(h, 5)
    tf.layers.dense(tf.placeholder(tf.float32, [2, 3, 4], name='deep'), 5)
    tf.layers.conv2d(tf.placeholder(tf.float32, [1, 3, 8, 8], name='first'), 2, 3, data_format='channels_first')
    tf.layers.flatten(tf.placeholder(tf.float32, [2, 3, 4], name='known'))


def make_cases():
    x = tf.placeholder(tf.int32, [], name='x')
    p, q, r = [tf.equal(x, i, name=name) for i, name in enumerate('pqr')]

    def branch(value):
        return lambda: tf.constant(value)
    tf.case([(p, branch(1)), (q, branch(2))], default=branch(3))
    tf.case([(p, branch(1.0)), (q, branch(2.0)), (r, branch(3.0))], exclusive=True, name='surely')
    tf.case([(p, branch(1)), (q, branch(2))], exclusive=True, default=branch(3), name='defaulted')
    tf.Assert(p, ['plain', x], summarize=5)
    tf.Assert(tf.reduce_all(q), [1.5], name='guarded')


def make_gradients_of_conds():
    x = tf.placeholder(tf.float32, [2], name='x')
    w = tf.constant([3.0, 4.0], name='w')
    p, q = tf.placeholder(tf.bool, [], name='p'), tf.placeholder(tf.bool, [], name='q')
    y = tf.cond(p, lambda: tf.multiply(x, w), lambda: tf.square(x))
    tf.gradients(y, [x, w])
    nested = tf.cond(p, lambda: tf.cond(q, lambda: tf.multiply(x, w), lambda: x), lambda: tf.exp(x), name='nested')
    tf.gradients(nested, [x, w], colocate_gradients_with_ops=True)
    tf.gradients([nested, tf.multiply(y, x)], [x], gate_gradients=True)
    r = tf.get_variable('r', initializer=[1.0, 2.0], use_resource=True)
    tf.gradients(tf.cond(p, lambda: tf.multiply(r, x), lambda: x, name='variable'), [r])
    table = tf.placeholder(tf.float32, [None, 2], name='table')
    tf.gradients(tf.cond(p, lambda: tf.gather(table, [1, 0, 1]), lambda: tf.multiply(table, 2.0), name='rows'), [table])


def make_gradients_of_switches():
    x, p = tf.placeholder(tf.float32, [2], name='x'), tf.placeholder(tf.bool, [], name='p')
    when_false, when_true = control_flow_ops.switch(x, p)
    merged, _ = control_flow_ops.merge([tf.square(when_false), tf.exp(when_true)])
    tf.gradients(merged, [x])
    tf.gradients(tf.square(when_true), [x])


def make_gradients_beside_loops():
    x = tf.placeholder(tf.float32, [2], name='x')
    count = tf.while_loop(lambda i: tf.less(i, 3), lambda i: [i + 1], [0])
    w = tf.constant([1.0, 2.0], name='w')
    y = tf.multiply(tf.multiply(x, w), tf.cast(count, tf.float32))
    tf.gradients(y, [x, w])

    def body(i, z):
        gradient = tf.gradients(tf.multiply(tf.square(z), w), [z, w])
        return i + 1, z - gradient[0] * gradient[1]
    tf.while_loop(lambda i, _: tf.less(i, 2), body, (0, x), name='inside')


def variable_defs():
    v = tf.Variable([1.0, 2.0], name='v')
    tf.Variable(1, name='fixed', trainable=False)
    tf.get_variable('r', initializer=1.0, use_resource=True)
    tf.get_variable('p', [3, 2], partitioner=tf.fixed_size_partitioner(2), initializer=tf.zeros_initializer())
    tf.train.get_or_create_global_step()
    return [x.to_proto().SerializeToString() for x in tf.global_variables()]


def make(folder):
    for key, build in sorted(globals().items()):
        if not key.startswith('make_'):
            continue
        with tf.Graph().as_default() as graph:
            build()
        with open(os.path.join(folder, key[len('make_'):] + '.pb'), 'wb') as f:
            f.write(graph.as_graph_def().SerializeToString(deterministic=True))
    with tf.Graph().as_default():
        lines = [binascii.hexlify(d).decode() for d in variable_defs()]
    with open(os.path.join(folder, 'variable_defs.txt'), 'w') as f:
        f.write('\n'.join(lines) + '\n')
