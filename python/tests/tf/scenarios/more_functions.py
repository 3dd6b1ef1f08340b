"""einsum, sort, stateless numbers, ensure_shape, keras initializers, and modules that scripts import."""
import numpy as np
import tensorflow as tf
from tensorflow.python.framework import errors, sparse_tensor
from tensorflow.python.ops import gradients, gradients_impl, metrics, nn, script_ops, standard_ops
from tensorflow.python.ops.losses import losses
from tensorflow.python.platform import googletest
tf.logging.set_verbosity(tf.logging.ERROR)
print(nn.relu.__name__, nn.softmax is tf.nn.softmax, gradients.gradients is tf.gradients,
      gradients_impl.gradients is tf.gradients, script_ops.py_func is tf.py_func, standard_ops.reshape is tf.reshape,
      metrics.mean is tf.metrics.mean, errors.NotFoundError is tf.errors.NotFoundError,
      sparse_tensor.SparseTensor is tf.SparseTensor, losses.log_loss is tf.losses.log_loss, googletest.main.__name__)
session = tf.Session()
a = tf.constant(np.arange(6.).reshape(2, 3), tf.float32)
b = tf.constant(np.arange(12.).reshape(3, 4) % 5, tf.float32)
c = tf.constant(np.arange(8.).reshape(2, 2, 2), tf.float32)
free = tf.placeholder_with_default(np.ones([2, 3], 'f'), [None, 3])


def show(make):
    try:
        made = make()
        print(made.name, made.shape, np.round(session.run(made), 5).tolist())
    except Exception as error:
        print(type(error).__name__, str(error).split('\n')[0])


for equation, inputs in [
        ('ij,jk->ik', [a, b]), ('ij,jk', [a, b]), ('ij,jk->ki', [a, b]), ('ij->ji', [a]), ('ij->', [a]), ('ij->j', [a]),
        ('ij,ij->', [a, a]), ('ij,ij->ij', [a, a]), ('i,j->ij', [a[0], b[0]]), ('bij,bjk->bik', [c, c]), ('ii', [c[0]]),
        ('bij,jk->bik', [c, c[0]]), ('...ij,jk->...ik', [c, c[1]]), ('ij,jk->ik', [free, b]), ('ij,kj->ik', [free, free]),
        ('ij,ij,ij->', [a, a, a]), ('ij,jk,ki->', [a, b, tf.ones([4, 2])]), (' i j , j k -> i k', [a, b]), ('ij,jk->ix', [a, b]),
        ('iij->j', [c]), ('ij', [a, b]), ('i;j', [a]), ('ijk,jk->ik', [a, b])]:
    show(lambda: tf.einsum(equation, *inputs))
show(lambda: tf.einsum('ij->ji', a, name='mine'))
for values in (tf.constant([3, 1, 2]), a, c, free):
    for axis in (-1, 0):
        show(lambda: tf.sort(values, axis))
        show(lambda: tf.argsort(values, axis=axis, direction='DESCENDING', name='order'))
show(lambda: tf.sort(a, direction='UP'))
show(lambda: tf.random.stateless_uniform([3], [1, 2]))
show(lambda: tf.random.stateless_uniform([3], [1, 2], 5, 9, tf.int32))
show(lambda: tf.random.stateless_uniform([3], [1, 2], dtype=tf.int64))
show(lambda: tf.random.stateless_normal([3], [1, 2], mean=1., stddev=2.))
show(lambda: tf.random.stateless_truncated_normal([3], [1, 2], name='cut'))
show(lambda: tf.random.stateless_categorical([[1., 2., 3.]], 4, [1, 2]))
show(lambda: tf.random.stateless_multinomial([[1., 2., 3.]], 4, [3, 2]))
show(lambda: tf.ensure_shape(free, [2, None]))
show(lambda: tf.ensure_shape(a, [3, 3]))
show(lambda: tf.linalg.adjoint(tf.cast(a, tf.complex64) * 1j))
show(lambda: tf.constant([300, -1], tf.uint8))
show(lambda: tf.constant([1., 'a']))
show(lambda: tf.Variable([1, 'a']))
show(lambda: tf.constant(['a', b'b']))
show(lambda: tf.train.exponential_decay(.1, None, 1, 1))
tf.set_random_seed(5)
for kind in ('RandomNormal', 'RandomUniform', 'TruncatedNormal', 'normal', 'uniform', 'random_uniform'):
    initializer = getattr(tf.keras.initializers, kind)()
    print(kind, sorted(initializer.get_config().items()))
    show(lambda: initializer([2], dtype=tf.float32))
v = tf.get_variable('v', initializer=[1, 2, 3], use_resource=True)
session.run(v.initializer)
print(session.run(v.scatter_nd_sub([[1]], [5])).tolist())
count = tf.get_variable('count', initializer=0, use_resource=True)
session.run(count.initializer)
print([session.run(count.count_up_to(2)) for _ in range(2)])
