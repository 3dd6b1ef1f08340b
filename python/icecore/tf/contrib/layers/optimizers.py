"""tf.contrib.layers.optimize_loss: a training step with all that belongs to it."""
from icecore.tf.framework import control_flow, dtypes, ops
from icecore.tf.ops import (
    array_ops, check_ops, clip_ops, init_ops, math_ops, plain, random_ops, variable_scope, variables as tf_variables)
from icecore.tf.summary import summary
from icecore.tf.training import (
    adagrad, adam, ftrl, gradient_descent, momentum, moving_averages, optimizer as optimizer_, rmsprop, training_util)

OPTIMIZER_CLS_NAMES = {
    'Adagrad': adagrad.AdagradOptimizer,
    'Adam': adam.AdamOptimizer,
    'Ftrl': ftrl.FtrlOptimizer,
    'Momentum': lambda learning_rate: momentum.MomentumOptimizer(learning_rate, momentum=0.9),
    'RMSProp': rmsprop.RMSPropOptimizer,
    'SGD': gradient_descent.GradientDescentOptimizer,
}
OPTIMIZER_SUMMARIES = ['learning_rate', 'loss', 'gradients', 'gradient_norm', 'global_gradient_norm']


def _rate(learning_rate):
    """A tensor of the rate, or a variable that holds it."""
    if learning_rate is None or isinstance(learning_rate, ops.Tensor) and learning_rate.get_shape().ndims == 0:
        return learning_rate
    if not isinstance(learning_rate, float):
        raise ValueError('Learning rate should be 0d Tensor or float. Got %s of type %s' %
                         (learning_rate, type(learning_rate)))
    if learning_rate < 0.0:
        raise ValueError('Invalid learning_rate %s.', learning_rate)
    return variable_scope.get_variable('learning_rate', [], trainable=False,
                                       initializer=init_ops.constant_initializer(learning_rate))


def _optimizer(optimizer, rate):
    if isinstance(optimizer, str):
        if rate is None:
            raise ValueError('Learning rate is None, but should be specified if optimizer is string (%s).' % optimizer)
        if optimizer not in OPTIMIZER_CLS_NAMES:
            raise ValueError('Optimizer name should be one of [%s], you provided %s.' %
                             (', '.join(OPTIMIZER_CLS_NAMES), optimizer))
        return OPTIMIZER_CLS_NAMES[optimizer](learning_rate=rate)
    if isinstance(optimizer, type) and issubclass(optimizer, optimizer_.Optimizer):
        if rate is None:
            raise ValueError('Learning rate is None, but should be specified if optimizer is class (%s).' % optimizer)
        return optimizer(learning_rate=rate)
    if isinstance(optimizer, optimizer_.Optimizer):
        return optimizer
    if not callable(optimizer):
        raise ValueError('Unrecognized optimizer: should be string, subclass of Optimizer, instance of subclass of '
                         'Optimizer or function with one argument. Got %s.' % optimizer)
    made = optimizer() if rate is None else optimizer(rate)
    if not isinstance(made, optimizer_.Optimizer):
        raise ValueError('Unrecognized optimizer: function should return subclass of Optimizer. Got %s.' % made)
    return made


# --- What is done with gradients -------------------------------------------------------------------------------------


def _with_noise(pairs, scale):
    noisy = []
    for gradient, variable in pairs:
        if gradient is not None:
            shape = gradient.dense_shape if isinstance(gradient, ops.IndexedSlices) else gradient.get_shape()
            gradient = gradient + random_ops.truncated_normal(shape) * scale
        noisy.append((gradient, variable))
    return noisy


def _times(gradient, factor):
    if isinstance(gradient, ops.IndexedSlices):
        return ops.IndexedSlices(gradient.values * factor, gradient.indices, gradient.dense_shape)
    return gradient * factor


def _multiplied(pairs, multipliers):
    multiplied = []
    for gradient, variable in pairs:
        key = next((k for k in multipliers if k is variable or k == variable.name), None)
        if gradient is not None and key is not None:
            factor = multipliers[key]
            dense = not isinstance(gradient, ops.IndexedSlices)
            gradient = _times(gradient, math_ops.cast(factor, gradient.dtype) if dense else factor)
        multiplied.append((gradient, variable))
    if not multiplied:
        raise ValueError('Empty list of (gradient, var) pairs encountered. This is most likely to be caused by an improper '
                         'value of gradient_multipliers.')
    return multiplied


def _clipped(pairs, clip_gradients):
    if isinstance(clip_gradients, float):
        gradients, variables = zip(*pairs)
        gradients, _ = clip_ops.clip_by_global_norm(list(gradients), clip_gradients)
        return list(zip(gradients, variables))
    if callable(clip_gradients):
        return clip_gradients(pairs)
    if clip_gradients is not None:
        raise ValueError('Unknown type %s for clip_gradients' % type(clip_gradients))
    return pairs


def _norm(pairs):
    return clip_ops.global_norm([gradient for gradient, _ in pairs])


def _summarize_each(pairs, summaries):
    for gradient, variable in pairs:
        values = gradient.values if isinstance(gradient, ops.IndexedSlices) else gradient
        if values is None:
            continue
        name = variable.name.replace(':', '_')
        if 'gradients' in summaries:
            summary.histogram('gradients/%s' % name, values)
        if 'gradient_norm' in summaries:
            summary.scalar('gradient_norm/%s' % name, clip_ops.global_norm([values]))


def optimize_loss(loss, global_step, learning_rate, optimizer, gradient_noise_scale=None, gradient_multipliers=None,
                  clip_gradients=None, learning_rate_decay_fn=None, update_ops=None, variables=None, name=None,
                  summaries=None, colocate_gradients_with_ops=False, increment_global_step=True):
    """The loss, which makes a training step when it is run.

    Args:
      global_step: the step's variable, or None for the graph's.
      learning_rate: a float, which becomes a variable, or a scalar tensor.
      optimizer: 'SGD', 'Adam', ..., a class, an Optimizer, or a function of the rate.
      gradient_noise_scale: of noise that is added to the gradients.
      gradient_multipliers: variable or name -> what its gradient is multiplied by.
      clip_gradients: the largest common norm, or a function of pairs of gradients and variables.
      learning_rate_decay_fn: makes a new rate of the rate and the step.
      update_ops: run before the loss; without them those of the graph's collection.
      summaries: of OPTIMIZER_SUMMARIES; without them loss, learning_rate and global_gradient_norm.
    """
    loss = ops.convert_to_tensor(loss)
    check_ops.assert_scalar(loss)
    if global_step is None:
        global_step = training_util.get_global_step()
    else:
        training_util.assert_global_step(global_step)
    with variable_scope.variable_scope(name, 'OptimizeLoss', [loss, global_step]):
        if update_ops is None:
            update_ops = set(ops.get_collection(ops.GraphKeys.UPDATE_OPS))
        if update_ops:
            loss = control_flow.with_dependencies(list(update_ops), loss)
        rate = _rate(learning_rate)
        if summaries is None:
            summaries = ['loss', 'learning_rate', 'global_gradient_norm']
        for one in summaries:
            if one not in OPTIMIZER_SUMMARIES:
                raise ValueError('Summaries should be one of [%s], you provided %s.' %
                                 (', '.join(OPTIMIZER_SUMMARIES), one))
        if learning_rate is not None and learning_rate_decay_fn is not None:
            if global_step is None:
                raise ValueError('global_step is required for learning_rate_decay_fn.')
            rate = learning_rate_decay_fn(rate, global_step)
            if 'learning_rate' in summaries:
                summary.scalar('learning_rate', rate)
        made = _optimizer(optimizer, rate)
        pairs = made.compute_gradients(loss, tf_variables.trainable_variables() if variables is None else variables,
                                       colocate_gradients_with_ops=colocate_gradients_with_ops)
        if gradient_noise_scale is not None:
            pairs = _with_noise(pairs, gradient_noise_scale)
        if gradient_multipliers is not None:
            pairs = _multiplied(pairs, gradient_multipliers)
        norms = 'global_gradient_norm' in summaries or 'gradient_norm' in summaries
        if norms:
            summary.scalar('global_norm/gradient_norm', _norm(pairs))
        pairs = _clipped(pairs, clip_gradients)
        if 'loss' in summaries:
            summary.scalar('loss', loss)
        _summarize_each(pairs, summaries)
        if clip_gradients is not None and norms:
            summary.scalar('global_norm/clipped_gradient_norm', _norm(pairs))
        updates = made.apply_gradients(pairs, global_step=global_step if increment_global_step else None, name='train')
        return control_flow.with_dependencies([updates], loss)


def _adaptive_max_norm(norm, std_factor, decay, global_step, epsilon, name):
    with variable_scope.variable_scope(name, 'AdaptiveMaxNorm', [norm]):
        log_norm = plain.log(norm + epsilon)

        def average(name, value, decay):
            variable = variable_scope.get_variable(name, shape=value.get_shape(), dtype=value.dtype,
                                                   initializer=init_ops.zeros_initializer(), trainable=False)
            return moving_averages.assign_moving_average(variable, value, decay, zero_debias=False)

        if global_step is not None:
            n = math_ops.cast(global_step, dtypes.float32)
            decay = plain.minimum(decay, n / (n + 1.))
        mean = average('mean', log_norm, decay)
        squares = average('sq_mean', plain.square(log_norm), decay)
        variance = squares - plain.square(mean)
        deviation = plain.sqrt(plain.maximum(epsilon, variance))
        return plain.exp(mean + std_factor * deviation), mean


def adaptive_clipping_fn(std_factor=2., decay=0.95, static_max_norm=None, global_step=None, report_summary=False,
                         epsilon=1e-8, name=None):
    """A function for optimize_loss(clip_gradients=...): norms far above their moving average are made as small as it."""
    def clip(grads_and_vars):
        gradients, variables = zip(*grads_and_vars)
        norm = clip_ops.global_norm(list(gradients))
        most, log_mean = _adaptive_max_norm(norm, std_factor, decay, global_step, epsilon, name)
        if report_summary:
            summary.scalar('global_norm/adaptive_max_gradient_norm', most)
        small = norm < most
        factor = array_ops.where(small, array_ops.ones_like(norm), plain.exp(log_mean) / norm)
        if static_max_norm is not None:
            factor = plain.minimum(static_max_norm / norm, factor)
        return [(None if gradient is None else _times(gradient, factor), variable)
                for gradient, variable in zip(gradients, variables)]

    return clip
