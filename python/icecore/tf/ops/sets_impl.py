"""tf.sets: sets in the last axis of tensors."""
from icecore.tf.framework import dtypes
from icecore.tf.framework.composites import SparseTensor, convert_to_tensor_or_sparse_tensor
from icecore.tf.ops import plain

_DTYPES = frozenset((dtypes.int8, dtypes.int16, dtypes.int32, dtypes.int64, dtypes.uint8, dtypes.uint16, dtypes.string))


def set_size(a, validate_indices=True):
    """How many different values each set has.

    Args:
      a: a SparseTensor [..., values].
      validate_indices: whether the order of its indices is checked.

    Returns:
      An int32 tensor without the last axis.

    Raises:
      TypeError: where it isn't sparse, or not of integers or strings.
    """
    a = convert_to_tensor_or_sparse_tensor(a, name='a')
    if not isinstance(a, SparseTensor):
        raise TypeError('Expected `SparseTensor`, got %s.' % a)
    if a.values.dtype.base_dtype not in _DTYPES:
        raise TypeError('Invalid dtype %s.' % a.values.dtype)
    return plain.set_size(a.indices, a.values, a.dense_shape, validate_indices)


def _both(a, b):
    """The two, a sparse one behind a dense one, and whether that has changed their order."""
    a = convert_to_tensor_or_sparse_tensor(a, name='a')
    if a.dtype.base_dtype not in _DTYPES:
        raise TypeError("'a' invalid dtype %s." % a.dtype)
    b = convert_to_tensor_or_sparse_tensor(b, name='b')
    if b.dtype.base_dtype != a.dtype.base_dtype:
        raise TypeError("Types don't match, %s vs %s." % (a.dtype, b.dtype))
    if isinstance(a, SparseTensor) and not isinstance(b, SparseTensor):
        return b, a, True
    return a, b, False


def _operation(a, b, operation, validate_indices):
    inputs = []
    for value in (a, b):
        inputs += [value.indices, value.values, value.dense_shape] if isinstance(value, SparseTensor) else [value]
    apply = {2: plain.dense_to_dense_set_operation, 4: plain.dense_to_sparse_set_operation,
             6: plain.sparse_to_sparse_set_operation}[len(inputs)]
    return SparseTensor(*apply(*inputs, operation, validate_indices))


def set_intersection(a, b, validate_indices=True):
    """The values that are in both sets.

    Args:
      a, b: tensors or SparseTensors [..., values] of one integer type, or of strings; equal but for the last axis.
      validate_indices: whether the order of the indices of sparse ones is checked.

    Returns:
      A SparseTensor of as many axes.

    Raises:
      TypeError: where they are of other types, or of different ones.
    """
    a, b, _ = _both(a, b)
    return _operation(a, b, 'intersection', validate_indices)


def set_difference(a, b, aminusb=True, validate_indices=True):
    """The values of a that aren't in b, or those of b that aren't in a.

    Args:
      a, b, validate_indices: as in set_intersection().
      aminusb: whether b is taken from a; else a from b.

    Returns:
      A SparseTensor of as many axes.

    Raises:
      TypeError: where they are of other types, or of different ones.
    """
    a, b, is_turned = _both(a, b)
    return _operation(a, b, 'a-b' if aminusb != is_turned else 'b-a', validate_indices)


def set_union(a, b, validate_indices=True):
    """The values that are in one of the sets, or in both.

    Args:
      a, b, validate_indices: as in set_intersection().

    Returns:
      A SparseTensor of as many axes.

    Raises:
      TypeError: where they are of other types, or of different ones.
    """
    a, b, _ = _both(a, b)
    return _operation(a, b, 'union', validate_indices)
