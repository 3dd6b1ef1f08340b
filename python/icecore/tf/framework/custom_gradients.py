"""tf.custom_gradient: a function that brings its own gradient along."""
import functools

from icecore.tf.framework import conversion, defaults, gradient_registry, uids
from icecore.tf.framework.op_def_library import apply_op
from icecore.tf.util import nest


def custom_gradient(f):
    """Decorates a function that gives its result and the function of the gradients (tf.custom_gradient).

    >>> import icecore.tf as tf
    >>> @tf.custom_gradient
    ... def log1pexp(x):
    ...     e = tf.exp(x)
    ...     return tf.log(1 + e), lambda dy: dy * (1 - 1 / (1 + e))
    >>> x = tf.constant(100.)
    >>> with tf.Session() as sess:
    ...     print(sess.run(tf.gradients(log1pexp(x), x)[0]))
    1.0
    """

    @functools.wraps(f)
    def decorated(*args, **kwargs):
        if kwargs:
            raise ValueError('The custom_gradient decorator currently supports keywords arguments only when eager '
                             'execution is enabled.')
        name = 'CustomGradient-%d' % uids.uid()
        inputs = [conversion.convert_to_tensor(x) for x in args]
        result, grad_fn = f(*inputs)
        results = [conversion.convert_to_tensor(x) for x in nest.flatten(result)]
        for x in results:
            apply_op('Identity', input=x)  # Nothing reads them; TensorFlow makes them as it looks for variables.

        @gradient_registry.RegisterGradient(name)
        def gradient(op, *grads):
            del op
            given = nest.flatten(grad_fn(*grads[:len(results)]))
            if len(given) != len(inputs):
                raise ValueError('custom_gradient function expected to return %d gradients but returned %d instead.' %
                                 (len(inputs), len(given)))
            return [None] * len(results) + list(given)

        with defaults.get_default_graph().gradient_override_map({'IdentityN': name}):
            made = apply_op('IdentityN', input=results + inputs)
        return nest.pack_sequence_as(result, made[:len(results)])

    return decorated


def grad_pass_through(f):
    """The function, with the gradient of doing nothing (tf.grad_pass_through)."""

    @custom_gradient
    def decorated(*args):
        return f(*args), lambda *grads: grads

    return decorated
