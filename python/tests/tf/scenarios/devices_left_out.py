# Control inputs in meta graphs: sorted, but where devices are left out of the default graph's.
import tensorflow as tf

with tf.device('/cpu:0'):
    tf.Variable(1.0, name='z')
    tf.Variable(2.0, name='a')
init = tf.global_variables_initializer()
graph = tf.get_default_graph()


def show(meta):
    print([list(n.input) for n in meta.graph_def.node if n.name == 'init'], set(n.device for n in meta.graph_def.node))


show(tf.train.export_meta_graph())
show(tf.train.export_meta_graph(clear_devices=True))
show(tf.train.export_meta_graph('text.meta', as_text=True, clear_devices=True))
show(tf.train.export_meta_graph(graph_def=graph.as_graph_def(), clear_devices=True))
show(tf.train.Saver().export_meta_graph(clear_devices=True))
