"""tf.nn: activations, softmax and cross entropies, dropout, biases. Convolutions are in nn_conv, pools in nn_pool."""
import numbers

import numpy as np

from icecore.tf.framework import dtypes, ops, tensor_shape, tensor_util
from icecore.tf.ops import array_ops, math_ops, plain
from icecore.tf.ops.deprecated import argument
from icecore.tf.ops.nn_conv import (  # noqa: F401
    _get_sequence, atrous_conv2d, atrous_conv2d_transpose, conv1d, conv2d, conv2d_backprop_filter, conv2d_backprop_input,
    conv2d_transpose, conv2d_transpose_v2, conv2d_v2, conv3d_transpose, conv3d_v1, convolution, with_space_to_batch)
from icecore.tf.ops.nn_pool import (  # noqa: F401
    avg_pool, avg_pool1d, avg_pool2d, avg_pool3d, max_pool, max_pool1d, max_pool2d, max_pool3d, max_pool_with_argmax_v1,
    pool)

__getattr__ = plain.fallback(__name__)


# --- Activations -----------------------------------------------------------------------------------------------------


def relu6(features, name=None):
    """min(max(x, 0), 6)."""
    with ops.name_scope(name, 'Relu6', [features]) as name:
        return plain.relu6(ops.convert_to_tensor(features, name='features'), name=name)


def leaky_relu(features, alpha=0.2, name=None):
    """x where it is above 0, else alpha * x."""
    with ops.name_scope(name, 'LeakyRelu', [features, alpha]) as name:
        features = ops.convert_to_tensor(features, name='features')
        if features.dtype.is_integer:
            features = math_ops.cast(features, dtypes.float32)
        if isinstance(alpha, np.ndarray):
            alpha = alpha.item()
        return plain.leaky_relu(features, alpha=alpha, name=name)


def crelu(features, name=None, axis=-1):
    """relu of x and of -x, joined along the axis."""
    with ops.name_scope(name, 'CRelu', [features]) as name:
        features = ops.convert_to_tensor(features, name='features')
        return plain.relu(array_ops.concat([features, -features], axis, name=name))


# --- Biases ----------------------------------------------------------------------------------------------------------


def bias_add(value, bias, data_format=None, name=None):
    """value + bias along the channels."""
    with ops.name_scope(name, 'BiasAdd', [value, bias]) as name:
        if data_format is not None:
            if data_format.startswith('NC'):
                data_format = 'NCHW'
            elif data_format.startswith('N') and data_format.endswith('C'):
                data_format = 'NHWC'
            else:
                raise ValueError('data_format must be of the form `N...C` or `NC...`')
        value = ops.convert_to_tensor(value, name='input')
        bias = ops.convert_to_tensor(bias, dtype=value.dtype, name='bias')
        return plain.bias_add(value, bias, data_format=data_format, name=name)


def bias_add_v1(value, bias, name=None):
    with ops.name_scope(name, 'BiasAddV1', [value, bias]) as name:
        value = ops.convert_to_tensor(value, name='input')
        bias = ops.convert_to_tensor(bias, dtype=value.dtype, name='bias')
        return plain.bias_add_v1(value, bias, name=name)


def xw_plus_b(x, weights, biases, name=None):
    """x times weights, plus biases."""
    with ops.name_scope(name, 'xw_plus_b', [x, weights, biases]) as name:
        x = ops.convert_to_tensor(x, name='x')
        weights = ops.convert_to_tensor(weights, name='weights')
        biases = ops.convert_to_tensor(biases, name='biases')
        return bias_add(math_ops.matmul(x, weights), biases, name=name)


# --- Softmax and cross entropies -------------------------------------------------------------------------------------


def _along_axis(logits, function, axis, name):
    logits = ops.convert_to_tensor(logits)
    dims = logits.get_shape()
    if axis is None:
        axis = -1
    if not isinstance(axis, ops.Tensor) and (axis == -1 or dims.ndims is not None and axis == dims.ndims - 1):
        return function(logits, name=name)
    known = tensor_util.constant_value(axis) if isinstance(axis, ops.Tensor) else axis
    if known is not None and not -dims.ndims <= known < dims.ndims:
        from icecore.tf.framework import errors_impl
        raise errors_impl.InvalidArgumentError(
            None, None, 'Dimension (%d) must be in the range [%d, %d) where %d is the number of dimensions in the '
            'input.' % (known, -dims.ndims, dims.ndims, dims.ndims))
    ndims = array_ops.rank(logits)
    if isinstance(axis, ops.Tensor):
        axis = array_ops.where(math_ops.less(axis, 0), axis + ndims, axis)
    elif axis < 0:
        axis += ndims
    rank = array_ops.rank(logits)
    axis = axis % dims.ndims

    def swapped(tensor, last, name=None):
        order = array_ops.concat(
            [math_ops.range(axis), [last], math_ops.range(axis + 1, last), [axis]], 0)
        return array_ops.transpose(tensor, order, name=name)

    output = function(swapped(logits, math_ops.subtract(rank, 1)))
    output = swapped(output, math_ops.subtract(rank, 1), name=name)
    output.set_shape(dims)
    return output


def softmax(logits, axis=None, name=None, dim=None):
    """exp(x) / sum(exp(x)) along the axis, the last where none is given."""
    return _along_axis(logits, plain.softmax, argument('axis', axis, 'dim', dim), name)


def log_softmax(logits, axis=None, name=None, dim=None):
    """log(softmax(x))."""
    return _along_axis(logits, plain.log_softmax, argument('axis', axis, 'dim', dim), name)


def _ensure_xent_args(name, sentinel, labels, logits):
    if sentinel is not None:
        raise ValueError('Only call `%s` with named arguments (labels=..., logits=..., ...)' % name)
    if labels is None or logits is None:
        raise ValueError('Both labels and logits must be provided.')


def _as_matrix(logits):
    rank = array_ops.rank(logits)
    last = array_ops.slice(array_ops.shape(logits), [math_ops.subtract(rank, 1)], [1])
    output = array_ops.reshape(logits, array_ops.concat([[-1], last], 0))
    dims = logits.get_shape()
    if dims.dims is not None and None not in dims.as_list()[:-1]:
        dims = dims.as_list()
        output.set_shape([int(np.prod(dims[:-1])), dims[-1]])
    return output


def softmax_cross_entropy_with_logits_v2(labels, logits, axis=-1, name=None):
    """Cross entropy of softmax(logits) against distributions; gradients flow to both."""
    return softmax_cross_entropy_with_logits_v2_helper(labels=labels, logits=logits, axis=axis, name=name)


def softmax_cross_entropy_with_logits_v2_helper(labels, logits, axis=None, name=None, dim=None):
    axis = argument('axis', axis, 'dim', dim)
    axis = -1 if axis is None else axis
    with ops.name_scope(name, 'softmax_cross_entropy_with_logits', [logits, labels]) as name:
        logits = ops.convert_to_tensor(logits, name='logits')
        labels = ops.convert_to_tensor(labels, name='labels')
        small = logits.dtype.base_dtype in (dtypes.float16, dtypes.bfloat16)
        precise = math_ops.cast(logits, dtypes.float32) if small else logits
        labels = math_ops.cast(labels, precise.dtype)
        rank = array_ops.rank(precise)
        dims = logits.get_shape()
        if axis != -1:
            def to_end(tensor):
                return array_ops.transpose(tensor, array_ops.concat(
                    [math_ops.range(axis), math_ops.range(axis + 1, rank), [axis]], 0))
            precise = to_end(precise)
            labels = to_end(labels)
        shape = array_ops.shape(precise)
        precise = _as_matrix(precise)
        labels = _as_matrix(labels)
        cost, _ = plain.softmax_cross_entropy_with_logits(precise, labels, name=name)
        cost = array_ops.reshape(cost, array_ops.slice(shape, [0], [math_ops.subtract(rank, 1)]))
        if dims.dims is not None:
            dims = dims.as_list()
            del dims[axis]
            cost.set_shape(dims)
        return math_ops.cast(cost, logits.dtype) if small else cost


def softmax_cross_entropy_with_logits(_sentinel=None, labels=None, logits=None, dim=-1, name=None, axis=None):
    """Cross entropy of softmax(logits) against distributions; no gradient flows to the labels."""
    if axis is not None:
        dim = axis
    _ensure_xent_args('softmax_cross_entropy_with_logits', _sentinel, labels, logits)
    with ops.name_scope(name, 'softmax_cross_entropy_with_logits_sg', [logits, labels]) as name:
        labels = array_ops.stop_gradient(labels, name='labels_stop_gradient')
    return softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits, axis=dim, name=name)


def sparse_softmax_cross_entropy_with_logits(_sentinel=None, labels=None, logits=None, name=None):
    """Cross entropy of softmax(logits) against the numbers of the right classes."""
    _ensure_xent_args('sparse_softmax_cross_entropy_with_logits', _sentinel, labels, logits)
    with ops.name_scope(name, 'SparseSoftmaxCrossEntropyWithLogits', [labels, logits]):
        labels = ops.convert_to_tensor(labels)
        logits = ops.convert_to_tensor(logits)
        half = logits.dtype.base_dtype == dtypes.float16
        precise = math_ops.cast(logits, dtypes.float32) if half else logits
        label_dims, logit_dims = labels.get_shape(), logits.get_shape()
        labels_shape = array_ops.shape(labels)
        known = label_dims.is_fully_defined() and logit_dims[:-1].is_fully_defined()
        if logit_dims.ndims == 0:
            raise ValueError('Logits cannot be scalars - received shape %s.' % logit_dims)
        if logit_dims.ndims is not None and label_dims.ndims is not None and label_dims.ndims != logit_dims.ndims - 1:
            raise ValueError('Rank mismatch: Rank of labels (received %s) should equal rank of logits minus 1 '
                             '(received %s).' % (label_dims.ndims, logit_dims.ndims))
        if known and label_dims != logit_dims[:-1]:
            raise ValueError('Shape mismatch: The shape of labels (received %s) should equal the shape of logits except '
                             'for the last dimension (received %s).' % (label_dims, logit_dims))
        if logit_dims.ndims == 2:
            cost, _ = plain.sparse_softmax_cross_entropy_with_logits(precise, labels, name=name)
            return math_ops.cast(cost, dtypes.float16) if half else cost
        checks = []
        if not known:
            from icecore.tf.ops import check_ops
            checks.append(check_ops.assert_equal(array_ops.shape(labels), array_ops.shape(logits)[:-1]))
        with ops.control_dependencies(checks):
            classes = array_ops.shape(logits)[array_ops.rank(logits) - 1]
            precise = array_ops.reshape(precise, [-1, classes])
            labels = array_ops.reshape(labels, [-1])
            cost, _ = plain.sparse_softmax_cross_entropy_with_logits(precise, labels, name=name)
            cost = array_ops.reshape(cost, labels_shape)
            cost.set_shape(label_dims)
            return math_ops.cast(cost, dtypes.float16) if half else cost


# --- Dropout, picking ------------------------------------------------------------------------------------------------


def _noise_shape(x, noise_shape):
    if noise_shape is None:
        return array_ops.shape(x)
    try:
        wanted = tensor_shape.as_shape(noise_shape)
    except (TypeError, ValueError):
        return noise_shape
    if x.shape.dims is not None and wanted.dims is not None and len(x.shape.dims) == len(wanted.dims):
        return tensor_shape.TensorShape([d if w is None else w for d, w in zip(x.shape.as_list(), wanted.as_list())])
    return noise_shape


def dropout(x, keep_prob=None, noise_shape=None, seed=None, name=None, rate=None):
    """Puts elements to 0 with probability `rate` (1 - keep_prob) and scales the others up."""
    try:
        dropped = 1. - keep_prob if keep_prob is not None else None
    except TypeError:
        raise ValueError('keep_prob must be a floating point number or Tensor (got %r)' % keep_prob) from None
    rate = argument('rate', rate, 'keep_prob', dropped)
    if rate is None:
        raise ValueError('You must provide a rate to dropout.')
    return dropout_v2(x, rate, noise_shape=noise_shape, seed=seed, name=name)


def dropout_v2(x, rate, noise_shape=None, seed=None, name=None):
    from icecore.tf.ops import random_ops
    with ops.name_scope(name, 'dropout', [x]) as name:
        x = ops.convert_to_tensor(x, name='x')
        if not x.dtype.is_floating:
            raise ValueError("x has to be a floating point tensor since it's going to be scaled. Got a %s tensor "
                             'instead.' % x.dtype)
        if isinstance(rate, numbers.Real):
            if not 0 <= rate < 1:
                raise ValueError('rate must be a scalar tensor or a float in the range [0, 1), got %g' % rate)
            if rate == 0:
                return x
        rate = ops.convert_to_tensor(rate, dtype=x.dtype, name='rate')
        rate.get_shape().assert_has_rank(0)
        if tensor_util.constant_value(rate) == 0:
            return x
        drawn = random_ops.random_uniform(_noise_shape(x, noise_shape), seed=seed, dtype=x.dtype)
        keep = 1 - rate
        scale = 1 / keep
        kept = drawn >= rate
        result = x * scale * math_ops.cast(kept, x.dtype)
        result.set_shape(x.get_shape())
        return result


def top_k(input, k=1, sorted=True, name=None):
    """The k largest of the last axis, and where they stand."""
    return plain.top_kv2(input, k=k, sorted=sorted, name=name)


def nth_element(input, n, reverse=False, name=None):
    """What would stand at n if the last axis were sorted."""
    return plain.nth_element(input, n, reverse=reverse, name=name)


def in_top_k(predictions, targets, k, name=None):
    """Whether the target class is among the k largest predictions."""
    with ops.name_scope(name, 'in_top_k'):
        return plain.in_top_kv2(predictions, targets, k, name=name)
