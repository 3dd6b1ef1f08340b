# freeze_graph as a command: what its flags mean.
import sys
import tensorflow as tf
from tensorflow.python.tools import freeze_graph

with tf.device('/cpu:0'):
    x = tf.placeholder('float', [2], name='x')
    v = tf.Variable([1., 2.], name='v')
    u = tf.Variable(3.0, name='u')
    mid = tf.add(x, v, name='mid')
    out = tf.multiply(mid, u, name='out')
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    tf.train.Saver().save(sess, 'model')
    tf.train.write_graph(sess.graph_def, '', 'g.pbtxt')
    tf.train.write_graph(sess.graph_def, '', 'g.pb', False)
for flags in ('--input_graph=g.pbtxt --output_node_names=out',
              '--input_graph=g.pb --input_binary --output_node_names=mid,out --clear_devices=false',
              '--input_meta_graph=model.meta --input_binary=true --output_node_names out surplus',
              '--input_graph=g.pb --input_binary=True --output_node_names=mid --initializer_nodes= --variable_names_blacklist=v',
              '--input_graph=g.pb --input_binary --output_node_names=out --variable_names_whitelist=u',
              '--input_graph=nothing.pb', '--checkpoint_version=3'):
    tf.reset_default_graph()
    sys.argv = ['freeze_graph', '--input_checkpoint=model', '--output_graph=out.pb'] + flags.split()
    try:
        freeze_graph.run_main()
    except SystemExit as e:
        print('exit', e.code)
        frozen = tf.GraphDef()
        with open('out.pb', 'rb') as f:
            frozen.ParseFromString(f.read())
        print([(node.name, node.op, node.device) for node in frozen.node])
    except (IOError, ValueError) as e:
        print(type(e).__name__, e)
