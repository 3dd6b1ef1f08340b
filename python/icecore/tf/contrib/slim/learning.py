"""tf.contrib.slim.learning: create_train_op with multipliers and a norm for gradients."""
from icecore.tf.contrib.training import training
from icecore.tf.contrib.training.training import (  # noqa: F401
    add_gradients_summaries, clip_gradient_norms, multiply_gradients)
from icecore.tf.framework import ops
from icecore.tf.training import optimizer as tf_optimizer


def create_train_op(total_loss, optimizer, global_step=training._USE_GLOBAL_STEP, update_ops=None,
                    variables_to_train=None, clip_gradient_norm=0, summarize_gradients=False,
                    gate_gradients=tf_optimizer.Optimizer.GATE_OP, aggregation_method=None,
                    colocate_gradients_with_ops=False, gradient_multipliers=None, check_numerics=True):
    """tf.contrib.training.create_train_op(); gradients are multiplied, then clipped, where that is asked for."""
    def transform(grads):
        if gradient_multipliers:
            with ops.name_scope('multiply_grads'):
                grads = multiply_gradients(grads, gradient_multipliers)
        if clip_gradient_norm > 0:
            with ops.name_scope('clip_grads'):
                grads = clip_gradient_norms(grads, clip_gradient_norm)
        return grads

    return training.create_train_op(total_loss, optimizer, global_step, update_ops, variables_to_train, transform,
                                    summarize_gradients, gate_gradients, aggregation_method,
                                    colocate_gradients_with_ops, check_numerics)
