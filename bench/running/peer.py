#!/usr/bin/env python3
"""TensorFlow's Session, or OpenVINO, as a peer of measure.py; the arguments and the protocol are icecore_peer.cc's.

  peer.py tensorflow|openvino GRAPH INPUT SHAPE VALUES OUTPUT THREADS"""
import os
import sys
import time

BEGIN = time.perf_counter()
os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
import numpy as np


def tensorflow(graph, name, values, output, threads):
    import tensorflow as tf
    v1 = tf.compat.v1
    message = v1.GraphDef()
    with open(graph, 'rb') as file:
        message.ParseFromString(file.read())
    with tf.Graph().as_default() as imported:
        tf.import_graph_def(message, name='')
    config = v1.ConfigProto(intra_op_parallelism_threads=threads, inter_op_parallelism_threads=1)
    session = v1.Session(graph=imported, config=config)
    return session.make_callable(output, [name]), values


def openvino(graph, name, values, output, threads):
    import openvino as ov
    core = ov.Core()
    input_name = ov.PartialShape(list(values.shape))
    model = ov.convert_model(graph, input=[(name, input_name, ov.Type.f32)], output=[output])
    compiled = core.compile_model(model, 'CPU', {'INFERENCE_NUM_THREADS': threads, 'PERFORMANCE_HINT': 'LATENCY',
                                                 'INFERENCE_PRECISION_HINT': 'f32'})
    request = compiled.create_infer_request()
    request.set_input_tensor(ov.Tensor(values, shared_memory=True))

    def run(_):
        request.infer()
        return request.get_output_tensor(0).data
    return run, values


def main():
    peer, graph, name, shape, file, output, threads = sys.argv[1:]
    values = np.fromfile(file, np.float32).reshape([int(n) for n in shape.split(',')])
    run, values = {'tensorflow': tensorflow, 'openvino': openvino}[peer](graph, name, values, output, int(threads))
    answer = run(values)
    print('%.9f' % (time.perf_counter() - BEGIN), flush=True)
    for line in sys.stdin:
        line = line.rstrip('\n')
        if line.isdigit():
            begin = time.perf_counter()
            for _ in range(int(line)):
                answer = run(values)
            print('%.9f' % (time.perf_counter() - begin), flush=True)
        else:
            np.ascontiguousarray(answer, np.float32).tofile(line)
            print('written', flush=True)


if __name__ == '__main__':
    main()
