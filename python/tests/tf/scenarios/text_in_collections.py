"""Text, bytes and numbers in collections of meta graphs: as they come back, within a scope and without; parts of a graph."""
import tensorflow as tf

for key, values in (('text', ['text', 'an/\xe9']), ('bytes', [b'bytes']), ('ints', [3]), ('floats', [2.5])):
    for value in values:
        tf.add_to_collection(key, value)
x = tf.constant(1., name='x')
tf.add_to_collection('tensors', x)
tf.add_to_collection('ops', x.op)
tf.Variable(1., name='v')
meta = tf.train.export_meta_graph()


def show(label):
    graph = tf.get_default_graph()
    for key in sorted(graph.get_all_collection_keys()):
        print(label, key, ascii(tf.get_collection(key)))


for scope in (None, 'one', 'one/two'):
    with tf.Graph().as_default():
        tf.train.import_meta_graph(meta, import_scope=scope)
        show(scope)
        again = tf.train.export_meta_graph()
        print(again.collection_def['text'], again.collection_def['ints'])

with tf.Graph().as_default():
    tf.add_to_collection('text', 'mine')
    tf.add_to_collection('text', b'bytes')
    tf.train.import_meta_graph(meta, import_scope='one')
    tf.train.import_meta_graph(meta)
    show('both')

with tf.Graph().as_default():
    tf.add_to_collection('ints', 3)
    with tf.name_scope('one'):
        for value in ('one/text', 'text', b'one/bytes', b'bytes'):
            tf.add_to_collection('text', value)
        tf.constant(1)
        tf.Variable(1., name='v')
    tf.add_to_collection('none', 'x')
    part = tf.train.export_meta_graph(export_scope='one')
    for key in sorted(part.collection_def):
        print(key, [part.collection_def[key].WhichOneof('kind')], list(part.collection_def[key].bytes_list.value)
              if key == 'text' else '')
