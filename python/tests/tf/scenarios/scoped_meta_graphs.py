# Meta graphs of a name scope alone, what they lack, and tensorflow.python.framework.meta_graph.
import tensorflow as tf
from tensorflow.python.framework import meta_graph

tf.add_to_collection('names', 'part/of speech')
tf.add_to_collection('numbers', 7)
a = tf.placeholder(tf.float32, [2], name='a')
halves = tf.split(tf.ones([4]), 2, name='halves')
with tf.name_scope('part'):
    v = tf.Variable([1., 2.], name='v')
    y = tf.add(a + halves[1], v, name='y')
tf.add_to_collection('outputs', y)
with tf.name_scope('part2'):
    z = tf.identity(y, name='z')
tf.add_to_collection('outputs', z)


def show(message):
    for node in message.graph_def.node:
        print(node.name, list(node.input))
    for key, value in sorted(message.collection_def.items()):
        kind = value.WhichOneof('kind')
        print(key, kind, sorted(getattr(value, kind).value) if key == 'unbound_inputs' else len(getattr(value, kind).value))


for scope in ('part', 'part/'):
    message, variables = meta_graph.export_scoped_meta_graph(export_scope=scope)
    show(message)
    print({k: v.name for k, v in variables.items()})
show(tf.train.export_meta_graph(export_scope='part', graph_def=tf.get_default_graph().as_graph_def(), collection_list=['names']))
for input_map in ({'x': a}, {'$unbound_inputs_a': a, '$unbound_inputs_halves:1': halves[0]}):
    try:
        variables = meta_graph.import_scoped_meta_graph(message, import_scope='new', input_map=input_map)
        print({k: v.name for k, v in variables.items()})
    except ValueError as e:
        print(str(e)[:40])
with tf.name_scope('q'):
    v = tf.Variable([1., 2.], name='v')
    tf.multiply(v, v, name='y')
before = len(tf.get_default_graph().get_operations())
print({k: v.name for k, v in meta_graph.copy_scoped_meta_graph('q', 'r').items()})
other = tf.Graph()
print({k: v.name for k, v in meta_graph.copy_scoped_meta_graph('q', 'r', to_graph=other).items()})
print([op.name for op in other.get_operations()], len(tf.get_default_graph().get_operations()) - before)
try:
    meta_graph.copy_scoped_meta_graph('q', 'q')
except ValueError as e:
    print(e)
message = tf.train.export_meta_graph('text.meta', as_text=True)
print(meta_graph.read_meta_graph_file('text.meta').saver_def == message.saver_def)
print(sorted(meta_graph.ops_used_by_graph_def(message.graph_def)))
try:
    meta_graph.read_meta_graph_file('none')
except IOError as e:
    print(e)
