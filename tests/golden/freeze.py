"""Small models in a Saver's files and the frozen graph that TensorFlow 1.15.5's convert_variables_to_constants makes of each
.meta's own GraphDef, devices cleared: reference and resource variables, control flow between a handle and its read, partitioned
variables, nodes that only colocation keeps, other names in the checkpoint, every dtype.

Each case is a function that builds its graph and returns (output node names, what to feed, options)."""
import os

import numpy as np
import tensorflow as tf
from tensorflow.core.framework import graph_pb2
from tensorflow.python.framework import function, graph_util
from tensorflow.python.ops import gen_resource_variable_ops, gen_state_ops

import expectation
import graphs
import values

v1 = tf.compat.v1


def counted(name, *shape, **options):
    value = values.counted('float32', *shape).array / 8 + sum(name.encode())
    return v1.get_variable(name, initializer=tf.constant(value, tf.float32), **options)


def in_parts(name, shape, parts, **options):
    """A partitioned variable, each part with values of its own."""

    def start(part_shape, dtype=tf.float32, partition_info=None):
        offset = partition_info.var_offset[0] if partition_info else 0
        return tf.cast(tf.reshape(tf.range(int(np.prod(part_shape))) + 100 * offset, part_shape), dtype)

    return v1.get_variable(name, shape, initializer=start, partitioner=v1.fixed_size_partitioner(parts), **options)


def reference():
    """VariableV2 with read nodes, devices everywhere, control inputs, a variable read by name:0 itself, and dead nodes."""
    with tf.device('/device:CPU:0'):
        x = v1.placeholder(tf.float32, [None, 3], 'x')
        w = counted('net/w', 3, 2)
    b = counted('net/b', 2)
    unused = counted('unused', 4)
    with tf.control_dependencies([tf.no_op('first'), x.op]):
        y = tf.matmul(x, w, name='product')
    with tf.device('/job:localhost/device:GPU:1'):
        y = tf.add(y, b, name='sum')
    tf.multiply(y, v1.get_variable('scale', initializer=2.0)._variable, name='scaled')
    v1.assign_add(b, [1., 1.], name='update')
    tf.exp(unused, name='dead')
    return ['scaled', 'sum'], {'x:0': [[1, 2, 3]]}, {}


def resource():
    """Several reads of one variable, gathers by int32 and int64, an Identity behind a gather."""
    x = v1.placeholder(tf.int32, [None], 'ids')
    table = counted('table', 5, 4, use_resource=True)
    w = counted('w', 4, 3, use_resource=True)
    b = counted('b', 3, use_resource=True)
    with tf.device('/cpu:0'):
        rows = tf.nn.embedding_lookup(table, x, name='lookup')
        more = tf.gather(table, tf.cast(x, tf.int64), name='more')
    y = tf.matmul(rows + more, w)
    with tf.control_dependencies([y]):
        again = w.read_value()
    tf.identity(again, 'again')
    tf.nn.bias_add(y, b, name='out')
    return ['out', 'again'], {'ids:0': [0, 3, 4]}, {}


def resource_in_cond():
    """Handles and reads on both sides of a tf.cond: the handle goes through Switch."""
    x = v1.placeholder(tf.float32, [3], 'x')
    flag = v1.placeholder(tf.bool, [], 'flag')
    a = counted('a', 3, use_resource=True)
    table = counted('table', 4, 3, use_resource=True)
    y = tf.cond(flag, lambda: x * a.read_value(), lambda: x + a.read_value() + tf.gather(table, 2), name='branch')
    tf.add(y, a, name='out')
    return ['out'], {'x:0': [1, 2, 3], 'flag:0': False}, {}


def resource_in_while():
    """The handle enters a loop; inside it a cond: Enter, then Switch."""
    x = v1.placeholder(tf.float32, [3], 'x')
    a = counted('a', 3, use_resource=True)
    b = counted('b', 3, use_resource=True)

    def body(i, y):
        y = y * a.read_value()
        return i + 1, tf.cond(tf.equal(i, 1), lambda: y + b.read_value(), lambda: y)

    _, y = tf.while_loop(lambda i, _: i < 3, body, [0, x], name='loop')
    tf.identity(y, 'out')
    return ['out'], {'x:0': [1, 2, 3]}, {}


def handle_through_identity():
    """Identity nodes of a handle before its read."""
    a = counted('a', 3, use_resource=True)
    handle = tf.identity(tf.identity(a.handle, 'once'), 'twice')
    read = gen_resource_variable_ops.read_variable_op(handle, tf.float32, name='read')
    tf.negative(read, name='out')
    return ['out'], {}, {}


def handle_as_loop_variable():
    """The handle goes round a loop: Enter, Merge, Switch, Identity, NextIteration, Exit."""
    x = v1.placeholder(tf.float32, [3], 'x')
    a = counted('a', 3, use_resource=True)

    def body(i, handle, y):
        return i + 1, handle, tf.reshape(y * gen_resource_variable_ops.read_variable_op(handle, tf.float32), [3])

    _, handle, y = tf.while_loop(lambda i, *_: i < 3, body, [0, a.handle, x], name='loop')
    tf.add(y, gen_resource_variable_ops.read_variable_op(handle, tf.float32), name='out')
    return ['out'], {'x:0': [1, 2, 3]}, {}


def reference_in_control_flow():
    """Reference variables in tf.cond and tf.while_loop (their reads enter), a loop of the frozen value."""
    x = v1.placeholder(tf.float32, [2, 2], 'x')
    w = counted('w', 2, 2)
    i, y = tf.while_loop(lambda i, _: i < 2, lambda i, y: (i + 1, tf.matmul(y, w)), [0, x])
    tf.cond(tf.reduce_sum(y) > 0, lambda: y + w, lambda: y, name='branch')
    return ['branch/Merge'], {'x:0': [[1, 0], [0, 1]]}, {}


def partitioned():
    """Parts of a reference and of a resource variable: keys are the full names, slices in the restore rows."""
    x = v1.placeholder(tf.float32, [None, 5], 'x')
    with v1.variable_scope('net'):
        w = in_parts('w', [5, 3], 3)
        r = in_parts('r', [3, 2], 3, use_resource=True)
        one = in_parts('one', [2], 1)
    tf.add(tf.matmul(tf.matmul(x, w), r), one, name='out')
    return ['out'], {'x:0': [[1, 2, 3, 4, 5]]}, {}


def colocated():
    """colocate_with keeps nodes alive that nothing else needs, and what they need in turn."""
    x = v1.placeholder(tf.float32, [2], 'x')
    w = counted('w', 2)
    other = counted('other', 2)
    with v1.colocate_with(tf.multiply(other, 2.0, name='kept').op):
        y = tf.add(x, w, name='y')
    with v1.colocate_with(y.op), v1.colocate_with(w.op):
        tf.negative(y, name='out')
    tf.exp(other, name='dropped')
    return ['out'], {'x:0': [1, 2]}, {}


def old_variable():
    """The op Variable of TensorFlow 0.12 and before."""
    x = v1.placeholder(tf.float32, [2], 'x')
    w = gen_state_ops.variable([2], tf.float32, name='w')
    w.set_shape([2])
    start = v1.assign(w, [3., 4.], name='w/Assign')
    tf.multiply(x, tf.identity(w, 'w/read'), name='out')
    return ['out'], {'x:0': [1, 2]}, {'var_list': {'w': w}, 'init': start}


def dtypes():
    """Variables of every dtype, a matrix, a scalar, one element in two dimensions and an empty one; reference and resource."""
    outputs = []
    for use_resource in (False, True):
        for dtype in ('float16', 'bfloat16', 'float32', 'float64', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'bool',
                      'complex64', 'complex128', 'string'):
            if use_resource and dtype == 'string':
                continue
            for kind, value in (('matrix', values.matrix(dtype)), ('scalar', values.scalar(dtype)), ('empty', values.empty(dtype)),
                                ('one', values.Value(dtype, values.matrix(dtype).array[:1, :1]))):
                if (dtype, kind) == ('string', 'scalar'):
                    continue  # 1.15.5 fails on it: "'bytes' object has no attribute 'shape'"
                name = '%s/%s/%s' % ('resource' if use_resource else 'reference', dtype, kind)
                variable = v1.get_variable(name, initializer=value.tensor(), use_resource=use_resource)
                outputs.append(tf.identity(variable, name + '/out').op.name)
    return outputs, {}, {'compare': False}


def renamed():
    """A Saver with names of its own; two variables whose names in the checkpoint are each other's."""
    a = counted('a', 2)
    b = counted('b', 2, use_resource=True)
    part = in_parts('part', [4], 2)
    y = tf.add(a, b, name='y')
    tf.concat([y, tf.convert_to_tensor(part)], 0, name='out')
    return ['out'], {}, {'var_list': {'b': a, 'a': b, 'old/scope/part': list(part)}}


def functions():
    """Library functions, used and unused, are copied whole."""

    @function.Defun(tf.float32, tf.float32, func_name='scaled')
    def scaled(a, b):
        return a * b

    @function.Defun(tf.float32, func_name='never_called')
    def never_called(a):
        return tf.exp(a)

    w = counted('w', 2)
    never_called.add_to_graph(v1.get_default_graph())
    tf.identity(scaled(w, 3.0), 'out')
    return ['out'], {}, {}


def no_variables():
    """Nothing to restore: no checkpoint is needed."""
    x = v1.placeholder(tf.float32, [2], 'x')
    with tf.device('/gpu:0'):
        tf.add(x, [1.0, 2.0], name='out')
    tf.exp(x, name='dropped')
    return ['out'], {'x:0': [1, 2]}, {'saver': False}


def in_v1():
    """The same from a V1 checkpoint, a partitioned variable among its variables."""
    outputs, feeds, _ = partitioned()
    counted('scalar_like', 1)
    return outputs, feeds, {'version': v1.train.SaverDef.V1}


def in_shards():
    """A sharded checkpoint, whose Saver restores by one RestoreV2 a device."""
    with tf.device('/cpu:0'):
        a = counted('a', 2)
    with tf.device('/cpu:1'):
        b = counted('b', 2, use_resource=True)
        c = counted('c', 3)
    tf.concat([a + b, c], 0, name='out')
    return ['out'], {}, {'sharded': True}


def reshaping():
    """Saver(reshape=True): a Reshape stands between RestoreV2 and Assign."""
    a = counted('a', 2, 3)
    b = counted('b', 3, use_resource=True)
    tf.add(a, b, name='out')
    return ['out'], {}, {'reshape': True}


CASES = [reference, resource, resource_in_cond, resource_in_while, handle_through_identity, handle_as_loop_variable,
         reference_in_control_flow, partitioned, colocated,
         old_variable, dtypes, renamed, functions, no_variables, in_v1, in_shards, reshaping]


def make(folder):
    expectation.write(folder, {'cases': {case.__name__: made(os.path.join(folder, case.__name__), case) for case in CASES}})


def made(folder, case):
    os.makedirs(folder)
    prefix = os.path.join(folder, 'model.ckpt')
    config = v1.ConfigProto(device_count={'CPU': 2}, allow_soft_placement=True)
    with tf.Graph().as_default(), v1.Session(config=config) as session, graphs.same_names():
        outputs, feeds, options = case()
        saved = None
        if options.get('saver', True):
            version = options.get('version', v1.train.SaverDef.V2)
            saver = v1.train.Saver(options.get('var_list'), sharded=options.get('sharded', False), reshape=options.get('reshape', False), write_version=version)
            session.run(options.get('init', v1.global_variables_initializer()))
            saved = saver.save(session, prefix, write_meta_graph=False, write_state=False)
            meta_graph = saver.export_meta_graph()
        else:
            meta_graph = v1.train.export_meta_graph()
        tensors = [name + ':0' for name in outputs]
        before = session.run(tensors, feeds)
    for key in ('cond_context', 'while_context'):
        meta_graph.collection_def.pop(key, None)  # their bytes differ from run to run and freezing has no use for them
    graphs.write_binary(meta_graph, prefix + '.meta')
    frozen = freeze(prefix + '.meta', saved, outputs)
    graphs.write_binary(frozen, os.path.join(folder, 'frozen.pb'))
    with tf.Graph().as_default(), v1.Session(config=config) as session:
        tf.import_graph_def(frozen, name='')
        after = session.run(tensors, feeds)
    if options.get('compare', True):
        for name, a, b in zip(outputs, before, after):
            np.testing.assert_array_equal(a, b, name)
    return {'about': ' '.join(case.__doc__.split()), 'meta': 'model.ckpt.meta', 'checkpoint': os.path.basename(saved) if saved else None, 'outputs': outputs,
            'frozen': 'frozen.pb', 'nodes': len(frozen.node), 'constants': sum(node.op == 'Const' for node in frozen.node)}


def freeze(meta, checkpoint, outputs):
    """The graph is imported for a session to restore into; what is frozen is the file's own GraphDef, which importing would
    have filled with default attributes."""
    from tensorflow.core.protobuf import meta_graph_pb2
    with open(meta, 'rb') as file:
        meta_graph = meta_graph_pb2.MetaGraphDef.FromString(file.read())
    graph_def = graph_pb2.GraphDef()
    graph_def.CopyFrom(meta_graph.graph_def)
    for node in graph_def.node:
        node.device = ''
    with tf.Graph().as_default(), v1.Session(config=v1.ConfigProto(device_count={'CPU': 2})) as session:
        saver = v1.train.import_meta_graph(meta_graph, clear_devices=True)
        if checkpoint:
            saver.restore(session, checkpoint)
        return graph_util.convert_variables_to_constants(session, graph_def, outputs)
