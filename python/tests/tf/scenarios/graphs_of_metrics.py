"""tf.metrics and tf.confusion_matrix: a digest of each graph, or, with names of cases as arguments, its nodes."""
import numpy as np
import tensorflow as tf
from listings import case, main
tf.logging.set_verbosity(tf.logging.ERROR)
M = tf.metrics


def floats(known=(6,), phase=0.):
    return tf.placeholder_with_default(np.float32(np.sin(np.arange(6) + phase) / 2 + .5), known)


def ints(known=(6,), step=1):
    return tf.placeholder_with_default(np.int32(np.arange(6) * step % 3), known)


def bools(known=(6,), step=1):
    return tf.cast(ints(known, step) % 2, tf.bool)


for name in ('accuracy', 'mean_absolute_error', 'mean_squared_error', 'root_mean_squared_error'):
    case(name, lambda name=name: list(getattr(M, name)(floats(), floats(phase=1))))
    case(name + '_weighted', lambda name=name: list(getattr(M, name)(floats(), floats(phase=1), floats(phase=2), ['v'], ['u'], 'mine')))
    case(name + '_free', lambda name=name: list(getattr(M, name)(floats([None]), floats([None], 1), floats([None], 2))))
for name in ('true_positives', 'true_negatives', 'false_positives', 'false_negatives', 'precision', 'recall'):
    case(name, lambda name=name: list(getattr(M, name)(bools(), bools(step=2))))
    case(name + '_free', lambda name=name: list(getattr(M, name)(bools([None]), ints([None], 2), floats([None]))))
for name in ('true_positives', 'true_negatives', 'false_positives', 'false_negatives', 'precision', 'recall'):
    case(name + '_at', lambda name=name: list(getattr(M, name + '_at_thresholds')(bools(), floats(), [.2, .7])))
    case(name + '_at_free', lambda name=name: list(getattr(M, name + '_at_thresholds')(bools([None]), floats([None]), [.2, .7], floats([None]))))
case('mean', lambda: list(M.mean(floats(), floats(phase=1))))
case('mean_scalar', lambda: list(M.mean(tf.constant(3.))))
case('mean_tensor', lambda: list(M.mean_tensor(floats(), name='mine')))
case('mean_relative', lambda: list(M.mean_relative_error(floats(), floats(phase=1), floats(phase=2))))
case('percentage', lambda: list(M.percentage_below(floats(), .4, floats(phase=1))))
case('cosine', lambda: list(M.mean_cosine_distance(tf.reshape(floats(), [2, 3]), tf.reshape(floats(phase=1), [2, 3]), 1)))
for name in ('mean_per_class_accuracy', 'mean_iou'):
    case(name, lambda name=name: list(getattr(M, name)(ints(), ints(step=2), 3)))
    case(name + '_free', lambda name=name: list(getattr(M, name)(ints([None]), ints([None], 2), 3, floats([None]))))
for curve in ('ROC', 'PR'):
    for method in ('trapezoidal', 'minoring', 'majoring', 'careful_interpolation'):
        case('auc_%s_%s' % (curve, method), lambda curve=curve, method=method: list(
            M.auc(bools(), floats(), num_thresholds=5, curve=curve, summation_method=method)))
case('auc_free', lambda: list(M.auc(bools([None]), floats([None]), floats([None]), thresholds=[.3, .6])))
case('sensitivity', lambda: list(M.sensitivity_at_specificity(bools(), floats(), .5)))
case('specificity', lambda: list(M.specificity_at_sensitivity(bools(), floats(), .5, floats(), 4)))
case('confusion', lambda: tf.confusion_matrix([0, 2, 1, 1], [0, 1, 1, 2]), True)
case('confusion_free', lambda: tf.confusion_matrix(ints([None]), ints([None], 2), 3, tf.float32, 'mine', floats([None])), True)
case('confusion_beyond', lambda: tf.confusion_matrix([0, 2], [0, 1], 2), True)
main()
