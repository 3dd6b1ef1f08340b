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
LONG = np.arange(22, dtype='f').reshape(2, 11)
case('frame', lambda: tf.signal.frame(tf.placeholder_with_default(LONG, [2, 11]), 4, 2), True)
case('frame_padded', lambda: tf.signal.frame(tf.placeholder_with_default(LONG, None), 6, 4, pad_end=True, pad_value=-1, name='f'), True)
case('frame_axis', lambda: tf.signal.frame(tf.placeholder_with_default(LONG, [None, 11]), 1, 1, axis=0), True)
case('frame_free', lambda: tf.signal.frame(LONG, tf.placeholder_with_default(6, []), tf.placeholder_with_default(4, [])), True)
case('added', lambda: tf.signal.overlap_and_add(tf.placeholder_with_default(LONG, [2, 11]), 4), True)
case('added_fast', lambda: tf.signal.overlap_and_add(tf.placeholder_with_default(LONG, [2, 11]), 11, name='o'), True)
case('added_free', lambda: tf.signal.overlap_and_add(
    tf.placeholder_with_default(LONG.reshape(1, 2, 11), [None, None, None]), tf.placeholder_with_default(3, [])), True)
case('added_wrong', lambda: tf.signal.overlap_and_add(tf.constant(LONG), tf.constant(4.)))
case('inverse', lambda: [tf.signal.inverse_stft_window_fn(2)(6, tf.float32), tf.signal.inverse_stft_window_fn(3, tf.signal.hamming_window, 'i')(7, tf.float64)], True)
case('mels', lambda: tf.signal.linear_to_mel_weight_matrix(4, 9), True)
case('mels_named', lambda: tf.signal.linear_to_mel_weight_matrix(3, 6, tf.constant(16000.), 80., 7600., tf.float64, 'm'), True)
for number, wrong in enumerate([(0,), (3, 6, -1), (3, 6, 8000, -1.), (3, 6, 8000, 10., 10.), (3, 6, 8000, 10., 5000.), (3, 6, 8000, 10., 20., tf.int32)]):
    case('mels_wrong%d' % number, lambda wrong=wrong: tf.signal.linear_to_mel_weight_matrix(*wrong))


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
