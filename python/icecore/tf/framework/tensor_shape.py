"""tf.TensorShape and tf.Dimension: shapes of which not everything may be known.

As in TensorFlow 1, a comparison with an unknown dimension gives None, and an element of a shape is a Dimension (until
tf.enable_v2_tensorshape()).
"""
from ..util import compat
from .dimension import Dimension, as_dimension

_V2_BEHAVIOR = [False]


def enable_v2_tensorshape():
    """From now on an element of a shape is an int or None."""
    _V2_BEHAVIOR[0] = True


def disable_v2_tensorshape():
    """From now on an element of a shape is a Dimension."""
    _V2_BEHAVIOR[0] = False


def dimension_value(dimension):
    """The value of a Dimension; what is none, as it is."""
    return dimension.value if isinstance(dimension, Dimension) else dimension


def dimension_at_index(shape, index):
    """The Dimension at an index, of a shape of unknown rank too."""
    assert isinstance(shape, TensorShape)
    return Dimension(None) if shape.rank is None else shape.dims[index]


def _is_proto(value):
    return type(value).__name__ == 'TensorShapeProto' and hasattr(value, 'unknown_rank')


class TensorShape(object):
    """The shape of a tensor: all dimensions known, some, only their number, or nothing (TensorShape(None))."""

    __slots__ = ('_dims', '__weakref__')

    def __init__(self, dims):
        if dims is None:
            self._dims = None
        elif isinstance(dims, compat.bytes_or_text_types):
            raise TypeError('A string has ambiguous TensorShape, please wrap in a list or convert to an int: %s' % dims)
        elif isinstance(dims, TensorShape):
            self._dims = dims._dims
        elif _is_proto(dims):
            sizes = [dim.size for dim in dims.dim]
            self._dims = None if dims.unknown_rank else [Dimension(None if size == -1 else size) for size in sizes]
        else:
            try:
                iterator = iter(dims)
            except TypeError:
                self._dims = [as_dimension(dims)]
            else:
                self._dims = [as_dimension(dim) for dim in iterator]

    @property
    def rank(self):
        """The number of dimensions; None where it isn't known."""
        return None if self._dims is None else len(self._dims)

    @property
    def ndims(self):
        return self.rank

    @property
    def dims(self):
        """The list of Dimensions; None where the rank isn't known."""
        return self._dims

    def _elements(self):
        return [dim.value for dim in self._dims] if _V2_BEHAVIOR[0] else self._dims

    def __repr__(self):
        return 'TensorShape(%r)' % (None if self._dims is None else self._elements())

    def __str__(self):
        if self._dims is None:
            return '<unknown>'
        return '(%s%s)' % (', '.join(map(str, self._elements())), ',' if self.rank == 1 else '')

    def __len__(self):
        if self._dims is None:
            raise ValueError('Cannot take the length of shape with unknown rank.')
        return len(self._dims)

    def __bool__(self):
        return self._dims is not None

    def __iter__(self):
        if self._dims is None:
            raise ValueError('Cannot iterate over a shape with unknown rank.')
        return iter(self._elements())

    def __getitem__(self, key):
        if isinstance(key, slice):
            return TensorShape(self._dims[key]) if self._dims is not None else _slice_of_unknown(key)
        if self._dims is None:
            return None if _V2_BEHAVIOR[0] else Dimension(None)
        return self._elements()[key]

    def num_elements(self):
        """The product of the dimensions; None where one isn't known."""
        if not self.is_fully_defined():
            return None
        size = 1
        for dim in self._dims:
            size *= dim.value
        return size

    def merge_with(self, other):
        """The shape that knows what either does. ValueError where they contradict each other."""
        other = as_shape(other)
        if self._dims is None:
            return other
        try:
            self.assert_same_rank(other)
            theirs = other._dims if other._dims is not None else [Dimension(None)] * len(self._dims)
            return TensorShape([mine.merge_with(their) for mine, their in zip(self._dims, theirs)])
        except ValueError:
            raise ValueError('Shapes %s and %s are not compatible' % (self, other)) from None

    def concatenate(self, other):
        """This shape's dimensions and then the other's."""
        other = as_shape(other)
        if self._dims is None or other._dims is None:
            return unknown_shape()
        return TensorShape(self._dims + other._dims)

    __concat__ = concatenate

    def __add__(self, other):
        return self.concatenate(other)

    def __radd__(self, other):
        return TensorShape(other).concatenate(self)

    def assert_same_rank(self, other):
        other = as_shape(other)
        if None not in (self.rank, other.rank) and self.rank != other.rank:
            raise ValueError('Shapes %s and %s must have the same rank' % (self, other))

    def assert_has_rank(self, rank):
        if self.rank not in (None, rank):
            raise ValueError('Shape %s must have rank %d' % (self, rank))

    def with_rank(self, rank):
        """This shape, of which the rank is known now. ValueError where it is another."""
        try:
            return self.merge_with(unknown_shape(rank=rank))
        except ValueError:
            raise ValueError('Shape %s must have rank %d' % (self, rank)) from None

    def with_rank_at_least(self, rank):
        if self.rank is not None and self.rank < rank:
            raise ValueError('Shape %s must have rank at least %d' % (self, rank))
        return self

    def with_rank_at_most(self, rank):
        if self.rank is not None and self.rank > rank:
            raise ValueError('Shape %s must have rank at most %d' % (self, rank))
        return self

    def is_compatible_with(self, other):
        """Whether one tensor can have both shapes."""
        other = as_shape(other)
        if self._dims is None or other._dims is None:
            return True
        return len(self._dims) == len(other._dims) and all(
            mine.is_compatible_with(their) for mine, their in zip(self._dims, other._dims))

    def assert_is_compatible_with(self, other):
        if not self.is_compatible_with(other):
            raise ValueError('Shapes %s and %s are incompatible' % (self, other))

    def most_specific_compatible_shape(self, other):
        """What both shapes agree in."""
        other = as_shape(other)
        if self._dims is None or other._dims is None or self.rank != other.rank:
            return unknown_shape()
        return TensorShape([mine if mine == their else Dimension(None) for mine, their in zip(self._dims, other._dims)])

    def is_fully_defined(self):
        return self._dims is not None and all(dim.value is not None for dim in self._dims)

    def assert_is_fully_defined(self):
        if not self.is_fully_defined():
            raise ValueError('Shape %s is not fully defined' % self)

    def as_list(self):
        """The dimensions as ints and None."""
        if self._dims is None:
            raise ValueError('as_list() is not defined on an unknown TensorShape.')
        return [dim.value for dim in self._dims]

    def as_proto(self):
        """A TensorShapeProto."""
        from .. import protos
        proto = protos.TensorShapeProto(unknown_rank=self._dims is None)
        for dim in self._dims or ():
            proto.dim.add(size=-1 if dim.value is None else dim.value)
        return proto

    def __eq__(self, other):
        try:
            other = as_shape(other)
        except TypeError:
            return NotImplemented
        return self._dims == other._dims

    def __ne__(self, other):
        try:
            other = as_shape(other)
        except TypeError:
            return NotImplemented
        if self.rank is None or other.rank is None:
            raise ValueError('The inequality of unknown TensorShapes is undefined.')
        return self.rank != other.rank or self._dims != other._dims

    __hash__ = None

    def __reduce__(self):
        return TensorShape, (self._dims,)


def _slice_of_unknown(key):
    """What is known of shape[key] when nothing is known of the shape: at most how many dimensions it has."""
    start = 0 if key.start is None else key.start
    if key.step is not None:
        raise ValueError('Steps are not yet handled')
    if key.stop is None or start < 0 or key.stop < 0:
        return unknown_shape()
    return unknown_shape(rank=key.stop - start)


def as_shape(shape):
    return shape if isinstance(shape, TensorShape) else TensorShape(shape)


def unknown_shape(rank=None, **kwargs):
    """A shape of which at most the rank is known."""
    if rank is None and 'ndims' in kwargs:
        rank = kwargs.pop('ndims')
    if kwargs:
        raise TypeError('Unknown argument: %s' % kwargs)
    return TensorShape(None if rank is None else [Dimension(None)] * rank)


def scalar():
    return TensorShape([])


def vector(length):
    return TensorShape([length])


def matrix(rows, cols):
    return TensorShape([rows, cols])
