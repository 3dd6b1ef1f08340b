"""tf.nn.collapse_repeated, ctc_unique_labels: digests of graphs, and values."""
import tensorflow as tf
from listings import case, main
tf.logging.set_verbosity(tf.logging.ERROR)
LABELS = [[1, 1, 2, 2, 1], [3, 3, 3, 0, 0], [4, 5, 5, 6, 6]]


def free():
    return tf.placeholder_with_default(LABELS, [None, None])


case('collapsed', lambda: list(tf.nn.collapse_repeated(LABELS, tf.placeholder_with_default([5, 3, 4], [None]))), True)
case('collapsed_free', lambda: list(tf.nn.collapse_repeated(free(), tf.constant([2, 1, 0], tf.int64), name='c')), True)
case('unique', lambda: list(tf.nn.ctc_unique_labels(LABELS)), True)
case('unique_free', lambda: list(tf.nn.ctc_unique_labels(free(), name='u')), True)
case('finite', lambda: tf.debugging.assert_all_finite(tf.constant([1., 2.]), 'not finite', name='v'), True)
main()
