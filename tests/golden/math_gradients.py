#!/usr/bin/env python3
"""Makes tests/data/golden/math_gradients.txt: the nodes that TensorFlow 1.15.5's tf.gradients adds for element-wise ops.
tests/ops/math_gradients_test.cc builds the same graphs. Each part begins with "== OP INPUT...", where an input is a placeholder:
DTYPE:DIMENSIONS, with ? for an unknown one, * for an unknown rank and nothing for a scalar. Complex outputs are given another
placeholder as their gradient. A line is a node's name, op, inputs
and control inputs."""
import os

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import warnings
warnings.filterwarnings('ignore')

import tensorflow as tf
from tensorflow.python.framework import op_def_registry

tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.ERROR)
lines = []


def placeholder(text):
    dtype, dims = text.split(':')
    if dims == '*':
        return tf.compat.v1.placeholder(dtype)
    return tf.compat.v1.placeholder(dtype, [None if d == '?' else int(d) for d in dims.split(',')] if dims else [])


def show(op, *inputs):
    with tf.Graph().as_default() as graph:
        xs = [placeholder(i) for i in inputs]
        names = ['condition', 'x', 'y'] if op == 'Select' else [a.name for a in op_def_registry.get_registered_ops()[op].input_arg]
        attrs = {}
        if op in ('Real', 'Imag', 'ComplexAbs', 'Angle', 'Complex'):
            wide = '128' in inputs[0] or '64' in inputs[0] and op == 'Complex'
            attrs['Tout'] = ('complex128' if wide else 'complex64') if op == 'Complex' else 'float64' if wide else 'float32'
        if op == 'Cast':
            attrs['DstT'] = 'float64'
        arguments = {names[0]: xs} if op == 'AddN' else dict(zip(names, xs))
        y = getattr(tf.raw_ops, op)(name='op', **dict(arguments, **attrs))
        dy = [tf.compat.v1.placeholder(y.dtype, y.shape)] if y.dtype.is_complex else None
        before = len(graph.get_operations())
        tf.gradients(y, [x for x in xs if x.dtype != tf.bool], dy)
        lines.append(' '.join(['==', op] + list(inputs)))
        for node in graph.get_operations()[before:]:
            lines.append(' '.join([node.name, node.type, ','.join(i.name for i in node.inputs),
                                   ','.join('^' + c.name for c in node.control_inputs)]))


F = 'float32:'
for op in ['Add', 'AddV2', 'Sub', 'Mul', 'Div', 'RealDiv', 'FloorMod', 'Maximum', 'Minimum', 'Pow', 'SquaredDifference', 'DivNoNan',
           'MulNoNan']:
    for x, y in [('2,3', '2,3'), ('2,3', '3'), ('', '2,3'), ('2,1', '1,3'), ('?,3', '3'), ('?,3', '?,3'), ('*', '3')]:
        show(op, F + x, F + y)
    if op not in ('FloorMod', 'Maximum', 'Minimum'):
        show(op, 'complex64:2,3', 'complex64:2,3')
for op in ['Neg', 'Abs', 'Sign', 'Square', 'Sqrt', 'Rsqrt', 'Inv', 'Reciprocal', 'Exp', 'Expm1', 'Log', 'Log1p', 'Sin', 'Cos', 'Tan', 'Asin',
           'Acos', 'Atan', 'Sinh', 'Cosh', 'Tanh', 'Asinh', 'Acosh', 'Atanh', 'Sigmoid', 'Erf', 'Erfc', 'Lgamma', 'Relu', 'Relu6', 'Selu',
           'LeakyRelu', 'Softplus', 'Softsign', 'Cast']:
    for x in ['2,3', '?,3']:
        show(op, F + x)
for op in ['Neg', 'Square', 'Sqrt', 'Exp', 'Sin', 'Tanh', 'Conj', 'Real', 'Imag', 'ComplexAbs', 'Angle']:
    show(op, 'complex64:2,3')
for op in ['SqrtGrad', 'RsqrtGrad', 'InvGrad', 'ReciprocalGrad', 'TanhGrad', 'SigmoidGrad', 'ReluGrad', 'Relu6Grad', 'SeluGrad',
           'LeakyReluGrad', 'SoftplusGrad', 'Atan2']:
    for x in ['2,3', '?,3']:
        show(op, F + x, F + x)
show('Complex', F + '2,3', F + '3')
show('Mul', 'float64:2,3', 'float64:2,3')
show('Mul', F + '600,2', F + '2')
show('AddN', F + '2,3', F + '2,3', F + '2,3')
for x in ['2,3', '?,3', '600,2']:
    show('Select', 'bool:' + x, F + x, F + x)
show('SelectV2', 'bool:3', F + '2,3', F + '')
show('SelectV2', 'bool:?,3', F + '3', F + '?,3')
here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, '..', 'data', 'golden', 'math_gradients.txt'), 'w') as file:
    file.write('\n'.join(lines) + '\n')
