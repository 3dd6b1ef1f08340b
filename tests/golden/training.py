"""training/: optimizers, learning rates, moving averages and clipping as TensorFlow builds them, node for node, and what they compute;
tests/train/*_test.cc build the same ones.

Each function of GRAPHS makes one graph: NAME.pb holds it. It gives what to run: a number of steps, the op of a step, and further
tensors to fetch at the end; NAME.values.pb holds a Const for every global variable and each of these tensors after the steps."""
import os

import numpy as np
import tensorflow as tf
from tensorflow.python.ops import gen_array_ops, gen_resource_variable_ops
from tensorflow.python.training import moving_averages

GRAPHS = {}


def graph(function):
    GRAPHS[function.__name__] = function
    return function


def loss_of(table, w, b):
    if hasattr(table, 'handle'):
        rows = gen_resource_variable_ops.resource_gather(table.handle, [1, 3, 1], dtype=table.dtype, name='rows')
    else:
        rows = gen_array_ops.gather_v2(table, [1, 3, 1], 0, name='rows')
    y = tf.tanh(tf.matmul(rows, w) + b)
    return tf.reduce_sum(tf.square(y - np.array([[1, 0], [0.5, -1], [0, 0.25]], w.dtype.as_numpy_dtype)), name='loss')


def network(use_resource, dtype=tf.float32):
    """A table of which some rows are used, one of them twice, and a dense layer."""
    with tf.variable_scope('net', use_resource=use_resource, dtype=dtype):
        numbers = dtype.as_numpy_dtype
        table = tf.get_variable('table', initializer=np.array([-1, -.75, -.5, -.25, 0, .25, .5, .75, 1, 1.25, 1.5, 1.75],
                                                              numbers).reshape(4, 3))
        w = tf.get_variable('w', initializer=np.array([.5, -.25, .125, 1, -1, .75], numbers).reshape(3, 2))
        b = tf.get_variable('b', [2], initializer=tf.zeros_initializer())
    return loss_of(table, w, b)


def optimizer(case, make, **options):
    """The network trained, on reference and on resource variables; the op after it tells by its seed how many ids were used."""
    def built(use_resource):
        tf.set_random_seed(7)
        loss = network(use_resource)
        step = tf.train.get_or_create_global_step()
        train = make().minimize(loss, global_step=step, **options)
        tf.random_uniform([2], name='after')
        return 4, train, [loss]
    GRAPHS[case + '_ref'] = lambda: built(False)
    GRAPHS[case + '_resource'] = lambda: built(True)


optimizer('gradient_descent', lambda: tf.train.GradientDescentOptimizer(0.1))
optimizer('momentum', lambda: tf.train.MomentumOptimizer(0.1, 0.9))
optimizer('nesterov', lambda: tf.train.MomentumOptimizer(0.1, 0.9, use_locking=True, name='Nesterov', use_nesterov=True))
optimizer('adam', lambda: tf.train.AdamOptimizer(0.1, epsilon=1e-6), name='train')
optimizer('rms_prop', lambda: tf.train.RMSPropOptimizer(0.05, momentum=0.5))
optimizer('centered_rms_prop', lambda: tf.train.RMSPropOptimizer(0.05, 0.8, epsilon=1e-3, centered=True))
optimizer('adagrad', lambda: tf.train.AdagradOptimizer(0.2))


def in_doubles(use_resource):
    """Everything is cast to the variables' dtype; the learning rate is a tensor."""
    loss = network(use_resource, tf.float64)
    rate = tf.placeholder_with_default(0.05, [], name='rate')
    makers = [tf.train.GradientDescentOptimizer, lambda rate: tf.train.MomentumOptimizer(rate, 0.5), tf.train.RMSPropOptimizer,
              tf.train.AdagradOptimizer, tf.train.AdamOptimizer]
    if use_resource:
        del makers[0]  # It multiplies doubles by a float32 rate there, and fails.
    trains = [make(rate).minimize(loss) for make in makers]
    tf.random_uniform([2], seed=1, name='after')
    return 1, trains, [loss]


GRAPHS['doubles_ref'] = lambda: in_doubles(False)
GRAPHS['doubles_resource'] = lambda: in_doubles(True)


@graph
def two_of_a_kind():
    """A second optimizer of a kind counts on; a scope around; a resource variable as step; no step."""
    loss = network(False)
    step = tf.get_variable('step', initializer=np.int64(0), trainable=False, use_resource=True)
    first = tf.train.AdamOptimizer(0.1).minimize(loss, global_step=step)
    with tf.variable_scope('second'):
        second = tf.train.AdamOptimizer(0.1).minimize(loss, var_list=tf.trainable_variables()[1:])
    with tf.name_scope('third'):
        third = tf.train.MomentumOptimizer(0.1, 0.9, name='Adam').minimize(loss)
    return 2, [first, second, third], []


@graph
def gates():
    loss = network(False)
    for gate in (tf.train.Optimizer.GATE_NONE, tf.train.Optimizer.GATE_OP, tf.train.Optimizer.GATE_GRAPH):
        train = tf.train.GradientDescentOptimizer(0.1).minimize(loss, gate_gradients=gate)
    train = tf.train.GradientDescentOptimizer(0.1).minimize(loss, colocate_gradients_with_ops=True, grad_loss=tf.constant(0.5))
    return 1, train, [loss]


@graph
def devices():
    """Slots and updates stand where the variables do."""
    with tf.device('/job:ps/task:0/cpu:0'):
        a = tf.get_variable('a', initializer=[1.0, 2.0])
    with tf.device('/job:ps/task:1/cpu:0'):
        b = tf.get_variable('b', initializer=[1.0, 2.0], use_resource=True)
    with tf.device('/job:worker'):
        loss = tf.reduce_sum(a * b)
        step = tf.train.get_or_create_global_step()
        tf.train.AdamOptimizer(0.1).minimize(loss, global_step=step)
        tf.train.ExponentialMovingAverage(0.9, num_updates=step).apply()
    return None


@graph
def partitioned_slots():
    with tf.variable_scope('net', partitioner=tf.fixed_size_partitioner(2)):
        p = tf.get_variable('p', [4, 2], initializer=tf.ones_initializer())
    loss = tf.reduce_sum(tf.square(tf.convert_to_tensor(p)))
    with tf.variable_scope('outer'):
        train = tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss)
    train = [train, tf.train.AdagradOptimizer(0.1, 0.5).minimize(loss)]
    return 2, train, [loss]


@graph
def unknown_shapes():
    v = tf.Variable(tf.placeholder_with_default([1.0, 2.0], [None], name='start'), name='v', validate_shape=False)
    loss = tf.reduce_sum(tf.square(v))
    trains = [tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss), tf.train.RMSPropOptimizer(0.1, centered=True).minimize(loss),
              tf.train.AdagradOptimizer(0.1).minimize(loss)]
    return 2, trains, [loss]


@graph
def by_hand():
    """compute_gradients, clipping, apply_gradients; a variable without gradient."""
    loss = network(False)
    idle = tf.get_variable('idle', [1], initializer=tf.zeros_initializer())
    adam = tf.train.AdamOptimizer(0.1)
    pairs = adam.compute_gradients(loss)
    clipped, norm = tf.clip_by_global_norm([g for g, v in pairs], 0.5)
    train = adam.apply_gradients(list(zip(clipped, [v for g, v in pairs])), name='go')
    tf.clip_by_norm(pairs[1][0], 0.25, name='one')
    tf.clip_by_norm(pairs[1][0], 0.25, axes=[1])
    tf.clip_by_norm(pairs[0][0], 0.25)
    tf.clip_by_value(pairs[1][0], -0.1, 0.1, name='between')
    tf.clip_by_value(pairs[0][0], -0.1, 0.1)
    tf.clip_by_average_norm(pairs[1][0], 0.25)
    return 2, train, [norm, tf.get_default_graph().get_tensor_by_name('one:0'), tf.get_default_graph().get_tensor_by_name('between:0')]


def averages(use_resource):
    tf.set_random_seed(3)
    loss = network(use_resource)
    step = tf.train.get_or_create_global_step()
    train = tf.train.GradientDescentOptimizer(0.1).minimize(loss, global_step=step)
    counted = tf.train.ExponentialMovingAverage(0.95, num_updates=step)
    plain = tf.train.ExponentialMovingAverage(0.5, name='Plain')
    debiased = tf.train.ExponentialMovingAverage(0.9, zero_debias=True, name='debiased')
    with tf.control_dependencies([train]):
        averages = [counted.apply(tf.trainable_variables()), plain.apply([loss]), debiased.apply([loss])]
    tf.random_uniform([2], name='after')
    return 3, averages, []


GRAPHS['averages_ref'] = lambda: averages(False)
GRAPHS['averages_resource'] = lambda: averages(True)


def moving(use_resource):
    with tf.variable_scope('s', use_resource=use_resource):
        v = tf.get_variable('v', initializer=[0.0, 0.0], trainable=False)
        d = tf.get_variable('d', initializer=np.float64(0), trainable=False)
    x = tf.placeholder_with_default([1.0, -2.0], [2], name='x')
    updates = [moving_averages.assign_moving_average(v, x, 0.75, zero_debias=False),
               moving_averages.assign_moving_average(v, x, 0.75, zero_debias=False, name='named')]
    with tf.variable_scope('t', use_resource=use_resource):
        updates += [moving_averages.assign_moving_average(v, x, 0.5), moving_averages.assign_moving_average(v, x, tf.placeholder_with_default(0.25, []), name='again'),
                    moving_averages.assign_moving_average(d, np.float64(3), 0.9)]
    return 2, updates, []


GRAPHS['moving_ref'] = lambda: moving(False)
GRAPHS['moving_resource'] = lambda: moving(True)

STEPS = [0, 1, 9, 10, 25, 100, 120]


def decays(step):
    t = tf.train
    return [t.exponential_decay(0.5, step, 10, 0.9), t.exponential_decay(0.5, step, 10, 0.9, staircase=True, name='stairs'),
            t.piecewise_constant(step, [9, 25, 100], [1.0, 0.5, 0.25, 0.125]), t.polynomial_decay(0.5, step, 100),
            t.polynomial_decay(0.5, step, 100, 0.1, power=0.5, cycle=True, name='cycling'), t.natural_exp_decay(0.5, step, 10, 0.25),
            t.natural_exp_decay(0.5, step, 10, 0.25, staircase=True), t.inverse_time_decay(0.5, step, 10, 0.5),
            t.inverse_time_decay(0.5, step, 10, 0.5, staircase=True), t.cosine_decay(0.5, step, 100),
            t.cosine_decay(0.5, step, 100, alpha=0.1, name='cosine')]


def schedules(make_step):
    step, assign = make_step()
    rates = decays(step)
    after = tf.random_uniform([2], seed=1, name='after')
    graph = tf.get_default_graph()

    def fetch():
        with tf.Session(graph=graph) as sess:
            sess.run(assign.initializer)
            rows = []
            for number in STEPS:
                assign.load(number, sess)
                rows.append(sess.run(rates))
        return {'rate_%d' % i: np.array(column) for i, column in enumerate(zip(*rows))}
    return fetch


def step_variable(use_resource):
    step = tf.get_variable('global_step', initializer=np.int64(0), trainable=False, use_resource=use_resource)
    return step, step


GRAPHS['schedules_ref'] = lambda: schedules(lambda: step_variable(False))
GRAPHS['schedules_resource'] = lambda: schedules(lambda: step_variable(True))


def values_after(built, g):
    steps, train, fetches = built
    variables = tf.global_variables()
    variables += [v for v in tf.local_variables() if v not in variables]
    with tf.Session(graph=g) as sess:
        sess.run([v.initializer for v in variables])
        for _ in range(steps):
            for op in train if isinstance(train, list) else [train]:
                sess.run(op)
        found = {v.op.name: sess.run(v) for v in variables}
        found.update({t.op.name: sess.run(t) for t in fetches})
    return found


def make(folder):
    for name, function in sorted(GRAPHS.items()):
        with tf.Graph().as_default() as g:
            built = function()
            message = g.as_graph_def()
            found = None
            if built is not None:
                found = built() if callable(built) else values_after(built, g)
        with open(os.path.join(folder, name + '.pb'), 'wb') as f:
            f.write(message.SerializeToString(deterministic=True))
        if found is None:
            continue
        with tf.Graph().as_default() as g:
            for key, value in sorted(found.items()):
                tf.constant(value, name=key)
            message = g.as_graph_def()
        with open(os.path.join(folder, name + '.values.pb'), 'wb') as f:
            f.write(message.SerializeToString(deterministic=True))
