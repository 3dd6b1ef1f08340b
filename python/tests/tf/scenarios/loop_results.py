# The form of what a loop gives is the one that its body gives.
import collections

import tensorflow as tf

Pair = collections.namedtuple('Pair', 'a b')
zero, one = tf.constant(0), tf.constant(1)


def below(i, *_):
    return i < 3


print(tf.while_loop(below, lambda i, j: (i + 1, j * 2), [zero, one]))
print(tf.while_loop(below, lambda i, j: [i + 1, j * 2], (zero, one)))
print(tf.while_loop(below, lambda i: i + 1, [zero]))
print(tf.while_loop(below, lambda i: [i + 1], [zero], return_same_structure=True))
print(tf.while_loop(below, lambda i: (i + 1,), (zero,)))
print(tf.while_loop(lambda p: p.a < 3, lambda p: [Pair(p.a + 1, p.b)], [Pair(zero, one)]))
print(tf.while_loop(lambda p: p['a'] < 3, lambda p: [{'a': p['a'] + 1}], [{'a': zero}]))
print(tf.while_loop(below, lambda i, p: (i + 1, Pair(p.a, p.b)), [zero, Pair(zero, one)]))
print(tf.while_loop(below, lambda i, j: (i + 1, j * 2), (zero, one), maximum_iterations=5))
print(tf.while_loop(below, lambda i: i + 1, [zero], maximum_iterations=5))
kept = tf.while_loop(below, lambda i, t: (i + 1, t.write(i, i)), [zero, tf.TensorArray(tf.int32, 3)])
print(type(kept).__name__, type(kept[1]).__name__)
with tf.Session() as sess:
    print(sess.run(tf.while_loop(below, lambda i, j: (i + 1, j * 2), [zero, one])))
    print(sess.run(kept[1].stack()))
