# Control inputs: the order in which they were added in an operation's NodeDef, by name in a GraphDef.
import tensorflow as tf
z, a, m = [tf.Variable(0., name=n) for n in 'zam']
g = tf.group(z.initializer, a.initializer, m.initializer, name='all')
print(g)
print([op.name for op in g.control_inputs], list(g.node_def.input))
print([list(n.input) for n in tf.get_default_graph().as_graph_def().node if n.name == 'all'])
with tf.control_dependencies([z.op, a.op]):
    k = tf.add(z, 1., name='k')
print(k.op)
g2 = tf.Graph()
with g2.as_default():
    tf.import_graph_def(tf.get_default_graph().as_graph_def() if False else g.graph.as_graph_def(), name='')
print(list(g2.get_operation_by_name('all').node_def.input), [o.name for o in g2.get_operation_by_name('all').control_inputs])
print(list(tf.global_variables_initializer().node_def.input))
