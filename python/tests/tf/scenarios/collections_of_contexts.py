# Collections are named in the order in which they came to be, whoever looks at them first; conds and loops have theirs.
import tensorflow as tf

x = tf.placeholder(tf.float32, [2], name='x')
tf.Variable(1.0, name='v')
tf.add_to_collection('zoo', x)
tf.add_to_collection('ape', x)
print(tf.get_collection('ape'), tf.get_collection('nothing'))
print(tf.get_default_graph().get_all_collection_keys())
tf.cond(x[0] > 1, lambda: x, lambda: -x)
tf.while_loop(lambda i: i < 2, lambda i: i + 1, [0])
graph = tf.get_default_graph()
print(sorted(graph.get_all_collection_keys()))
for key in ('cond_context', 'while_context'):
    print(key, [context.name for context in tf.get_collection(key)])
meta = tf.train.export_meta_graph('meta')
print(sorted(meta.collection_def))
tf.reset_default_graph()
tf.train.import_meta_graph('meta')
print(sorted(tf.get_default_graph().get_all_collection_keys()))
print([c.name for c in tf.get_collection(tf.GraphKeys.COND_CONTEXT, scope='cond/cond_text_1')], tf.get_collection('cond_context', 'z'))
print(len(tf.get_collection_ref('while_context')), sorted(tf.train.export_meta_graph().collection_def))
