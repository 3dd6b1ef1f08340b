"""tf.metrics that are means of something."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, confusion_matrix, math_ops, plain, state_ops, variable_scope
from icecore.tf.ops import weights_broadcast_ops
from icecore.tf.ops.metric_counts import _collected
from icecore.tf.ops.metrics_impl import _fitting_ranks, mean, mean_squared_error, metric_variable


def root_mean_squared_error(labels, predictions, weights=None, metrics_collections=None, updates_collections=None,
                            name=None):
    """The root of the mean square of the errors."""
    predictions, labels, weights = _fitting_ranks(predictions, labels, weights)
    value, update = mean_squared_error(labels, predictions, weights, None, None, name or 'root_mean_squared_error')
    return _collected(plain.sqrt(value), plain.sqrt(update), metrics_collections, updates_collections)


def mean_relative_error(labels, predictions, normalizer, weights=None, metrics_collections=None,
                        updates_collections=None, name=None):
    """The mean of |label - prediction| / normalizer."""
    predictions, labels, weights = _fitting_ranks(predictions, labels, weights)
    predictions, normalizer = confusion_matrix.remove_squeezable_dimensions(predictions, normalizer)
    predictions.get_shape().assert_is_compatible_with(normalizer.get_shape())
    errors = array_ops.where(math_ops.equal(normalizer, 0.0), array_ops.zeros_like(labels),
                             math_ops.div(math_ops.abs(labels - predictions), normalizer))
    return mean(errors, weights, metrics_collections, updates_collections, name or 'mean_relative_error')


def mean_cosine_distance(labels, predictions, dim, weights=None, metrics_collections=None, updates_collections=None,
                         name=None):
    """The mean cosine distance of vectors of length one, along `dim`."""
    predictions, labels, weights = _fitting_ranks(predictions, labels, weights)
    products = math_ops.reduce_sum(math_ops.multiply(predictions, labels), axis=[dim], keepdims=True)
    value, update = mean(products, weights, None, None, name or 'mean_cosine_distance')
    return _collected(math_ops.subtract(1.0, value), math_ops.subtract(1.0, update), metrics_collections,
                      updates_collections)


def percentage_below(values, threshold, weights=None, metrics_collections=None, updates_collections=None, name=None):
    """Which part of the values is below the threshold."""
    below = math_ops.cast(plain.less(values, threshold), dtypes.float32)
    return mean(below, weights, metrics_collections, updates_collections, name or 'percentage_below_threshold')


def mean_tensor(values, weights=None, metrics_collections=None, updates_collections=None, name=None):
    """The mean of each item over the batches."""
    with variable_scope.variable_scope(name, 'mean', (values, weights)):
        values = math_ops.cast(values, dtypes.float32)
        total = metric_variable(values.get_shape(), dtypes.float32, name='total_tensor')
        count = metric_variable(values.get_shape(), dtypes.float32, name='count_tensor')
        number = array_ops.ones_like(values)
        if weights is not None:
            values, _, weights = _fitting_ranks(values, None, weights)
            weights = weights_broadcast_ops.broadcast_weights(math_ops.cast(weights, dtypes.float32), values)
            values = math_ops.multiply(values, weights)
            number = math_ops.multiply(number, weights)
        new_total = state_ops.assign_add(total, values)
        with ops.control_dependencies([values]):
            new_count = state_ops.assign_add(count, number)
        value = math_ops.div_no_nan(total, plain.maximum(count, 0), name='value')
        update = math_ops.div_no_nan(new_total, plain.maximum(new_count, 0), name='update_op')
        return _collected(value, update, metrics_collections, updates_collections)


def _flat(tensor):
    return array_ops.reshape(tensor, [-1]) if tensor.get_shape().ndims > 1 else tensor


def mean_per_class_accuracy(labels, predictions, num_classes, weights=None, metrics_collections=None,
                            updates_collections=None, name=None):
    """The mean over the classes of how many predictions are right."""
    with variable_scope.variable_scope(name, 'mean_accuracy', (predictions, labels, weights)):
        labels = _flat(math_ops.cast(labels, dtypes.int64))
        predictions = _flat(ops.convert_to_tensor(predictions))
        predictions.get_shape().assert_is_compatible_with(labels.get_shape())
        total = metric_variable([num_classes], dtypes.float32, name='total')
        count = metric_variable([num_classes], dtypes.float32, name='count')
        ones = array_ops.ones([array_ops.size(labels)], dtypes.float32)
        if labels.dtype != predictions.dtype:
            predictions = math_ops.cast(predictions, labels.dtype)
        right = math_ops.cast(math_ops.equal(predictions, labels), dtypes.float32)
        if weights is not None:
            weights = math_ops.cast(_flat(ops.convert_to_tensor(weights)), dtypes.float32)
            right *= weights
            ones *= weights
        new_total = state_ops.scatter_add(total, labels, ones)
        new_count = state_ops.scatter_add(count, labels, right)
        shares = math_ops.div_no_nan(count, plain.maximum(total, 0))
        value = math_ops.reduce_mean(shares, name='mean_accuracy')
        update = math_ops.div_no_nan(new_count, plain.maximum(new_total, 0), name='update_op')
        return _collected(value, update, metrics_collections, updates_collections)


def mean_iou(labels, predictions, num_classes, weights=None, metrics_collections=None, updates_collections=None,
             name=None):
    """The mean over the classes of intersection by union; the update is the confusion matrix."""
    with variable_scope.variable_scope(name, 'mean_iou', (predictions, labels, weights)):
        labels, predictions = ops.convert_to_tensor(labels), ops.convert_to_tensor(predictions)
        predictions.get_shape().assert_is_compatible_with(labels.get_shape())
        matrix = metric_variable([num_classes, num_classes], dtypes.float64, name='total_confusion_matrix')
        predictions = _flat(math_ops.cast(predictions, dtypes.int64))
        labels = _flat(math_ops.cast(labels, dtypes.int64))
        number = math_ops.cast(num_classes, dtypes.int64)
        weights = None if weights is None else _flat(ops.convert_to_tensor(weights))
        update = state_ops.assign_add(matrix, confusion_matrix.confusion_matrix(
            labels, predictions, number, weights=weights, dtype=dtypes.float64))
        rows = math_ops.cast(math_ops.reduce_sum(matrix, 0), dtypes.float32)
        columns = math_ops.cast(math_ops.reduce_sum(matrix, 1), dtypes.float32)
        both = math_ops.cast(plain.diag_part(matrix), dtypes.float32)
        union = rows + columns - both
        valid = math_ops.reduce_sum(math_ops.cast(math_ops.not_equal(union, 0), dtypes.float32))
        union = array_ops.where(plain.greater(union, 0), union, array_ops.ones_like(union))
        shares = math_ops.div(both, union)
        value = array_ops.where(plain.greater(valid, 0), math_ops.reduce_sum(shares, name='mean_iou') / valid, 0)
        return _collected(value, update, metrics_collections, updates_collections)
