"""A tensor's value as what a checkpoint must give back: dtype, shape and little-endian row-major bytes."""
import hashlib

import numpy as np
import tensorflow as tf

# dtypes that numpy lacks (or knows as a one-field record) and the integers of the same width that carry their bits
BITS = {'bfloat16': 'uint16', 'qint8': 'int8', 'quint8': 'uint8', 'qint16': 'int16', 'quint16': 'uint16', 'qint32': 'int32'}


class Value:
    def __init__(self, dtype, array):
        """array: the numbers; for a dtype of BITS its bits as integers; for strings an object array of bytes."""
        self.dtype = dtype
        if dtype == 'string':
            self.array = np.empty(np.shape(array), object)
            self.array[...] = array
        else:
            self.array = np.array(array, BITS.get(dtype, dtype))

    @property
    def shape(self):
        return list(self.array.shape)

    def items(self):
        """The bytes of each item of a string tensor."""
        return [bytes(item) for item in self.array.ravel()]

    def bytes(self):
        if self.dtype == 'string':
            return b''.join(self.items())
        return self.array.astype(self.array.dtype.newbyteorder('<')).tobytes()

    def tensor(self):
        """A TensorFlow tensor of the current default graph with this value."""
        if self.dtype in FLOATS + COMPLEX + QUANTIZED:  # as floats, constants make signaling NaNs quiet
            width = self.array.itemsize
            if width == 16:
                return tf.bitcast(tf.constant(self.array.reshape(self.shape + [1]).view('int64')), self.dtype)
            return tf.bitcast(tf.constant(self.array.view('int%d' % (8 * width))), self.dtype)
        return tf.constant(self.array, self.dtype)

    def expected(self):
        """What expected.json says of it; whole values only for the small ones."""
        data = self.bytes()
        said = {'dtype': self.dtype, 'shape': self.shape, 'bytes': len(data), 'sha256': hashlib.sha256(data).hexdigest()}
        if len(data) <= 64 and self.dtype != 'string':
            said['hex'] = data.hex()
            if self.dtype not in BITS and not self.dtype.startswith('complex'):
                said['values'] = [plain(number) for number in self.array.ravel()]
        if self.dtype == 'string' and self.array.size <= 8 and len(data) <= 400:
            said['items_hex'] = [item.hex() for item in self.items()]
        return said

    def part(self, slices):
        """The part that [(start, length), ...] names; a length of -1 is the whole extent."""
        where = tuple(slice(None) if length < 0 else slice(start, start + length) for start, length in slices)
        return Value(self.dtype, self.array[where])


def plain(number):
    """A number as JSON holds it; what JSON lacks as Python's text."""
    number = number.item()
    if isinstance(number, float) and (number != number or abs(number) == float('inf')):
        return repr(number)
    return number


INTEGERS = ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']
FLOATS = ['float16', 'bfloat16', 'float32', 'float64']
COMPLEX = ['complex64', 'complex128']
QUANTIZED = ['qint8', 'quint8', 'qint16', 'quint16', 'qint32']
ALL = FLOATS + INTEGERS + ['bool'] + COMPLEX + QUANTIZED + ['string']


def matrix(dtype):
    """A 2 by 3 value with the dtype's extremes."""
    if dtype == 'string':
        rows = [[b'', b'plain', b'with \0 NUL'], [b'\xff\xfe not UTF-8 \x80', 'ñ'.encode(), b'long ' * 60]]
        return Value(dtype, np.array(rows, object))
    if dtype == 'bool':
        return Value(dtype, [[True, False, True], [False, False, True]])
    if dtype == 'bfloat16':  # 1.5, -2, 0.00390625, inf, nan, -0
        return Value(dtype, [[0x3fc0, 0xc000, 0x3b80], [0x7f80, 0x7fc0, 0x8000]])
    if dtype in FLOATS:
        info = np.finfo(dtype)
        return Value(dtype, [[1.5, -2.0, info.tiny], [info.max, np.nan, -0.0]])
    if dtype in COMPLEX:
        return Value(dtype, [[1.5 - 2j, 3j, -0.25], [complex(np.inf, -1), complex(0.0, -0.0), 1e10 + 1e-10j]])
    info = np.iinfo(BITS.get(dtype, dtype))
    return Value(dtype, [[0, 1, info.max], [info.min, 100, info.max - 1]])


def scalar(dtype):
    return Value(dtype, matrix(dtype).array[0, 1])


def empty(dtype):
    return Value(dtype, np.empty((0, 3), object if dtype == 'string' else BITS.get(dtype, dtype)))


def counted(dtype, *shape):
    """Distinct values of any shape, so that a part in the wrong place shows."""
    n = int(np.prod(shape, dtype=np.int64))
    if dtype == 'string':
        return Value(dtype, np.array([b'item %d' % i * (i % 3 + 1) for i in range(n)], object).reshape(shape))
    if dtype == 'bool':
        return Value(dtype, (np.arange(n) % 3 == 0).reshape(shape))
    if dtype == 'bfloat16':
        return Value(dtype, (0x3f80 + np.arange(n)).reshape(shape))
    if dtype in COMPLEX:
        return Value(dtype, (np.arange(n) * (1 - 2j)).reshape(shape))
    return Value(dtype, np.arange(n).reshape(shape))
