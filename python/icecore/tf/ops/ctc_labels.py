"""Labels of sequences, as connectionist temporal classification takes them."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, functional_ops, math_ops, plain


def _length(tensor, axis):
    """A number where it is known."""
    return tensor.shape.dims[axis].value or array_ops.shape(tensor)[axis]


def collapse_repeated(labels, seq_length, name=None):
    """The labels of each sequence, of equal ones beside each other only the first.

    Args:
      labels: a tensor [batch, longest].
      seq_length: integers [batch]: how many labels each has.
      name: of the scope.

    Returns:
      (labels, seq_length): a tensor [batch, longest that is left], filled up with 0; integers [batch].
    """
    with ops.name_scope(name, 'collapse_repeated_labels', [labels, seq_length]):
        labels = ops.convert_to_tensor(labels, name='labels')
        seq_length = ops.convert_to_tensor(seq_length, name='seq_length')
        is_kept = array_ops.concat([array_ops.ones_like(labels[:, :1], dtypes.bool),
                                    math_ops.not_equal(labels[:, 1:], labels[:, :-1])], axis=1)
        is_kept = plain.logical_and(is_kept, array_ops.sequence_mask(seq_length, maxlen=_length(labels, 1)))
        lengths = math_ops.reduce_sum(math_ops.cast(is_kept, dtypes.int32), axis=1)
        longest = math_ops.reduce_max(lengths)
        is_filled = array_ops.sequence_mask(lengths, maxlen=longest)
        flat_labels = array_ops.reshape(labels, [-1])
        flat_kept = array_ops.reshape(is_kept, [-1])
        flat_filled = array_ops.reshape(is_filled, [-1])
        places = math_ops.range(_length(flat_filled, 0))
        flat = plain.scatter_nd(
            indices=array_ops.expand_dims(array_ops.boolean_mask(places, flat_filled), axis=1),
            updates=array_ops.boolean_mask(flat_labels, flat_kept), shape=array_ops.shape(flat_filled))
        return (array_ops.reshape(flat, [_length(labels, 0), longest]), math_ops.cast(lengths, seq_length.dtype))


def ctc_unique_labels(labels, name=None):
    """The different labels of each row, and which of them stands where.

    Args:
      labels: a tensor [batch, longest].
      name: of the scope.

    Returns:
      (unique, idx): int64 [batch, longest], filled up with 0; int32 [batch, longest].
    """
    with ops.name_scope(name, 'ctc_unique_labels', [labels]):
        labels = ops.convert_to_tensor(labels, name='labels')

        def of_row(row):
            found = array_ops.unique(row)
            padded = array_ops.pad(found.y, [[0, _length(found.idx, 0) - _length(found.y, 0)]])
            return [math_ops.cast(padded, dtypes.int64), found.idx]

        return functional_ops.map_fn(of_row, labels, dtype=[dtypes.int64, dtypes.int32])
