"""Uses Icecore, TensorFlow, onnx and protobuf in one process; test_one_process.py runs it.

  in_one_process.py NAME…      the order of importing: icecore, icecore.tf, tensorflow, onnx, protobuf

Each is imported, then each computes a convolution (which all must agree on) and saves, twice, and reads what it saved and what
the others did. Prints "undisturbed"."""
import importlib
import os
import sys

MODULES = {'protobuf': 'google.protobuf.descriptor_pb2'}
for name in sys.argv[1:]:
    importlib.import_module(MODULES.get(name, name))

import numpy as np

IMAGE = np.linspace(-1, 1, 2 * 9 * 9 * 3, dtype=np.float32).reshape(2, 9, 9, 3)
FILTER = np.linspace(-2, 2, 3 * 3 * 3 * 4, dtype=np.float32).reshape(3, 3, 3, 4)


def with_icecore(prefix):
    import icecore
    graph = icecore.GraphBuilder()
    x = graph.apply_op('Placeholder', [], {'dtype': 'float32', 'shape': [None, 9, 9, 3]}).output()
    w = icecore.make_variable(graph, FILTER, name='w')
    y = graph.apply_op('Conv2D', [x, w], {'strides': [1, 1, 1, 1], 'padding': 'SAME'}).output()
    saver = icecore.Saver(graph)
    with icecore.Session(graph) as session:
        session.run(w.initializer)
        saver.save(session, prefix)
        saver.restore(session, prefix)
        result = session.run(y, {x: IMAGE})
    try:
        icecore.Checkpoint('nothing')
    except icecore.NotFoundError:
        return result, icecore.load_variable(prefix, 'w')


def with_tensorflow(prefix):
    import tensorflow.compat.v1 as tf
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, [None, 9, 9, 3])
        w = tf.get_variable('w', initializer=FILTER)
        y = tf.nn.conv2d(x, w, strides=[1, 1, 1, 1], padding='SAME')
        session.run(w.initializer)
        tf.train.Saver().save(session, prefix)
        return session.run(y, {x: IMAGE}), tf.train.load_variable(prefix, 'w')


def with_onnx(path):
    import onnx
    import onnx.helper
    import onnx.numpy_helper
    from onnx.reference import ReferenceEvaluator
    tensor = onnx.helper.make_tensor_value_info
    conv = onnx.helper.make_node('Conv', ['x', 'w'], ['y'], auto_pad='SAME_UPPER', kernel_shape=[3, 3])
    graph = onnx.helper.make_graph(
        [conv], 'g', [tensor('x', onnx.TensorProto.FLOAT, [2, 3, 9, 9])], [tensor('y', onnx.TensorProto.FLOAT, [2, 4, 9, 9])],
        [onnx.numpy_helper.from_array(FILTER.transpose(3, 2, 0, 1).copy(), 'w')])
    onnx.save(onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid('', 17)]), path)
    model = onnx.load(path)
    onnx.checker.check_model(model)
    y, = ReferenceEvaluator(model).run(None, {'x': IMAGE.transpose(0, 3, 1, 2)})
    return y.transpose(0, 2, 3, 1), onnx.numpy_helper.to_array(model.graph.initializer[0]).transpose(2, 3, 1, 0)


def with_protobuf():
    from google.protobuf import descriptor_pb2
    message = descriptor_pb2.FileDescriptorProto(name='a.proto', dependency=['b.proto'])
    assert descriptor_pb2.FileDescriptorProto.FromString(message.SerializeToString()) == message


def main():
    import icecore
    import tensorflow.compat.v1 as tf
    for _ in range(2):
        results = [with_icecore('i/m'), with_tensorflow(os.path.abspath('t/m')), with_onnx('m.onnx')]
        with_protobuf()
        for result, saved in results:
            np.testing.assert_allclose(result, results[0][0], rtol=1e-4, atol=1e-4)
            np.testing.assert_array_equal(saved, FILTER)
    np.testing.assert_array_equal(icecore.load_variable('t/m', 'w'), FILTER)
    np.testing.assert_array_equal(tf.train.load_variable(os.path.abspath('i/m'), 'w'), FILTER)
    print('undisturbed')


main()
