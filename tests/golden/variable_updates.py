#!/usr/bin/env python3
"""Makes tests/data/golden/variable_updates.{pb,index,data-00000-of-00001}: ops that change variables, run by TensorFlow 1.15.5.

For each case NAME the graph holds variables NAME/v0 …, the op NAME/init that sets them, NAME/step that changes them, and their
values NAME/read0 …; the checkpoint the values NAME/0 … after init and two steps. tests/runtime/variable_updates_test.cc does
the same. Every case is there with references and, where such an op exists, with resources (NAME_resource)."""
import os

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import warnings
warnings.filterwarnings('ignore')

import numpy as np
import tensorflow
from tensorflow.python.framework import op_def_registry

tf = tensorflow.compat.v1
tf.disable_v2_behavior()
tf.logging.set_verbosity(tf.logging.ERROR)
here = os.path.dirname(os.path.abspath(__file__))
PREFIX = os.path.join(here, '..', 'data', 'golden', 'variable_updates')
OPS = op_def_registry.get_registered_ops()
# Those that are tried with other floating types too.
SHORT = ('ApplyGradientDescent', 'ApplyAdam', 'ApplyRMSProp', 'ApplyAdagrad', 'SparseApplyMomentum', 'ApplyFtrl')
values = {}
definition = tf.GraphDef()


def add(name, op, start, *inputs, **attrs):
    if name.endswith(('_float16', '_float64')) and op.startswith(('Apply', 'SparseApply')) and op not in SHORT:
        return
    for resource in (False, True):
        full = 'Resource' + op if resource else op
        if resource and op.startswith('Assign'):
            full = op + 'VariableOp'
        if full not in OPS:
            continue
        run(name + '_resource' * resource, full, resource, start, inputs, dict(attrs))


def make(name, op, resource, start, inputs, attrs):
    with tf.name_scope(name):
        variables, reads, init = [], [], []
        for i, value in enumerate(start):
            if resource:
                v = tensorflow.raw_ops.VarHandleOp(shared_name=name + '/v%d' % i, dtype=value.dtype, shape=value.shape, name='v%d' % i)
                init.append(tensorflow.raw_ops.AssignVariableOp(resource=v, value=tf.constant(value)))
            else:
                v = tensorflow.raw_ops.VariableV2(shape=value.shape, dtype=value.dtype, name='v%d' % i)
                init.append(tensorflow.raw_ops.Assign(ref=v, value=tf.constant(value)).op)
            variables.append(v)
        tf.group(*init, name='init')
        names = [a.name for a in OPS[op].input_arg]
        arguments = dict(zip(names, variables + [tf.constant(i) for i in inputs]))
        attrs = {k: v for k, v in attrs.items() if any(a.name == k for a in OPS[op].attr) and (k != 'T' or resource)}
        step = getattr(tensorflow.raw_ops, op)(name='op', **arguments, **attrs)
        tf.group(step if isinstance(step, tf.Operation) else step.op, name='step')
        for i, value in enumerate(start):
            if resource:
                reads.append(tensorflow.raw_ops.ReadVariableOp(resource=variables[i], dtype=value.dtype, name='read%d' % i))
            else:
                reads.append(tf.identity(variables[i], name='read%d' % i))
    return reads


def run(name, op, resource, start, inputs, attrs):
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        reads = make(name, op, resource, start, inputs, attrs)
        try:
            sess.run(graph.get_operation_by_name(name + '/init'))
        except tf.errors.InvalidArgumentError as error:
            assert 'No OpKernel was registered' in str(error), error
            return
        for _ in range(2):
            sess.run(graph.get_operation_by_name(name + '/step'))
        for i, value in enumerate(sess.run(reads)):
            values['%s/%d' % (name, i)] = value
        definition.MergeFrom(graph.as_graph_def())


def floats(*dims, seed=0, dtype='float32', low=-2, high=2):
    return np.random.RandomState(seed + 7).uniform(low, high, dims).astype(dtype)


def positive(*dims, seed=0, dtype='float32'):
    return floats(*dims, seed=seed, dtype=dtype, low=0.1, high=2)


def scalars(dtype, *values):
    return [np.array(v, dtype) for v in values]


for dtype in ('float32', 'float64', 'float16'):
    tag = '' if dtype == 'float32' else '_' + dtype
    w, m, v, u, g = [floats(3, 2, seed=i, dtype=dtype) for i in range(5)]
    m_pos, v_pos = [positive(3, 2, seed=i, dtype=dtype) for i in (5, 6)]
    rows, ids = floats(4, 2, seed=8, dtype=dtype), np.int32([2, 0, 2, 0])
    s = lambda *values: scalars(dtype, *values)
    add('gradient_descent' + tag, 'ApplyGradientDescent', [w], *s(0.1), g)
    for l1 in (0.0, 0.3):
        add('proximal%d%s' % (l1 > 0, tag), 'ApplyProximalGradientDescent', [w], *s(0.1, l1, 0.2), g)
        add('proximal_adagrad%d%s' % (l1 > 0, tag), 'ApplyProximalAdagrad', [w, v_pos], *s(0.1, l1, 0.2), g)
        add('adagrad_da%d%s' % (l1 > 0, tag), 'ApplyAdagradDA', [w, m, v_pos], g, *s(0.1, l1, 0.2), np.int64(3))
    for nesterov in (False, True):
        more = dict(use_nesterov=nesterov)
        n = '_nesterov' * nesterov + tag
        add('momentum' + n, 'ApplyMomentum', [w, m], *s(0.1), g, *s(0.9), **more)
        add('keras_momentum' + n, 'ApplyKerasMomentum', [w, m], *s(0.1), g, *s(0.9), **more)
        add('adam' + n, 'ApplyAdam', [w, m, v_pos], *s(0.9, 0.99, 0.1, 0.9, 0.99, 1e-3), g, **more)
        add('sparse_momentum' + n, 'SparseApplyMomentum', [w, m], *s(0.1), rows, ids, *s(0.9), **more)
    add('amsgrad' + tag, 'ApplyAdamWithAmsgrad', [w, m, v_pos, m_pos], *s(0.9, 0.99, 0.1, 0.9, 0.99, 1e-3), g)
    add('ada_max' + tag, 'ApplyAdaMax', [w, m, v_pos], *s(0.9, 0.1, 0.9, 0.99, 1e-3), g)
    add('rms_prop' + tag, 'ApplyRMSProp', [w, v_pos, m], *s(0.1, 0.9, 0.5, 1e-3), g)
    add('centered' + tag, 'ApplyCenteredRMSProp', [w, 0 * m, v_pos + 4, u], *s(0.1, 0.9, 0.5, 1e-3), g)
    for slots in (False, True):
        more = dict(update_slots=slots)
        add('adagrad%d%s' % (slots, tag), 'ApplyAdagrad', [w, v_pos], *s(0.1), g, **more)
        add('adagrad_v2%d%s' % (slots, tag), 'ApplyAdagradV2', [w, v_pos], *s(0.1, 1e-3), g, **more)
    add('adadelta' + tag, 'ApplyAdadelta', [w, v_pos, m_pos], *s(0.1, 0.9, 1e-3), g)
    for power in (-0.5, -0.7):
        p = '%d%s' % (power == -0.5, tag)
        add('ftrl' + p, 'ApplyFtrl', [w, v_pos, m], g, *s(0.1, 0.3, 0.2, power))
        add('ftrl_v2' + p, 'ApplyFtrlV2', [w, v_pos, m], g, *s(0.1, 0.3, 0.2, 0.05, power))
        add('sparse_ftrl' + p, 'SparseApplyFtrl', [w, v_pos, m], rows, ids, *s(0.1, 0.3, 0.2, power))
        add('sparse_ftrl_v2' + p, 'SparseApplyFtrlV2', [w, v_pos, m], rows, ids, *s(0.1, 0.3, 0.2, 0.05, power))
    add('add_sign' + tag, 'ApplyAddSign', [w, m], *s(0.1, 1.0, 0.9, 0.8), g)
    add('power_sign' + tag, 'ApplyPowerSign', [w, m], *s(0.1, 1.0, 0.9, 0.8), g)
    add('sparse_adagrad' + tag, 'SparseApplyAdagrad', [w, v_pos], *s(0.1), rows, ids)
    add('sparse_adagrad_v2' + tag, 'SparseApplyAdagradV2', [w, v_pos], *s(0.1, 1e-3), rows, ids)
    add('sparse_adadelta' + tag, 'SparseApplyAdadelta', [w, v_pos, m_pos], *s(0.1, 0.9, 1e-3), rows, ids)
    add('sparse_rms_prop' + tag, 'SparseApplyRMSProp', [w, v_pos, m], *s(0.1, 0.9, 0.5, 1e-3), rows, ids)
    add('sparse_centered' + tag, 'SparseApplyCenteredRMSProp', [w, 0 * m, v_pos + 4, u], *s(0.1, 0.9, 0.5, 1e-3), rows, ids)
    add('sparse_proximal' + tag, 'SparseApplyProximalGradientDescent', [w], *s(0.1, 0.3, 0.2), rows, ids)
add('sparse_momentum_columns', 'SparseApplyMomentum', [floats(4), floats(4, seed=1)], *scalars('float32', 0.1), floats(2),
    np.int64([3, 1]), *scalars('float32', 0.9))

for dtype in ('float32', 'int32', 'int64', 'float64', 'uint8', 'complex64'):
    start = floats(3, 2, low=1, high=9).astype(dtype)
    change = floats(3, 2, seed=1, low=1, high=5).astype(dtype)
    few = floats(4, 2, seed=2, low=1, high=5).astype(dtype)
    ids = np.int64([2, 0, 2, 0])
    add('assign_add_' + dtype, 'AssignAdd', [start], change)
    add('assign_sub_' + dtype, 'AssignSub', [start], change)
    for op in ('Update', 'Add', 'Sub', 'Mul', 'Div', 'Min', 'Max'):
        if op in ('Min', 'Max') and dtype in ('complex64', 'uint8'):
            continue
        add('scatter_%s_%s' % (op.lower(), dtype), 'Scatter' + op, [start], ids, few)
        if dtype == 'float32':
            add('scatter_%s_scalar' % op.lower(), 'Scatter' + op, [start], ids, np.float32(3))
            add('scatter_%s_matrix' % op.lower(), 'Scatter' + op, [start], np.int32([[0, 1], [1, 2]]), few.reshape(2, 2, 2))
            add('scatter_%s_none' % op.lower(), 'Scatter' + op, [start], np.int32([]), few[:0])
    for op in ('Update', 'Add', 'Sub'):
        if op == 'Update' and dtype == 'uint8':
            continue
        add('scatter_nd_%s_%s' % (op.lower(), dtype), 'ScatterNd' + op, [start], np.int32([[2, 1], [0, 0], [2, 1]]), few[:3, 0])
        add('scatter_nd_rows_%s_%s' % (op.lower(), dtype), 'ScatterNd' + op, [start], np.int64([[2], [0]]), few[:2])
add('scatter_update_bool', 'ScatterUpdate', [np.array([True, False, True])], np.int32([0, 1]), np.array([False, True]))
add('count_up_to', 'CountUpTo', [np.int64(3)], limit=9, T='int64')

with open(PREFIX + '.pb', 'wb') as file:
    file.write(definition.SerializeToString(deterministic=True))
with tf.Graph().as_default(), tf.Session() as sess:
    names = sorted(values)
    sess.run(tensorflow.raw_ops.SaveV2(prefix=PREFIX, tensor_names=names, shape_and_slices=[''] * len(names),
                                       tensors=[values[n] for n in names]))
print(len({name.split('/')[0] for name in values}), 'cases')
