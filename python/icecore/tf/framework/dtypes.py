"""tf.DType and the dtypes. numpy is loaded when somebody asks for a numpy type, a limit, or gives one."""
import builtins

# name -> (TensorFlow's number, bytes of an element where numpy has such a type, kind).
_KINDS = {
    'float32': (1, 4, 'f'), 'float64': (2, 8, 'f'), 'int32': (3, 4, 'i'), 'uint8': (4, 1, 'u'), 'int16': (5, 2, 'i'),
    'int8': (6, 1, 'i'), 'string': (7, 8, 'O'), 'complex64': (8, 8, 'c'), 'int64': (9, 8, 'i'), 'bool': (10, 1, 'b'),
    'qint8': (11, 1, 'q'), 'quint8': (12, 1, 'q'), 'qint32': (13, 4, 'q'), 'bfloat16': (14, 2, 'f'),
    'qint16': (15, 2, 'q'), 'quint16': (16, 2, 'q'), 'uint16': (17, 2, 'u'), 'complex128': (18, 16, 'c'),
    'float16': (19, 2, 'f'), 'resource': (20, 1, '-'), 'variant': (21, 1, '-'), 'uint32': (22, 4, 'u'),
    'uint64': (23, 8, 'u'),
}
_NAME_OF = {number: name for name, (number, _, _) in _KINDS.items()}
_REF = 100
# numpy's types of the quantized ones: a record with one field.
_QUANTIZED = {'qint8': 'int8', 'quint8': 'uint8', 'qint16': 'int16', 'quint16': 'uint16', 'qint32': 'int32'}
# Floats for which TensorFlow knows no limits of pictures.
_NO_LIMITS = ('float16', 'bfloat16')


class DType(object):
    """The type of a tensor's elements. `tf.float32` and the others are the only ones; as_dtype() finds them."""

    def __init__(self, type_enum):
        type_enum = int(type_enum)
        if type_enum not in _NAME_OF and type_enum - _REF not in _NAME_OF:
            raise TypeError('type_enum is not a valid types_pb2.DataType: %s' % type_enum)
        self._type_enum = type_enum
        self._base_name = _NAME_OF[type_enum % _REF]
        self._kind = _KINDS[self._base_name][2]

    @property
    def name(self):
        return self._base_name + ('_ref' if self._is_ref_dtype else '')

    @property
    def as_datatype_enum(self):
        """The number of types_pb2.DataType."""
        return self._type_enum

    @property
    def _is_ref_dtype(self):
        return self._type_enum > _REF

    @property
    def _as_ref(self):
        return self if self._is_ref_dtype else _INTERNED[self._type_enum + _REF]

    @property
    def base_dtype(self):
        """The dtype that isn't a reference."""
        return _INTERNED[self._type_enum - _REF] if self._is_ref_dtype else self

    @property
    def real_dtype(self):
        """The dtype of a complex one's parts; else this one."""
        return {'complex64': float32, 'complex128': float64}.get(self._base_name, self)

    @property
    def is_numpy_compatible(self):
        return self._kind != '-'

    @property
    def as_numpy_dtype(self):
        """numpy's scalar type; bool and object stand for tf.bool and tf.string, as in TensorFlow."""
        if self._kind in 'bO':
            return {'b': builtins.bool, 'O': builtins.object}[self._kind]
        if not self.is_numpy_compatible:
            raise KeyError(self._type_enum)
        import numpy
        if self._base_name == 'bfloat16':
            return _numpy_bfloat16()
        if self._kind == 'q':
            return numpy.dtype([(self._base_name, _QUANTIZED[self._base_name])])
        return getattr(numpy, self._base_name)

    @property
    def is_bool(self):
        return self._kind == 'b'

    @property
    def is_integer(self):
        """Whether it is an integer, quantized ones left out."""
        return self._kind in 'iu'

    @property
    def is_floating(self):
        return self._kind == 'f'

    @property
    def is_complex(self):
        return self._kind == 'c'

    @property
    def is_quantized(self):
        return self._kind == 'q'

    @property
    def is_unsigned(self):
        return self._kind == 'u'

    @property
    def size(self):
        """Bytes of an element; 8 of a string, 1 of what numpy doesn't know."""
        return _KINDS[self._base_name][1]

    @property
    def min(self):
        """The least value. TypeError for what has no order."""
        return self._limit('min', 'minimum')

    @property
    def max(self):
        """The greatest value. TypeError for what has no order."""
        return self._limit('max', 'maximum')

    def _limit(self, which, word):
        if self._kind not in 'fiu':
            raise TypeError('Cannot find %s value of %s.' % (word, self))
        import numpy
        if self._base_name == 'bfloat16':
            bound = float.fromhex('0x1.FEp127')
            return _numpy_bfloat16()(bound if which == 'max' else -bound)
        info = numpy.finfo if self._kind == 'f' else numpy.iinfo
        return getattr(info(self.as_numpy_dtype), which)

    @property
    def limits(self):
        """(0, the brightest) of a picture of this dtype: 1 for floats."""
        if self._kind not in 'fiu' or self._base_name in _NO_LIMITS:
            raise KeyError(self.as_numpy_dtype)
        return 0, 1 if self._kind == 'f' else self.max

    def is_compatible_with(self, other):
        """Whether a tensor of dtype `other` may stand where this one is asked for."""
        other = as_dtype(other)
        return self._type_enum in (other.as_datatype_enum, other.base_dtype.as_datatype_enum)

    def __int__(self):
        return self._type_enum

    def __eq__(self, other):
        if isinstance(other, DType):
            return self._type_enum == other._type_enum
        if other is None:
            return False
        try:
            return self._type_enum == as_dtype(other)._type_enum
        except TypeError:
            return False

    def __ne__(self, other):
        return not self.__eq__(other)

    def __hash__(self):
        return self._type_enum

    def __reduce__(self):
        return as_dtype, (self.name,)

    def __str__(self):
        return '<dtype: %r>' % self.name

    def __repr__(self):
        return 'tf.' + self.name


def _numpy_bfloat16():
    try:
        import ml_dtypes
    except ImportError:
        raise TypeError('numpy has no bfloat16; `pip install ml_dtypes` gives it one') from None
    return ml_dtypes.bfloat16


_INTERNED = {number + ref: DType(number + ref) for number in _NAME_OF for ref in (0, _REF)}
_BY_NAME = {dtype.name: dtype for dtype in _INTERNED.values()}
_BY_NAME.update(half=_BY_NAME['float16'], half_ref=_BY_NAME['float16_ref'], float=_BY_NAME['float32'],
                float_ref=_BY_NAME['float32_ref'], double=_BY_NAME['float64'], double_ref=_BY_NAME['float64_ref'])
# float32, float32_ref, ... as names of this module.
globals().update({name: dtype for name, dtype in _BY_NAME.items() if not name.startswith('float_') and name != 'float'})
half, double = _BY_NAME['float16'], _BY_NAME['float64']
float32, float64, string = _BY_NAME['float32'], _BY_NAME['float64'], _BY_NAME['string']
QUANTIZED_DTYPES = frozenset(dtype for dtype in _INTERNED.values() if dtype.is_quantized)
TF_VALUE_DTYPES = {dtype for dtype in _INTERNED.values() if not dtype._is_ref_dtype and dtype.is_numpy_compatible}
_PYTHON_TYPES = {builtins.float: float32, builtins.bool: _BY_NAME['bool'], builtins.object: string}


def as_dtype(type_value):
    """The DType of a DType, a name, a number of types_pb2.DataType, a type of numpy's, or float, bool or object.

    TypeError where there is none.
    """
    if isinstance(type_value, DType):
        return type_value
    if isinstance(type_value, builtins.str):
        found = _BY_NAME.get(type_value)
    elif isinstance(type_value, type):
        found = _PYTHON_TYPES.get(type_value) or _of_numpy(type_value)
    elif hasattr(type_value, 'dtype') or type(type_value).__module__.partition('.')[0] == 'numpy':
        found = _of_numpy(type_value)
    else:
        found = _INTERNED.get(type_value)
    if found is None:
        raise TypeError('Cannot convert value %r to a TensorFlow DType.' % (type_value,))
    return found


def _of_numpy(type_value):
    """The DType of a dtype or scalar type of numpy's; None where there is none."""
    if isinstance(type_value, type) and type_value.__module__.partition('.')[0] not in ('numpy', 'ml_dtypes'):
        return None
    import numpy
    if not isinstance(type_value, numpy.dtype):
        if not (isinstance(type_value, type) and issubclass(type_value, numpy.generic)):
            return _INTERNED.get(type_value)
        type_value = numpy.dtype(type_value)
    if type_value.kind in 'OSU':
        return string
    if type_value.names and type_value.names[0] in _QUANTIZED:
        return _BY_NAME[type_value.names[0]]
    return _BY_NAME.get(type_value.name) if type_value.kind in 'fiucbV' else None
