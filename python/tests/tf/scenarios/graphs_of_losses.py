"""tf.contrib.losses: digests of graphs, and values."""
import numpy as np
import tensorflow as tf
from listings import case, main
tf.logging.set_verbosity(tf.logging.ERROR)
losses = tf.contrib.losses


def P(shape=(4, 3), dtype='float32', known=None, phase=0.):
    values = (np.sin(np.arange(np.prod(shape)) * 1.7 + phase).reshape(shape) + 1) / 2
    return tf.placeholder_with_default(values.astype(dtype), shape if known is None else known)


WEIGHTS = [1.0, .5, 0., [1., 0., 2., 1.]]
for name in 'absolute_difference log_loss mean_squared_error mean_pairwise_squared_error'.split():
    case(name, lambda name=name: [getattr(losses, name)(P(), P(phase=1), weights=w) for w in WEIGHTS] +
         [getattr(losses, name)(P(known=[None, 3]), P(), scope='mine'), losses.get_total_loss()], True)
for name in 'sigmoid_cross_entropy softmax_cross_entropy'.split():
    case(name, lambda name=name: [getattr(losses, name)(P(), P(phase=1), weights=w) for w in WEIGHTS] +
         [getattr(losses, name)(P(), P(known=[None, 3]), label_smoothing=.1, scope='mine')] + losses.get_losses(), True)
case('sparse', lambda: [losses.sparse_softmax_cross_entropy(P(), tf.constant([[0], [1], [2], [1]])),
                        tf.contrib.slim.losses.sparse_softmax_cross_entropy(P(), tf.constant([0, 1, 2, 1]), [[1.], [0.], [2.], [3.]], 's')], True)
case('hinge', lambda: [losses.hinge_loss(P(), P(phase=1)), losses.get_losses()], True)
case('cosine', lambda: [losses.cosine_distance(P(), P(phase=1), 1), losses.cosine_distance(P(), P(phase=1), dim=0, weights=.3)], True)
case('weighted', lambda: [losses.compute_weighted_loss(P(), P((4, 3))), losses.compute_weighted_loss(P((4, 3, 2)), P((4, 1)), 'w'),
                          losses.compute_weighted_loss(P(dtype='float64'), 2.)], True)
case('refused', lambda: losses.compute_weighted_loss(tf.placeholder(tf.float32)))
case('refused2', lambda: losses.compute_weighted_loss(P(), tf.placeholder(tf.float32)))
case('refused3', lambda: losses.cosine_distance(P(), P()))
case('refused4', lambda: losses.log_loss(P(), P((2, 3))))
case('total', lambda: [losses.mean_squared_error(P(), P(phase=1)), tf.losses.mean_squared_error(P(), P(phase=1)), tf.layers.dense(
    P(), 2, kernel_regularizer=tf.contrib.layers.l2_regularizer(.1)).name, losses.get_total_loss(), losses.get_total_loss(False, 'plain'),
    losses.get_regularization_losses(), losses.add_loss(tf.constant(1.)), losses.get_losses()])
main()
