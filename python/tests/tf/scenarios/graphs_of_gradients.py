"""tf.gradients' arguments, tf.hessians, tf.custom_gradient, and slopes that are measured: digests of graphs, and values."""
import numpy as np
import tensorflow as tf
from listings import case, main
tf.logging.set_verbosity(tf.logging.ERROR)


def pair():
    x = tf.constant([1., 2.], name='x')
    return x, x * x


def with_scope(**arguments):
    x, y = pair()
    with tf.name_scope('scope'):
        return tf.gradients(y, x, **arguments)


@tf.custom_gradient
def log1pexp(x):
    e = tf.exp(x)
    return tf.log(1 + e), lambda dy: dy * (1 - 1 / (1 + e))


@tf.custom_gradient
def product(x, y):
    return [x * y, x + y], lambda dz, dw: (dz * 7., dw)


def hessian():
    x = tf.get_variable('x', initializer=[1., 2., 3.])
    free = tf.placeholder_with_default([[1., 2.]], [None, 2])
    squares = tf.matmul(free, free, transpose_a=True) * free[0] ** 2
    return tf.hessians(tf.reduce_sum(x ** 3) + x[0] * x[1], x) + tf.hessians(tf.reduce_sum(squares), [free])


case('numbers', lambda: with_scope(grad_ys=[[1., 2.]]), True)
case('one_number', lambda: with_scope(grad_ys=2., name='mine'), True)
case('arrays', lambda: with_scope(grad_ys=np.float32([3, 4])), True)
case('bools', lambda: with_scope(grad_ys=tf.constant(True)))
case('too_many', lambda: with_scope(grad_ys=[1., 2.]))
case('real_of_complex', lambda: tf.gradients(tf.complex(*pair()), pair()[0], grad_ys=tf.constant(1.)))
case('ys', lambda: (lambda x, y: tf.gradients([y, 3.], x))(*pair()), True)
case('zeros', lambda: (lambda x, y: tf.gradients(y, [x, tf.constant([1., 2.])], unconnected_gradients='zero'))(*pair()), True)
case('hessians', hessian, True)
case('custom', lambda: (lambda x, y: [log1pexp(y)] + tf.gradients(log1pexp(y), x))(*pair()), True)
case('custom_two', lambda: (lambda x, y: product(x, y) + tf.gradients(product(x, y), [x, y]))(*pair()), True)
main()
with tf.Graph().as_default(), tf.Session():
    x, y = pair()
    for values, shape, slopes in [(x, [2], tf.tanh(x)), (x, [2], y), (y, [2], tf.complex(y, 2 * y)), (x, [2], tf.gather(x, [1, 1, 0]))]:
        shape_y = slopes.shape.as_list()
        print(tf.test.compute_gradient(values, shape, slopes, shape_y, np.float32([.5, -1]))[0].round(3).tolist(),
              tf.test.compute_gradient_error(values, shape, slopes, shape_y) < 1e-2)
    both = tf.test.compute_gradient([x, y], [[2], [2]], x * y, [2], [np.float32([1, 2]), np.float32([3, 4])])
    print([[np.round(jacobian, 2).tolist() for jacobian in one] for one in both])
