"""The nodes that single calls make: their names, ops and count, on which later seeds depend."""
import numpy as np
import tensorflow as tf
tf.logging.set_verbosity(tf.logging.ERROR)
for call in (
    lambda: tf.zeros(6), lambda: tf.ones(6), lambda: tf.zeros(np.int64(6)), lambda: tf.zeros(np.array(6)),
    lambda: tf.zeros(np.array([2, 3])), lambda: tf.zeros((2, 3)), lambda: tf.zeros(tf.TensorShape([2])),
    lambda: tf.zeros([tf.constant(2), 3]), lambda: tf.zeros([tf.Dimension(2), 3]), lambda: tf.ones([40, 40]),
    lambda: tf.zeros([]), lambda: tf.zeros(()), lambda: tf.zeros(tf.Dimension(4)), lambda: tf.ones(3, tf.int32, 'o'),
    lambda: tf.zeros([2], tf.string), lambda: tf.zeros(tf.constant(3)), lambda: tf.zeros(2000),
    lambda: tf.zeros([None, 2]), lambda: tf.zeros('a'), lambda: tf.zeros_like(3), lambda: tf.ones_like([1, 2]),
    lambda: tf.fill(3, 1), lambda: tf.fill([3], 1), lambda: tf.random_normal([3]), lambda: tf.random_normal(3),
    lambda: tf.truncated_normal((2,)), lambda: tf.random_uniform([]), lambda: tf.random_uniform(()),
    lambda: tf.random_uniform(tf.TensorShape([2])), lambda: tf.random_normal([tf.Dimension(2), 3]),
    lambda: tf.constant(1., shape=3), lambda: tf.constant(1., shape=[3]), lambda: tf.constant(1., shape=(2, 2)),
    lambda: tf.constant(0., tf.float32, [2]), lambda: tf.reshape([1, 2], [-1, 1]),
    lambda: tf.placeholder(tf.float32, 5), lambda: tf.placeholder(tf.float32, (None)),
    lambda: tf.placeholder(tf.float32, shape=()), lambda: tf.Variable(tf.zeros(3)), lambda: tf.get_variable('g', 3),
    lambda: tf.get_variable('gt', shape=(3,)), lambda: tf.get_variable('gd', [tf.Dimension(3), 2]), lambda: tf.eye(3),
    lambda: tf.linspace(0., 1., 3), lambda: tf.range(3), lambda: tf.range(3.), lambda: tf.one_hot(2, 3),
    lambda: tf.expand_dims(1, 0), lambda: tf.tile([1], [2]), lambda: tf.convert_to_tensor([tf.constant(1), 2]),
    lambda: tf.convert_to_tensor([[tf.constant(1.)]]), lambda: tf.stack([1, 2]), lambda: tf.sequence_mask([1, 2]),
    lambda: tf.pad([1], [[1, 1]]), lambda: tf.nn.dropout(tf.zeros([2]), .5), lambda: tf.squeeze([[1]]),
    lambda: tf.transpose([[1, 2]]), lambda: tf.reduce_mean([1., 2.]), lambda: tf.cast(1, tf.float32),
    lambda: tf.to_float(3), lambda: tf.cond(tf.constant(True), lambda: 1, lambda: 2),
    lambda: tf.layers.flatten(tf.zeros([2, 3, 4])), lambda: tf.contrib.layers.flatten(tf.zeros([2, 3, 4])),
    lambda: tf.image.resize_images(tf.zeros([1, 2, 2, 1]), [3, 3]), lambda: tf.clip_by_norm([1., 2.], 1.),
    lambda: tf.unstack(tf.zeros([2, 2]))[0], lambda: tf.split(tf.zeros([4]), 2)[0], lambda: tf.argmax([1, 2]),
    lambda: tf.equal(1, 2), lambda: tf.nn.moments(tf.zeros([2, 2]), [0])[0], lambda: tf.nn.l2_normalize([1., 2.], 0),
    lambda: tf.nn.embedding_lookup(tf.zeros([3, 2]), [1]), lambda: tf.losses.mean_squared_error([1.], [2.]),
    lambda: tf.where([True], [1], [2]), lambda: tf.gather([1], 0), lambda: tf.slice([1, 2], [0], [1]),
    lambda: tf.norm([1., 2.]), lambda: tf.diag([1]), lambda: tf.add_n([1, 2]), lambda: tf.concat([[1], [2]], 0),
    lambda: tf.concat(0, [[1]]) , lambda: tf.meshgrid([1], [2])[0], lambda: tf.Print(1, [1]),
    lambda: tf.py_func(lambda x: x, [1], tf.int64), lambda: tf.group(tf.no_op()),
    lambda: tf.tuple([tf.constant(1)])[0], lambda: tf.random_shuffle([1, 2]), lambda: tf.multinomial([[1.]], 1),
    lambda: tf.squared_difference(1., 2.), lambda: tf.maximum(1, 2), lambda: tf.pow(2, 3), lambda: tf.mod(2, 3),
    lambda: tf.div(4, 3), lambda: tf.truediv(4, 3), lambda: tf.floordiv(4, 3), lambda: tf.constant(2) / 3,
    lambda: tf.constant([1, 2])[0], lambda: tf.constant([1, 2])[tf.constant(1)], lambda: tf.constant([[1, 2]])[:, -1],
):
    with tf.Graph().as_default() as graph:
        try:
            made = call()
            made = getattr(made, 'name', made)
        except Exception as error:
            made = type(error).__name__ + ' ' + str(error).split('\n')[0][:60]
        print(made, [(op.name, op.type) for op in graph.get_operations()])
