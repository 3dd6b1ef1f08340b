"""tf.signal's windows and shifts, and recurrent networks that read both ways: digests of graphs, and values."""
import numpy as np
import tensorflow as tf
from listings import case, main
tf.logging.set_verbosity(tf.logging.ERROR)
for name in ('hann_window', 'hamming_window'):
    window = getattr(tf.signal, name)
    case(name, lambda window=window: [window(1), window(6), window(7, name='w'), window(6, periodic=False), window(5, dtype=tf.float64)], True)
    case(name + '_free', lambda window=window: window(tf.placeholder_with_default(4, [])), True)
    case(name + '_wrong', lambda window=window: window(4, dtype=tf.int32))
X = np.arange(12, dtype='f').reshape(3, 4)
for name in ('fftshift', 'ifftshift'):
    shift = getattr(tf.signal, name)
    case(name, lambda shift=shift: [shift(X), shift(X, 0), shift(X, axes=[1], name='s'), shift(X, (0, -1)), shift([1, 2, 3])], True)


def inputs():
    return tf.placeholder_with_default(np.cos(np.arange(30) * 1.3).reshape(2, 5, 3).astype('f'), [2, 5, 3])


def cells(one=tf.nn.rnn_cell.BasicRNNCell):
    tf.get_variable_scope().set_initializer(tf.constant_initializer(.1))
    return one(4), one(2)


case('dynamic_values', lambda: sum(map(list, tf.nn.bidirectional_dynamic_rnn(*cells(), inputs=inputs(), dtype=tf.float32)), []), True)
case('dynamic_lengths', lambda: list(tf.nn.bidirectional_dynamic_rnn(
    *cells(tf.nn.rnn_cell.GRUCell), inputs=inputs(), sequence_length=[3, 5], dtype=tf.float32, time_major=False, scope='mine')[0]), True)
case('static', lambda: list(tf.nn.static_bidirectional_rnn(*cells(), inputs=tf.unstack(inputs(), axis=1), dtype=tf.float32)[0]), True)
case('static_lengths', lambda: list(tf.nn.static_bidirectional_rnn(
    *cells(), inputs=tf.unstack(inputs(), axis=1), dtype=tf.float32, sequence_length=[3, 5], scope='s')[0]), True)
case('wrong', lambda: tf.nn.static_bidirectional_rnn(*cells(), inputs=inputs(), dtype=tf.float32))
case('wrong2', lambda: tf.nn.static_bidirectional_rnn(*cells(), inputs=[], dtype=tf.float32))
case('wrong3', lambda: tf.nn.bidirectional_dynamic_rnn(1, 2, inputs=inputs()))
main()
