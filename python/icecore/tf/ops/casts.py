"""Tensors of other dtypes (names of math_ops)."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import plain


def cast(x, dtype, name=None):
    """x as another dtype; itself where it is of that one."""
    wanted = dtypes.as_dtype(dtype).base_dtype
    if wanted == getattr(x, 'dtype', None) and isinstance(x, ops.Tensor):
        return x
    if wanted == getattr(x, 'dtype', None) and hasattr(x, '_handle_is_resource') and x._handle_is_resource:
        return x
    with ops.name_scope(name, 'Cast', [x]) as name:
        if isinstance(x, ops.IndexedSlices):
            return ops.IndexedSlices(cast(x.values, wanted, name=name), x.indices, x.dense_shape)
        x = ops.convert_to_tensor(x, name='x')
        return x if x.dtype.base_dtype == wanted else plain.cast(x, wanted, name=name)


def saturate_cast(value, dtype, name=None):
    """The same; what the dtype can't hold becomes its largest or smallest number."""
    with ops.name_scope(name, 'saturate_cast', [value]) as name:
        value = ops.convert_to_tensor(value, name='value')
        dtype = dtypes.as_dtype(dtype).base_dtype
        if value.dtype.min < dtype.min:
            value = plain.maximum(value, ops.convert_to_tensor(dtype.min, dtype=value.dtype, name='min'))
        if value.dtype.max > dtype.max:
            value = plain.minimum(value, ops.convert_to_tensor(dtype.max, dtype=value.dtype, name='max'))
        return cast(value, dtype, name=name)


def _to(function_name, dtype, scope):
    def to(x, name=scope):
        return cast(x, dtype, name=name)

    to.__name__ = to.__qualname__ = function_name
    to.__doc__ = 'cast(x, tf.%s).' % dtype.name
    return to


to_float = _to('to_float', dtypes.float32, 'ToFloat')
to_double = _to('to_double', dtypes.float64, 'ToDouble')
to_int32 = _to('to_int32', dtypes.int32, 'ToInt32')
to_int64 = _to('to_int64', dtypes.int64, 'ToInt64')
to_bfloat16 = _to('to_bfloat16', dtypes.bfloat16, 'ToBFloat16')
to_complex64 = _to('to_complex64', dtypes.complex64, 'ToComplex64')
to_complex128 = _to('to_complex128', dtypes.complex128, 'ToComplex128')
