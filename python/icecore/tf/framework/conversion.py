"""tf.convert_to_tensor, and what classes of objects it knows."""
import numpy as np

from icecore.tf.framework import constant_op, defaults, dtypes, tensor_shape
from icecore.tf.framework.tensor import Tensor

# (priority, order of registration, classes, function)
_functions = []
_by_class = {}


def register_tensor_conversion_function(base_type, conversion_func, priority=100):
    """Teaches convert_to_tensor() a class (tf.register_tensor_conversion_function).

    Args:
      base_type: a class or a tuple of classes.
      conversion_func: function(value, dtype=None, name=None, as_ref=False), which gives a tensor, or NotImplemented.
      priority: functions of smaller ones are asked first.

    Raises:
      TypeError: where an argument isn't what it should be.
    """
    classes = base_type if isinstance(base_type, tuple) else (base_type,)
    if not all(isinstance(one, type) for one in classes):
        raise TypeError('base_type must be a type or a tuple of types.')
    if any(issubclass(one, Tensor) for one in classes):
        raise TypeError('Cannot register conversions for Tensors.')
    if not callable(conversion_func):
        raise TypeError('conversion_func must be callable.')
    _functions.append((priority, len(_functions), classes, conversion_func))
    _functions.sort(key=lambda row: row[:2])
    _by_class.clear()


def _functions_for(kind):
    found = _by_class.get(kind)
    if found is None:
        found = _by_class[kind] = [function for _, _, classes, function in _functions if issubclass(kind, classes)]
    return found


def convert_to_tensor(value, dtype=None, name=None, preferred_dtype=None, dtype_hint=None):
    """`value` as a tensor of the default graph (tf.convert_to_tensor).

    Args:
      value: a tensor, a variable, numbers, text, arrays, lists of such (also lists that hold tensors).
      dtype: what it must be.
      name: of what is made.
      preferred_dtype, dtype_hint: what it should be where it can; used where `dtype` is None.

    Raises:
      TypeError: where there is no way to make one.
      ValueError: where a tensor has another dtype, or the value is None.
    """
    if preferred_dtype is None:
        preferred_dtype = dtype_hint
    return internal_convert_to_tensor(value, dtype, name, preferred_dtype=preferred_dtype)


def convert_to_tensor_v2(value, dtype=None, dtype_hint=None, name=None):
    """The same with TensorFlow 2's order of arguments."""
    return internal_convert_to_tensor(value, dtype, name, preferred_dtype=dtype_hint)


def _prefix(name):
    return '' if name is None else '%s: ' % name


def internal_convert_to_tensor(value, dtype=None, name=None, as_ref=False, preferred_dtype=None, ctx=None,
                               accepted_result_types=(Tensor,)):
    del ctx
    if dtype is not None:
        dtype = dtypes.as_dtype(dtype)
    if isinstance(value, Tensor):
        if dtype is not None and not dtype.is_compatible_with(value.dtype):
            raise ValueError('Tensor conversion requested dtype %s for Tensor with dtype %s: %r' %
                             (dtype.name, value.dtype.name, value))
        return value
    if preferred_dtype is not None:
        preferred_dtype = dtypes.as_dtype(preferred_dtype)
    for function in _functions_for(type(value)):
        made = None
        if dtype is None and preferred_dtype is not None:
            try:
                made = function(value, dtype=preferred_dtype, name=name, as_ref=as_ref)
            except (TypeError, ValueError):
                pass
            else:
                if made is not NotImplemented and made.dtype.base_dtype != preferred_dtype.base_dtype:
                    raise TypeError('convert_to_tensor did not convert to the preferred dtype: %s vs %s ' %
                                    (made.dtype.base_dtype, preferred_dtype.base_dtype))
        if made is None:
            made = function(value, dtype=dtype, name=name, as_ref=as_ref)
        if made is NotImplemented:
            continue
        if not isinstance(made, accepted_result_types):
            raise RuntimeError('%sConversion function %r for type %s returned non-Tensor: %r' %
                               (_prefix(name), function, type(value), made))
        if dtype is not None and not dtype.is_compatible_with(made.dtype):
            raise RuntimeError('%sConversion function %r for type %s returned incompatible dtype: requested = %s, '
                               'actual = %s' % (_prefix(name), function, type(value), dtype.name, made.dtype.name))
        return made
    raise TypeError('%sCannot convert %r with type %s to Tensor: no conversion function registered.' %
                    (_prefix(name), value, type(value)))


def internal_convert_n_to_tensor(values, dtype=None, name=None, as_ref=False, preferred_dtype=None, ctx=None):
    del ctx
    if isinstance(values, (str, bytes)) or not hasattr(values, '__iter__'):
        raise TypeError('values must be a sequence.')
    return [internal_convert_to_tensor(value, dtype, None if name is None else '%s_%d' % (name, i), as_ref,
                                       preferred_dtype) for i, value in enumerate(values)]


def convert_n_to_tensor(values, dtype=None, name=None, preferred_dtype=None):
    """Each of the values as a tensor."""
    return internal_convert_n_to_tensor(values, dtype, name, preferred_dtype=preferred_dtype)


def convert_to_tensor_or_composite(value, dtype=None, name=None):
    """The same, but slices and sparse tensors stay what they are."""
    from icecore.tf.framework import composites
    if isinstance(value, composites.CompositeTensor):
        if dtype is not None and not dtypes.as_dtype(dtype).is_compatible_with(value.dtype):
            raise ValueError('Tensor conversion requested dtype %s for Tensor with dtype %s: %r' %
                             (dtypes.as_dtype(dtype).name, value.dtype.name, str(value)))
        return value
    return internal_convert_to_tensor(value, dtype, name)


convert_to_tensor_or_indexed_slices = convert_to_tensor_or_composite
internal_convert_to_tensor_or_indexed_slices = convert_to_tensor_or_composite


def convert_n_to_tensor_or_composite(values, dtype=None, name=None):
    return [convert_to_tensor_or_composite(value, dtype, None if name is None else '%s_%d' % (name, i))
            for i, value in enumerate(values)]


convert_n_to_tensor_or_indexed_slices = convert_n_to_tensor_or_composite


# --- What is known from the start -----------------------------------------------------------------------------------


def _constant(value, dtype=None, name=None, as_ref=False):
    del as_ref
    return constant_op.constant(value, dtype, name=name)


def _shape_constant(shape, dtype=None, name=None, as_ref=False):
    del as_ref
    if not shape.is_fully_defined():
        raise ValueError('Cannot convert a partially known TensorShape to a Tensor: %s' % shape)
    dims = shape.as_list()
    large = next((dim for dim in dims if dim >= 2**31), 0)
    if dtype is None:
        dtype = dtypes.int64 if large else dtypes.int32
    elif dtype not in (dtypes.int32, dtypes.int64):
        raise TypeError('Cannot convert a TensorShape to dtype: %s' % dtype)
    elif dtype == dtypes.int32 and large:
        raise ValueError('Cannot convert a TensorShape to dtype int32; a dimension is too large (%s)' % large)
    return constant_op.constant(dims, dtype, name=name or 'shape_as_tensor')


def _dimension_constant(dimension, dtype=None, name=None, as_ref=False):
    del as_ref
    if dimension.value is None:
        raise ValueError('Cannot convert an unknown Dimension to a Tensor: %s' % dimension)
    if dtype is not None and dtype not in (dtypes.int32, dtypes.int64):
        raise TypeError('Cannot convert a TensorShape to dtype: %s' % dtype)
    return constant_op.constant(dimension.value, dtype or dtypes.int32, name=name or 'shape_as_tensor')


# --- Lists that hold tensors ----------------------------------------------------------------------------------------


def is_dense_tensor_like(value):
    """Whether it is a tensor or a variable."""
    return isinstance(value, Tensor) or getattr(type(value), '_is_dense_tensor_like', False)


def register_dense_tensor_like_type(tensor_type):
    """Says that objects of the class are as good as tensors (variables)."""
    tensor_type._is_dense_tensor_like = True


def _leaves(value):
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def _inferred_dtype(values):
    return next((value.dtype.base_dtype for value in _leaves(values) if is_dense_tensor_like(value)), None)


def _cast_leaves(values, dtype):
    from icecore.tf.framework import op_def_library
    if isinstance(values, (list, tuple)):
        return [_cast_leaves(value, dtype) for value in values]
    if is_dense_tensor_like(values) and values.dtype.base_dtype != dtype:
        return op_def_library.apply_op('Cast', x=values, DstT=dtype)
    return values


def _packed(values, dtype, name):
    from icecore.tf.framework import op_def_library
    with defaults.get_default_graph().name_scope(name) as scope:
        items, must_pack = [], False
        for i, value in enumerate(values):
            if is_dense_tensor_like(value):
                if dtype is not None and value.dtype.base_dtype != dtype:
                    raise TypeError('Cannot convert a list containing a tensor of dtype %s to %s (Tensor is: %r)' %
                                    (value.dtype, dtype, value))
                must_pack = True
            elif isinstance(value, (list, tuple)):
                value = _packed(value, dtype, str(i))
                must_pack = must_pack or is_dense_tensor_like(value)
            items.append(value)
        if not must_pack:
            return items
        tensors = [item if is_dense_tensor_like(item) else constant_op.constant(item, dtype, name=str(i))
                   for i, item in enumerate(items)]
        return op_def_library.apply_op('Pack', values=tensors, name=scope)


_NOT_PACKED = {int, float, complex, bool, bytes, str, np.ndarray, type(None)} | {
    kind for kinds in (np.generic.__subclasses__(),) for kind in kinds}


def _pack(values, dtype=None, name=None, as_ref=False):
    if as_ref or all(type(value) in _NOT_PACKED for value in _leaves(values)):
        return NotImplemented
    inferred = _inferred_dtype(values)
    if inferred is None:
        return NotImplemented
    if dtype is None:
        dtype = inferred
    elif dtype != inferred:
        values = _cast_leaves(values, dtype)
    return _packed(values, dtype, name or 'packed')


register_tensor_conversion_function((list, tuple), _pack, 99)
register_tensor_conversion_function((list, tuple), _constant, 100)
register_tensor_conversion_function(tensor_shape.TensorShape, _shape_constant, 100)
register_tensor_conversion_function(tensor_shape.Dimension, _dimension_constant, 100)
register_tensor_conversion_function(object, _constant, 200)
