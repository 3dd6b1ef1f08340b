"""Losses of weights (tf.contrib.layers.*_regularizer)."""
import numbers

from icecore.tf.framework import ops
from icecore.tf.ops import math_ops, plain


def _checked(scale, what):
    """Whether there is anything to do. ValueError where the scale can't be."""
    if isinstance(scale, numbers.Integral):
        raise ValueError('%s cannot be an integer: %s' % (what, scale))
    if isinstance(scale, numbers.Real):
        if scale < 0.:
            raise ValueError('Setting a scale less than 0 on a regularizer: %g' % scale)
        return scale != 0.
    return True


def l1_regularizer(scale, scope=None):
    """scale times the sum of |weights|."""
    if not _checked(scale, 'scale'):
        return lambda _: None

    def l1(weights, name=None):
        with ops.name_scope(scope, 'l1_regularizer', [weights]) as name:
            factor = ops.convert_to_tensor(scale, dtype=weights.dtype.base_dtype, name='scale')
            return math_ops.multiply(factor, math_ops.reduce_sum(math_ops.abs(weights)), name=name)

    return l1


def l2_regularizer(scale, scope=None):
    """scale times half the sum of squares."""
    if not _checked(scale, 'scale'):
        return lambda _: None

    def l2(weights):
        with ops.name_scope(scope, 'l2_regularizer', [weights]) as name:
            factor = ops.convert_to_tensor(scale, dtype=weights.dtype.base_dtype, name='scale')
            return math_ops.multiply(factor, plain.l2_loss(weights), name=name)

    return l2


def sum_regularizer(regularizer_list, scope=None):
    """The sum of several regularizers."""
    regularizers = [r for r in regularizer_list if r is not None]
    if not regularizers:
        return None

    def total(weights):
        with ops.name_scope(scope, 'sum_regularizer', [weights]) as name:
            losses = [loss for loss in (r(weights) for r in regularizers) if loss is not None]
            return math_ops.add_n(losses, name=name) if losses else None

    return total


def l1_l2_regularizer(scale_l1=1.0, scale_l2=1.0, scope=None):
    """Both."""
    for scale, what in ((scale_l1, 'scale_l1'), (scale_l2, 'scale_l2')):
        if isinstance(scale, numbers.Integral):
            raise ValueError('%s cannot be an integer: %s' % (what, scale))
    scope = scope or 'l1_l2_regularizer'
    if scale_l1 == 0.:
        return l2_regularizer(scale_l2, scope)
    if scale_l2 == 0.:
        return l1_regularizer(scale_l1, scope)
    return sum_regularizer([l1_regularizer(scale_l1), l2_regularizer(scale_l2)], scope=scope)


def apply_regularization(regularizer, weights_list=None):
    """The sum of the regularizer's losses of the weights; each joins the regularization losses.

    Raises:
      ValueError: where a loss isn't a scalar.
    """
    if not weights_list:
        weights_list = ops.get_collection(ops.GraphKeys.WEIGHTS)
    with ops.name_scope('get_regularization_penalty', values=weights_list) as scope:
        losses = [regularizer(w) for w in weights_list]
        losses = [ops.convert_to_tensor(0.0) if loss is None else loss for loss in losses]
        for loss in losses:
            if loss.get_shape().ndims != 0:
                raise ValueError('regularizer must return a scalar Tensor instead of a Tensor with rank %d.' %
                                 loss.get_shape().ndims)
        total = math_ops.add_n(losses, name=scope)
        ops.add_to_collection(ops.GraphKeys.REGULARIZATION_LOSSES, total)
        return total
