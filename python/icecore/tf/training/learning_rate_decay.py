"""Learning rates that go down with the steps (tf.train.*_decay)."""
import math

from icecore.tf.framework import constant_op, dtypes, ops
from icecore.tf.ops import control_flow_ops, math_ops, plain, random_ops


def _begin(learning_rate):
    rate = ops.convert_to_tensor(learning_rate, name='initial_learning_rate')
    return rate, rate.dtype.base_dtype


def _begin_falling(learning_rate, global_step, decay_steps, decay_rate, staircase):
    """The rates, and how many times decay_steps the step is, in the learning rate's dtype."""
    rate, dtype = _begin(learning_rate)
    steps = math_ops.cast(decay_steps, dtype)
    factor = math_ops.cast(decay_rate, dtype)
    p = math_ops.cast(global_step, dtype) / steps
    return rate, factor, plain.floor(p) if staircase else p


def _wave(fraction):
    """A cosine, of 2 where the fraction is 0 and of 0 where it is 1."""
    return 1.0 + plain.cos(constant_op.constant(math.pi) * fraction)


def exponential_decay(learning_rate, global_step, decay_steps, decay_rate, staircase=False, name=None):
    """learning_rate * decay_rate ^ (step / decay_steps); staircase rounds the exponent down."""
    with ops.name_scope(name or 'ExponentialDecay') as name:
        rate, factor, p = _begin_falling(learning_rate, global_step, decay_steps, decay_rate, staircase)
        return math_ops.multiply(rate, math_ops.pow(factor, p), name=name)


def natural_exp_decay(learning_rate, global_step, decay_steps, decay_rate, staircase=False, name=None):
    """learning_rate * exp(-decay_rate * step / decay_steps)."""
    return exponential_decay(learning_rate, global_step, decay_steps, plain.exp(plain.neg(decay_rate)), staircase, name)


def inverse_time_decay(learning_rate, global_step, decay_steps, decay_rate, staircase=False, name=None):
    """learning_rate / (1 + decay_rate * step / decay_steps)."""
    with ops.name_scope(name or 'InverseTimeDecay') as name:
        rate, factor, p = _begin_falling(learning_rate, global_step, decay_steps, decay_rate, staircase)
        one = math_ops.cast(constant_op.constant(1), rate.dtype.base_dtype)
        return math_ops.divide(rate, plain.add(one, math_ops.multiply(factor, p)), name=name)


def polynomial_decay(learning_rate, global_step, decay_steps, end_learning_rate=0.0001, power=1.0, cycle=False,
                     name=None):
    """From learning_rate to end_learning_rate in decay_steps; cycle begins anew with longer ones."""
    with ops.name_scope(name or 'PolynomialDecay') as name:
        rate, dtype = _begin(learning_rate)
        end = math_ops.cast(end_learning_rate, dtype)
        exponent = math_ops.cast(power, dtype)
        step = math_ops.cast(global_step, dtype)
        steps = math_ops.cast(decay_steps, dtype)
        if cycle:
            times = control_flow_ops.cond(math_ops.equal(step, 0), lambda: 1.0, lambda: plain.ceil(step / decay_steps))
            steps = math_ops.multiply(steps, times)
        else:
            step = plain.minimum(step, decay_steps)
        p = math_ops.divide(step, steps)
        return plain.add(math_ops.multiply(rate - end, math_ops.pow(1 - p, exponent)), end, name=name)


def piecewise_constant(x, boundaries, values, name=None):
    """values[i] for boundaries[i - 1] < x <= boundaries[i]."""
    boundaries = [ops.convert_to_tensor(b) for b in boundaries]
    values = [ops.convert_to_tensor(v) for v in values]
    given = ops.convert_to_tensor(x)
    for i, b in enumerate(boundaries):
        if b.dtype.base_dtype == given.dtype.base_dtype:
            continue
        if b.dtype.base_dtype == dtypes.int32 and given.dtype.base_dtype == dtypes.int64:
            boundaries[i] = math_ops.cast(b, given.dtype.base_dtype)
        else:
            raise ValueError('Boundaries (%s) must have the same dtype as x (%s).' %
                             (b.dtype.base_dtype, given.dtype.base_dtype))
    for v in values[1:]:
        if v.dtype.base_dtype != values[0].dtype.base_dtype:
            raise ValueError('Values must have elements all with the same dtype (%s vs %s).' %
                             (values[0].dtype.base_dtype, v.dtype.base_dtype))
    if len(boundaries) != len(values) - 1:
        raise ValueError('The length of boundaries should be 1 less than the length of values')
    with ops.name_scope(name or 'PiecewiseConstant'):
        given = ops.convert_to_tensor(x)
        pairs = [(given <= boundaries[0], lambda: values[0]), (given > boundaries[-1], lambda: values[-1])]
        for low, high, v in zip(boundaries[:-1], boundaries[1:], values[1:-1]):
            pairs.append(((given > low) & (given <= high), lambda v=v: v))
        return control_flow_ops.case(pairs, lambda: values[0], exclusive=True)


piecewise_constant_decay = piecewise_constant


def cosine_decay(learning_rate, global_step, decay_steps, alpha=0.0, name=None):
    """Down to alpha * learning_rate along half a cosine."""
    with ops.name_scope(name or 'CosineDecay'):
        rate, dtype = _begin(learning_rate)
        steps = math_ops.cast(decay_steps, dtype)
        step = plain.minimum(math_ops.cast(global_step, dtype), steps)
        done = step / steps
        cosine = 0.5 * _wave(done)
        return math_ops.multiply(rate, (1 - alpha) * cosine + alpha)


def linear_cosine_decay(learning_rate, global_step, decay_steps, num_periods=0.5, alpha=0.0, beta=0.001, name=None):
    """A line times cosines."""
    with ops.name_scope(name or 'LinearCosineDecay') as name:
        rate, dtype = _begin(learning_rate)
        steps = math_ops.cast(decay_steps, dtype)
        periods = math_ops.cast(num_periods, dtype)
        alpha = math_ops.cast(alpha, dtype)
        beta = math_ops.cast(beta, dtype)
        step = plain.minimum(math_ops.cast(global_step, dtype), steps)
        line = (steps - step) / steps
        done = step / steps
        fraction = 2.0 * periods * done
        cosine = 0.5 * _wave(fraction)
        return math_ops.multiply(rate, (alpha + line) * cosine + beta, name=name)


def cosine_decay_restarts(learning_rate, global_step, first_decay_steps, t_mul=2.0, m_mul=1.0, alpha=0.0, name=None):
    """Cosines one after the other, each t_mul times as long."""
    with ops.name_scope(name or 'SGDRDecay') as name:
        rate, dtype = _begin(learning_rate)
        first = math_ops.cast(first_decay_steps, dtype)
        alpha = math_ops.cast(alpha, dtype)
        t_mul = math_ops.cast(t_mul, dtype)
        m_mul = math_ops.cast(m_mul, dtype)
        done = math_ops.cast(global_step, dtype) / first

        def geometric():
            restart = plain.floor(plain.log(1.0 - done * (1.0 - t_mul)) / plain.log(t_mul))
            total = (1.0 - t_mul**restart) / (1.0 - t_mul)
            return restart, (done - total) / t_mul**restart

        def even():
            restart = plain.floor(done)
            return restart, done - restart

        restart, fraction = control_flow_ops.cond(math_ops.equal(t_mul, 1.0), even, geometric)
        cosine = 0.5 * m_mul**restart * _wave(fraction)
        return math_ops.multiply(rate, (1 - alpha) * cosine + alpha, name=name)


def noisy_linear_cosine_decay(learning_rate, global_step, decay_steps, initial_variance=1.0, variance_decay=0.55,
                              num_periods=0.5, alpha=0.0, beta=0.001, name=None):
    """linear_cosine_decay() with noise, which gets less, on the line."""
    with ops.name_scope(name or 'NoisyLinearCosineDecay') as name:
        rate, dtype = _begin(learning_rate)
        steps = math_ops.cast(decay_steps, dtype)
        initial_variance = math_ops.cast(initial_variance, dtype)
        variance_decay = math_ops.cast(variance_decay, dtype)
        periods = math_ops.cast(num_periods, dtype)
        alpha = math_ops.cast(alpha, dtype)
        beta = math_ops.cast(beta, dtype)
        step = plain.minimum(math_ops.cast(global_step, dtype), steps)
        line = (steps - step) / steps
        deviation = plain.sqrt(initial_variance / math_ops.pow(1.0 + step, variance_decay))
        noisy = line + random_ops.random_normal(line.shape, stddev=deviation)
        done = step / steps
        fraction = 2.0 * periods * done
        cosine = 0.5 * _wave(fraction)
        return math_ops.multiply(rate, (alpha + noisy) * cosine + beta, name=name)
