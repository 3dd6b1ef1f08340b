#!/usr/bin/env python3
"""Makes tests/data/golden/control_flow/NAME.pb with TensorFlow 1.15.5: graphs with branches and loops as its Python builds
them, their gradients included. Beside what is to be fetched, result_0, result_1 ..., stand constants with what TensorFlow
computed: expected_0, expected_1 ...

  make_control_flow_graphs.py FOLDER"""
import os
import sys

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import numpy as np  # pylint: disable=wrong-import-position
import tensorflow as tf  # pylint: disable=wrong-import-position


def nested_loops():
    """Sums of j * i over j < i, for i < 5; the inner loop is entered once for each pass of the outer one."""
    def outer(i, total):
        inner = tf.while_loop(lambda j, _: j < i, lambda j, t: (j + 1, t + i * j), (0, 0))
        return i + 1, total + inner[1]
    return tf.while_loop(lambda i, _: i < 5, outer, (0, 0))


def cond_in_loop():
    def body(i, x):
        return i + 1, tf.cond(tf.equal(i % 2, 0), lambda: x + 1., lambda: x * [2., 3.])
    return tf.while_loop(lambda i, _: i < 5, body, (0, tf.constant([1., 1.])))


def loop_in_cond():
    results = []
    for taken in (True, False):
        pred = tf.placeholder_with_default(taken, [])
        results.append(tf.cond(pred, lambda: tf.while_loop(lambda i: i < 7, lambda i: i + 2, [0]), lambda: tf.constant(-1)))
    return results


def branches_in_branches():
    results = []
    for number in range(4):
        x = tf.placeholder_with_default(number, [])
        results.append(tf.case([(tf.equal(x, 0), lambda: 10), (tf.equal(x, 1), lambda: tf.cond(x > 0, lambda: 20, lambda: 21)),
                                (tf.equal(x, 2), lambda: 30)], default=lambda: 40))
    return results


def no_pass():
    return tf.while_loop(lambda i, _: i < 0, lambda i, x: (i + 1, x + 1.), (tf.constant(0), tf.constant([1.5])))


def constants_of_a_loop():
    """What comes from outside is there in every pass."""
    step, scale = tf.placeholder_with_default(3, []), tf.constant([[1., 2.], [0., 1.]])
    return tf.while_loop(lambda i, _: i < 10, lambda i, x: (i + step, tf.matmul(x, scale)), (0, tf.constant([[1., 1.]])))


def growing_shape():
    return tf.while_loop(lambda i, _: i < 4, lambda i, x: (i + 1, tf.concat([x, [tf.cast(i, tf.float32)]], 0)), (0, tf.zeros([1])),
                         shape_invariants=(tf.TensorShape([]), tf.TensorShape([None])))


def one_pass_at_a_time():
    return tf.while_loop(lambda i, _: i < 50, lambda i, x: (i + 1, x + i), (0, 0), parallel_iterations=1)


def tensor_array():
    array = tf.TensorArray(tf.float32, size=5, clear_after_read=False)
    _, array = tf.while_loop(lambda i, _: i < 5, lambda i, a: (i + 1, a.write(i, tf.cast(i * i, tf.float32))), (0, array))
    return [array.stack(), array.read(3)]


def gradient_of_loop():
    """Stacks, and a second loop that goes backwards."""
    x = tf.placeholder_with_default(np.float32([1.5, -2]), [2])
    w = tf.constant([2., .5])
    y = tf.while_loop(lambda i, _: i < 4, lambda i, y: (i + 1, tf.tanh(y * w + x)), (0, x))[1]
    return [y] + tf.gradients(y, [x, w])


def gradient_of_nested_loops():
    x = tf.placeholder_with_default(np.float32(.5), [])

    def outer(i, y):
        return i + 1, tf.while_loop(lambda j, _: j < i, lambda j, z: (j + 1, tf.sin(z) + x), (0, y))[1]
    y = tf.while_loop(lambda i, _: i < 4, outer, (0, x))[1]
    return [y] + tf.gradients(y, [x])


def gradient_of_cond():
    results = []
    for taken in (True, False):
        pred = tf.placeholder_with_default(taken, [])
        x, w = tf.constant([1., 2.]), tf.constant([3., 4.])
        y = tf.cond(pred, lambda: x * w, lambda: tf.square(x))
        results += tf.gradients(y, [x, w])
    return results


def cond_in_loop_gradient():
    x = tf.placeholder_with_default(np.float32(.3), [])

    def body(i, y):
        return i + 1, tf.cond(tf.equal(i % 2, 0), lambda: y * x, lambda: tf.exp(y))
    y = tf.while_loop(lambda i, _: i < 5, body, (0, x))[1]
    return [y] + tf.gradients(y, [x])


def dynamic_rnn():
    inputs = tf.constant(np.linspace(-1, 1, 2 * 4 * 3).reshape(2, 4, 3), tf.float32)
    w = tf.constant(np.linspace(-.5, .5, 15).reshape(5, 3), tf.float32)

    class Plain(tf.nn.rnn_cell.RNNCell):
        """A cell without variables."""
        state_size = output_size = 2

        def call(self, inputs, state):  # pylint: disable=signature-differs
            new = tf.tanh(tf.matmul(tf.concat([inputs, state], 1), w[:, :2]))
            return new, new
    outputs, state = tf.nn.dynamic_rnn(Plain(), inputs, sequence_length=[4, 2], dtype=tf.float32)
    return [outputs, state] + tf.gradients(tf.reduce_sum(outputs), [w])


GRAPHS = [nested_loops, cond_in_loop, loop_in_cond, branches_in_branches, no_pass, constants_of_a_loop, growing_shape,
          one_pass_at_a_time, tensor_array, gradient_of_loop, gradient_of_nested_loops, gradient_of_cond, cond_in_loop_gradient,
          dynamic_rnn]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    os.makedirs(sys.argv[1], exist_ok=True)
    for build in GRAPHS:
        with tf.Graph().as_default() as graph:
            results = [tf.identity(result, name=f'result_{i}') for i, result in enumerate(build())]
            with tf.Session() as session:
                values = session.run(results)
            for i, value in enumerate(values):
                tf.constant(value, name=f'expected_{i}')
            tf.io.write_graph(graph.as_graph_def(), sys.argv[1], build.__name__ + '.pb', as_text=False)


if __name__ == '__main__':
    main()
