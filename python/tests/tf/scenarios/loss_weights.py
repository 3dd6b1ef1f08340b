"""Losses whose weights' shapes are known only when they are fed."""
import tensorflow as tf
tf.logging.set_verbosity(tf.logging.ERROR)
tf.set_random_seed(1)
y = tf.placeholder(tf.float32, [None, 2])
w = tf.placeholder(tf.float32, [None, 1])
any_weights = tf.placeholder(tf.float32)
losses = [tf.losses.mean_squared_error(y, y * 2, weights=w),
          tf.losses.softmax_cross_entropy(y, y, weights=w[:, 0]),
          tf.losses.absolute_difference(y, y * 2, weights=any_weights)]
print(len(tf.get_default_graph().get_operations()))
drawn = tf.random_normal([2])
with tf.Session() as session:
    fed = {y: [[1, 2], [3, 4]], w: [[1], [0]], any_weights: 1.}
    print(['%.4f' % value for value in session.run(losses, fed)], ['%.4f' % value for value in session.run(drawn)])
    for weights in ([1., 2.], [[1., 2.]], [[1.], [2.]], [[1., 2., 3.]], [[[1.]]]):
        try:
            print('%.4f' % session.run(losses[2], {y: [[1, 2], [3, 4]], any_weights: weights}))
        except Exception as error:
            print(type(error).__name__, str(error).split('\n')[0])
