"""tf.nn.nce_loss and tf.nn.sampled_softmax_loss: losses over many classes, of which some are drawn."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import (array_ops, candidate_sampling_ops, embedding_ops, math_ops, nn_impl, nn_ops, plain,
                            variables)


def _sum_rows(matrix):
    columns = array_ops.shape(matrix)[1]
    ones = array_ops.ones(array_ops.stack([columns, 1]), matrix.dtype)
    return array_ops.reshape(math_ops.matmul(matrix, ones), [-1])


def _rows_of(table, ids, strategy, dtype):
    rows = embedding_ops.embedding_lookup(table, ids, partition_strategy=strategy)
    return rows if rows.dtype == dtype else math_ops.cast(rows, dtype)


def _without_hits(logits, labels, sampled, num_true, num_sampled):
    """Logits of drawn classes; of those that are the row's true ones so low that they don't count."""
    rows, places, weights = candidate_sampling_ops.compute_accidental_hits(labels, sampled, num_true=num_true)
    rows = array_ops.reshape(rows, [-1, 1])
    places = array_ops.reshape(math_ops.cast(places, dtypes.int32), [-1, 1])
    indices = array_ops.concat([rows, places], 1, 'sparse_indices')
    shape = array_ops.concat([array_ops.shape(labels)[:1], array_ops.expand_dims(num_sampled, 0)], 0)
    if logits.dtype != weights.dtype:
        weights = math_ops.cast(weights, logits.dtype)
    return logits + plain.sparse_to_dense(indices, shape, weights, default_value=0.0, validate_indices=False)


def _true_logits(inputs, weights, biases, num_true):
    """A column for each true class of a row."""
    width = array_ops.shape(weights)[1:2]
    shape = array_ops.concat([[-1, num_true], width], 0)
    products = math_ops.multiply(array_ops.expand_dims(inputs, 1), array_ops.reshape(weights, shape))
    products = array_ops.reshape(products, array_ops.concat([[-1], width], 0))
    logits = array_ops.reshape(_sum_rows(products), [-1, num_true])
    return logits + array_ops.reshape(biases, [-1, num_true])


def _sampled_logits(weights, biases, labels, inputs, num_sampled, num_classes, num_true, sampled_values,
                    remove_accidental_hits, partition_strategy, name, seed=None):
    """Logits and labels of the true classes and, after them, of the drawn ones."""
    if isinstance(weights, variables.PartitionedVariable):
        weights = list(weights)
    if not isinstance(weights, list):
        weights = [weights]
    with ops.name_scope(name, 'compute_sampled_logits', weights + [biases, inputs, labels]):
        if labels.dtype != dtypes.int64:
            labels = math_ops.cast(labels, dtypes.int64)
        flat_labels = array_ops.reshape(labels, [-1])
        if sampled_values is None:
            sampled_values = candidate_sampling_ops.log_uniform_candidate_sampler(
                labels, num_true, num_sampled, unique=True, range_max=num_classes, seed=seed)
        sampled, true_counts, sampled_counts = (array_ops.stop_gradient(value) for value in sampled_values)
        sampled = math_ops.cast(sampled, dtypes.int64)
        ids = array_ops.concat([flat_labels, sampled], 0)

        rows = _rows_of(weights, ids, partition_strategy, inputs.dtype)
        true_rows = array_ops.slice(rows, [0, 0], array_ops.stack([array_ops.shape(flat_labels)[0], -1]))
        sampled_rows = array_ops.slice(rows, array_ops.stack([array_ops.shape(flat_labels)[0], 0]), [-1, -1])
        sampled_logits = math_ops.matmul(inputs, sampled_rows, transpose_b=True)
        offsets = _rows_of(biases, ids, partition_strategy, inputs.dtype)
        true_offsets = array_ops.slice(offsets, [0], array_ops.shape(flat_labels))
        sampled_offsets = array_ops.slice(offsets, array_ops.shape(flat_labels), [-1])
        true_logits = _true_logits(inputs, true_rows, true_offsets, num_true)
        sampled_logits += sampled_offsets
        if remove_accidental_hits:
            sampled_logits = _without_hits(sampled_logits, labels, sampled, num_true, num_sampled)
        true_logits -= plain.log(true_counts)
        sampled_logits -= plain.log(sampled_counts)
        logits = array_ops.concat([true_logits, sampled_logits], 1)
        # The chances of a row's true classes are equal, and 1 together.
        chances = array_ops.concat([array_ops.ones_like(true_logits) / num_true, array_ops.zeros_like(sampled_logits)], 1)
        return logits, chances


def nce_loss(weights, biases, labels, inputs, num_sampled, num_classes, num_true=1, sampled_values=None,
             remove_accidental_hits=False, partition_strategy='mod', name='nce_loss'):
    """Noise-contrastive estimation: true classes are to be told from drawn ones. A loss for each row."""
    logits, labels = _sampled_logits(weights, biases, labels, inputs, num_sampled, num_classes, num_true,
                                     sampled_values, remove_accidental_hits, partition_strategy, name)
    losses = nn_impl.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits, name='sampled_losses')
    return _sum_rows(losses)


def sampled_softmax_loss(weights, biases, labels, inputs, num_sampled, num_classes, num_true=1, sampled_values=None,
                         remove_accidental_hits=True, partition_strategy='mod', name='sampled_softmax_loss',
                         seed=None):
    """Softmax and cross entropy over the true classes and drawn ones. A loss for each row."""
    logits, labels = _sampled_logits(weights, biases, labels, inputs, num_sampled, num_classes, num_true,
                                     sampled_values, remove_accidental_hits, partition_strategy, name, seed)
    labels = array_ops.stop_gradient(labels, name='labels_stop_gradient')
    return nn_ops.softmax_cross_entropy_with_logits_v2_helper(labels=labels, logits=logits)
