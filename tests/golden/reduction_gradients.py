#!/usr/bin/env python3
"""Makes tests/data/golden/reduction_gradients.txt: the nodes that TensorFlow 1.15.5's tf.gradients adds for ops of
src/ops/reduction. tests/ops/reduction_gradients_test.cc builds the same graphs. Each part begins with "== TITLE"; a line is a
node's name, op, inputs, control inputs, device and colocation."""
import os

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import warnings
warnings.filterwarnings('ignore')

import numpy as np
import tensorflow as tf
from tensorflow.python.framework import op_def_registry

tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.ERROR)
lines = []


def show(title, op, shape, *constants, times=1, **attrs):
    """With respect to the first input, a placeholder; the others are constants."""
    with tf.Graph().as_default() as graph:
        x = tf.compat.v1.placeholder(tf.float32, shape)
        names = [a.name for a in op_def_registry.get_registered_ops()[op].input_arg]
        inputs = [x] + [tf.constant(c, dtype=None if isinstance(c, np.ndarray) else tf.int32) for c in constants]
        if op.startswith(('Sum', 'Mean', 'Max', 'Min', 'Prod')):
            names[1] = 'axis'
        ys = [getattr(tf.raw_ops, op)(name='op%d' % i, **dict(zip(names, inputs), **attrs)) for i in range(times)]
        before = len(graph.get_operations())
        tf.gradients(ys, x)
        lines.append('== ' + title)
        for node in graph.get_operations()[before:]:
            groups = [g.decode() for g in node.colocation_groups() if g.decode() != 'loc:@' + node.name]
            lines.append(' '.join([node.name, node.type, ','.join(i.name for i in node.inputs),
                                   ','.join('^' + c.name for c in node.control_inputs), node.device, ','.join(groups)]))


for op in ('Sum', 'Mean', 'Max', 'Prod'):
    # Of a Prod whose shape is known, TensorFlow knows the transposed shape too, since it runs ListDiff and its kin to infer it:
    # gradients/op0_grad/Shape_2 is a Const there, and a Shape with us.
    if op != 'Prod':
        show(op, op, [2, 3], [1])
        show(op + '_all', op, [2, 3], [0, 1])
        show(op + '_scalar_axis', op, [2, 3], -1, keep_dims=True)
    show(op + '_partly', op, [None, 3], [0, 1])
    show(op + '_unknown', op, [None, 3], [1])
    show(op + '_no_rank', op, None, [1])
show('Sum_int64', 'Sum', [2, 3], np.int64([1]))
show('Mean_int64_unknown', 'Mean', [None, 3], np.int64([1]))
show('Sum_no_axes', 'Sum', [2, 3], [])
show('Mean_no_axes_unknown', 'Mean', [None, 3], [])
show('Sum_twice', 'Sum', [2, 3], [1], times=2)
show('Min', 'Min', [2, 3], [1])
for exclusive in (False, True):
    for reverse in (False, True):
        flags = dict(exclusive=exclusive, reverse=reverse)
        show('Cumsum%d%d' % (exclusive, reverse), 'Cumsum', [2, 3], 1, **flags)
        show('Cumprod%d%d' % (exclusive, reverse), 'Cumprod', [2, 3], 1, **flags)
for op in ('SegmentSum', 'SegmentMean', 'SegmentMax', 'SegmentMin'):
    show(op, op, [3, 2], [0, 0, 1])
for op in ('UnsortedSegmentSum', 'UnsortedSegmentMax', 'UnsortedSegmentMin', 'UnsortedSegmentProd'):
    show(op, op, [3, 2], [0, 0, 1], 3)
show('UnsortedSegmentSum_unknown', 'UnsortedSegmentSum', [None, 2], [0, 0, 1], 3)
for op in ('SparseSegmentSum', 'SparseSegmentMean', 'SparseSegmentSqrtN'):
    show(op, op, [3, 2], [0, 1, 1], [0, 0, 1])
    show(op + 'WithNumSegments', op + 'WithNumSegments', [3, 2], [0, 1, 1], [0, 0, 1], 4)

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'data', 'golden', 'reduction_gradients.txt'), 'w') as file:
    file.write('\n'.join(lines) + '\n')
