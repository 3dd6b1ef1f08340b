"""Summaries and what their files hold."""
import os
import struct
import numpy as np
import tensorflow as tf
tf.logging.set_verbosity(tf.logging.ERROR)


def fails(function):
    try:
        print('no error:', function())
    except Exception as error:
        print(type(error).__name__, str(error).split('\n')[0])


def show(path):
    for event in tf.train.summary_iterator(path):
        kind = event.WhichOneof('what')
        print(kind, event.step, event.file_version, event.wall_time > 1e9)
        for value in event.summary.value:
            number = round(value.simple_value, 5) if value.WhichOneof('value') == 'simple_value' else value.histo.num
            print('   ', value.tag, value.WhichOneof('value'), number, value.metadata.display_name)
        if kind == 'graph_def':
            graph = tf.GraphDef.FromString(event.graph_def)
            print('   ', [(node.name, '_output_shapes' in node.attr) for node in graph.node][:3])
        if kind == 'meta_graph_def':
            meta = tf.MetaGraphDef.FromString(event.meta_graph_def)
            print('   ', len(meta.graph_def.node), sorted(meta.collection_def))


x = tf.placeholder(tf.float32, [None], name='x')
with tf.name_scope('layer'):
    mean = tf.summary.scalar('mean of x', tf.reduce_mean(x))
    tf.summary.scalar('again', tf.reduce_mean(x), collections=['mine'])
tf.summary.scalar('again', 3, family='family')
histogram = tf.summary.histogram('spread', x)
pictures = tf.summary.image('pictures', tf.zeros([1, 2, 2, 1]), max_outputs=1, collections=[])
sound = tf.summary.audio('sound', tf.zeros([1, 8]), 8000., collections=[])
words = tf.summary.text('words', tf.constant('hello'), collections=[])
tensor = tf.summary.tensor_summary('tensor', x, display_name='shown', collections=[])
merged = tf.summary.merge_all()
one = tf.summary.merge([mean, histogram], collections=['merged'], name='one')
print([s.name for s in (mean, histogram, pictures, sound, words, tensor, merged, one)])
print([(key, [s.name for s in tf.get_collection(key)]) for key in (tf.GraphKeys.SUMMARIES, 'mine', 'merged')])
print(tf.summary.merge_all('nothing'), tf.summary.merge_all(scope='layer').op.inputs[0].name)
fails(lambda: tf.summary.text('no', x))
with tf.Session() as session:
    writer = tf.summary.FileWriter('logs', session.graph)
    bare = tf.summary.FileWriter('bare', filename_suffix='.end')
    empty = tf.summary.FileWriter('empty')
    for step in range(2):
        values = session.run(merged, {x: np.arange(4) * (step + 1)})
        writer.add_summary(values, step)
    writer.add_summary(session.run(one, {x: [1]}), np.int64(7))
    bare.add_summary(tf.Summary(value=[tf.Summary.Value(tag='t', simple_value=2.5)]))
    bare.add_event(tf.Event(step=3))
    bare.add_session_log(tf.SessionLog(status=tf.SessionLog.START), 4)
    bare.add_run_metadata(tf.RunMetadata(), 'run')
    fails(lambda: bare.add_run_metadata(tf.RunMetadata(), 'run'))
    fails(lambda: bare.add_graph(3))
    print(writer.get_logdir())
    for one_writer in (writer, bare, empty):
        one_writer.close()
    print(tf.summary.FileWriterCache.get('cached') is tf.summary.FileWriterCache.get('cached'))
    tf.summary.FileWriterCache.clear()
for folder in ('logs', 'bare', 'empty'):
    for name in os.listdir(folder):
        print(folder, name.split('.')[:3], name.endswith('.end'))
        show(os.path.join(folder, name))

for options in (None, tf.python_io.TFRecordOptions(tf.python_io.TFRecordCompressionType.GZIP), 'ZLIB'):
    with tf.python_io.TFRecordWriter('records', options) as writer:
        for k in range(3):
            writer.write(b'record %d ' % k * k)
            writer.flush()
    print(list(tf.python_io.tf_record_iterator('records', options)))
with tf.python_io.TFRecordWriter('records') as writer:
    example = tf.train.Example()
    example.features.feature['f'].float_list.value.extend([1., 2.])
    writer.write(example.SerializeToString())
data = open('records', 'rb').read()
print(len(data), struct.unpack('<QI', data[:12]), data.hex())
print(tf.train.Example.FromString(next(tf.python_io.tf_record_iterator('records'))).features.feature['f'].float_list.value)
open('cut', 'wb').write(data[:-1])
open('wrong', 'wb').write(data[:14] + b'x' + data[15:])
for name in ('cut', 'wrong', 'gone'):
    fails(lambda: list(tf.python_io.tf_record_iterator(name)))
