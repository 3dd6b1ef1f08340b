"""Candidate samplers and the losses on them: a digest of each graph, or, with names of cases as arguments, its nodes."""
import numpy as np
import tensorflow as tf
from listings import case, main
tf.logging.set_verbosity(tf.logging.ERROR)
LABELS = np.array([[1], [4], [0], [9]])


def table(name, shape):
    return tf.get_variable(name, shape, initializer=tf.random_uniform_initializer(-1, 1))


def loss(function, labels=LABELS, dtype=tf.int64, parts=None, **arguments):
    """The losses of four rows, and their gradients."""
    partitioner = parts and tf.fixed_size_partitioner(parts)
    with tf.variable_scope('net', partitioner=partitioner):
        weights = table('weights', [10, 3])
    biases = tf.get_variable('biases', [10], initializer=tf.zeros_initializer())
    inputs = tf.constant(np.arange(12.).reshape(4, 3) / 12, tf.float32)
    losses = function(weights, biases, tf.constant(labels, dtype), inputs, 4, 10, **arguments)
    trained = tf.trainable_variables()
    return [losses] + [tf.abs(g.values) if isinstance(g, tf.IndexedSlices) else g for g in tf.gradients(losses, trained)]


case('nce', lambda: loss(tf.nn.nce_loss), True)
case('nce_int32', lambda: loss(tf.nn.nce_loss, dtype=tf.int32, name='mine'), True)
case('nce_two', lambda: loss(tf.nn.nce_loss, np.array([[1, 2], [4, 5], [0, 1], [9, 8]]), num_true=2), True)
case('nce_parts', lambda: loss(tf.nn.nce_loss, parts=2, partition_strategy='div'), True)
case('nce_hits', lambda: loss(tf.nn.nce_loss, remove_accidental_hits=True), True)
case('softmax', lambda: loss(tf.nn.sampled_softmax_loss), True)
case('softmax_seed', lambda: loss(tf.nn.sampled_softmax_loss, remove_accidental_hits=False, seed=3), True)
case('softmax_given', lambda: loss(
    tf.nn.sampled_softmax_loss, remove_accidental_hits=False,
    sampled_values=tf.nn.uniform_candidate_sampler(tf.constant(LABELS), 1, 4, True, 10, seed=2)), True)
case('uniform', lambda: list(tf.random.uniform_candidate_sampler(tf.constant(LABELS), 1, 5, False, 10, name='u')), True)
case('log_uniform', lambda: list(tf.random.log_uniform_candidate_sampler(tf.constant(LABELS), 1, 5, True, 10, 7)), True)
case('others', lambda: [
    list(tf.nn.learned_unigram_candidate_sampler(tf.constant(LABELS), 1, 5, True, 10)),
    list(tf.nn.fixed_unigram_candidate_sampler(tf.constant(LABELS), 1, 2, True, 3, unigrams=[1., 2., 3.])),
    list(tf.nn.all_candidate_sampler(tf.constant(LABELS), 1, 10, True)),
    list(tf.nn.compute_accidental_hits(tf.constant(LABELS), tf.constant([1, 0, 7], tf.int64), 1))])
main()
