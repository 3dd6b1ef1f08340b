"""tf.nn: what is made of several of its functions."""
from icecore.tf.framework import constant_op, dtypes, ops
from icecore.tf.framework.custom_gradients import custom_gradient
from icecore.tf.ops import array_ops, math_ops, nn_ops, plain
from icecore.tf.ops.deprecated import argument

__getattr__ = plain.fallback(__name__)


def _same_shapes(logits, labels):
    try:
        labels.get_shape().merge_with(logits.get_shape())
    except ValueError:
        raise ValueError('logits and labels must have the same shape (%s vs %s)' %
                         (logits.get_shape(), labels.get_shape())) from None


def sigmoid_cross_entropy_with_logits(_sentinel=None, labels=None, logits=None, name=None):
    """Cross entropy of sigmoid(logits) against probabilities, each by itself."""
    nn_ops._ensure_xent_args('sigmoid_cross_entropy_with_logits', _sentinel, labels, logits)
    with ops.name_scope(name, 'logistic_loss', [logits, labels]) as name:
        logits = ops.convert_to_tensor(logits, name='logits')
        labels = ops.convert_to_tensor(labels, name='labels')
        _same_shapes(logits, labels)
        zeros = array_ops.zeros_like(logits, dtype=logits.dtype)
        positive = logits >= zeros
        relu = array_ops.where(positive, logits, zeros)
        minus_abs = array_ops.where(positive, -logits, logits)
        return plain.add(relu - logits * labels, plain.log1p(plain.exp(minus_abs)), name=name)


def weighted_cross_entropy_with_logits_v2(labels, logits, pos_weight, name=None):
    with ops.name_scope(name, 'logistic_loss', [logits, labels]) as name:
        logits = ops.convert_to_tensor(logits, name='logits')
        labels = ops.convert_to_tensor(labels, name='labels')
        _same_shapes(logits, labels)
        weight = 1 + (pos_weight - 1) * labels
        return plain.add((1 - labels) * logits,
                         weight * (plain.log1p(plain.exp(-math_ops.abs(logits))) + plain.relu(-logits)), name=name)


def weighted_cross_entropy_with_logits(labels=None, logits=None, pos_weight=None, name=None, targets=None):
    """The same, positive answers weighted."""
    return weighted_cross_entropy_with_logits_v2(argument('labels', labels, 'targets', targets), logits, pos_weight,
                                                 name)


def log_poisson_loss(targets, log_input, compute_full_loss=False, name=None):
    """exp(log_input) - log_input * targets; with compute_full_loss Stirling's term as well."""
    import math
    with ops.name_scope(name, 'log_poisson_loss', [log_input, targets]) as name:
        log_input = ops.convert_to_tensor(log_input, name='log_input')
        targets = ops.convert_to_tensor(targets, name='targets')
        try:
            targets.get_shape().merge_with(log_input.get_shape())
        except ValueError:
            raise ValueError('log_input and targets must have the same shape (%s vs %s)' %
                             (log_input.get_shape(), targets.get_shape())) from None
        result = plain.exp(log_input) - log_input * targets
        if compute_full_loss:
            point_five = constant_op.constant(0.5, dtype=targets.dtype)
            two_pi = constant_op.constant(2 * math.pi, dtype=targets.dtype)
            stirling = (targets * plain.log(targets)) - targets + (point_five * plain.log(two_pi * targets))
            zeros = array_ops.zeros_like(targets, dtype=targets.dtype)
            ones = array_ops.ones_like(targets, dtype=targets.dtype)
            small = plain.logical_and(targets >= zeros, targets <= ones)
            result += array_ops.where(small, zeros, stirling)
        return result


def relu_layer(x, weights, biases, name=None):
    """relu(x times weights, plus biases)."""
    with ops.name_scope(name, 'relu_layer', [x, weights, biases]) as name:
        x = ops.convert_to_tensor(x, name='x')
        weights = ops.convert_to_tensor(weights, name='weights')
        biases = ops.convert_to_tensor(biases, name='biases')
        return plain.relu(nn_ops.bias_add(math_ops.matmul(x, weights), biases), name=name)


@custom_gradient
def swish(features):
    """x * sigmoid(x)."""
    features = ops.convert_to_tensor(features, name='features')

    def gradient(dy):
        # Its sigmoid is computed once more, so that it needn't be kept.
        with ops.control_dependencies([dy]):
            sigmoid = math_ops.sigmoid(features)
        return dy * (sigmoid * (1.0 + features * (1.0 - sigmoid)))

    return features * math_ops.sigmoid(features), gradient


def l2_normalize(x, axis=None, epsilon=1e-12, name=None, dim=None):
    """x divided by its length along the axes."""
    return l2_normalize_v2(x, argument('axis', axis, 'dim', dim), epsilon, name)


def l2_normalize_v2(x, axis=None, epsilon=1e-12, name=None):
    with ops.name_scope(name, 'l2_normalize', [x]) as name:
        x = ops.convert_to_tensor(x, name='x')
        squares = math_ops.reduce_sum(plain.square(x), axis, keepdims=True)
        return math_ops.multiply(x, plain.rsqrt(plain.maximum(squares, epsilon)), name=name)


def zero_fraction(value, name=None):
    """Which part of the elements is 0."""
    from icecore.tf.ops import control_flow_ops

    def count(dtype):
        with ops.name_scope('count_nonzero', values=[value]):
            zero = array_ops.zeros([], dtype=value.dtype)
            return math_ops.reduce_sum(math_ops.cast(math_ops.not_equal(value, zero), dtype=dtype),
                                       name='nonzero_count')

    with ops.name_scope(name, 'zero_fraction', [value]):
        value = ops.convert_to_tensor(value, name='value')
        size = array_ops.size(value, out_type=dtypes.int64)
        nonzero = control_flow_ops.cond(size <= dtypes.int32.max,
                                        true_fn=lambda: math_ops.cast(count(dtypes.int32), dtype=dtypes.int64),
                                        false_fn=lambda: count(dtypes.int64))
        with ops.name_scope('counts_to_fraction'):
            zeros = math_ops.cast(size - nonzero, dtype=dtypes.float32)
            fraction = zeros / math_ops.cast(size, dtype=dtypes.float32)
        return array_ops.identity(fraction, 'fraction')


# --- Convolutions channel by channel ---------------------------------------------------------------------------------


def depthwise_conv2d(input, filter, strides, padding, rate=None, name=None, data_format=None, dilations=None):
    """Each channel convolved by itself; filter [rows, columns, channels, filters of each]."""
    rate = argument('dilations', dilations, 'rate', rate)
    with ops.name_scope(name, 'depthwise', [input, filter]) as name:
        input = ops.convert_to_tensor(input, name='tensor_in')
        filter = ops.convert_to_tensor(filter, name='filter_in')

        def op(value, _, padding):
            return plain.depthwise_conv2d_native(input=value, filter=filter, strides=strides, padding=padding,
                                                 data_format=data_format, name=name)

        return nn_ops.with_space_to_batch(input=input, filter_shape=array_ops.shape(filter),
                                          dilation_rate=[1, 1] if rate is None else rate, padding=padding,
                                          data_format=data_format, op=op)


def separable_conv2d(input, depthwise_filter, pointwise_filter, strides, padding, rate=None, name=None,
                     data_format=None, dilations=None):
    """depthwise_conv2d, then a convolution of single pixels."""
    rate = argument('dilations', dilations, 'rate', rate)
    with ops.name_scope(name, 'separable_conv2d', [input, depthwise_filter, pointwise_filter]) as name:
        input = ops.convert_to_tensor(input, name='tensor_in')
        depthwise_filter = ops.convert_to_tensor(depthwise_filter, name='depthwise_filter')
        pointwise_filter = ops.convert_to_tensor(pointwise_filter, name='pointwise_filter')
        dims = pointwise_filter.get_shape().with_rank(4)
        dims.dims[0].assert_is_compatible_with(1)
        dims.dims[1].assert_is_compatible_with(1)

        def op(value, _, padding):
            return plain.depthwise_conv2d_native(input=value, filter=depthwise_filter, strides=strides, padding=padding,
                                                 data_format=data_format, name='depthwise')

        depthwise = nn_ops.with_space_to_batch(input=input, filter_shape=array_ops.shape(depthwise_filter),
                                               dilation_rate=[1, 1] if rate is None else rate, padding=padding,
                                               data_format=data_format, op=op)
        return nn_ops.conv2d(depthwise, pointwise_filter, [1, 1, 1, 1], padding='VALID', data_format=data_format,
                             name=name)


# --- Moments and normalization ---------------------------------------------------------------------------------------


def sufficient_statistics(x, axes, shift=None, keep_dims=None, name=None, keepdims=None):
    """(count, sum, sum of squares, shift) over the axes."""
    axes = list(set(axes))
    keepdims = bool(argument('keepdims', keepdims, 'keep_dims', keep_dims))
    with ops.name_scope(name, 'sufficient_statistics', [x, shift]):
        x = ops.convert_to_tensor(x, name='x')
        dims = x.get_shape()
        if dims.ndims is not None and all(dims.dims[d].value is not None for d in axes):
            count = 1
            for d in axes:
                count *= dims.dims[d].value
            count = constant_op.constant(count, dtype=x.dtype)
        else:
            sizes = array_ops.gather(math_ops.cast(array_ops.shape(x), x.dtype), axes)
            count = math_ops.reduce_prod(sizes, name='count')
        if shift is not None:
            shift = ops.convert_to_tensor(shift, name='shift')
            mean_part = math_ops.subtract(x, shift)
            square_part = plain.squared_difference(x, shift)
        else:
            mean_part = x
            square_part = plain.square(x)
        mean_part = math_ops.reduce_sum(mean_part, axes, keepdims=keepdims, name='mean_ss')
        square_part = math_ops.reduce_sum(square_part, axes, keepdims=keepdims, name='var_ss')
    return count, mean_part, square_part, shift


def normalize_moments(counts, mean_ss, variance_ss, shift, name=None):
    """Mean and variance of sufficient_statistics()."""
    with ops.name_scope(name, 'normalize', [counts, mean_ss, variance_ss, shift]):
        divisor = plain.reciprocal(counts, name='divisor')
        if shift is not None:
            shifted = math_ops.multiply(mean_ss, divisor, name='shifted_mean')
            mean = plain.add(shifted, shift, name='mean')
        else:
            mean = shifted = math_ops.multiply(mean_ss, divisor, name='mean')
        variance = math_ops.subtract(math_ops.multiply(variance_ss, divisor), plain.square(shifted), name='variance')
    return mean, variance


def moments(x, axes, shift=None, name=None, keep_dims=None, keepdims=None):
    """Mean and variance over the axes."""
    keepdims = bool(argument('keepdims', keepdims, 'keep_dims', keep_dims))
    with ops.name_scope(name, 'moments', [x, axes]):
        half = x.dtype.base_dtype == dtypes.float16
        y = math_ops.cast(x, dtypes.float32) if half else x
        mean = math_ops.reduce_mean(y, axes, keepdims=True, name='mean')
        variance = math_ops.reduce_mean(plain.squared_difference(y, array_ops.stop_gradient(mean)), axes, keepdims=True,
                                        name='variance')
        if not keepdims:
            mean = array_ops.squeeze(mean, axes)
            variance = array_ops.squeeze(variance, axes)
        if half:
            return math_ops.cast(mean, dtypes.float16), math_ops.cast(variance, dtypes.float16)
        return mean, variance


def moments_v2(x, axes, shift=None, keepdims=False, name=None):
    return moments(x=x, axes=axes, shift=shift, name=name, keep_dims=keepdims)


def weighted_moments(x, axes, frequency_weights, name=None, keep_dims=None, keepdims=None):
    """Mean and variance of weighted elements."""
    keepdims = bool(argument('keepdims', keepdims, 'keep_dims', keep_dims))
    with ops.name_scope(name, 'weighted_moments', [x, frequency_weights, axes]):
        x = ops.convert_to_tensor(x, name='x')
        weights = ops.convert_to_tensor(frequency_weights, name='frequency_weights')
        half = x.dtype.base_dtype == dtypes.float16
        if half:
            x = math_ops.cast(x, dtypes.float32)
        if weights.dtype.base_dtype != x.dtype.base_dtype:
            weights = math_ops.cast(weights, x.dtype)
        total = math_ops.reduce_sum(weights * x, axes, name='weighted_input_sum', keepdims=True)
        all_weights = weights + array_ops.zeros_like(x)
        weight = math_ops.reduce_sum(all_weights, axes, name='sum_of_weights', keepdims=True)
        divisor = plain.reciprocal(weight, name='inv_weight_sum')
        mean = math_ops.multiply(total, divisor)
        squares = math_ops.reduce_sum(weights * plain.squared_difference(x, mean), axes, name='weighted_distsq',
                                      keepdims=True)
        variance = math_ops.multiply(squares, divisor)
        if not keepdims:
            mean = array_ops.squeeze(mean, axis=axes)
            variance = array_ops.squeeze(variance, axis=axes)
        if half:
            mean, variance = math_ops.cast(mean, dtypes.float16), math_ops.cast(variance, dtypes.float16)
        return mean, variance


def batch_normalization(x, mean, variance, offset, scale, variance_epsilon, name=None):
    """scale * (x - mean) / sqrt(variance + epsilon) + offset."""
    with ops.name_scope(name, 'batchnorm', [x, mean, variance, scale, offset]):
        factor = plain.rsqrt(variance + variance_epsilon)
        if scale is not None:
            factor *= scale
        return x * math_ops.cast(factor, x.dtype) + math_ops.cast(
            offset - mean * factor if offset is not None else -mean * factor, x.dtype)


def fused_batch_norm(x, scale, offset, mean=None, variance=None, epsilon=0.001, data_format='NHWC', is_training=True,
                     name=None):
    """Batch normalization by one op: (y, mean, variance) of the batch in training."""
    x = ops.convert_to_tensor(x, name='input')
    scale = ops.convert_to_tensor(scale, name='scale')
    offset = ops.convert_to_tensor(offset, name='offset')
    if is_training and (mean is not None or variance is not None):
        raise ValueError("Both 'mean' and 'variance' must be None if is_training is True.")
    if mean is None:
        mean = constant_op.constant([])
    if variance is None:
        variance = constant_op.constant([])
    made = plain.fused_batch_norm_v3(x, scale, offset, mean, variance, epsilon=max(epsilon, 1.001e-5),
                                     data_format=data_format, is_training=is_training, name=name)
    return made[0], made[1], made[2]


def batch_norm_with_global_normalization(t=None, m=None, v=None, beta=None, gamma=None, variance_epsilon=None,
                                         scale_after_normalization=None, name=None, input=None, mean=None,
                                         variance=None):
    """batch_normalization() with its arguments in another order."""
    t = argument('input', input, 't', t)
    m = argument('mean', mean, 'm', m)
    v = argument('variance', variance, 'v', v)
    return batch_normalization(t, m, v, beta, gamma if scale_after_normalization else None, variance_epsilon, name)
