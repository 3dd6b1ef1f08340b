"""tf.sets and tf.quantization: digests of graphs, and values."""
import numpy as np
import tensorflow as tf
from listings import case, main
tf.logging.set_verbosity(tf.logging.ERROR)
A, B = [[1, 2, 2], [4, 5, 6]], [[2, 3], [6, 4]]


def S(dtype='int64'):
    return tf.SparseTensor([[0, 0], [0, 1], [1, 0]], np.array([2, 9, 4]).astype(dtype), [2, 3])


def parts(*sparse):
    return [part for one in sparse for part in (one.indices, one.values, one.dense_shape)]


case('dense', lambda: parts(tf.sets.intersection(A, B), tf.sets.set_union(A, B), tf.sets.difference(A, B), tf.sets.set_difference(A, B, False)), True)
case('strings', lambda: parts(tf.sets.union([['b', 'a']], [['c', 'a']], validate_indices=False)), True)
case('unknown', lambda: parts(tf.sets.set_intersection(tf.placeholder_with_default(np.uint8(A), None), np.uint8(B))), True)
case('sparse', lambda: parts(
    tf.sets.intersection(np.int64(A), S()), tf.sets.difference(S(), np.int64(A)), tf.sets.difference(S(), np.int64(A), aminusb=False),
    tf.sets.union(S(), S()), tf.sets.intersection(S(), tf.SparseTensorValue([[0, 0]], [2], [2, 3]))))
case('sizes', lambda: [tf.sets.size(S()), tf.sets.set_size(S('int32'), validate_indices=False)])
case('wrong', lambda: tf.sets.size(A))
case('wrong2', lambda: tf.sets.size(S('float32')))
case('wrong3', lambda: tf.sets.union([[1.]], [[2.]]))
case('wrong4', lambda: tf.sets.union([[1]], np.int64([[2]])))

X = np.sin(np.arange(12, dtype='f')).reshape(3, 4) * 3


def quantized(T, mode, **others):
    output, low, high = tf.quantize(X, -4., 4., T, mode=mode, **others)
    return [tf.bitcast(output, {tf.quint8: tf.uint8, tf.qint8: tf.int8}[T]), low, high, tf.dequantize(output, low, high, mode=mode)]


for mode in ('MIN_COMBINED', 'MIN_FIRST', 'SCALED'):
    case(mode, lambda mode=mode: quantized(tf.quint8, mode) + quantized(tf.qint8, mode, name='q'), True)
case('even', lambda: quantized(tf.qint8, 'SCALED', round_mode='HALF_TO_EVEN'), True)
case('others', lambda: [
    tf.quantization.quantize(tf.constant(X), 0., 1., tf.qint32), tf.quantize_v2(X, -1, 1, tf.quint8, 'MIN_FIRST', 'name'),
    tf.quantize_v2(X, tf.placeholder(tf.float32), 1., T=tf.qint32, round_mode='HALF_AWAY_FROM_ZERO')])
case('there_and_back', lambda: [
    tf.quantization.quantize_and_dequantize(X, -1., 1.), tf.quantization.quantize_and_dequantize(X, 0., 1., False, 4, True, 'HALF_UP', 'n', True)])
case('wrong_type', lambda: tf.quantize(tf.constant(X), tf.constant(-1.), tf.constant(1.), tf.float32))
case('wrong_mode', lambda: tf.quantize(tf.constant(X), tf.constant(-1.), tf.constant(1.), tf.quint8, 'OTHER'))
main()
