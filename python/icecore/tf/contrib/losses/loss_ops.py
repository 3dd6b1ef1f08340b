"""tf.contrib.losses: the older losses, which take the predictions first."""
from icecore.tf.contrib.framework.arg_scopes import add_arg_scope
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, math_ops, nn_impl, nn_ops, plain
from icecore.tf.ops.deprecated import argument
from icecore.tf.ops.losses import util


# --- Weights ---------------------------------------------------------------------------------------------------------


def _scaled(losses, weights):
    """The sum of all losses times the weights, which have the losses' first dimensions."""
    axes = list(range(max(0, weights.get_shape().ndims), losses.get_shape().ndims))
    reduced = math_ops.multiply(math_ops.reduce_sum(losses, axis=axes), weights)
    return math_ops.reduce_sum(reduced)


def _num_present(losses, weights, per_batch=False):
    """How many losses have a weight that isn't 0: of all, or of each element of the batch."""
    rank = weights.get_shape().ndims
    if rank == 0:
        batch = array_ops.reshape(array_ops.slice(array_ops.shape(losses), [0], [1]), [])
        whole = math_ops.cast(array_ops.size(losses), dtypes.float32)
        each = math_ops.div(whole, math_ops.cast(batch, dtypes.float32))
        each = array_ops.where(math_ops.equal(weights, 0), 0.0, each)
        each = math_ops.multiply(array_ops.ones(array_ops.reshape(batch, [1])), each)
    else:
        present = math_ops.cast(math_ops.not_equal(weights, 0), dtypes.float32)
        present = math_ops.reduce_sum(present, axis=list(range(1, rank)))
        spread = array_ops.slice(array_ops.shape(losses), [rank], [-1])
        each = math_ops.multiply(present, math_ops.cast(math_ops.reduce_prod(spread), dtypes.float32))
    return each if per_batch else math_ops.reduce_sum(each)


def compute_weighted_loss(losses, weights=1.0, scope=None):
    """The mean of the losses whose weights aren't 0; it joins the collection of losses.

    Args:
      weights: a number, or a tensor of the first dimensions of the losses.

    Raises:
      ValueError: where the rank of the one or the other isn't known.
    """
    with ops.name_scope(scope, 'weighted_loss', [losses, weights]):
        losses = ops.convert_to_tensor(losses)
        dtype = losses.dtype
        losses = math_ops.cast(losses, dtypes.float32)
        weights = math_ops.cast(ops.convert_to_tensor(weights), dtypes.float32)
        if losses.get_shape().ndims is None:
            raise ValueError('losses.get_shape().ndims cannot be None')
        dims = weights.get_shape()
        if dims.ndims is None:
            raise ValueError('weights.get_shape().ndims cannot be None')
        if dims.ndims > 1 and dims.dims[-1].is_compatible_with(1):
            weights = array_ops.squeeze(weights, [-1])
        total = _scaled(losses, weights)
        count = _num_present(losses, weights)
        mean = math_ops.div_no_nan(math_ops.reduce_sum(total), count, name='value')
        mean = math_ops.cast(mean, dtype)
        add_loss(mean)
        return mean


# --- The collection --------------------------------------------------------------------------------------------------


add_loss = add_arg_scope(util.add_loss)
get_losses = util.get_losses
get_regularization_losses = util.get_regularization_losses


def get_total_loss(add_regularization_losses=True, name='total_loss'):
    """The sum of the losses, and of those of regularizers."""
    return util.get_total_loss(add_regularization_losses, name)


# --- Losses ----------------------------------------------------------------------------------------------------------


def _floats(predictions, labels):
    predictions.get_shape().assert_is_compatible_with(labels.get_shape())
    return math_ops.cast(predictions, dtypes.float32), math_ops.cast(labels, dtypes.float32)


def absolute_difference(predictions, labels=None, weights=1.0, scope=None):
    """|predictions - labels|."""
    with ops.name_scope(scope, 'absolute_difference', [predictions, labels, weights]) as scope:
        predictions, labels = _floats(predictions, labels)
        losses = math_ops.abs(math_ops.subtract(predictions, labels))
        return compute_weighted_loss(losses, weights, scope=scope)


def sigmoid_cross_entropy(logits, multi_class_labels, weights=1.0, label_smoothing=0, scope=None):
    """tf.nn.sigmoid_cross_entropy_with_logits; labels smoothed where asked."""
    with ops.name_scope(scope, 'sigmoid_cross_entropy_loss', [logits, multi_class_labels, weights]) as scope:
        logits.get_shape().assert_is_compatible_with(multi_class_labels.get_shape())
        labels = math_ops.cast(multi_class_labels, logits.dtype)
        if label_smoothing > 0:
            labels = labels * (1 - label_smoothing) + 0.5 * label_smoothing
        losses = nn_impl.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits, name='xentropy')
        return compute_weighted_loss(losses, weights, scope=scope)


def softmax_cross_entropy(logits, onehot_labels, weights=1.0, label_smoothing=0, scope=None):
    """tf.nn.softmax_cross_entropy_with_logits; labels smoothed where asked."""
    with ops.name_scope(scope, 'softmax_cross_entropy_loss', [logits, onehot_labels, weights]) as scope:
        logits.get_shape().assert_is_compatible_with(onehot_labels.get_shape())
        labels = math_ops.cast(onehot_labels, logits.dtype)
        if label_smoothing > 0:
            classes = math_ops.cast(array_ops.shape(labels)[1], logits.dtype)
            negative = label_smoothing / classes
            labels = labels * (1.0 - label_smoothing) + negative
        losses = nn_ops.softmax_cross_entropy_with_logits(labels=labels, logits=logits, name='xentropy')
        return compute_weighted_loss(losses, weights, scope=scope)


def sparse_softmax_cross_entropy(logits, labels, weights=1.0, scope=None):
    """tf.nn.sparse_softmax_cross_entropy_with_logits."""
    with ops.name_scope(scope, 'sparse_softmax_cross_entropy_loss', [logits, labels, weights]) as scope:
        labels = array_ops.reshape(labels, shape=[array_ops.shape(labels)[0]])
        losses = nn_ops.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name='xentropy')
        return compute_weighted_loss(losses, weights, scope=scope)


def log_loss(predictions, labels=None, weights=1.0, epsilon=1e-7, scope=None):
    """Cross entropy of probabilities."""
    with ops.name_scope(scope, 'log_loss', [predictions, labels, weights]) as scope:
        predictions, labels = _floats(predictions, labels)
        losses = -math_ops.multiply(labels, plain.log(predictions + epsilon)) - math_ops.multiply(
            (1 - labels), plain.log(1 - predictions + epsilon))
        return compute_weighted_loss(losses, weights, scope=scope)


def hinge_loss(logits, labels=None, scope=None):
    """max(0, 1 - (2 * labels - 1) * logits), neither weighted nor collected."""
    with ops.name_scope(scope, 'hinge_loss', [logits, labels]):
        logits.get_shape().assert_is_compatible_with(labels.get_shape())
        labels = math_ops.cast(labels, dtypes.float32)
        ones = array_ops.ones_like(labels)
        labels = math_ops.subtract(2 * labels, ones)
        return plain.relu(math_ops.subtract(ones, math_ops.multiply(labels, logits)))


def mean_squared_error(predictions, labels=None, weights=1.0, scope=None):
    """(predictions - labels) squared."""
    with ops.name_scope(scope, 'mean_squared_error', [predictions, labels, weights]) as scope:
        predictions, labels = _floats(predictions, labels)
        return compute_weighted_loss(plain.squared_difference(predictions, labels), weights, scope=scope)


def mean_pairwise_squared_error(predictions, labels=None, weights=1.0, scope=None):
    """The mean square of the differences between pairs of errors."""
    with ops.name_scope(scope, 'mean_pairwise_squared_error', [predictions, labels, weights]):
        predictions, labels = _floats(predictions, labels)
        weights = math_ops.cast(ops.convert_to_tensor(weights), dtypes.float32)
        errors = math_ops.subtract(predictions, labels)
        if errors.get_shape().ndims is None:
            raise ValueError('diffs.get_shape().ndims cannot be None')
        if weights.get_shape().ndims is None:
            raise ValueError('weights.get_shape().ndims cannot be None')
        axes = list(range(1, errors.get_shape().ndims))
        squares = math_ops.reduce_sum(plain.square(errors), axis=axes)
        count = _num_present(errors, weights, per_batch=True)
        term1 = 2.0 * math_ops.div_no_nan(squares, count, name='value')
        total = math_ops.reduce_sum(errors, axis=axes)
        term2 = 2.0 * math_ops.div_no_nan(plain.square(total), plain.square(count), name='value')
        loss = _scaled(term1 - term2, weights)
        mean = array_ops.where(math_ops.reduce_sum(count) > 0, loss, array_ops.zeros_like(loss), name='value')
        add_loss(mean)
        return mean


def cosine_distance(predictions, labels=None, axis=None, weights=1.0, scope=None, dim=None):
    """1 - the sum of predictions * labels along the axis; both have length 1 already."""
    axis = argument('axis', axis, 'dim', dim)
    if axis is None:
        raise ValueError("You must specify 'axis'.")
    with ops.name_scope(scope, 'cosine_distance_loss', [predictions, labels, weights]) as scope:
        predictions, labels = _floats(predictions, labels)
        products = math_ops.multiply(predictions, labels)
        losses = 1 - math_ops.reduce_sum(products, axis=[axis])
        return compute_weighted_loss(losses, weights, scope=scope)
