#!/usr/bin/env python3
"""Writes tests/data/digits: a small labelled data set, and a model of a part of it, for examples/ to train, tune and deploy.

  python3.7 tests/golden/digits.py DIGITS_CSV_GZ [OUT]      with TensorFlow 1.15.5

DIGITS_CSV_GZ is sklearn/datasets/data/digits.csv.gz of the package scikit-learn 1.x: 1797 rows of 64 pixels (0 to 16) and a
label. What is written:

  digits.index, digits.data-…    images uint8 [1797,8,8] and labels int32 [1797], as a checkpoint
  trunk-200.{meta,index,data-…}  a model that tells 0 to 4 apart, trained for 200 steps, to be tuned to all ten digits"""
import gzip
import os
import sys

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)


def read(path):
    with gzip.open(path, 'rt') as rows:
        table = np.loadtxt(rows, delimiter=',')
    assert table.shape == (1797, 65)
    return table[:, :64].astype(np.uint8).reshape(-1, 8, 8), table[:, 64].astype(np.int32)


def write_data(images, labels, prefix):
    with tf.Graph().as_default(), tf.Session() as session:
        session.run(tf.raw_ops.SaveV2(prefix=prefix, tensor_names=['images', 'labels'], shape_and_slices=['', ''],
                                      tensors=[images, labels]))


def train(images, labels, prefix):
    few = labels[:1500] < 5
    pixels = images[:1500][few].reshape(-1, 8, 8, 1).astype(np.float32) / 16
    labels = labels[:1500][few]
    with tf.Graph().as_default():
        tf.set_random_seed(3)
        x = tf.placeholder(tf.float32, [None, 8, 8, 1], name='x')
        y = tf.placeholder(tf.int32, [None], name='y')
        h = tf.layers.conv2d(x, 8, 3, padding='same', activation=tf.nn.relu, name='conv')
        h = tf.layers.max_pooling2d(h, 2, 2, name='pool')
        h = tf.layers.dense(tf.layers.flatten(h), 32, activation=tf.nn.relu, name='hidden')
        logits = tf.layers.dense(h, 5, name='few')
        loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
        step = tf.train.get_or_create_global_step()
        train_op = tf.train.GradientDescentOptimizer(0.2).minimize(loss, global_step=step)
        saver = tf.train.Saver()
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            for i in range(200):
                rows = np.arange(i * 50, i * 50 + 50) % len(labels)
                session.run(train_op, {x: pixels[rows], y: labels[rows]})
            print('accuracy', np.mean(session.run(tf.argmax(logits, 1), {x: pixels}) == labels))
            saver.save(session, prefix, global_step=step, write_state=False)


def main():
    out = sys.argv[2] if len(sys.argv) > 2 else os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'data', 'digits')
    os.makedirs(out, exist_ok=True)
    os.chdir(out)
    images, labels = read(sys.argv[1])
    write_data(images, labels, 'digits')
    train(images, labels, 'trunk')


if __name__ == '__main__':
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main()
