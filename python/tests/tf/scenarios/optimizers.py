"""Optimizers of sparse models, second derivatives, and a noisy learning rate."""
import numpy as np
import tensorflow as tf
tf.logging.set_verbosity(tf.logging.ERROR)
tf.set_random_seed(3)

step = tf.train.get_or_create_global_step()
for kind, more in ((tf.train.ProximalGradientDescentOptimizer, {}), (tf.train.ProximalAdagradOptimizer, {}),
                   (tf.train.AdagradDAOptimizer, {'global_step': step})):
    for use_resource in (False, True):
        with tf.variable_scope(None, kind.__name__, use_resource=use_resource):
            v = tf.get_variable('v', initializer=[[1., -2.], [.01, 3.], [4., 5.]])
            loss = tf.reduce_sum(tf.square(tf.gather(v, [0, 2, 0]))) * .5
            dense = tf.reduce_sum(v * v * v)
        optimizer = kind(.1, l1_regularization_strength=.05, l2_regularization_strength=.02, **more)
        train = [optimizer.minimize(loss), optimizer.minimize(dense, global_step=step)]
        print([op.name for op in train], optimizer.get_slot_names(), sorted(s.name for s in optimizer.variables()))
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            for operation in train:
                session.run(operation)
                print(np.round(session.run(v), 5).tolist())

x = tf.Variable([1., 2.], name='x')
second = tf.hessians(tf.reduce_sum(x ** 3) + x[0] * x[1], x)
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    print(session.run(second))
with tf.Graph().as_default():
    tf.set_random_seed(4)
    rate = tf.train.noisy_linear_cosine_decay(.1, 10, 100, initial_variance=1e-4)
    with tf.Session() as session:
        print(rate.name, '%.5f' % session.run(rate))
