"""tf.losses: what training minimizes; weighted, reduced, and kept in a collection."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, confusion_matrix, control_flow_ops, math_ops, nn_impl, nn_ops, plain
from icecore.tf.ops import weights_broadcast_ops
from icecore.tf.ops.deprecated import argument
from icecore.tf.ops.losses import util
from icecore.tf.ops.losses.util import (  # noqa: F401
    add_loss, get_losses, get_regularization_loss, get_regularization_losses, get_total_loss)


class Reduction:
    """How the losses of a batch become one."""

    NONE = 'none'
    SUM = 'weighted_sum'
    SUM_OVER_BATCH_SIZE = 'weighted_sum_over_batch_size'
    MEAN = 'weighted_mean'
    SUM_BY_NONZERO_WEIGHTS = 'weighted_sum_by_nonzero_weights'
    SUM_OVER_NONZERO_WEIGHTS = SUM_BY_NONZERO_WEIGHTS

    @classmethod
    def all(cls):
        return (cls.NONE, cls.SUM, cls.MEAN, cls.SUM_OVER_BATCH_SIZE, cls.SUM_OVER_NONZERO_WEIGHTS,
                cls.SUM_BY_NONZERO_WEIGHTS)

    @classmethod
    def validate(cls, key):
        """Raises ValueError where it isn't one of them."""
        if key not in cls.all():
            raise ValueError('Invalid Reduction Key %s.' % key)


_LOSSES = ops.GraphKeys.LOSSES
_DEFAULT = Reduction.SUM_BY_NONZERO_WEIGHTS


def _safe_mean(losses, count):
    return math_ops.div_no_nan(math_ops.reduce_sum(losses), count, name='value')


def _num_elements(losses):
    with ops.name_scope(None, 'num_elements', values=[losses]) as scope:
        return math_ops.cast(array_ops.size(losses, name=scope), dtype=losses.dtype)


def _num_present(losses, weights, per_batch=False):
    if isinstance(weights, float) and weights != 0.0:
        return _num_elements(losses)
    with ops.name_scope(None, 'num_present', (losses, weights)) as scope:
        weights = math_ops.cast(weights, dtype=dtypes.float32)
        present = array_ops.where(math_ops.equal(weights, 0.0), array_ops.zeros_like(weights),
                                  array_ops.ones_like(weights))
        present = weights_broadcast_ops.broadcast_weights(present, losses)
        if per_batch:
            return math_ops.reduce_sum(present, axis=math_ops.range(1, array_ops.rank(present)), keepdims=True,
                                       name=scope)
        return math_ops.reduce_sum(present, name=scope)


def compute_weighted_loss(losses, weights=1.0, scope=None, loss_collection=_LOSSES, reduction=_DEFAULT):
    """The losses times the weights, reduced to one.

    Args:
      losses: one each.
      weights: a number, or a tensor whose shape fits the losses'.
      scope: a name scope.
      loss_collection: that the loss joins; none where it is None.
      reduction: one of tf.losses.Reduction.

    Raises:
      ValueError: where the weights' shape doesn't fit.
    """
    Reduction.validate(reduction)
    with ops.name_scope(scope, 'weighted_loss', (losses, weights)):
        with ops.control_dependencies((weights_broadcast_ops.assert_broadcastable(weights, losses),)):
            losses = ops.convert_to_tensor(losses)
            dtype = losses.dtype
            losses = math_ops.cast(losses, dtype=dtypes.float32)
            weights = math_ops.cast(weights, dtype=dtypes.float32)
            weighted = math_ops.multiply(losses, weights)
            if reduction == Reduction.NONE:
                loss = weighted
            else:
                loss = math_ops.reduce_sum(weighted)
                if reduction == Reduction.MEAN:
                    loss = _safe_mean(loss, math_ops.reduce_sum(array_ops.ones_like(losses) * weights))
                elif reduction == Reduction.SUM_BY_NONZERO_WEIGHTS:
                    loss = _safe_mean(loss, _num_present(losses, weights))
                elif reduction == Reduction.SUM_OVER_BATCH_SIZE:
                    loss = _safe_mean(loss, _num_elements(losses))
            loss = math_ops.cast(loss, dtype)
            util.add_loss(loss, loss_collection)
            return loss


def _given(**tensors):
    for name, value in tensors.items():
        if value is None:
            raise ValueError('%s must not be None.' % name)


def _floats(a, b):
    a = math_ops.cast(a, dtype=dtypes.float32)
    b = math_ops.cast(b, dtype=dtypes.float32)
    a.get_shape().assert_is_compatible_with(b.get_shape())
    return a, b


def absolute_difference(labels, predictions, weights=1.0, scope=None, loss_collection=_LOSSES, reduction=_DEFAULT):
    """|predictions - labels|."""
    _given(labels=labels, predictions=predictions)
    with ops.name_scope(scope, 'absolute_difference', (predictions, labels, weights)) as scope:
        predictions, labels = _floats(predictions, labels)
        losses = math_ops.abs(math_ops.subtract(predictions, labels))
        return compute_weighted_loss(losses, weights, scope, loss_collection, reduction=reduction)


def cosine_distance(labels, predictions, axis=None, weights=1.0, scope=None, loss_collection=_LOSSES,
                    reduction=_DEFAULT, dim=None):
    """1 - the sum of labels * predictions along the axis; both have length 1 already."""
    axis = argument('axis', axis, 'dim', dim)
    if axis is None:
        raise ValueError("You must specify 'axis'.")
    _given(labels=labels, predictions=predictions)
    with ops.name_scope(scope, 'cosine_distance_loss', (predictions, labels, weights)) as scope:
        predictions, labels = _floats(predictions, labels)
        products = math_ops.multiply(predictions, labels)
        losses = 1 - math_ops.reduce_sum(products, axis=(axis,), keepdims=True)
        return compute_weighted_loss(losses, weights, scope, loss_collection, reduction=reduction)


def hinge_loss(labels, logits, weights=1.0, scope=None, loss_collection=_LOSSES, reduction=_DEFAULT):
    """max(0, 1 - (2 * labels - 1) * logits)."""
    _given(labels=labels, logits=logits)
    with ops.name_scope(scope, 'hinge_loss', (logits, labels, weights)) as scope:
        logits, labels = _floats(logits, labels)
        ones = array_ops.ones_like(labels)
        labels = math_ops.subtract(2 * labels, ones)
        losses = plain.relu(math_ops.subtract(ones, math_ops.multiply(labels, logits)))
        return compute_weighted_loss(losses, weights, scope, loss_collection, reduction=reduction)


def huber_loss(labels, predictions, weights=1.0, delta=1.0, scope=None, loss_collection=_LOSSES, reduction=_DEFAULT):
    """Half the square of errors up to delta, a line beyond."""
    _given(labels=labels, predictions=predictions)
    with ops.name_scope(scope, 'huber_loss', (predictions, labels, weights)) as scope:
        predictions, labels = _floats(predictions, labels)
        size = math_ops.abs(math_ops.subtract(predictions, labels))
        quadratic = plain.minimum(size, delta)
        linear = math_ops.subtract(size, quadratic)
        losses = plain.add(math_ops.multiply(ops.convert_to_tensor(0.5, dtype=quadratic.dtype),
                                             math_ops.multiply(quadratic, quadratic)),
                           math_ops.multiply(delta, linear))
        return compute_weighted_loss(losses, weights, scope, loss_collection, reduction=reduction)


def log_loss(labels, predictions, weights=1.0, epsilon=1e-7, scope=None, loss_collection=_LOSSES, reduction=_DEFAULT):
    """Cross entropy of probabilities."""
    _given(labels=labels, predictions=predictions)
    with ops.name_scope(scope, 'log_loss', (predictions, labels, weights)) as scope:
        predictions, labels = _floats(predictions, labels)
        losses = -math_ops.multiply(labels, plain.log(predictions + epsilon)) - math_ops.multiply(
            (1 - labels), plain.log(1 - predictions + epsilon))
        return compute_weighted_loss(losses, weights, scope, loss_collection, reduction=reduction)


def mean_pairwise_squared_error(labels, predictions, weights=1.0, scope=None, loss_collection=_LOSSES):
    """The mean square of the differences between pairs of errors."""
    _given(labels=labels, predictions=predictions)
    with ops.name_scope(scope, 'mean_pairwise_squared_error', (predictions, labels, weights)) as scope:
        weights = math_ops.cast(weights, dtype=dtypes.float32)
        labels = math_ops.cast(labels, dtype=dtypes.float32)
        with ops.control_dependencies((weights_broadcast_ops.assert_broadcastable(weights, labels),)):
            predictions = math_ops.cast(predictions, dtype=dtypes.float32)
            predictions.get_shape().assert_is_compatible_with(labels.get_shape())
            errors = math_ops.subtract(predictions, labels)
            axis = math_ops.range(1, array_ops.rank(errors))
            squares = math_ops.reduce_sum(plain.square(errors), axis=axis, keepdims=True)
            count = _num_present(errors, weights, per_batch=True)
            term1 = 2.0 * math_ops.div_no_nan(squares, plain.maximum(count - 1, 0), name='value')
            total = math_ops.reduce_sum(errors, axis=axis, keepdims=True)
            term2 = 2.0 * math_ops.div_no_nan(plain.square(total),
                                              plain.maximum(math_ops.multiply(count, count - 1), 0), name='value')
            loss = math_ops.reduce_sum(math_ops.multiply(term1 - term2, weights))
            mean = array_ops.where(math_ops.reduce_sum(count) > 0, loss, array_ops.zeros_like(loss), name='value')
            util.add_loss(mean, loss_collection)
            return mean


def mean_squared_error(labels, predictions, weights=1.0, scope=None, loss_collection=_LOSSES, reduction=_DEFAULT):
    """(predictions - labels) squared."""
    _given(labels=labels, predictions=predictions)
    with ops.name_scope(scope, 'mean_squared_error', (predictions, labels, weights)) as scope:
        predictions, labels = _floats(predictions, labels)
        losses = plain.squared_difference(predictions, labels)
        return compute_weighted_loss(losses, weights, scope, loss_collection, reduction=reduction)


def sigmoid_cross_entropy(multi_class_labels, logits, weights=1.0, label_smoothing=0, scope=None,
                          loss_collection=_LOSSES, reduction=_DEFAULT):
    """tf.nn.sigmoid_cross_entropy_with_logits; labels smoothed where asked."""
    _given(multi_class_labels=multi_class_labels, logits=logits)
    with ops.name_scope(scope, 'sigmoid_cross_entropy_loss', (logits, multi_class_labels, weights)) as scope:
        logits = ops.convert_to_tensor(logits)
        labels = math_ops.cast(multi_class_labels, logits.dtype)
        logits.get_shape().assert_is_compatible_with(labels.get_shape())
        if label_smoothing > 0:
            labels = labels * (1 - label_smoothing) + 0.5 * label_smoothing
        losses = nn_impl.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits, name='xentropy')
        return compute_weighted_loss(losses, weights, scope, loss_collection, reduction=reduction)


def softmax_cross_entropy(onehot_labels, logits, weights=1.0, label_smoothing=0, scope=None, loss_collection=_LOSSES,
                          reduction=_DEFAULT):
    """tf.nn.softmax_cross_entropy_with_logits_v2; labels smoothed where asked."""
    _given(onehot_labels=onehot_labels, logits=logits)
    with ops.name_scope(scope, 'softmax_cross_entropy_loss', (logits, onehot_labels, weights)) as scope:
        logits = ops.convert_to_tensor(logits)
        labels = math_ops.cast(onehot_labels, logits.dtype)
        logits.get_shape().assert_is_compatible_with(labels.get_shape())
        if label_smoothing > 0:
            classes = math_ops.cast(array_ops.shape(labels)[-1], logits.dtype)
            positive = 1.0 - label_smoothing
            negative = label_smoothing / classes
            labels = labels * positive + negative
        labels = array_ops.stop_gradient(labels, name='labels_stop_gradient')
        losses = nn_ops.softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits, name='xentropy')
        return compute_weighted_loss(losses, weights, scope, loss_collection, reduction=reduction)


def _fitting_ranks(labels, predictions, weights=None, expected_rank_diff=0):
    labels, predictions = confusion_matrix.remove_squeezable_dimensions(labels, predictions,
                                                                        expected_rank_diff=expected_rank_diff)
    if weights is None:
        return labels, predictions, None
    weights = ops.convert_to_tensor(weights)
    rank, dims = labels.get_shape().ndims, weights.get_shape()
    if rank is not None and dims.ndims is not None:
        if dims.ndims - rank == 1:
            weights = array_ops.squeeze(weights, [-1])
        return labels, predictions, weights
    difference = array_ops.rank(weights) - array_ops.rank(labels)
    if dims.ndims is None or dims.ndims > 0 and dims.dims[-1].is_compatible_with(1):
        whole = weights
        weights = control_flow_ops.cond(math_ops.equal(1, difference), lambda: array_ops.squeeze(whole, [-1]),
                                        lambda: whole)
    return labels, predictions, weights


def sparse_softmax_cross_entropy(labels, logits, weights=1.0, scope=None, loss_collection=_LOSSES, reduction=_DEFAULT):
    """tf.nn.sparse_softmax_cross_entropy_with_logits."""
    _given(labels=labels, logits=logits)
    with ops.name_scope(scope, 'sparse_softmax_cross_entropy_loss', (logits, labels, weights)) as scope:
        labels, logits, weights = _fitting_ranks(labels, logits, weights, expected_rank_diff=1)
        losses = nn_ops.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name='xentropy')
        return compute_weighted_loss(losses, weights, scope, loss_collection, reduction=reduction)
