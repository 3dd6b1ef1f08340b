"""Variables, their scopes and collections, training and saving."""
import os
import numpy as np
import tensorflow as tf
tf.logging.set_verbosity(tf.logging.ERROR)


def fails(function):
    try:
        print('no error:', function())
    except Exception as error:
        print(type(error).__name__, str(error).split('Originally defined at')[0].strip().split('\n')[0])


def doubled(getter, name, *args, **others):
    return getter(name + '_twice', *args, **others) * 2


with tf.variable_scope('a', initializer=tf.constant_initializer(1.), regularizer=tf.contrib.layers.l2_regularizer(.1)) as a:
    x = tf.get_variable('x', [2])
    tf.Variable(1., name='y', collections=['mine', tf.GraphKeys.GLOBAL_VARIABLES])
    fails(lambda: tf.get_variable('x', [2]))
    fails(lambda: tf.get_variable('no_shape'))
    with tf.variable_scope('b', reuse=tf.AUTO_REUSE):
        print(tf.get_variable('x', [2]) is tf.get_variable('x', [2]))
        fails(lambda: tf.get_variable('x', [3]))
        fails(lambda: tf.get_variable('x', [2], tf.int32))
with tf.variable_scope(a, reuse=True) as again:
    print(again.name, again.original_name_scope, again.reuse, tf.get_variable('x', [2]) is x, tf.constant(1.).name)
    fails(lambda: tf.get_variable('new', [2]))
for _ in range(2):
    with tf.variable_scope(None, 'default') as scope:
        print(scope.name, tf.get_variable('v', [1], trainable=False).name)
with tf.variable_scope('got', custom_getter=doubled):
    print(tf.get_variable('v', [1], initializer=tf.ones_initializer()))
with tf.variable_scope('parts', partitioner=tf.fixed_size_partitioner(2)):
    q = tf.get_variable('q', [5, 2], initializer=tf.ones_initializer())
    print(type(q).__name__, [part.name for part in q], [part._save_slice_info.spec for part in q], tf.convert_to_tensor(q))
resource = tf.get_variable('resource', [2], use_resource=True, initializer=tf.zeros_initializer())
local = tf.get_local_variable('local', initializer=3)
step = tf.train.get_or_create_global_step()
print(x, resource.op.type, local, step)
for key in sorted(tf.get_default_graph().get_all_collection_keys()):
    print(key, [getattr(value, 'name', value) for value in tf.get_collection(key)])

loss = tf.reduce_sum(tf.square(x * 3 + resource)) + tf.losses.get_regularization_loss()
train = tf.train.MomentumOptimizer(.01, .9).minimize(loss, global_step=step)
average = tf.train.ExponentialMovingAverage(.5, step)
with tf.control_dependencies([train]):
    train = average.apply([x, resource])
saver = tf.train.Saver(max_to_keep=2)
fails(lambda: tf.train.MomentumOptimizer(.01, .9).minimize(tf.constant(1.)))
fails(lambda: tf.train.Saver([x, x]))
with tf.Session() as session:
    fails(lambda: session.run(x))
    print(session.run(tf.report_uninitialized_variables([x, local])))
    session.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
    for _ in range(3):
        session.run(train)
        print(os.path.relpath(saver.save(session, 'model', global_step=step)))
    values = session.run([x, resource, tf.identity(q), average.average(x), local, step, tf.is_variable_initialized(x)])
    for value in values:
        print(np.round(value, 5).tolist() if isinstance(value, np.ndarray) and value.dtype.kind == 'f' else value)
    x.load([7., 8.], session)
    print(x.eval(), session.run([x.assign_add([1., 1.]), resource.assign([5., 5.])]))
    saver.restore(session, tf.train.latest_checkpoint('.'))
    print(np.round(session.run(x), 5).tolist(), [os.path.basename(path) for path in saver.last_checkpoints])
    fails(lambda: saver.restore(session, 'gone'))
for name, shape in tf.train.list_variables('.'):
    print(name, shape)
print(sorted(os.listdir('.')))
