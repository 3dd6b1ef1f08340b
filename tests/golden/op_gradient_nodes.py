#!/usr/bin/env python3
"""Makes tests/data/golden/ops/FAMILY.gradients.txt for each FAMILY given (a file of op_cases/): the nodes that TensorFlow 1.15.5's
tf.gradients adds for each case with grad=True. tests/ops/golden_gradients_test.cc builds the same graphs. Each part begins with
"== CASE"; a line is a node's name (what the case's op has in front, gradients/CASE/op_grad/, is written @), op, inputs and
control inputs."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import make_op_goldens as goldens

tf = goldens.tf


def nodes_of(case):
    values = {}
    goldens.run_case(case, values)
    with tf.Graph().as_default() as graph:
        inputs, outputs = goldens.build(case, False)
        results = [values['%s/op:%d' % (case.name, i)] for i in range(len(outputs))]
        dys = [tf.constant(d, name='%s/dy%d' % (case.name, i)) for i, d in enumerate(goldens.gradients_of(case, outputs, results))]
        xs = [x for x in goldens.flat_inputs(inputs) if x.dtype.is_floating or x.dtype.is_complex]
        ys = [y for y in outputs if y.dtype.is_floating or y.dtype.is_complex]
        before = len(graph.get_operations())
        tf.gradients(ys, xs, dys)
        for node in graph.get_operations()[before:]:
            line = ' '.join([node.name, node.type, ','.join(i.name for i in node.inputs), ','.join('^' + c.name for c in node.control_inputs)])
            yield line.replace('gradients/%s/op_grad/' % case.name, '@')


for family in sys.argv[1:]:
    with open(os.path.join(goldens.GOLDENS, family + '.gradients.txt'), 'w') as out:
        for case in goldens.load_family(family)[0]:
            if case.grad:
                out.write('\n'.join(['== ' + case.name] + list(nodes_of(case))) + '\n')
