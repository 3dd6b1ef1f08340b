"""Session.partial_run, and make_callable with values too many."""
import tensorflow as tf
tf.logging.set_verbosity(tf.logging.ERROR)

x = tf.placeholder(tf.float32, [None, 2], name='x')
bias = tf.placeholder(tf.float32, [], name='bias')
tripled = tf.multiply(x, 3, name='tripled')
y = tf.add(tripled, bias, name='y')
noise = tf.random_uniform([], name='noise')
louder = noise * bias
session = tf.Session()


def tried(function):
    try:
        print(function())
    except tf.errors.OpError as error:
        print(type(error).__name__, str(error).split('\n')[0])


handle = session.partial_run_setup([tripled, y], [x, 'bias:0'])
print(handle.split(';')[0])
print(session.partial_run(handle, tripled, {x: [[1, 2]]}))
tried(lambda: session.partial_run(handle, tripled, {bias: 1}))
tried(lambda: session.partial_run(handle, y, {x: [[1, 2]], bias: 1}))
tried(lambda: session.partial_run(handle, noise))
tried(lambda: session.partial_run(handle, [], {noise: 1}))
print(session.partial_run(handle, {'y': [y]}, {'bias:0': 10}))
tried(lambda: session.partial_run(handle, y, {bias: 10}))
tried(lambda: session.partial_run('nonsense', y))
tried(lambda: session.partial_run_setup([]))
handle = session.partial_run_setup([tripled], [x])
tried(lambda: session.partial_run(handle, tripled))

handle = session.partial_run_setup([noise, louder], [bias])
first = session.partial_run(handle, noise)
print(abs(session.partial_run(handle, louder, {bias: 2.}) - 2 * first) < 1e-6)
print(tf.Session().make_callable(y, [x, bias])([[1, 2]], 1, 5))
