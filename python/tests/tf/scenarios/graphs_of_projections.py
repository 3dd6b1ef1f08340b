"""tf.contrib.rnn's wrappers of inputs and outputs: a digest of each graph, or, with names of cases as arguments, its nodes."""
import numpy as np
import tensorflow as tf
from listings import case, main
tf.logging.set_verbosity(tf.logging.ERROR)
rnn = tf.contrib.rnn


def sequence(shape=(2, 3, 4)):
    return tf.constant(np.sin(np.arange(np.prod(shape))).reshape(shape), tf.float32)


def unrolled(make, inputs=None):
    inputs = tf.unstack(sequence() if inputs is None else inputs, axis=1)
    outputs, state = rnn.static_rnn(make(), inputs, dtype=tf.float32)
    tf.gradients(outputs[-1], tf.trainable_variables())
    return [outputs[-1], state[0] if isinstance(state, tuple) else state]


def dynamic(make):
    outputs, state = tf.nn.dynamic_rnn(make(), sequence(), dtype=tf.float32)
    return [outputs, state]


def inner(size=3):
    return tf.nn.rnn_cell.GRUCell(size)


case('output', lambda: unrolled(lambda: rnn.OutputProjectionWrapper(inner(), 2)), True)
case('output_activation', lambda: unrolled(lambda: rnn.OutputProjectionWrapper(tf.nn.rnn_cell.BasicLSTMCell(3), 2, tf.tanh)), True)
case('output_dynamic', lambda: dynamic(lambda: rnn.OutputProjectionWrapper(inner(), output_size=1, activation=tf.nn.relu)), True)
case('output_size', lambda: rnn.OutputProjectionWrapper(inner(), 0))
case('input', lambda: unrolled(lambda: rnn.InputProjectionWrapper(inner(), 5)), True)
case('input_dynamic', lambda: dynamic(lambda: rnn.InputProjectionWrapper(inner(), 5, tf.nn.relu)), True)
case('both', lambda: unrolled(lambda: rnn.OutputProjectionWrapper(rnn.InputProjectionWrapper(inner(), 2), 4)), True)
case('embedding', lambda: unrolled(lambda: rnn.EmbeddingWrapper(inner(), 6, 4), tf.constant([[[1], [0], [5]], [[2], [2], [4]]])), True)
case('embedding_lstm', lambda: unrolled(
    lambda: rnn.EmbeddingWrapper(tf.nn.rnn_cell.BasicLSTMCell(3), 6, 4, tf.ones_initializer()), tf.constant([[[1], [0]], [[2], [4]]])), True)
case('embedding_size', lambda: rnn.EmbeddingWrapper(inner(), 0, 3))
main()
