"""Meta graphs as a Saver and export_meta_graph write them, binary and text: reference, resource and partitioned variables,
collections of every kind, queue runners, a loop's context."""
import os

import tensorflow as tf
from tensorflow.core.protobuf import control_flow_pb2, saver_pb2

import expectation
import graphs

v1 = tf.compat.v1


def make(folder):
    folder = os.path.join(folder, 'meta')
    os.makedirs(folder)
    made = {'model': exported(folder, 'model', False), 'stripped': exported(folder, 'stripped', True)}
    made['no_variables'] = no_variables(folder)
    expectation.write(folder, {'meta_graphs': {name: said(meta_graph) for name, meta_graph in made.items()},
                               'written_text': {name + '.meta.pbtxt': name + '.meta' for name in made}})


def exported(folder, name, strip):
    """The message that a Saver exports, as binary and as export_meta_graph(as_text=True) prints it."""
    with tf.Graph().as_default() as graph, graphs.same_names():
        x = v1.placeholder(tf.float32, [None, 4], 'x')
        with v1.variable_scope('net', partitioner=v1.fixed_size_partitioner(2)):
            w = v1.get_variable('w', [4, 3])
        b = v1.get_variable('b', [3], initializer=v1.zeros_initializer(), use_resource=True)
        fixed = v1.get_variable('fixed', [3], tf.float64, v1.ones_initializer(), trainable=False)
        v1.get_variable('local', [], collections=['local_variables'])
        step = v1.train.create_global_step()
        y = tf.nn.softmax(tf.matmul(x, w) + b + tf.cast(fixed, tf.float32), name='prob')
        loop = tf.while_loop(lambda i: i < 3, lambda i: i + 1, [0], name='loop')
        tf.cond(loop > 1, lambda: tf.add(loop, 1), lambda: loop, name='branch')
        v1.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_mean(y), step)
        queue = tf.queue.FIFOQueue(4, [tf.float32], name='queue')
        v1.train.add_queue_runner(v1.train.QueueRunner(queue, [queue.enqueue(0.5)]))
        v1.summary.scalar('mean', tf.reduce_mean(y))
        for key, items in (('ints', [1, -2]), ('floats', [0.1, 1e30]), ('strings', ['a', b'b']), ('tensors', [x, y]), ('ops', [y.op]), ('flags', [True])):
            for item in items:
                graph.add_to_collection(key, item)
        saver = v1.train.Saver(max_to_keep=3, sharded=strip)
        meta_graph = saver.export_meta_graph(strip_default_attrs=strip)
    for key, kind in (('cond_context', control_flow_pb2.CondContextDef), ('while_context', control_flow_pb2.WhileContextDef)):
        contexts = meta_graph.collection_def[key].bytes_list.value
        for i, context in enumerate(contexts):  # serialized with its map in hash order
            contexts[i] = kind.FromString(context).SerializeToString(deterministic=True)
    return written(folder, name, meta_graph)


def no_variables(folder):
    """Neither a Saver nor variables."""
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [2], 'x')
        tf.identity(x + 0.1, 'y')
        return written(folder, 'no_variables', v1.train.export_meta_graph())


def written(folder, name, meta_graph):
    """export_meta_graph(as_text=True) prints its message by write_graph, too."""
    graphs.write_binary(meta_graph, os.path.join(folder, name + '.meta'))
    tf.io.write_graph(meta_graph, folder, name + '.meta.pbtxt', as_text=True)
    return meta_graph


def said(meta_graph):
    out = dict(graphs.said(meta_graph.graph_def), variables=graphs.variables(meta_graph),
               tensorflow_version=meta_graph.meta_info_def.tensorflow_version, stripped_ops=len(meta_graph.meta_info_def.stripped_op_list.op),
               collections={key: [value.WhichOneof('kind'), len(getattr(getattr(value, value.WhichOneof('kind')), 'value'))]
                            for key, value in meta_graph.collection_def.items()})
    if meta_graph.HasField('saver_def'):
        saver = meta_graph.saver_def
        out['saver'] = {'filename_tensor_name': saver.filename_tensor_name, 'save_tensor_name': saver.save_tensor_name,
                        'restore_op_name': saver.restore_op_name, 'max_to_keep': saver.max_to_keep, 'sharded': saver.sharded,
                        'keep_checkpoint_every_n_hours': saver.keep_checkpoint_every_n_hours,
                        'version': saver_pb2.SaverDef.CheckpointFormatVersion.Name(saver.version)}
    return out
