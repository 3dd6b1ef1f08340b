#!/usr/bin/env python3
"""Writes tests/data/golden/host_function: a model one of whose outputs is a host function (tf.py_func), and what freeze_graph
makes of it when it is called as scripts do, with ten arguments by position.

  python3.7 tests/golden/host_function.py [OUT]       with TensorFlow 1.15.5

  model.pb       the graph as tf.train.write_graph writes it, as text
  save/model-3.* the checkpoint
  frozen.pb      freeze_graph's result
  frozen_but_bias.pb    the same with 'rois/bias' in the blacklist (the twelfth argument)
  expected.json  what is fed, and what comes out"""
import json
import os
import shutil
import sys

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import numpy as np
import tensorflow as tf
from tensorflow.python.tools import freeze_graph

tf.logging.set_verbosity(tf.logging.ERROR)


def sorted_rows(boxes, limit):
    return boxes[np.argsort(boxes[:, 0])][:int(limit)], np.int64(len(boxes))


def build():
    x = tf.placeholder(tf.float32, [None, 3], name='x')
    with tf.variable_scope('a'), tf.device('/cpu:0'):
        w = tf.get_variable('w', initializer=np.arange(6, dtype=np.float32).reshape(3, 2) / 4)
        h = tf.nn.bias_add(tf.matmul(x, w), tf.get_variable('b', initializer=np.float32([0.5, -1])), name='BiasAdd')
    with tf.variable_scope('rois'):
        bias = tf.get_variable('bias', initializer=np.float32(0.25))
        half = tf.get_variable('half', initializer=np.float16([1.5]), trainable=False)
        rows, count = tf.py_func(sorted_rows, [h + bias, tf.constant(2.0)], [tf.float32, tf.int64])
    tf.nn.softmax(rows, name='b_prob')
    tf.cast(half, tf.float32, name='halves')
    tf.identity(count, name='count')


def main():
    out = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'data', 'golden', 'host_function')
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(os.path.join(out, 'save'))
    os.chdir(out)
    outputs = 'a/BiasAdd,b_prob, rois/PyFunc,count,halves'
    feed = [[1., 2., 3.], [-1., 0., 1.], [0., 0., 0.]]
    build()
    saver = tf.train.Saver()
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        fetches = ['a/BiasAdd:0', 'b_prob:0', 'rois/PyFunc:0', 'count:0', 'halves:0']
        got = session.run(fetches, {'x:0': feed})
        model = saver.save(session, 'save/model', global_step=3, write_meta_graph=False, write_state=False)
        tf.train.write_graph(session.graph_def, '.', 'model.pb')
    for name, more in (('frozen.pb', ()), ('frozen_but_bias.pb', ('', 'rois/bias'))):
        tf.reset_default_graph()
        freeze_graph.freeze_graph('model.pb', '', False, model, outputs, 'save/restore_all', 'save/Const:0', name, False, "", *more)
    with open('expected.json', 'w') as file:
        json.dump({'outputs': outputs, 'feed': feed, 'fetches': {name: value.tolist() for name, value in zip(fetches, got)}}, file, indent=1)


if __name__ == '__main__':
    if len(sys.argv) > 2:
        sys.exit(__doc__)
    main()
