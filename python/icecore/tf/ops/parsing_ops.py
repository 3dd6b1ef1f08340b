"""tf.io: bytes as numbers."""
from icecore.tf.ops import plain
from icecore.tf.ops.deprecated import argument

__getattr__ = plain.fallback(__name__)


def decode_raw_v1(input_bytes=None, out_type=None, little_endian=True, name=None, bytes=None):
    """The bytes of each string as numbers."""
    return plain.decode_raw(argument('input_bytes', input_bytes, 'bytes', bytes), out_type, little_endian=little_endian,
                            name=name)
