"""tf.metrics of right and wrong yes-or-no answers: their counts, precision, recall."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, check_ops, math_ops, plain, state_ops, variable_scope
from icecore.tf.ops.metrics_impl import _fitting_ranks, metric_variable


def _booleans(labels, predictions, weights):
    return _fitting_ranks(math_ops.cast(predictions, dtypes.bool), math_ops.cast(labels, dtypes.bool), weights)


def _collected(value, update, metrics_collections, updates_collections):
    if metrics_collections:
        ops.add_to_collections(metrics_collections, value)
    if updates_collections:
        ops.add_to_collections(updates_collections, update)
    return value, update


def _count(values, weights, metrics_collections, updates_collections):
    """(how many were true so far, an operation that adds the batch)."""
    check_ops.assert_type(values, dtypes.bool)
    count = metric_variable([], dtypes.float32, name='count')
    values = math_ops.cast(values, dtypes.float32)
    if weights is not None:
        with ops.control_dependencies([check_ops.assert_rank_in(weights, (0, array_ops.rank(values)))]):
            weights = math_ops.cast(weights, dtypes.float32)
            values = math_ops.multiply(values, weights)
    value = array_ops.identity(count)
    update = state_ops.assign_add(count, math_ops.reduce_sum(values))
    return _collected(value, update, metrics_collections, updates_collections)


def _counter(function_name, label, prediction):
    def counter(labels, predictions, weights=None, metrics_collections=None, updates_collections=None, name=None):
        with variable_scope.variable_scope(name, function_name, (predictions, labels, weights)):
            predictions, labels, weights = _booleans(labels, predictions, weights)
            found = plain.logical_and(math_ops.equal(labels, label), math_ops.equal(predictions, prediction))
            return _count(found, weights, metrics_collections, updates_collections)

    counter.__name__ = counter.__qualname__ = function_name
    counter.__doc__ = 'How many labels were %s and predictions %s.' % (label, prediction)
    return counter


true_positives = _counter('true_positives', True, True)
true_negatives = _counter('true_negatives', False, False)
false_positives = _counter('false_positives', False, True)
false_negatives = _counter('false_negatives', True, False)


def _share(part, rest, name):
    """part / (part + rest); nought where both are."""
    return array_ops.where(plain.greater(part + rest, 0), math_ops.div(part, part + rest), 0, name)


def _share_of_counts(default_name, other, labels, predictions, weights, metrics_collections, updates_collections, name):
    with variable_scope.variable_scope(name, default_name, (predictions, labels, weights)):
        predictions, labels, weights = _booleans(labels, predictions, weights)
        right, right_update = true_positives(labels, predictions, weights)
        wrong, wrong_update = other(labels, predictions, weights)
        value = _share(right, wrong, 'value')
        if metrics_collections:
            ops.add_to_collections(metrics_collections, value)
        return _collected(value, _share(right_update, wrong_update, 'update_op'), None, updates_collections)


def precision(labels, predictions, weights=None, metrics_collections=None, updates_collections=None, name=None):
    """How many of those predicted true were."""
    return _share_of_counts('precision', false_positives, labels, predictions, weights, metrics_collections,
                            updates_collections, name)


def recall(labels, predictions, weights=None, metrics_collections=None, updates_collections=None, name=None):
    """How many of those that were true were predicted."""
    return _share_of_counts('recall', false_negatives, labels, predictions, weights, metrics_collections,
                            updates_collections, name)
