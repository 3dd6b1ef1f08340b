"""Recurrent cells along time."""
import numpy as np
import tensorflow as tf
tf.logging.set_verbosity(tf.logging.ERROR)
C = tf.nn.rnn_cell
draw = np.random.RandomState(1)
data = draw.rand(3, 4, 5).astype('f')


def fails(function):
    try:
        print('no error:', function())
    except Exception as error:
        print(type(error).__name__, str(error).split('\n')[0][:90])


def names(values):
    return [getattr(v, 'name', v) for v in values]


def sums(state):
    return [sums(part) for part in state] if isinstance(state, tuple) else '%.4f' % np.sum(state)


def run(make, feed=False):
    with tf.Graph().as_default():
        tf.set_random_seed(6)
        x = tf.placeholder(tf.float32, [None if feed else 3, 4, 5], 'x')
        outputs, state = make(x)
        wanted = [outputs, state]
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            outputs, state = session.run(wanted, {x: data})
        print(names(tf.global_variables()), len(tf.get_default_graph().get_operations()))
        print(type(state).__name__, '%.5f' % np.mean(outputs), sums(state))
        print(names(wanted[0] if isinstance(wanted[0], list) else [wanted[0]]))


def static(cell, **kwargs):
    return lambda x: tf.nn.static_rnn(cell(), tf.unstack(x, axis=1), dtype=tf.float32, **kwargs)


def dynamic(cell, **kwargs):
    return lambda x: tf.nn.dynamic_rnn(cell(), x, dtype=tf.float32, **kwargs)


cells = [
    lambda: C.BasicRNNCell(2), lambda: C.GRUCell(2, kernel_initializer=tf.ones_initializer()), lambda: C.BasicLSTMCell(2),
    lambda: C.BasicLSTMCell(2, forget_bias=.5, state_is_tuple=False, name='mine', activation='relu'),
    lambda: C.LSTMCell(2, use_peepholes=True, cell_clip=.5, num_proj=3, proj_clip=.1, initializer=tf.ones_initializer()),
    lambda: C.MultiRNNCell([C.BasicLSTMCell(2), C.GRUCell(3)]),
    lambda: C.DropoutWrapper(C.BasicLSTMCell(4), .5, .7, .9, seed=3), lambda: C.ResidualWrapper(C.GRUCell(5)),
]
for cell in cells:
    run(static(cell))
for cell in cells[:4]:
    run(dynamic(cell))
run(static(cells[2], sequence_length=[1, 4, 2]))
run(static(cells[2], scope='other'), feed=True)
run(dynamic(cells[1], sequence_length=[1, 4, 2]))
run(dynamic(cells[2], sequence_length=[1, 4, 2]), feed=True)
run(lambda x: tf.nn.dynamic_rnn(C.GRUCell(2), tf.transpose(x, [1, 0, 2]), time_major=True, initial_state=tf.ones([3, 2])))

tf.set_random_seed(2)
x = tf.placeholder(tf.float32, [3, 4, 5])
y = tf.placeholder(tf.float32, [3, 1])
outputs, state = tf.contrib.rnn.static_rnn(tf.contrib.rnn.BasicLSTMCell(4), tf.unstack(x, 4, 1), dtype=tf.float32)
loss = tf.losses.mean_squared_error(y, tf.layers.dense(outputs[-1], 1))
train = tf.train.AdamOptimizer(.05).minimize(loss)
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    for _ in range(5):
        print('%.5f' % session.run([train, loss], {x: data, y: [[1], [0], [2]]})[1])
    tf.train.Saver().save(session, 'lstm')
print(tf.train.list_variables('lstm'))
cell = C.GRUCell(2)
print(cell.state_size, cell.output_size, cell.zero_state(3, tf.float32).name, cell.weights, state.dtype)
output, state = cell(x[:, 0], cell.zero_state(3, tf.float32))
print(output.name, names(cell.trainable_weights), names(cell.variables))
fails(lambda: tf.nn.static_rnn(cell, x, dtype=tf.float32))
fails(lambda: tf.nn.static_rnn(cell, [], dtype=tf.float32))
fails(lambda: tf.nn.static_rnn(cell, tf.unstack(x)))
fails(lambda: tf.nn.static_rnn(3, tf.unstack(x)))
fails(lambda: tf.nn.dynamic_rnn(cell, x))
fails(lambda: C.MultiRNNCell([]))
fails(lambda: C.DropoutWrapper(cell, 2.))
fails(lambda: C.GRUCell(2)(tf.zeros([2, 2], tf.int32), tf.zeros([2, 2], tf.int32)))
