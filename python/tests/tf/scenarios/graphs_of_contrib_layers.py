"""tf.contrib.layers besides the plain ones, and optimize_loss: digests of graphs, and values."""
import numpy as np
import tensorflow as tf
from listings import case, main
tf.logging.set_verbosity(tf.logging.ERROR)
L = tf.contrib.layers


def P(shape=(2, 6, 6, 3), known=None):
    values = np.sin(np.arange(np.prod(shape)) * .7).reshape(shape).astype('f')
    return tf.placeholder_with_default(values, shape if known is None else known)


REGULARIZED = dict(weights_regularizer=L.l2_regularizer(.1), biases_regularizer=L.l1_regularizer(.1), variables_collections=['mine'],
                   outputs_collections='ends')
NORMALIZED = dict(normalizer_fn=L.batch_norm, normalizer_params={'is_training': True})
case('transposed', lambda: [
    L.conv2d_transpose(P(), 4, 3, 2), L.convolution2d_transpose(P(), 4, [2, 3], padding='VALID', scope='t', **REGULARIZED),
    L.conv2d_transpose(P(known=[None, None, None, 3]), 2, 3, activation_fn=None, biases_initializer=None),
    tf.contrib.slim.conv2d_transpose(P(), 4, 3, **NORMALIZED)], True)
case('separable', lambda: [
    L.separable_conv2d(P(), 4, 3), L.separable_conv2d(P(), None, 3, 2, stride=2, scope='d', **REGULARIZED), L.separable_convolution2d(
        P(), 4, [3, 2], 2, 2, 'VALID', pointwise_initializer=tf.ones_initializer(), scope='s', **REGULARIZED),
    tf.contrib.slim.separable_conv2d(P(), 3, 3, rate=2, **NORMALIZED), L.separable_conv2d(P(), None, 3, scope='n', **NORMALIZED)], True)
case('reused', lambda: [L.separable_conv2d(P(), 4, 3, scope='s'), L.separable_conv2d(P(), 4, 3, scope='s', reuse=True),
                        L.layer_norm(P(), scope='l'), L.layer_norm(P(), scope='l', reuse=True)])
case('in_plane', lambda: [L.conv2d_in_plane(P(), 3), L.convolution2d_in_plane(P(), [3, 1], 2, scope='p', **REGULARIZED),
                          L.conv2d_in_plane(P(), 3, **NORMALIZED)], True)
case('sequences', lambda: [L.conv1d(P((2, 8, 3)), 4, 3), L.convolution1d(P((2, 8, 3)), 4, 3, 2, 'VALID', activation_fn=None, scope='c'),
                           L.bias_add(P()), L.bias_add(P((2, 3)), tf.nn.relu, tf.ones_initializer(), L.l2_regularizer(.1), scope='b')], True)
case('volumes', lambda: [L.conv3d(P((1, 4, 4, 4, 2)), 3, 2), L.max_pool3d(P((1, 4, 4, 4, 2)), 2), L.avg_pool3d(P((1, 4, 4, 4, 2)), 2, scope='a')])
case('normalized', lambda: [
    L.layer_norm(P()), L.layer_norm(P((4, 5), [None, 5]), activation_fn=tf.nn.relu, scope='l', variables_collections=['mine']),
    L.layer_norm(P(), False, begin_norm_axis=2, begin_params_axis=2), L.instance_norm(P()), L.instance_norm(P(), scale=False, epsilon=.1,
    param_initializers={'beta': tf.ones_initializer()}, scope='i'), L.instance_norm(P(known=[None, None, None, 3]), activation_fn=tf.nn.relu),
    L.instance_norm(P(), data_format='NCHW'), L.unit_norm(P((2, 3)), 1), L.unit_norm(P(), 0, scope='u')], True)
case('refused', lambda: L.layer_norm(tf.placeholder(tf.float32)))
case('refused2', lambda: L.layer_norm(tf.placeholder(tf.float32, [2, None])))
case('refused3', lambda: L.instance_norm(P(), data_format='NWC'))
case('refused4', lambda: L.unit_norm(P(), 4))
case('refused5', lambda: L.conv2d_transpose(P(), 4, 3, data_format='NDHWC'))
case('refused6', lambda: L.conv2d_in_plane(P(), [1, 2, 3]))
case('shapes', lambda: [
    L.softmax(P()), L.softmax(P((2, 3), [None, 3]), 's'), L.maxout(P((2, 6)), 3), L.maxout(P((2, 6, 4), [None, 6, 4]), 2, 1, 'm'),
    L.spatial_softmax(P()), L.spatial_softmax(P(known=[None, None, None, 3]), 2., 'spatial', trainable=False),
    tf.contrib.slim.pool(P(), 2, 'MAX'), tf.contrib.slim.pool(P(), [2, 3], 'AVG', stride=2, scope='p')], True)
case('sequences2', lambda: [tf.contrib.layers.images_to_sequence(P()), tf.contrib.layers.sequence_to_images(P((6, 4, 3)), 2),
                            tf.contrib.layers.dense_to_sparse(tf.constant([[1, 0], [2, 3]]), scope='d')], True)
case('maxout_refused', lambda: L.maxout(P((2, 5)), 3))
case('embedded', lambda: [
    L.embed_sequence([[1, 2], [3, 1]], 5, 3), L.embed_sequence([[1, 2], [3, 1]], 5, 3, True, tf.ones_initializer(), scope='e'),
    L.embed_sequence([4], reuse=True, vocab_size=5, embed_dim=3, scope='e'), L.embedding_lookup_unique(P((5, 2)), [[1, 1], [2, 4]])], True)
case('embedded_refused', lambda: L.embed_sequence([1]))


def of_loss(*arguments, **others):
    y = tf.layers.dense(P((4, 3)), 2, name='d')
    step = tf.train.get_or_create_global_step()
    loss = tf.reduce_mean(tf.square(y))
    return [tf.contrib.layers.optimize_loss(loss, step, *arguments, **others), tf.random_uniform([1])]


case('trained', lambda: of_loss(.1, 'SGD'), True)
case('trained_adam', lambda: of_loss(.01, 'Adam', clip_gradients=.5, summaries=['gradients', 'gradient_norm', 'loss'], name='mine'), True)
case('trained_decay', lambda: of_loss(.1, tf.train.MomentumOptimizer(.1, .9), learning_rate_decay_fn=lambda rate, step: tf.train.exponential_decay(
    rate, step, 10, .9), gradient_noise_scale=.1, gradient_multipliers={'d/bias:0': 2.}), True)
case('trained_class', lambda: of_loss(tf.constant(.1), tf.train.RMSPropOptimizer, increment_global_step=False, update_ops=[tf.no_op('u')]), True)
case('trained_function', lambda: of_loss(None, lambda: tf.train.AdagradOptimizer(.1), clip_gradients=tf.contrib.layers.OPTIMIZER_CLS_NAMES and (
    lambda pairs: [(g * .5, v) for g, v in pairs])), True)
case('trained_adaptive', lambda: of_loss(.1, 'SGD', clip_gradients=tf.contrib.slim.adaptive_clipping_fn(report_summary=True)), True)
case('trained_refused', lambda: of_loss(.1, 'Sgd'))
case('trained_refused2', lambda: of_loss(None, 'SGD'))
case('trained_refused3', lambda: of_loss(.1, 'SGD', summaries=['all']))
case('trained_refused4', lambda: of_loss(.1, 7))
main()
