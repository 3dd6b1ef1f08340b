"""Numbers that names of custom gradients hold, variables that tensorflow.python.ops.variables.Variable makes."""
import tensorflow as tf
from tensorflow.python.ops import variables
tf.logging.set_verbosity(tf.logging.ERROR)


@tf.custom_gradient
def twice(x):
    return x * 2., lambda dy: dy * 3.


def show():
    for op in tf.get_default_graph().get_operations():
        if op.type == 'IdentityN':
            print(op.name, op.get_attr('_gradient_op_type'), [x.name for x in op.inputs])


x = tf.constant([1., -2.])
y = tf.nn.swish(x)
z = twice(twice(tf.split(y, 2)[0]) + tf.Variable(1.))
show()
with tf.Graph().as_default():
    tf.unstack(tf.constant([1., 2., 3.]))
    tf.nn.swish([1., 2.])
    show()
with tf.Graph().as_default():
    twice(tf.train.exponential_decay(.1, tf.train.get_or_create_global_step(), 3, .5))
    show()
gradient = tf.gradients([y, z], x)[0]
twice(gradient)
show()
print(len(tf.get_default_graph().get_operations()))
with tf.Session() as session:
    session.run(tf.global_variables_initializer())

a = variables.Variable([1., 2.], name='a')
b = variables.VariableV1(3., name='b')
c = variables.Variable(tf.zeros([2]), False, name='c', dtype=tf.float32)
for v in (a, b, c, tf.get_variable('d', [1]), tf.Variable(1.)):
    print(v.name, v.op.type, isinstance(v, variables.Variable), isinstance(v, tf.Variable), v.trainable)
print(variables.Variable is tf.Variable, issubclass(tf.Variable, variables.Variable), [v.name for v in tf.trainable_variables()])
try:
    variables.Variable([1.], collections=['x'])
except TypeError as error:
    print('TypeError', "unexpected keyword argument 'collections'" in str(error))
