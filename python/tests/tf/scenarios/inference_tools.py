"""tensorflow.python.tools: strip_unused_lib and optimize_for_inference_lib; what restoring and layers say of themselves."""
import numpy as np
import tensorflow as tf
from tensorflow.python.tools import optimize_for_inference_lib, strip_unused_lib
tf.logging.set_verbosity(tf.logging.ERROR)
FLOAT = tf.float32.as_datatype_enum


def nodes(graph_def):
    return [(node.name, node.op, list(node.input)) for node in graph_def.node]


def normalized(op, depthwise=False):
    """A frozen net, as older TensorFlows wrote it."""
    draw = np.random.RandomState(3)
    x = tf.placeholder(tf.float32, [1, 4, 4, 2], name='x')
    filters = tf.constant(draw.rand(3, 3, 2, 2).astype('f'), name='filters')
    convolution = (tf.nn.depthwise_conv2d_native if depthwise else tf.nn.conv2d)(x, filters, [1, 1, 1, 1], 'SAME', name='conv')
    gamma, beta, mean, variance = [tf.constant(draw.rand(4 if depthwise else 2).astype('f'), name=name)
                                   for name in ('gamma', 'beta', 'mean', 'variance')]
    y = tf.raw_ops.FusedBatchNorm(x=convolution, scale=gamma, offset=beta, mean=mean, variance=variance, is_training=False,
                                  epsilon=.01, name='bn')[0]
    tf.nn.relu(tf.identity(y), name='out')
    graph_def = y.graph.as_graph_def()
    if op != 'FusedBatchNorm':  # Of the op that was used before, which can't be made any more.
        node, = [node for node in graph_def.node if node.name == 'bn']
        node.op = 'BatchNormWithGlobalNormalization'
        node.input[:] = ['conv', 'mean', 'variance', 'beta', 'gamma']
        node.attr['variance_epsilon'].f = .01
        node.attr['scale_after_normalization'].b = op == 'scaled'
    return graph_def


for op in ('FusedBatchNorm', 'scaled', 'unscaled'):
    for depthwise in (False, True):
        with tf.Graph().as_default():
            made = optimize_for_inference_lib.optimize_for_inference(normalized(op, depthwise), ['x'], ['out'], FLOAT)
        print(op, nodes(made))
        print([['%.3f' % x for x in tf.make_ndarray(node.attr['value'].tensor).ravel()] for node in made.node if node.op == 'Const'])
        with tf.Graph().as_default(), tf.Session() as session:
            y, = tf.import_graph_def(made, return_elements=['out:0'], name='')
            print(['%.3f' % x for x in session.run(y, {'x:0': np.ones([1, 4, 4, 2])}).ravel()[:5]])

with tf.Graph().as_default() as graph:
    a = tf.placeholder(tf.float32, [None, 2], name='a')
    b = tf.multiply(a, 2., name='b')
    c = tf.add(b, tf.placeholder(tf.float32, name='free'), name='c')
    graph_def = graph.as_graph_def(add_shapes=True)
    print(nodes(strip_unused_lib.strip_unused(graph_def, ['b'], ['c'], FLOAT)))
    stripped = strip_unused_lib.strip_unused(graph_def, ['b', 'free'], ['c'], [FLOAT, tf.float64.as_datatype_enum])
    print([(node.name, node.attr['dtype'].type, sorted(node.attr)) for node in stripped.node])
    for inputs in (['b:0'], ['none']):
        try:
            strip_unused_lib.strip_unused(graph_def, inputs, ['c'], FLOAT)
        except (KeyError, ValueError) as error:
            print(type(error).__name__, error)
    graph_def.node.extend([graph_def.node[0]])
    try:
        optimize_for_inference_lib.ensure_graph_is_valid(graph_def)
    except ValueError as error:
        print(error)
    print([optimize_for_inference_lib.node_name_from_input(name) for name in ('a', 'a:1', '^a', 'a/b:0')])
    tf.train.write_graph(graph, '.', 'in.pbtxt')
    print(strip_unused_lib.strip_unused_from_files('in.pbtxt', False, 'out.pb', True, 'b', 'c', FLOAT),
          strip_unused_lib.strip_unused_from_files('none.pb', False, 'out.pb', True, 'b', 'c', FLOAT),
          strip_unused_lib.strip_unused_from_files('in.pbtxt', False, 'out.pb', True, 'b', '', FLOAT))

v = tf.Variable([1.], name='v')
with tf.Session() as session:
    session.run(v.initializer)
    tf.train.Saver().save(session, './m')
    w = tf.Variable([1.], name='w')
    for saver in (tf.train.Saver(), tf.train.Saver({'v': tf.Variable([1])}), tf.train.Saver([w], sharded=True)):
        try:
            saver.restore(session, './m')
        except tf.errors.OpError as error:
            print(type(error).__name__, error.op.name, error.op.type, error.node_def.name, error.error_code)
layer = tf.layers.Dense(5, kernel_regularizer=tf.contrib.layers.l2_regularizer(.1),
                        activity_regularizer=lambda t: tf.reduce_sum(t) * .01, name='layer')
layer(tf.ones([1, 2]))
with tf.name_scope('later'):
    print(layer.losses, layer.losses, layer.get_losses_for(None), tf.losses.get_regularization_losses())
try:
    tf.layers.Conv2D(3, 3, padding='x')
except ValueError as error:
    print(error)
