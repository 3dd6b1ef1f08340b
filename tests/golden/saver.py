"""saver/: graphs with Savers, each with a twin in tests/saver, as export_meta_graph writes them; and what saving leaves on the disk.

Every function named make_NAME below builds on an empty graph and gives back its Saver: NAME.meta. Where
importing that and exporting it again gives another message, that is NAME_again.meta. disk/ is what
write_disk() saves, with the `checkpoint` file after each step in states.txt."""
import copy
import os
import unittest.mock as mock
import uuid

import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf import control_flow_pb2


def make_plain():
    tf.Variable([1.0, 2.0], name='b')
    tf.Variable(3, name='B', trainable=False)
    with tf.variable_scope('s'):
        tf.get_variable('a', [2, 3], tf.float64)
    tf.get_variable('local', [1], collections=[tf.GraphKeys.LOCAL_VARIABLES])
    return tf.train.Saver()


def make_resource():
    tf.get_variable('r', [2], use_resource=True)
    tf.get_variable('v', [2])
    with tf.device('/cpu:0'):
        tf.get_variable('placed', [3], use_resource=True)
    return tf.train.Saver()


def make_partitioned():
    tf.get_variable('w', [4, 2], partitioner=tf.fixed_size_partitioner(2))
    tf.get_variable('c', [12, 3], partitioner=tf.fixed_size_partitioner(12))
    tf.get_variable('r', [3, 2], use_resource=True, partitioner=tf.fixed_size_partitioner(2))
    tf.get_variable('a', [2])
    return tf.train.Saver()


def make_reshape():
    tf.get_variable('v', [2, 2])
    tf.get_variable('r', [2], use_resource=True)
    tf.Variable(tf.placeholder(tf.float32, None, 'any'), validate_shape=False, name='loose')
    return tf.train.Saver(reshape=True)


def make_loose():
    tf.Variable(tf.placeholder(tf.float32, None, 'any'), validate_shape=False, name='loose')
    tf.get_variable('scalar', [])
    return tf.train.Saver(max_to_keep=None, keep_checkpoint_every_n_hours=1.5)


def make_several():
    a = tf.get_variable('a', [1])
    b = tf.get_variable('b', [1], use_resource=True)
    c = tf.get_variable('c', [4], partitioner=tf.fixed_size_partitioner(2))
    tf.train.Saver([b, a])
    tf.train.Saver({'z': a, 'y': b, 'x': c}, max_to_keep=2)
    with tf.name_scope('sc'):
        tf.train.Saver([c])
    tf.train.Saver(list(c), name='foo', filename='bar')
    return tf.train.Saver({'part': list(c)[0:1], 'tensor': tf.get_default_graph().get_tensor_by_name('a:0')})


def make_v1():
    tf.get_variable('a', [1])
    tf.get_variable('b', [4], partitioner=tf.fixed_size_partitioner(2))
    return tf.train.Saver(write_version=tf.train.SaverDef.V1)


def make_sharded():
    with tf.device('/cpu:0'):
        tf.get_variable('a', [1])
        tf.get_variable('r', [1], use_resource=True)
    with tf.device('/job:worker/task:1/gpu:0'):
        tf.get_variable('b', [1])
    tf.get_variable('c', [1])
    return tf.train.Saver(sharded=True)


def make_sharded_v1():
    with tf.device('/cpu:0'):
        tf.get_variable('a', [1])
    tf.get_variable('c', [1])
    return tf.train.Saver(sharded=True, write_version=tf.train.SaverDef.V1)


def make_collections():
    x = tf.placeholder(tf.float32, [None, 2], name='x')
    w = tf.get_variable('w', [2, 2], use_resource=True)
    step = tf.train.get_or_create_global_step()
    y = tf.matmul(x, w, name='y')
    p = tf.get_variable('p', [4], partitioner=tf.fixed_size_partitioner(2))
    tf.add_to_collection('inputs', x)
    tf.add_to_collection('ops', y.op)
    tf.add_to_collection('ops', x)
    tf.add_to_collection('mine', list(p)[0])
    tf.add_to_collection('text', 'one')
    tf.add_to_collection('text', b'two\xff')
    tf.add_to_collection('numbers', 3)
    tf.add_to_collection('numbers', -4)
    tf.add_to_collection('flags', True)
    tf.add_to_collection('floats', 0.1)
    tf.add_to_collection('floats', 2.0)
    tf.add_to_collection('mixed', 1)
    tf.add_to_collection('mixed', 'one')
    tf.add_to_collection(tf.GraphKeys.MODEL_VARIABLES, w)
    saver = tf.train.Saver([w, step])
    tf.add_to_collection(tf.GraphKeys.SAVERS, saver)
    return saver


def control_flow():
    """Branches and loops in each other, and on their own in the scope `part`."""
    p = tf.placeholder(tf.bool, [], name='p')
    x = tf.get_variable('x', [2])

    def passes(i, y):
        inner = tf.while_loop(lambda j: tf.less(j, i), lambda j: [tf.add(j, 1)], [0])
        return tf.add(i, inner), tf.cond(p, lambda: tf.multiply(y, 2.0), lambda: tf.square(x))
    tf.while_loop(lambda i, y: tf.less(i, 3), passes, (1, x), maximum_iterations=9, swap_memory=True, name='loop')
    tf.cond(p, lambda: tf.while_loop(lambda i: p, lambda i: [tf.cond(p, lambda: i, lambda: 3)], [0], back_prop=False), lambda: 5, name='choice')
    with tf.name_scope('part'):
        with tf.control_dependencies([p]):
            y = tf.cond(tf.logical_not(p, name='not'), lambda: tf.exp(x), lambda: tf.square(x))
        y = tf.while_loop(lambda y: tf.reduce_any(tf.less(y, 9.0)), lambda y: [tf.add(y, x)], [y])
        w = tf.Variable([1.0], name='w')
        tf.add_to_collection('results', y)
        tf.add_to_collection('results', x)
        tf.add_to_collection('names', 'part/x')
        tf.add_to_collection('names', 'elsewhere')
        saver = tf.train.Saver([w])
        tf.add_to_collection(tf.GraphKeys.SAVERS, saver)
        q = tf.FIFOQueue(3, tf.float32, name='q')
    tf.train.add_queue_runner(tf.train.QueueRunner(q, [q.enqueue(w, name='part/put')], q.close(name='part/close'), q.close(True, name='part/cancel')))
    return saver


def write_control_flow(folder):
    """As exported; imported and exported again; of that the part in a scope alone; all imported into a scope."""
    def write(name, meta):
        for key, kind in (('cond_context', control_flow_pb2.CondContextDef), ('while_context', control_flow_pb2.WhileContextDef)):
            values = meta.collection_def[key].bytes_list.value
            values[:] = [kind.FromString(value).SerializeToString(deterministic=True) for value in values]
        with open(os.path.join(folder, name + '.meta'), 'wb') as f:
            f.write(meta.SerializeToString(deterministic=True))
    with tf.Graph().as_default():
        meta = control_flow().export_meta_graph()
    write('control_flow', meta)
    with tf.Graph().as_default():
        saver = tf.train.import_meta_graph(copy.deepcopy(meta))
        write('control_flow_again', saver.export_meta_graph())
        write('part', tf.train.export_meta_graph(export_scope='part', clear_devices=True, saver_def=saver.saver_def))
    with tf.Graph().as_default():
        tf.train.import_meta_graph(copy.deepcopy(meta), import_scope='in')
        write('control_flow_within', tf.train.export_meta_graph())


def write_disk(folder):
    """A Saver that keeps two, saving over and over; the files left, and each state."""
    states = []
    here = os.getcwd()
    os.makedirs(folder)
    os.chdir(folder)
    try:
        with tf.Graph().as_default(), tf.Session() as session:
            step = tf.Variable(0, name='global_step', trainable=False)
            a = tf.Variable(np.arange(3, dtype=np.float32), name='a')
            b = tf.get_variable('b', initializer=np.array([['x', ''], ['yz', 'w']], object), dtype=tf.string, use_resource=True)
            p = tf.get_variable('p', [5, 2], tf.float64, tf.zeros_initializer(), partitioner=tf.fixed_size_partitioner(3))
            session.run(tf.global_variables_initializer())
            for i, part in enumerate(p):
                part.load(np.full(part.shape.as_list(), i + 0.5), session)
            saver = tf.train.Saver(max_to_keep=2)
            for at in (1, 22, 333):
                session.run(step.assign(at))
                saver.save(session, './m', global_step=step, write_meta_graph=False)
                states.append(open('checkpoint').read())
    finally:
        os.chdir(here)
    with open(os.path.join(folder, 'states.txt'), 'w') as out:
        out.write('---\n'.join(states))


def initialized():
    """Variables that begin as what disk/m-333 holds."""
    tf.get_variable('mine', [3])
    b = tf.get_variable('b', [2, 2], tf.string, tf.zeros_initializer(), use_resource=True)
    tf.get_variable('net/p', [5, 2], tf.float64, partitioner=tf.fixed_size_partitioner(2))
    with tf.variable_scope('scope'):
        tf.get_variable('a', [3])
        tf.get_variable('global_step', [], tf.int32, tf.zeros_initializer())
    with tf.device('/device:GPU:0'):
        tf.get_variable('placed', [3], use_resource=True)
    tf.train.init_from_checkpoint('disk/m-333', {'a': 'mine', 'b': b, 'p': 'net/p', '/': 'scope/'})
    tf.train.init_from_checkpoint('disk/m-333', {'a': 'placed'})
    tf.global_variables_initializer()


def make(folder):
    for name, build in sorted(globals().items()):
        if not name.startswith('make_'):
            continue
        # a sharded Saver's nodes have random digits in them
        with tf.Graph().as_default(), mock.patch('uuid.uuid4', return_value=uuid.UUID(int=0)):
            meta = build().export_meta_graph()
        with open(os.path.join(folder, name[len('make_'):] + '.meta'), 'wb') as f:
            f.write(meta.SerializeToString(deterministic=True))
        with tf.Graph().as_default():
            again = tf.train.import_meta_graph(copy.deepcopy(meta)).export_meta_graph()
        if again != meta:
            with open(os.path.join(folder, name[len('make_'):] + '_again.meta'), 'wb') as f:
                f.write(again.SerializeToString(deterministic=True))
    write_control_flow(folder)
    write_disk(os.path.join(folder, 'disk'))
    here = os.getcwd()
    os.chdir(folder)
    with tf.Graph().as_default():
        initialized()
        with open('initialized.meta', 'wb') as f:
            f.write(tf.train.export_meta_graph().SerializeToString(deterministic=True))
    os.chdir(here)
