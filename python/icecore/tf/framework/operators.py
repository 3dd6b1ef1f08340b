"""Python's operators on tensors."""
from icecore.tf.framework import composites, conversion, dtypes
from icecore.tf.framework.name_scope import name_scope
from icecore.tf.framework.op_def_library import apply_op
from icecore.tf.framework.tensor import Tensor


def _binary(op_type):
    return lambda x, y, name: apply_op(op_type, x=x, y=y, name=name)


def _add(x, y, name):
    return apply_op('Add' if x.dtype.base_dtype == dtypes.string else 'AddV2', x=x, y=y, name=name)


_TRUE_QUOTIENT = {dtypes.uint8: dtypes.float32, dtypes.int8: dtypes.float32, dtypes.uint16: dtypes.float32,
                  dtypes.int16: dtypes.float32, dtypes.int32: dtypes.float64, dtypes.int64: dtypes.float64}


def _cast(x, dtype):
    return apply_op('Cast', x=x, DstT=dtype)


def truediv(x, y, name=None):
    """x / y as Python 3 has it: ints become floating-point numbers (tf.truediv).

    Raises:
      TypeError: where the dtypes differ, or can't be divided.
    """
    with name_scope(name, 'truediv', [x, y]) as name:
        x = conversion.convert_to_tensor(x, name='x')
        y = conversion.convert_to_tensor(y, name='y')
        x_dtype, y_dtype = x.dtype.base_dtype, y.dtype.base_dtype
        if x_dtype != y_dtype:
            raise TypeError('x and y must have the same dtype, got %r != %r' % (x_dtype, y_dtype))
        if not (x_dtype.is_floating or x_dtype.is_complex or x_dtype in _TRUE_QUOTIENT):
            raise TypeError('Invalid dtype %r in __truediv__' % x_dtype)
        quotient = _TRUE_QUOTIENT.get(x_dtype)
        if quotient is not None:
            x, y = _cast(x, quotient), _cast(y, quotient)
        return apply_op('RealDiv', x=x, y=y, name=name)


def div(x, y, name=None):
    """x / y as Python 2 divides: integers stay integers (tf.div)."""
    with name_scope(name, 'div', [x, y]) as name:
        x = conversion.convert_to_tensor(x, name='x')
        y = conversion.convert_to_tensor(y, name='y', dtype=x.dtype.base_dtype)
        floating = x.dtype.base_dtype.is_floating or x.dtype.base_dtype.is_complex
        return apply_op('RealDiv' if floating else 'FloorDiv', x=x, y=y, name=name)


def logical_xor(x, y, name='LogicalXor'):
    """(x or y) and not (x and y) (tf.logical_xor)."""
    either = apply_op('LogicalOr', x=x, y=y)
    both = apply_op('LogicalAnd', x=x, y=y)
    return apply_op('LogicalAnd', x=either, y=apply_op('LogicalNot', x=both), name=name)


def _matmul(a, b, name):
    from icecore.tf.ops import math_ops
    return math_ops.matmul(a, b, name=name)


def pow(x, y, name=None):
    """x to the power of y (tf.pow)."""
    with name_scope(name, 'Pow', [x]) as name:
        return apply_op('Pow', x=x, y=y, name=name)


def abs(x, name=None):
    """The absolute value; of complex numbers a real one (tf.abs)."""
    with name_scope(name, 'Abs', [x]) as name:
        x = conversion.convert_to_tensor(x, name='x')
        if x.dtype.is_complex:
            return apply_op('ComplexAbs', x=x, Tout=x.dtype.real_dtype, name=name)
        return apply_op('Abs', x=x, name=name)


_OPERATORS = {
    'add': (_add, 'add'), 'sub': (_binary('Sub'), 'sub'), 'mul': (_binary('Mul'), 'mul'),
    'div': (div, 'div'), 'truediv': (truediv, 'truediv'), 'floordiv': (_binary('FloorDiv'), 'floordiv'),
    'mod': (_binary('FloorMod'), 'mod'), 'pow': (pow, 'pow'), 'and': (_binary('LogicalAnd'), 'and'),
    'or': (_binary('LogicalOr'), 'or'), 'xor': (logical_xor, 'xor'), 'matmul': (_matmul, 'matmul'),
}


def _left(function, scope, reflected):
    def operator(x, y):
        with name_scope(None, scope, [x, y]) as name:
            if isinstance(y, composites.SparseTensor):
                return NotImplemented
            if not isinstance(y, Tensor):
                try:
                    y = conversion.internal_convert_to_tensor(y, name='y', preferred_dtype=x.dtype.base_dtype)
                except TypeError:
                    # Another class may know what to do.
                    if hasattr(type(y), reflected):
                        return NotImplemented
                    raise
            return function(x, y, name=name)
    return operator


def _right(function, scope):
    def operator(y, x):
        with name_scope(None, scope, [x, y]) as name:
            x = conversion.convert_to_tensor(x, dtype=y.dtype.base_dtype, name='x')
            return function(x, y, name=name)
    return operator


def _comparison(op_type):
    return lambda x, y: apply_op(op_type, x=x, y=y)


def install(kind=Tensor):
    """Gives the class the operators (tf.Tensor; variables hand theirs on)."""
    for word, (function, scope) in _OPERATORS.items():
        setattr(kind, '__%s__' % word, _left(function, scope, '__r%s__' % word))
        setattr(kind, '__r%s__' % word, _right(function, scope))
    for word, op_type in (('lt', 'Less'), ('le', 'LessEqual'), ('gt', 'Greater'), ('ge', 'GreaterEqual')):
        setattr(kind, '__%s__' % word, _comparison(op_type))
    kind.__invert__ = lambda x: apply_op('LogicalNot', x=x)
    kind.__neg__ = lambda x: apply_op('Neg', x=x)
    kind.__abs__ = abs


OVERLOADABLE_OPERATORS = frozenset(
    ['__%s%s__' % (side, word) for word in _OPERATORS for side in ('', 'r')] +
    ['__%s__' % word for word in ('lt', 'le', 'gt', 'ge', 'eq', 'ne', 'invert', 'neg', 'abs', 'getitem')])
Tensor.OVERLOADABLE_OPERATORS = OVERLOADABLE_OPERATORS
install()

