"""tf.Dimension: a number, or what isn't known; a comparison with that gives None."""
import operator

from ..util import compat
from . import dtypes


def _no_division(left, right):
    raise TypeError("unsupported operand type(s) for /: '%s' and '%s', please use // instead" % (left, right))


class Dimension(object):
    """One dimension of a shape: a number, or None where it isn't known."""

    __slots__ = ('_value',)

    def __init__(self, value):
        if value is None or type(value) is int and value >= 0:
            self._value = value
        elif isinstance(value, Dimension):
            self._value = value.value
        elif isinstance(value, dtypes.DType):
            raise TypeError('Cannot convert %s to Dimension' % value)
        else:
            self._value = int(value)
            if not isinstance(value, compat.bytes_or_text_types) and self._value != value:
                raise ValueError('Ambiguous dimension: %s' % value)
            if self._value < 0:
                raise ValueError('Dimension %d must be >= 0' % self._value)

    @property
    def value(self):
        return self._value

    def __repr__(self):
        return 'Dimension(%r)' % self._value

    def __str__(self):
        return '?' if self._value is None else str(self._value)

    def __int__(self):
        return self._value

    def __index__(self):
        return self._value

    def __reduce__(self):
        return Dimension, (self._value,)

    def is_compatible_with(self, other):
        """Whether both can be the same."""
        other = _dimension_or_none(other)
        if other is None:
            return NotImplemented
        return self._value is None or other._value is None or self._value == other._value

    def assert_is_compatible_with(self, other):
        """ValueError unless both can be the same."""
        if not self.is_compatible_with(other):
            raise ValueError('Dimensions %s and %s are not compatible' % (self, other))

    def merge_with(self, other):
        """The dimension that knows what either does."""
        other = _dimension_or_none(other)
        if other is None:
            return NotImplemented
        self.assert_is_compatible_with(other)
        return Dimension(other._value if self._value is None else self._value)

    def __eq__(self, other):
        return self._apply(operator.eq, other, _dimension_or_none)

    def __ne__(self, other):
        return self._apply(operator.ne, other, _dimension_or_none)

    __hash__ = None

    def __lt__(self, other):
        return self._apply(operator.lt, other)

    def __le__(self, other):
        return self._apply(operator.le, other)

    def __gt__(self, other):
        return self._apply(operator.gt, other)

    def __ge__(self, other):
        return self._apply(operator.ge, other)

    def __add__(self, other):
        return self._compute(operator.add, other, _dimension_or_none)

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        return self._compute(operator.sub, other, _dimension_or_none)

    def __rsub__(self, other):
        return as_dimension(other)._compute(operator.sub, self)

    def __mul__(self, other):
        return self._compute(operator.mul, other, _dimension_or_none)

    def __rmul__(self, other):
        return self * other

    def __floordiv__(self, other):
        return self._compute(operator.floordiv, other, _dimension_or_none)

    def __rfloordiv__(self, other):
        return as_dimension(other)._compute(operator.floordiv, self)

    def __mod__(self, other):
        return self._compute(operator.mod, other)

    def __rmod__(self, other):
        return as_dimension(other) % self

    def __truediv__(self, other):
        _no_division('Dimension', type(other).__name__)

    def __rtruediv__(self, other):
        _no_division(type(other).__name__, 'Dimension')

    def _apply(self, operation, other, convert=None):
        """The operation's answer; None where a value isn't known, NotImplemented where `convert` makes no Dimension of it."""
        other = (convert or as_dimension)(other)
        if other is None:
            return NotImplemented
        if self._value is None or other._value is None:
            return None
        return operation(self._value, other._value)

    def _compute(self, operation, other, convert=None):
        value = self._apply(operation, other, convert)
        return value if value is NotImplemented else Dimension(value)


def as_dimension(value):
    return value if isinstance(value, Dimension) else Dimension(value)


def _dimension_or_none(value):
    try:
        return as_dimension(value)
    except (TypeError, ValueError):
        return None
