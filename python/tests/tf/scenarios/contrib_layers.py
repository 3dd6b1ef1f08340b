"""Layers of tf.contrib.layers under arg_scope, slim's training step, nested custom getters."""
import numpy as np
import tensorflow as tf
from tensorflow.contrib.layers.python.layers import regularizers
from tensorflow.contrib.framework import arg_scope
tf.logging.set_verbosity(tf.logging.ERROR)
L = tf.contrib.layers
slim = tf.contrib.slim
tf.set_random_seed(1)
X = np.random.RandomState(0).rand(6, 8, 8, 3).astype('f')
x = tf.placeholder(tf.float32, [None, 8, 8, 3])
tr = tf.placeholder(tf.bool)
with tf.variable_scope('net'):
    with arg_scope([L.conv2d, L.fully_connected], weights_regularizer=L.l2_regularizer(.01), normalizer_fn=L.batch_norm, normalizer_params={'is_training': tr, 'decay': .9, 'scale': True}):
        n = L.conv2d(x, 4, [3, 3], scope='c1', outputs_collections='ends')
        n = L.max_pool2d(n, [2, 2], scope='p1', outputs_collections='ends')
        n = L.conv2d(n, 5, 3, stride=2, padding='VALID')
        n = L.repeat(n, 2, slim.conv2d, 3, 1, scope='rep')
    n = L.avg_pool2d(n, 1, 1)
    n = L.dropout(n, .8, is_training=tr, seed=4)
    n = L.flatten(n)
    n = L.stack(n, L.fully_connected, [7, 5], scope='fcs')
    n = L.batch_norm(n, is_training=tr, updates_collections=None)
    o = L.linear(n, 2, scope='out')
    o2 = L.fully_connected(n, 3, activation_fn=None, biases_initializer=None)
for v in tf.global_variables():
    print(v.name, v.shape, v in tf.trainable_variables(), v in tf.model_variables())
print([t.name for t in tf.get_collection('ends')], o.name, o2.name, [t.name for t in tf.losses.get_regularization_losses()], [t.name for t in tf.get_collection(tf.GraphKeys.UPDATE_OPS)])
print(sorted(slim.utils.convert_collection_to_dict('ends')))
loss = tf.losses.mean_squared_error(tf.ones([6, 2]), o) + tf.losses.get_regularization_loss()
train = slim.learning.create_train_op(loss, tf.train.GradientDescentOptimizer(.1), clip_gradient_norm=.5,
                                      gradient_multipliers={'net/out/biases': 2.}, summarize_gradients=True)
print(train.name, [t.name for t in tf.get_collection(tf.GraphKeys.TRAIN_OP)], len(tf.get_collection('summaries')))


def rounded(values):
    return np.round(values, 4).tolist()


with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    print(rounded(session.run(o, {x: X, tr: False})))
    for _ in range(3):
        print('%.4f' % session.run(train, {x: X, tr: True}))
    print(rounded(session.run(o, {x: X, tr: False})), session.run(tf.train.get_global_step()))
    print([rounded(session.run(v)) for v in tf.global_variables() if 'moving' in v.name])
    print(session.run(L.one_hot_encoding([1, 0], 3)))


def getter(word):
    def get(getter, name, *args, **kwargs):
        return getter(name + '_' + word, *args, **kwargs)
    return get


with tf.variable_scope('outer', custom_getter=getter('outer')), tf.variable_scope('inner', custom_getter=getter('inner')):
    print(tf.get_variable('v', [1]).name)
for wrong in (lambda: L.conv2d(x, 2, 3, data_format='HWC'), lambda: L.fully_connected(x, 2.), lambda: L.stack(x, L.relu, 3),
              lambda: L.conv2d(o, 2, 3), lambda: L.max_pool2d(x, 2, data_format='x')):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, str(error)[:60])
