"""inspect_checkpoint, tf.contrib.framework, warm_start, make_template."""
import numpy as np
import tensorflow as tf
from tensorflow.contrib.framework.python.ops import variables as contrib_variables
from tensorflow.python import pywrap_tensorflow
from tensorflow.python.tools import inspect_checkpoint
from tensorflow.python.tools.inspect_checkpoint import print_tensors_in_checkpoint_file
tf.logging.set_verbosity(tf.logging.ERROR)
framework = tf.contrib.framework


def fails(function):
    try:
        print('no error:', function())
    except Exception as error:
        print(type(error).__name__, str(error).split('\n')[0].split(' {')[0])


def names(variables):
    return [v.name for v in variables]


with tf.Graph().as_default():
    with tf.variable_scope('base'):
        for k in range(2):
            tf.get_variable('w%d' % k, initializer=tf.constant(np.arange(6.).reshape(2, 3) + k, tf.float32))
    tf.get_variable('head', initializer=[1., 2.])
    tf.get_variable('half', initializer=np.float16([1, 2]))
    tf.get_variable('count', initializer=3)
    tf.get_variable('table', initializer=tf.constant(np.arange(8.).reshape(4, 2), tf.float32),
                    partitioner=tf.fixed_size_partitioner(2))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        whole = tf.train.Saver(tf.global_variables('base|head|half|count')).save(session, './whole')
        path = tf.train.Saver().save(session, './model', 5)
print_tensors_in_checkpoint_file(whole, tensor_name='', all_tensors=False)
print_tensors_in_checkpoint_file(file_name=path, tensor_name='base/w0', all_tensors=False, all_tensor_names=False)
print_tensors_in_checkpoint_file(path, None, True)
inspect_checkpoint.print_tensors_in_checkpoint_file(path, '', False, True, count_exclude_pattern='base')
print_tensors_in_checkpoint_file(path, 'nothing', False)
print_tensors_in_checkpoint_file('nothing', '', False)
print(tf.pywrap_tensorflow.NewCheckpointReader is pywrap_tensorflow.NewCheckpointReader)
print(sorted(pywrap_tensorflow.NewCheckpointReader(path).get_variable_to_shape_map().items()))

with tf.variable_scope('m'):
    w0 = tf.get_variable('w0', [2, 3])
    w1 = tf.get_variable('w1', [2, 3])
head = tf.get_variable('head', [2])
new = tf.get_variable('new', [3], initializer=tf.zeros_initializer())
table = tf.get_variable('table', [4, 2], partitioner=tf.fixed_size_partitioner(2))
print(contrib_variables.get_variables is framework.get_variables)
print(names(framework.get_variables()), names(framework.get_variables('m')), names(framework.get_variables('m', '1')))
print(names(framework.get_variables_to_restore(exclude=['new'])), names(framework.get_variables_to_restore(['m'])))
print(names(framework.get_trainable_variables('m')), names(framework.get_variables_by_suffix('w0')))
print(names(framework.get_variables_by_name('head')), framework.get_unique_variable('m/w1').name)
print(names(framework.filter_variables(tf.global_variables(), ['m/', 'new'], ['w1'])))
print(framework.get_variable_full_name(list(table)[1]))
fails(lambda: framework.get_unique_variable('m/w'))
fails(lambda: framework.get_unique_variable('zz'))
fails(lambda: framework.get_variables_to_restore('m'))
print(framework.list_variables('.'), framework.load_variable(path, 'head'), framework.load_checkpoint('.').has_tensor('count'))
print(framework.get_or_create_global_step().name, framework.get_global_step().name)
operation, fed = framework.assign_from_checkpoint(path, {'base/w0': w0, 'head': head, 'table': list(table)})
print(operation.name, sorted((place.name, value.tolist()) for place, value in fed.items()))
restore = framework.assign_from_checkpoint_fn(path, [head, new], ignore_missing_vars=True)
assign_new, fed_new = framework.assign_from_values({'new': np.array([1., 2., 3.])})
set_new = framework.assign_from_values_fn({'new': np.array([5., 2., 3.])})
fails(lambda: framework.assign_from_checkpoint(path, {'gone': w0}))
fails(lambda: framework.assign_from_checkpoint(path, {'base/w0': head}))
fails(lambda: framework.assign_from_checkpoint_fn(path, []))
fails(lambda: framework.assign_from_values({'gone': np.zeros(1)}))
framework.model_variable('model', [2], initializer=tf.ones_initializer())
framework.local_variable(3, name='local')
framework.global_variable(4, name='global')
with framework.arg_scope([framework.variable, framework.model_variable], trainable=False, device='/cpu:0'):
    variable = framework.variable('scoped', shape=[1])
print(variable.name, variable.device, framework.has_arg_scope(framework.variable), framework.has_arg_scope(tf.add))
framework.add_model_variable(variable)
framework.add_model_variable(variable)
print(names(framework.get_model_variables()), names(framework.get_local_variables()), names(tf.trainable_variables()))
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    session.run(operation, fed)
    print([session.run(v).tolist() for v in (w0, head, tf.convert_to_tensor(table))])
    session.run(head.assign([0., 0.]))
    restore(session)
    session.run(assign_new, fed_new)
    print(session.run([head, new]))
    set_new(session)
    print(session.run(new))

with tf.Graph().as_default():
    tf.get_variable('base/w0', [2, 3])
    old = tf.get_variable('renamed', [2])
    tf.get_variable('table', [4, 2], partitioner=tf.fixed_size_partitioner(2))
    tf.train.warm_start(path, var_name_to_prev_var_name={'renamed': 'head'})
    fails(lambda: tf.train.warm_start(path, 'base', var_name_to_prev_var_name={'renamed': 'head'}))
    fails(lambda: tf.train.warm_start(path, 3))
    fails(lambda: tf.train.warm_start(path, 'renamed'))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        print([session.run(v).tolist() for v in tf.global_variables()])

with tf.Graph().as_default():
    template = tf.make_template('affine', lambda x, y: tf.get_variable('w', [2], initializer=tf.ones_initializer()) * x + y, y=1.)
    now = tf.make_template('now', lambda: tf.get_variable('w', [2]), create_scope_now_=True)
    wrong = tf.make_template('wrong', lambda: tf.Variable(1.))
    print(template.variable_scope, now.variable_scope.name, template.variables)
    print(template(2.).name, template(x=tf.zeros([2])).name, names(template.variables), template.name, template.var_scope.name)
    print(now().name, now().name, names(now.trainable_variables), now.variable_scope_name, names(now.non_trainable_variables))
    wrong()
    fails(wrong)
    fails(lambda: tf.make_template(None, wrong))
    message = tf.global_variables()[0].to_proto()
    print(message, tf.Variable.from_proto(message).name)
