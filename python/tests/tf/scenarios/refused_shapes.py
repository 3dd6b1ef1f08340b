# What is said of shapes that don't go together, and which values of the inputs are told with it.
import tensorflow as tf

REFUSED = [
    lambda: tf.concat([tf.placeholder(tf.float32, [None, 3]), tf.zeros([2, 2, 2])], 1),
    lambda: tf.concat([tf.zeros([1, 3]), tf.zeros([2, 3])], 1),
    lambda: tf.concat([tf.zeros([1, 3]), tf.zeros([2, 3])], 3),
    lambda: tf.zeros([2, 3])[0, 0, 0],
    lambda: tf.zeros([2, 3])[5],
    lambda: tf.reshape(tf.zeros([6]), [4, -1]),
    lambda: tf.add_n([tf.zeros([6]), tf.zeros([5]), tf.zeros([4])]),
    lambda: tf.split(tf.zeros([3, 6]), 4, 1),
    lambda: tf.slice(tf.zeros([3, 6]), [0], [1]),
    lambda: tf.transpose(tf.zeros([3, 6]), [0, 1, 2]),
    lambda: tf.expand_dims(tf.zeros([3, 6]), 5),
    lambda: tf.squeeze(tf.zeros([3, 6]), 1),
    lambda: tf.reduce_sum(tf.zeros([3, 6]), 2),
    lambda: tf.argmax(tf.zeros([3, 6]), 2),
    lambda: tf.tile(tf.zeros([3, 6]), [2]),
    lambda: tf.pad(tf.zeros([3, 6]), [[2, 1]]),
    lambda: tf.nn.conv2d_transpose(tf.zeros([1, 2, 2, 3]), tf.zeros([3, 3, 4, 5]), [1, 4, 4, 4], [1, 2, 2, 1]),
    lambda: tf.gather(tf.zeros([3]), [0], axis=2),
    lambda: tf.one_hot([1], -3),
    lambda: tf.image.resize_images(tf.zeros([1, 2, 2, 3]), [1, 2, 3]),
    lambda: tf.range(0, 5, -1),
    lambda: tf.linspace(0., 1., 0),
    lambda: tf.stack([tf.zeros([2]), tf.zeros([3])]),
    lambda: tf.nn.top_k([1., 2.], 3),
]
for build in REFUSED:
    try:
        build()
        print('built')
    except ValueError as error:
        print(error)
