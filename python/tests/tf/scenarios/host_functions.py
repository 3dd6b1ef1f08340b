"""tf.py_func: what functions may give, and what is said where they give something else."""
import numpy as np
import tensorflow as tf
tf.logging.set_verbosity(tf.logging.ERROR)

x = tf.constant([1., 2.])
session = tf.Session()
seen = []


def tried(function, arguments, types):
    try:
        print(repr(session.run(tf.py_func(function, arguments, types))))
    except Exception as error:
        print(type(error).__name__, str(error).split('\n')[0])


tried(seen.append, [x], [])
print(seen)
tried(lambda: [], [], [])
tried(lambda a: None, [x], tf.float32)
tried(lambda a: (a, a), [x], tf.float32)
tried(lambda a: a.astype(np.float64), [x], tf.float32)
tried(lambda: 1, [], tf.int32)
tried(lambda: 1, [], tf.int64)
tried(lambda: 'text', [], tf.string)
tried(lambda a: 1 // 0, [x], tf.float32)
tried(5, [x], tf.float32)
with tf.control_dependencies([tf.py_func(seen.append, [x * 2], [])]):
    print(session.run(tf.identity(x)), seen[1:])

graph_def = tf.get_default_graph().as_graph_def()
for node in graph_def.node:
    if node.op == 'PyFunc':
        node.attr['token'].s = b'pyfunc_99'
with tf.Graph().as_default(), tf.Session() as session:
    loaded, = tf.import_graph_def(graph_def, return_elements=['PyFunc_8:0'])
    try:
        session.run(loaded)
    except tf.errors.InvalidArgumentError as error:
        print(str(error).split('\n')[0], error.op.name)
