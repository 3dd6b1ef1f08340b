"""The collections of losses."""
from icecore.tf.framework import constant_op, ops
from icecore.tf.ops import math_ops


def add_loss(loss, loss_collection=ops.GraphKeys.LOSSES):
    """Puts a loss into the collection."""
    if loss_collection:
        ops.add_to_collection(loss_collection, loss)


def get_losses(scope=None, loss_collection=ops.GraphKeys.LOSSES):
    """The losses; with a scope those whose names it begins."""
    return ops.get_collection(loss_collection, scope)


def get_regularization_losses(scope=None):
    """The losses of regularizers."""
    return ops.get_collection(ops.GraphKeys.REGULARIZATION_LOSSES, scope)


def get_regularization_loss(scope=None, name='total_regularization_loss'):
    """Their sum; 0 where there are none."""
    losses = get_regularization_losses(scope)
    return math_ops.add_n(losses, name=name) if losses else constant_op.constant(0.0)


def get_total_loss(add_regularization_losses=True, name='total_loss', scope=None):
    """The sum of the losses, and of those of regularizers. ValueError where there are none."""
    losses = get_losses(scope=scope)
    if add_regularization_losses:
        losses = losses + get_regularization_losses(scope=scope)
    return math_ops.add_n(losses, name=name)
