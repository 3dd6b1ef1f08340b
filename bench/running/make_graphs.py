#!/usr/bin/env python3
"""Makes the frozen graphs that running is measured on, with TensorFlow 2.21, and inputs for them.

  make_graphs.py FOLDER

mobilenet.pb (MobileNet 1.0 for 224x224 pictures, its batch norms as TensorFlow 1's freeze_graph leaves them), mlp.pb (three
layers of 512, for batches of 64), and the inputs picture.raw, digits.raw and sound.raw; sound.raw, the last, is for a graph that
lies in bench/data, and vgg16.pb is frozen by bench/run.sh. Weights and inputs are random, the same ones each time. The batch
norms of MobileNet keep the activations in range."""
import os
import sys

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
import numpy as np
import tensorflow as tf

v1 = tf.compat.v1
random = np.random.RandomState(7)
MOBILENET = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)] + 5 * [(512, 1)] + [(1024, 2), (1024, 1)]


def weights(*shape, inputs):
    return tf.constant(random.normal(0, (2 / inputs) ** .5, shape).astype(np.float32))


def batch_norm_relu6(x):
    width = x.shape[-1]
    ones, zeros = np.ones(width, np.float32), np.zeros(width, np.float32)
    scale, mean = ones + random.normal(0, .1, width).astype(np.float32), random.normal(0, .1, width).astype(np.float32)
    x = v1.nn.fused_batch_norm(x, scale, zeros, mean, ones, epsilon=1e-3, is_training=False)[0]
    return tf.nn.relu6(x)


def mobilenet():
    x = v1.placeholder(tf.float32, [None, 224, 224, 3], 'input')
    x = batch_norm_relu6(tf.nn.conv2d(x, weights(3, 3, 3, 32, inputs=27), 2, 'SAME'))
    width = 32
    for outputs, stride in MOBILENET:
        x = tf.nn.depthwise_conv2d(x, weights(3, 3, width, 1, inputs=9), [1, stride, stride, 1], 'SAME')
        x = batch_norm_relu6(x)
        x = batch_norm_relu6(tf.nn.conv2d(x, weights(1, 1, width, outputs, inputs=width), 1, 'SAME'))
        width = outputs
    x = tf.nn.avg_pool2d(x, 7, 1, 'VALID')
    x = tf.nn.bias_add(tf.nn.conv2d(x, weights(1, 1, width, 1001, inputs=width), 1, 'SAME'), np.zeros(1001, np.float32))
    tf.nn.softmax(tf.squeeze(x, [1, 2]), name='prob')


def mlp():
    x = v1.placeholder(tf.float32, [None, 784], 'input')
    width = 784
    for _ in range(3):
        x = tf.nn.relu(tf.nn.bias_add(tf.matmul(x, weights(width, 512, inputs=width)), np.zeros(512, np.float32)))
        width = 512
    tf.nn.softmax(tf.nn.bias_add(tf.matmul(x, weights(width, 10, inputs=width)), np.zeros(10, np.float32)), name='prob')


def main(folder):
    for build in mobilenet, mlp:
        with tf.Graph().as_default() as graph:
            build()
        with open(os.path.join(folder, build.__name__ + '.pb'), 'wb') as file:
            file.write(graph.as_graph_def().SerializeToString())
    inputs = np.random.RandomState(8)
    for name, shape in ('picture', (1, 224, 224, 3)), ('digits', (64, 784)), ('sound', (1, 49, 10)):
        inputs.uniform(-1, 1, shape).astype(np.float32).tofile(os.path.join(folder, name + '.raw'))


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
