# Savers in the collection of that name: what meta graphs keep of them, and finalized graphs too.
import tensorflow as tf
v = tf.Variable(1., name='v')
s = tf.train.Saver(max_to_keep=3)
tf.add_to_collection('savers', s)
d = tf.train.Saver(defer_build=True, name='later')
tf.add_to_collection(tf.GraphKeys.SAVERS, d)
print([x is y for x, y in zip(tf.get_collection('savers'), (s, d))])
m = tf.train.export_meta_graph(saver_def=s.saver_def)
print(sorted(m.collection_def), [tf.train.SaverDef.FromString(b).max_to_keep for b in m.collection_def['savers'].bytes_list.value])
d.build()
m = tf.train.export_meta_graph(saver_def=s.saver_def)
print([tf.train.SaverDef.FromString(b).restore_op_name for b in m.collection_def['savers'].bytes_list.value])
m2 = tf.train.export_meta_graph(saver_def=s.saver_def, clear_extraneous_savers=True)
print([tf.train.SaverDef.FromString(b).restore_op_name for b in m2.collection_def['savers'].bytes_list.value], len(m2.graph_def.node))
with tf.Session() as sess:
    sess.run(v.initializer)
    print(tf.get_collection('savers')[1].save(sess, './m', 4))
with tf.Graph().as_default():
    i = tf.train.import_meta_graph(m, import_scope='in')
    k = tf.get_collection('savers')
    print(len(k), type(k[0]).__name__, k[0].saver_def.restore_op_name, k[1].saver_def.filename_tensor_name)
    with tf.Session() as sess:
        k[1].restore(sess, './m-4')
        print(sess.run('in/v:0'), k[0].last_checkpoints)
    m3 = tf.train.export_meta_graph()
    print(len(m3.collection_def['savers'].bytes_list.value))
    tf.get_collection_ref('savers').pop()
    print(len(tf.train.export_meta_graph().collection_def['savers'].bytes_list.value))
with tf.Graph().as_default():
    tf.Variable(1.)
    sc = tf.train.Scaffold().finalize()
    print(len(tf.train.export_meta_graph().collection_def['savers'].bytes_list.value), tf.get_collection('savers')[0] is sc.saver)
