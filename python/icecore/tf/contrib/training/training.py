"""Training steps: gradients multiplied, clipped and summarized, and update ops done first."""
from icecore.tf.framework import control_flow, ops
from icecore.tf.ops import clip_ops, plain
from icecore.tf.ops import variables as tf_variables
from icecore.tf.platform import tf_logging
from icecore.tf.training import optimizer as tf_optimizer
from icecore.tf.training import training_util

_USE_GLOBAL_STEP = 0


def add_gradients_summaries(grads_and_vars):
    """Summaries of each gradient: how it is distributed, and its norm."""
    from icecore.tf.summary import summary
    summaries = []
    for grad, var in grads_and_vars:
        if grad is None:
            tf_logging.info('Var %s has no gradient', var.op.name)
            continue
        values = grad.values if isinstance(grad, ops.IndexedSlices) else grad
        summaries.append(summary.histogram(var.op.name + '_gradient', values))
        summaries.append(summary.scalar(var.op.name + '_gradient_norm', clip_ops.global_norm([values])))
    return summaries


def _changed(grad, change):
    if isinstance(grad, ops.IndexedSlices):
        return ops.IndexedSlices(change(grad.values), grad.indices, grad.dense_shape)
    return change(grad)


def clip_gradient_norms(gradients_to_variables, max_norm):
    """The pairs with each gradient clipped to that norm."""
    return [(grad if grad is None else _changed(grad, lambda values: clip_ops.clip_by_norm(values, max_norm)), var)
            for grad, var in gradients_to_variables]


def clip_gradient_norms_fn(max_norm):
    """The same, as a function of the pairs."""
    return lambda gradients_to_variables: clip_gradient_norms(gradients_to_variables, max_norm)


def multiply_gradients(grads_and_vars, gradient_multipliers):
    """The pairs with gradients multiplied as a dictionary of variables or their names says. ValueError where it can't."""
    if not isinstance(grads_and_vars, list):
        raise ValueError('`grads_and_vars` must be a list.')
    if not gradient_multipliers:
        raise ValueError('`gradient_multipliers` is empty.')
    if not isinstance(gradient_multipliers, dict):
        raise ValueError('`gradient_multipliers` must be a dict.')
    made = []
    for grad, var in grads_and_vars:
        key = var if var in gradient_multipliers else var.op.name
        if key in gradient_multipliers:
            if grad is None:
                raise ValueError('Requested multiple of `None` gradient.')
            factor = gradient_multipliers[key]
            grad = _changed(grad, lambda values, factor=factor: values * ops.convert_to_tensor(factor, dtype=values.dtype))
        made.append((grad, var))
    return made


def create_train_op(total_loss, optimizer, global_step=_USE_GLOBAL_STEP, update_ops=None, variables_to_train=None,
                    transform_grads_fn=None, summarize_gradients=False, gate_gradients=tf_optimizer.Optimizer.GATE_OP,
                    aggregation_method=None, colocate_gradients_with_ops=False, check_numerics=True):
    """A tensor whose run does a step and gives the loss.

    Args:
      total_loss: what is to become small.
      global_step: None: no step is counted; by default the graph's, made where there is none.
      update_ops: done before; None: those of UPDATE_OPS.
      variables_to_train: None: all trainable ones.
      transform_grads_fn: a function of the pairs (gradient, variable).
      summarize_gradients: whether there are summaries of them.
      check_numerics: whether a loss that isn't finite fails.
    """
    if global_step is _USE_GLOBAL_STEP:
        global_step = training_util.get_or_create_global_step()
    every = list(dict.fromkeys(ops.get_collection(ops.GraphKeys.UPDATE_OPS)))
    update_ops = every if update_ops is None else list(dict.fromkeys(update_ops))
    if not set(every) <= set(update_ops):
        tf_logging.warning('update_ops in create_train_op does not contain all the update_ops in GraphKeys.UPDATE_OPS')
    if update_ops:
        with ops.control_dependencies(update_ops):
            barrier = control_flow.no_op(name='update_barrier')
        total_loss = control_flow.with_dependencies([barrier], total_loss)
    if variables_to_train is None:
        variables_to_train = tf_variables.trainable_variables()
    assert variables_to_train
    grads = optimizer.compute_gradients(total_loss, variables_to_train, gate_gradients=gate_gradients,
                                        aggregation_method=aggregation_method,
                                        colocate_gradients_with_ops=colocate_gradients_with_ops)
    if transform_grads_fn:
        grads = transform_grads_fn(grads)
    if summarize_gradients:
        with ops.name_scope('summarize_grads'):
            add_gradients_summaries(grads)
    applied = optimizer.apply_gradients(grads, global_step=global_step)
    with ops.name_scope('train_op'):
        if check_numerics:
            total_loss = plain.check_numerics(total_loss, 'LossTensor is inf or nan')
        train_op = control_flow.with_dependencies([applied], total_loss)
    kept = ops.get_collection(ops.GraphKeys.TRAIN_OP)
    if not any(train_op is known for known in kept):
        ops.add_to_collection(ops.GraphKeys.TRAIN_OP, train_op)
    return train_op
