#!/usr/bin/env python3
"""Makes the checkpoint that Icecore's speed is measured on, with TensorFlow 2.21.

  make_vgg16.py FOLDER     writes FOLDER/vgg16.ckpt.{index,data-00000-of-00001,meta}

It has VGG16's shape: 13 convolutions and 3 fully connected layers, weights and biases each: 32 float32 variables,
138,357,544 parameters, 553 MB. Its graph takes images as `input` and ends in the softmax `prob`. The weights are random,
the same ones each time."""
import os
import sys

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
import tensorflow as tf

v1 = tf.compat.v1
BLOCKS = [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]


def variable(name, shape, scale):
    seed = len(v1.global_variables()) + 1
    return v1.get_variable(name, shape, initializer=v1.random_normal_initializer(stddev=scale, seed=seed), use_resource=False)


def layer(name, x, shape, multiply):
    with v1.variable_scope(name):
        inputs = 1
        for n in shape[:-1]:
            inputs *= n
        x = multiply(x, variable('weights', shape, (2 / inputs) ** .5))
        return tf.nn.bias_add(x, variable('biases', shape[-1:], .01))


def convolution(x, weights):
    return tf.nn.conv2d(x, weights, strides=1, padding='SAME')


def build():
    x = v1.placeholder(tf.float32, [None, 224, 224, 3], 'input')
    channels = 3
    with v1.variable_scope('vgg_16'):
        for block, (layers, width) in enumerate(BLOCKS, 1):
            for i in range(1, layers + 1):
                x = tf.nn.relu(layer('conv%d/conv%d_%d' % (block, block, i), x, [3, 3, channels, width], convolution))
                channels = width
            x = tf.nn.max_pool2d(x, 2, 2, 'VALID', name='pool%d' % block)
        x = tf.reshape(x, [-1, 7 * 7 * 512])
        x = tf.nn.relu(layer('fc6', x, [7 * 7 * 512, 4096], tf.matmul))
        x = tf.nn.relu(layer('fc7', x, [4096, 4096], tf.matmul))
        x = layer('fc8', x, [4096, 1000], tf.matmul)
    tf.nn.softmax(x, name='prob')


def main(folder):
    os.makedirs(folder, exist_ok=True)
    with tf.Graph().as_default(), v1.Session() as session:
        build()
        variables = v1.global_variables()
        parameters = sum(v.shape.num_elements() for v in variables)
        assert (len(variables), parameters) == (32, 138357544), (len(variables), parameters)
        saver = v1.train.Saver()
        session.run(v1.global_variables_initializer())
        print(saver.save(session, os.path.join(folder, 'vgg16.ckpt'), write_state=False))


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
