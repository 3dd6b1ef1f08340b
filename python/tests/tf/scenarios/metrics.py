"""tf.metrics: names of nodes, and values after each of two batches."""
import numpy as np
import tensorflow as tf
tf.logging.set_verbosity(tf.logging.ERROR)
M = tf.metrics
draw = np.random.RandomState(4)
batches = [(draw.rand(6).astype('f'), draw.randint(0, 2, 6)) for _ in range(2)]
batches = [(p, t, np.round(p * 2).astype(int), draw.randint(0, 3, 6), draw.rand(6).astype('f')) for p, t in batches]
p = tf.placeholder(tf.float32, [None], 'p')
t = tf.placeholder(tf.int32, [None], 't')
guess = tf.placeholder(tf.int32, [6], 'guess')
kind = tf.placeholder(tf.int32, [6], 'kind')
w = tf.placeholder(tf.float32, [None], 'w')
real = tf.cast(kind, tf.float32)
yes = p > .5
cases = [
    M.accuracy(t, yes), M.mean(p, w), M.mean_absolute_error(real, p * 2), M.mean_squared_error(real, p),
    M.root_mean_squared_error(real, p, w), M.mean_relative_error(real, p, real + 1), M.percentage_below(p, .4),
    M.mean_tensor(tf.cast(guess, tf.float32)), M.mean_cosine_distance(tf.reshape(real, [2, 3]), tf.reshape(real, [2, 3]), 1),
    M.mean_per_class_accuracy(kind, guess, 3), M.mean_per_class_accuracy(kind, guess, 3, w), M.mean_iou(kind, guess, 3),
    M.mean_iou(kind, guess, 3, w), M.true_positives(t, yes), M.true_negatives(t, yes), M.false_positives(t, yes, w),
    M.false_negatives(t, yes), M.precision(t, yes, w, 'values', 'updates'), M.recall(t, yes, name='mine'), M.auc(t, p),
    M.auc(t, p, w, 20, curve='PR', summation_method='careful_interpolation'), M.auc(t, p, curve='PR'),
    M.auc(t, p, summation_method='majoring', thresholds=[.7, .2]), M.auc(t, p, summation_method='minoring'),
    M.precision_at_thresholds(t, p, [.2, .6]), M.recall_at_thresholds(t, p, [.2, .6], w),
    M.true_positives_at_thresholds(t, p, [.5]), M.true_negatives_at_thresholds(t, p, [.5]),
    M.false_positives_at_thresholds(t, p, [.5]), M.false_negatives_at_thresholds(t, p, [.5]),
    M.sensitivity_at_specificity(t, p, .5), M.specificity_at_sensitivity(t, p, .5, w),
]
for wrong in (lambda: M.auc(t, p, curve='x'), lambda: M.auc(t, p, summation_method='x'),
              lambda: M.sensitivity_at_specificity(t, p, 2.), lambda: M.specificity_at_sensitivity(t, p, -1.)):
    try:
        wrong()
    except ValueError as error:
        print(error)
print([v.name for v in tf.local_variables()], len(tf.get_collection(tf.GraphKeys.METRIC_VARIABLES)))
print([(key, [v.name for v in tf.get_collection(key)]) for key in ('values', 'updates')])
with tf.Session() as session:
    session.run(tf.local_variables_initializer())
    for batch in batches:
        fed = dict(zip((p, t, guess, kind, w), batch))
        for value, update in cases:
            new = session.run(update, fed)
            print(value.name, update.name, np.round(session.run(value), 4).tolist(), np.round(new, 4).tolist())
