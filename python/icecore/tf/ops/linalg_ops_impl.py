"""tf.eye."""
import numpy as np

from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, plain
from icecore.tf.ops.static import is_tensor


def eye(num_rows, num_columns=None, batch_shape=None, dtype=dtypes.float32, name=None):
    """Identity matrices."""
    with ops.name_scope(name, default_name='eye', values=[num_rows, num_columns, batch_shape]):
        square = num_columns is None
        batch = [] if batch_shape is None else batch_shape
        columns = num_rows if square else num_columns
        if is_tensor(num_rows) or is_tensor(columns):
            size = plain.minimum(num_rows, columns)
        else:
            if not isinstance(num_rows, (int, np.integer)) or not isinstance(columns, (int, np.integer)):
                raise TypeError('num_rows and num_columns must be positive integer values.')
            square = num_rows == columns
            size = int(min(num_rows, columns))
        if is_tensor(batch) or is_tensor(size):
            batch = ops.convert_to_tensor(batch, name='shape', dtype=dtypes.int32)
            diagonal_shape = array_ops.concat((batch, [size]), axis=0)
            whole = None if square else array_ops.concat((batch, [num_rows, columns]), axis=0)
        else:
            batch = list(batch)
            diagonal_shape = batch + [size]
            whole = None if square else batch + [num_rows, columns]
        diagonal = array_ops.ones(diagonal_shape, dtype=dtype)
        if square:
            return array_ops.matrix_diag(diagonal)
        return array_ops.matrix_set_diag(array_ops.zeros(whole, dtype=dtype), diagonal)
