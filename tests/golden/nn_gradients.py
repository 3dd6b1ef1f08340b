#!/usr/bin/env python3
"""Makes tests/data/golden/nn_gradients.txt: the nodes that TensorFlow 1.15.5's tf.gradients adds for ops of src/ops/{nn,linalg,image}.
tests/ops/nn_gradients_test.cc builds the same graphs. Each part begins with "== TITLE"; a line is a node's name, op, inputs
and control inputs."""
import os

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import warnings
warnings.filterwarnings('ignore')

import tensorflow as tf
from tensorflow.python.framework import op_def_registry

tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.ERROR)
lines = []


def show(title, op, shapes, which=None, out=0, ints=(), **attrs):
    """The gradients of output `out` with respect to the inputs `which`, which are placeholders of these shapes."""
    with tf.Graph().as_default() as graph:
        xs = [tf.compat.v1.placeholder(tf.int32 if i in ints else tf.float32, s) for i, s in enumerate(shapes)]
        names = [a.name for a in op_def_registry.get_registered_ops()[op].input_arg]
        result = getattr(tf.raw_ops, op)(name='op', **dict(zip(names, xs), **attrs))
        y = result if isinstance(result, tf.Tensor) else result[out]
        before = len(graph.get_operations())
        tf.gradients(y, [xs[i] for i in (range(len(xs)) if which is None else which)])
        lines.append('== ' + title)
        for node in graph.get_operations()[before:]:
            lines.append(' '.join([node.name, node.type, ','.join(i.name for i in node.inputs),
                                   ','.join('^' + c.name for c in node.control_inputs)]))


for a in (0, 1):
    for b in (0, 1):
        show('MatMul%d%d' % (a, b), 'MatMul', [[2, 2], [2, 2]], transpose_a=bool(a), transpose_b=bool(b))
show('BatchMatMulV2', 'BatchMatMulV2', [[None, 2, 3], [3, 4]])
show('BiasAdd', 'BiasAdd', [[2, 3], [3]])
show('BiasAddV1', 'BiasAddV1', [[2, 3], [3]])
show('BiasAddGrad', 'BiasAddGrad', [[2, 3]])
show('BiasAddGradNCHW', 'BiasAddGrad', [[None, 3, 4, 5]], data_format='NCHW')
conv = dict(strides=[1, 1, 1, 1], padding='SAME')
show('Conv2D', 'Conv2D', [[None, 5, 5, 2], [3, 3, 2, 4]], **conv)
show('DepthwiseConv2dNative', 'DepthwiseConv2dNative', [[None, 5, 5, 2], [3, 3, 2, 4]], **conv)
pool = dict(ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')
show('MaxPool', 'MaxPool', [[None, 5, 5, 2]], **pool)
show('AvgPool', 'AvgPool', [[None, 5, 5, 2]], **pool)
show('MaxPoolGrad', 'MaxPoolGrad', [[None, 4, 4, 2], [None, 2, 2, 2], [None, 2, 2, 2]], **pool)
show('Softmax', 'Softmax', [[2, 3]])
show('LogSoftmax', 'LogSoftmax', [[2, 3]])
show('Xent', 'SoftmaxCrossEntropyWithLogits', [[2, 3], [2, 3]])
show('Xent1', 'SoftmaxCrossEntropyWithLogits', [[2, 3], [2, 3]], out=1)
show('Sparse', 'SparseSoftmaxCrossEntropyWithLogits', [[2, 3], [2]], which=[0], ints=[1])
show('L2Loss', 'L2Loss', [[2, 3]])
show('LRN', 'LRN', [[None, 5, 5, 2]])
show('TopKV2', 'TopKV2', [[None, 3], []], which=[0], ints=[1])
for training in (True, False):
    for layout in ('NHWC', 'NCHW'):
        n = [0] if training else [3]
        show('BatchNorm%d%s' % (training, layout), 'FusedBatchNormV3', [[2, 3, 3, 3], [3], [3], n, n], which=[0, 1, 2],
             is_training=training, data_format=layout)
for title, op, image in (('ResizeBilinear', 'ResizeBilinear', [None, 4, 4, 2]),
                         ('ResizeNearest', 'ResizeNearestNeighbor', [None, 4, 4, 2]),
                         ('ResizeNearestUnknown', 'ResizeNearestNeighbor', [None, None, 4, 2])):
    show(title, op, [image, [2]], which=[0], ints=[1])
here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, '..', 'data', 'golden', 'nn_gradients.txt'), 'w') as file:
    file.write('\n'.join(lines) + '\n')
