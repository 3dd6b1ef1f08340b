"""tf.range."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import plain
from icecore.tf.ops.casts import cast

_DTYPES = [dtypes.int32, dtypes.int64, dtypes.float32, dtypes.float64]


def range(start, limit=None, delta=1, dtype=None, name='range'):
    """start, start + delta, … below limit; of one argument from 0."""
    if limit is None:
        start, limit = 0, start
    with ops.name_scope(name, 'Range', [start, limit, delta]) as name:
        start = ops.convert_to_tensor(start, dtype=dtype, name='start')
        limit = ops.convert_to_tensor(limit, dtype=dtype, name='limit')
        delta = ops.convert_to_tensor(delta, dtype=dtype, name='delta')
        if dtype is None:
            given = [tensor.dtype.base_dtype for tensor in (start, limit, delta)]
            assert all(d in _DTYPES for d in given)
            widest = max(given, key=_DTYPES.index)
            start, limit, delta = cast(start, widest), cast(limit, widest), cast(delta, widest)
        return plain._range(start, limit, delta, name=name)
