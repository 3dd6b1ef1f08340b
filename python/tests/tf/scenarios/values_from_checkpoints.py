# init_from_checkpoint in every form of its map, and warm_start.
import tensorflow as tf
import numpy as np


def build(scope, extra=False):
    with tf.variable_scope(scope):
        with tf.variable_scope('l1'):
            w = tf.get_variable('w', [2, 3], initializer=tf.constant_initializer(np.arange(6).reshape(2, 3)))
            b = tf.get_variable('b', [3], initializer=tf.ones_initializer())
        with tf.variable_scope('l2'):
            w2 = tf.get_variable('w', [3, 1], initializer=tf.constant_initializer(2.0))
            e = tf.get_variable('e', [4, 2], partitioner=tf.fixed_size_partitioner(2), initializer=tf.constant_initializer(7.0))
    return w, b, w2, e


with tf.Graph().as_default(), tf.Session() as sess:
    build('old')
    tf.train.get_or_create_global_step()
    sess.run(tf.global_variables_initializer())
    sess.run(tf.assign_add(tf.train.get_global_step(), 12))
    p = tf.train.Saver().save(sess, './old_model', global_step=tf.train.get_global_step())
print(tf.train.list_variables(p))
print(tf.train.load_variable(p, 'old/l1/w'), tf.train.load_variable('.', 'global_step'))


def values(maps, scope='new', resource=False, also=None):
    with tf.Graph().as_default() as g:
        tf.set_random_seed(5)
        with tf.variable_scope('', use_resource=resource, initializer=tf.zeros_initializer()):
            with tf.variable_scope(scope):
                w = tf.get_variable('l1/w', [2, 3])
                b = tf.get_variable('l1/b', [3])
                w2 = tf.get_variable('l2/w', [3, 1])
                e = tf.get_variable('l2/e', [4, 2], partitioner=tf.fixed_size_partitioner(4))
        m = maps(w, b, w2, e) if callable(maps) else maps
        try:
            tf.train.init_from_checkpoint(p, m)
        except (ValueError, TypeError, tf.errors.OpError) as err:
            print(type(err).__name__, str(err).split('\n')[0])
            return
        print([v.initializer.name for v in tf.global_variables()][:2], [v.initial_value.name if hasattr(v, 'initial_value') and v.initial_value is not None else None for v in tf.global_variables()][:2])
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            for v in tf.global_variables():
                print(' ', v.op.name, sess.run(v).ravel().tolist())


values({'old/': 'new/'})
values({'old/l1/': 'new/l1/'})
values({'old/l1/w': 'new/l1/w', 'old/l1/b': 'new/l1/b'}, resource=True)
values(lambda w, b, w2, e: {'old/l1/w': w, 'old/l1/b': b})
values(lambda w, b, w2, e: {'old/l2/e': list(e), 'old/l2/w': w2})
values(lambda w, b, w2, e: {'old/l2/e': 'new/l2/e'})
values({'/': '/'}, scope='old')
values({'old/': '/'})
values({'/': 'new/'})
values({'old/l1/w': 'new/l2/w'})
values({'old/l1/w': 'new/none'})
values({'old/l1': 'new/l1/'})
with tf.Graph().as_default():
    w = tf.get_variable('w', [2, 3])
    v = tf.Variable(tf.zeros([3]), name='vv')
    tf.train.init_from_checkpoint('.', {'old/l1/w': w, 'old/l1/b': v})
    with tf.Session() as sess:
        sess.run(w.initializer)
        sess.run(v.initializer)
        print(sess.run([w, v]))
    for op in tf.get_default_graph().get_operations():
        print(op.name, op.type, [i.name for i in op.inputs])
ws = None
with tf.Graph().as_default():
    build('old')
    tf.train.warm_start(p, vars_to_warm_start='old/l1.*') if hasattr(tf.train, 'warm_start') else None
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        print([sess.run(v).ravel()[:2].tolist() for v in tf.global_variables()])
with tf.Graph().as_default():
    a = tf.get_variable('renamed', [2, 3])
    tf.train.warm_start(p, vars_to_warm_start='renamed', var_name_to_prev_var_name={'renamed': 'old/l1/w'})
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        print(sess.run(a))
