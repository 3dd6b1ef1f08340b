"""tf.metrics: measures that are added up over several runs.

Each gives (the value so far, an operation that adds the batch). What is added up stands in local variables.
"""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, confusion_matrix, math_ops, plain, state_ops, variable_scope, variables
from icecore.tf.ops import weights_broadcast_ops


def metric_variable(shape, dtype, validate_shape=True, name=None):
    """A local variable of zeros."""
    return variable_scope.variable(
        lambda: array_ops.zeros(shape, dtype), trainable=False,
        collections=[ops.GraphKeys.LOCAL_VARIABLES, ops.GraphKeys.METRIC_VARIABLES], validate_shape=validate_shape,
        synchronization=variables.VariableSynchronization.ON_READ, aggregation=variables.VariableAggregation.SUM,
        name=name)


def _fitting_ranks(predictions, labels, weights):
    predictions = ops.convert_to_tensor(predictions)
    if labels is not None:
        labels, predictions = confusion_matrix.remove_squeezable_dimensions(labels, predictions)
        predictions.get_shape().assert_is_compatible_with(labels.get_shape())
    if weights is None:
        return predictions, labels, None
    weights = ops.convert_to_tensor(weights)
    rank, wanted = weights.get_shape().ndims, predictions.get_shape().ndims
    if rank != 0 and rank is not None and wanted is not None:
        if rank - wanted == 1:
            weights = array_ops.squeeze(weights, [-1])
        elif wanted - rank == 1:
            weights = array_ops.expand_dims(weights, [-1])
    return predictions, labels, weights


def mean(values, weights=None, metrics_collections=None, updates_collections=None, name=None):
    """The (weighted) mean."""
    with variable_scope.variable_scope(name, 'mean', (values, weights)):
        values = math_ops.cast(values, dtypes.float32)
        total = metric_variable([], dtypes.float32, name='total')
        count = metric_variable([], dtypes.float32, name='count')
        if weights is None:
            number = math_ops.cast(array_ops.size(values), dtypes.float32)
        else:
            values, _, weights = _fitting_ranks(values, None, weights)
            weights = weights_broadcast_ops.broadcast_weights(math_ops.cast(weights, dtypes.float32), values)
            values = math_ops.multiply(values, weights)
            number = math_ops.reduce_sum(weights)
        new_total = state_ops.assign_add(total, math_ops.reduce_sum(values))
        with ops.control_dependencies([values]):
            new_count = state_ops.assign_add(count, number)
        value = math_ops.div_no_nan(total, plain.maximum(count, 0), name='value')
        if metrics_collections:
            ops.add_to_collections(metrics_collections, value)
        update = math_ops.div_no_nan(new_total, plain.maximum(new_count, 0), name='update_op')
        if updates_collections:
            ops.add_to_collections(updates_collections, update)
        return value, update


def accuracy(labels, predictions, weights=None, metrics_collections=None, updates_collections=None, name=None):
    """How many predictions are right."""
    predictions, labels, weights = _fitting_ranks(predictions, labels, weights)
    if labels.dtype != predictions.dtype:
        predictions = math_ops.cast(predictions, labels.dtype)
    right = math_ops.cast(math_ops.equal(predictions, labels), dtypes.float32)
    return mean(right, weights, metrics_collections, updates_collections, name or 'accuracy')


def mean_squared_error(labels, predictions, weights=None, metrics_collections=None, updates_collections=None,
                       name=None):
    """The mean square of the errors."""
    predictions, labels, weights = _fitting_ranks(predictions, labels, weights)
    return mean(plain.squared_difference(labels, predictions), weights, metrics_collections, updates_collections,
                name or 'mean_squared_error')


def mean_absolute_error(labels, predictions, weights=None, metrics_collections=None, updates_collections=None,
                        name=None):
    """The mean size of the errors."""
    predictions, labels, weights = _fitting_ranks(predictions, labels, weights)
    return mean(math_ops.abs(predictions - labels), weights, metrics_collections, updates_collections,
                name or 'mean_absolute_error')
