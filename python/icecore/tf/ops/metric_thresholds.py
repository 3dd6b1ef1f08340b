"""tf.metrics of probabilities that count as yes above a threshold: counts, precision and recall at thresholds, AUC."""
from icecore.tf.framework import constant_op, dtypes, ops
from icecore.tf.ops import array_ops, check_ops, math_ops, plain, state_ops, variable_scope
from icecore.tf.ops import weights_broadcast_ops
from icecore.tf.ops.metric_counts import _collected
from icecore.tf.ops.metrics_impl import _fitting_ranks, metric_variable
from icecore.tf.platform import tf_logging

_NAMES = {'tp': 'true_positives', 'fn': 'false_negatives', 'tn': 'true_negatives', 'fp': 'false_positives'}


def _counts(labels, predictions, thresholds, weights=None, includes=('tp', 'fn', 'tn', 'fp')):
    """({kind: variable}, {kind: update}), one count a threshold in each."""
    message = 'predictions must be in [0, 1]'
    with ops.control_dependencies([
            check_ops.assert_greater_equal(predictions, math_ops.cast(0.0, predictions.dtype), message=message),
            check_ops.assert_less_equal(predictions, math_ops.cast(1.0, predictions.dtype), message=message)]):
        predictions, labels, weights = _fitting_ranks(math_ops.cast(predictions, dtypes.float32),
                                                      math_ops.cast(labels, dtypes.bool), weights)
    number = len(thresholds)
    column = array_ops.reshape(predictions, [-1, 1])
    row = array_ops.reshape(math_ops.cast(labels, dtypes.bool), [1, -1])
    size = column.get_shape().as_list()[0]
    if size is None:
        size = array_ops.shape(column)[0]
    tiled = plain.tile(array_ops.expand_dims(constant_op.constant(thresholds), [1]), array_ops.stack([1, size]))
    positive = plain.greater(plain.tile(array_ops.transpose(column), [number, 1]), tiled)
    negative = plain.logical_not(positive) if 'fn' in includes or 'tn' in includes else None
    is_true = plain.tile(row, [number, 1])
    is_false = plain.logical_not(is_true) if 'fp' in includes or 'tn' in includes else None
    if weights is not None:
        weights = weights_broadcast_ops.broadcast_weights(math_ops.cast(weights, dtypes.float32), predictions)
        weights = plain.tile(array_ops.reshape(weights, [1, -1]), [number, 1])
        tiled.get_shape().assert_is_compatible_with(weights.get_shape())
    pairs = {'tp': (is_true, positive), 'fn': (is_true, negative), 'tn': (is_false, negative), 'fp': (is_false, positive)}
    values, updates = {}, {}
    for kind, name in _NAMES.items():
        if kind in includes:
            values[kind] = metric_variable([number], dtypes.float32, name=name)
            found = math_ops.cast(plain.logical_and(*pairs[kind]), dtypes.float32)
            if weights is not None:
                found *= weights
            updates[kind] = state_ops.assign_add(values[kind], math_ops.reduce_sum(found, 1))
    return values, updates


def _counter(kind):
    def counter(labels, predictions, thresholds, weights=None, metrics_collections=None, updates_collections=None,
                name=None):
        with variable_scope.variable_scope(name, _NAMES[kind], (predictions, labels, weights)):
            values, updates = _counts(labels, predictions, thresholds, weights, (kind,))
            return _collected(array_ops.identity(values[kind]), updates[kind], metrics_collections,
                              updates_collections)

    counter.__name__ = counter.__qualname__ = _NAMES[kind] + '_at_thresholds'
    counter.__doc__ = 'How many %s there were at each threshold.' % _NAMES[kind].replace('_', ' ')
    return counter


true_positives_at_thresholds = _counter('tp')
true_negatives_at_thresholds = _counter('tn')
false_positives_at_thresholds = _counter('fp')
false_negatives_at_thresholds = _counter('fn')


def _share(default_name, prefix, wrong, labels, predictions, thresholds, weights, metrics_collections,
           updates_collections, name):
    with variable_scope.variable_scope(name, default_name, (predictions, labels, weights)):
        values, updates = _counts(labels, predictions, thresholds, weights, ('tp', wrong))
        value, update = [math_ops.div(counts['tp'], 1e-7 + counts['tp'] + counts[wrong], name=prefix + end)
                         for counts, end in ((values, 'value'), (updates, 'update_op'))]
        return _collected(value, update, metrics_collections, updates_collections)


def precision_at_thresholds(labels, predictions, thresholds, weights=None, metrics_collections=None,
                            updates_collections=None, name=None):
    """How many of those predicted true were, at each threshold."""
    return _share('precision_at_thresholds', 'precision_', 'fp', labels, predictions, thresholds, weights,
                  metrics_collections, updates_collections, name)


def recall_at_thresholds(labels, predictions, thresholds, weights=None, metrics_collections=None,
                         updates_collections=None, name=None):
    """How many of those that were true were predicted, at each threshold."""
    return _share('recall_at_thresholds', 'recall_', 'fn', labels, predictions, thresholds, weights,
                  metrics_collections, updates_collections, name)


def _even_thresholds(number, last=1.0 + 1e-7):
    return [0.0 - 1e-7] + [(k + 1) * 1.0 / (number - 1) for k in range(number - 2)] + [last]


def _interpolated_area(tp, fp, fn, number):
    """Under the precision-recall curve, precision interpolated between thresholds by counts."""
    gained = tp[:number - 1] - tp[1:]
    p = tp + fp
    slope = math_ops.div_no_nan(gained, plain.maximum(p[:number - 1] - p[1:], 0), name='prec_slope')
    intercept = tp[1:] - math_ops.multiply(slope, p[1:])
    ratio = array_ops.where(
        plain.logical_and(p[:number - 1] > 0, p[1:] > 0),
        math_ops.div_no_nan(p[:number - 1], plain.maximum(p[1:], 0), name='recall_relative_ratio'),
        array_ops.ones_like(p[1:]))
    return math_ops.reduce_sum(
        math_ops.div_no_nan(slope * (gained + intercept * plain.log(ratio)), plain.maximum(tp[1:] + fn[1:], 0),
                            name='pr_auc_increment'), name='interpolate_pr_auc')


_HEIGHTS = {'minoring': plain.minimum, 'majoring': plain.maximum,
            'trapezoidal': lambda a, b: (a + b) / 2., 'careful_interpolation': lambda a, b: (a + b) / 2.}


def _area(counts, curve, method, number, name):
    tp, fn, tn, fp = (counts[kind] for kind in ('tp', 'fn', 'tn', 'fp'))
    if curve == 'PR' and method == 'careful_interpolation':
        return _interpolated_area(tp, fp, fn, number)
    if curve == 'PR' and method == 'trapezoidal':
        tf_logging.warning('Trapezoidal rule is known to produce incorrect PR-AUCs; please switch to '
                           '"careful_interpolation" instead.')
    epsilon = 1.0e-6
    recall = math_ops.div(tp + epsilon, tp + fn + epsilon)
    if curve == 'ROC':
        x, y = math_ops.div(fp, fp + tn + epsilon), recall
    else:
        x, y = recall, math_ops.div(tp + epsilon, tp + fp + epsilon)
    if method not in _HEIGHTS:
        raise ValueError('Invalid summation_method: %s' % method)
    return math_ops.reduce_sum(math_ops.multiply(x[:number - 1] - x[1:], _HEIGHTS[method](y[:number - 1], y[1:])),
                               name=name)


def auc(labels, predictions, weights=None, num_thresholds=200, metrics_collections=None, updates_collections=None,
        curve='ROC', name=None, summation_method='trapezoidal', thresholds=None):
    """The area under a curve, as thresholds show it.

    Args:
      curve: 'ROC' or 'PR', precision over recall.
      summation_method: 'trapezoidal', 'careful_interpolation', 'minoring' or 'majoring'.
      thresholds: others than num_thresholds even ones.

    Raises:
      ValueError: for another curve or method.
    """
    with variable_scope.variable_scope(name, 'auc', (labels, predictions, weights)):
        if curve not in ('ROC', 'PR'):
            raise ValueError('curve must be either ROC or PR, %s unknown' % (curve))
        if thresholds is None:
            thresholds = _even_thresholds(num_thresholds)
        else:
            thresholds = [0.0 - 1e-7] + sorted(thresholds) + [1.0 + 1e-7]
            num_thresholds = len(thresholds)
        values, updates = _counts(labels, predictions, thresholds, weights)
        value = _area(values, curve, summation_method, num_thresholds, 'value')
        if metrics_collections:
            ops.add_to_collections(metrics_collections, value)
        update = _area(updates, curve, summation_method, num_thresholds, 'update_op')
        return _collected(value, update, None, updates_collections)


def _at_nearest(counts, fixed, wanted, kind, name):
    """The one share at the threshold where the other is nearest to what is wanted."""
    part, rest = fixed
    shares = math_ops.div(counts[part], counts[part] + counts[rest] + 1e-7)
    if part == 'tn':
        index = math_ops.argmin(math_ops.abs(shares - wanted), 0)
    else:
        least = math_ops.reduce_min(math_ops.abs(shares - wanted))
        nearest = math_ops.cast(math_ops.equal(math_ops.abs(shares - wanted), least), dtypes.int64)
        index = math_ops.argmax(math_ops.cumsum(nearest), 0)  # The last of those that are nearest.
    index = math_ops.cast(index, dtypes.int32)
    part, rest = kind
    return math_ops.div(counts[part][index], counts[part][index] + counts[rest][index] + 1e-7, name)


def _one_at_other(default_name, fixed, kind, last, labels, predictions, wanted, weights, num_thresholds,
                  metrics_collections, updates_collections, name):
    with variable_scope.variable_scope(name, default_name, (predictions, labels, weights)):
        values, updates = _counts(labels, predictions, _even_thresholds(num_thresholds, last), weights)
        return _collected(_at_nearest(values, fixed, wanted, kind, 'value'),
                          _at_nearest(updates, fixed, wanted, kind, 'update_op'), metrics_collections,
                          updates_collections)


def sensitivity_at_specificity(labels, predictions, specificity, weights=None, num_thresholds=200,
                               metrics_collections=None, updates_collections=None, name=None):
    """How many that were true were predicted, where that part of those that weren't was not. ValueError outside [0, 1]."""
    if specificity < 0 or specificity > 1:
        raise ValueError('`specificity` must be in the range [0, 1].')
    return _one_at_other('sensitivity_at_specificity', ('tn', 'fp'), ('tp', 'fn'), 1.0 + 1e-7, labels, predictions,
                         specificity, weights, num_thresholds, metrics_collections, updates_collections, name)


def specificity_at_sensitivity(labels, predictions, sensitivity, weights=None, num_thresholds=200,
                               metrics_collections=None, updates_collections=None, name=None):
    """How many that weren't true were not predicted, where that part of those that were was. ValueError outside [0, 1]."""
    if sensitivity < 0 or sensitivity > 1:
        raise ValueError('`sensitivity` must be in the range [0, 1].')
    return _one_at_other('specificity_at_sensitivity', ('tp', 'fn'), ('tn', 'fp'), 1.0 - 1e-7, labels, predictions,
                         sensitivity, weights, num_thresholds, metrics_collections, updates_collections, name)
