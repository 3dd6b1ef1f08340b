"""print(type(x)) of what scripts have in their hands."""
import pickle
import tensorflow as tf
tf.logging.set_verbosity(tf.logging.ERROR)
a = tf.constant(1.)
for value in (
        a, a.op, a.graph, a.shape, a.shape.dims, tf.Dimension(1), a.dtype, tf.Variable(1.), tf.get_variable('r', [1], use_resource=True),
        tf.get_variable('p', [4], partitioner=tf.fixed_size_partitioner(2)), tf.get_variable_scope(), tf.Session(), tf.train.Saver(),
        tf.train.AdamOptimizer(), tf.train.GradientDescentOptimizer(.1), tf.IndexedSlices(a, a), tf.SparseTensor([[0]], [1.], [1]),
        tf.SparseTensorValue([[0]], [1.], [1]), tf.zeros_initializer(), tf.summary.FileWriter('logs'), tf.layers.Dense(1),
        tf.train.ExponentialMovingAverage(.9), tf.nn.rnn_cell.LSTMStateTuple(1, 2), tf.nn.rnn_cell.BasicLSTMCell(2),
        tf.TensorArray(tf.float32, 1), tf.train.Coordinator(), tf.train.Scaffold(), tf.global_variables_initializer()):
    print(type(value))
print(tf.InteractiveSession, tf.train.SessionRunHook, tf.variable_scope, tf.name_scope, tf.errors.NotFoundError, tf.AUTO_REUSE)
try:
    tf.Session().run(tf.Variable(1., name='v'))
except Exception as error:
    print(type(error), isinstance(error, tf.errors.OpError))
print(pickle.loads(pickle.dumps(tf.nn.rnn_cell.LSTMStateTuple(1, 2))), pickle.loads(pickle.dumps(tf.TensorShape([1, None]))))
print(len(tf.get_default_graph().as_graph_def(from_version=3).node) == len(tf.get_default_graph().get_operations()))
