"""TFRecord files: tf.python_io and tf.io.

A record is its length (8 bytes), that length's checksum, the bytes, their checksum. A compressed file is such a file, as a
stream of zlib or gzip.
"""
import os
import struct
import zlib

from icecore.tf.lib.io import crc32c


class TFRecordCompressionType:
    """How a file is compressed."""
    NONE = 0
    ZLIB = 1
    GZIP = 2


class TFRecordOptions:
    """How a file is compressed, and how well: what isn't said is zlib's default."""

    compression_type_map = {
        TFRecordCompressionType.ZLIB: 'ZLIB',
        TFRecordCompressionType.GZIP: 'GZIP',
        TFRecordCompressionType.NONE: '',
    }

    def __init__(self, compression_type=None, flush_mode=None, input_buffer_size=None, output_buffer_size=None,
                 window_bits=None, compression_level=None, compression_method=None, mem_level=None,
                 compression_strategy=None):
        self.get_compression_type_string(compression_type)
        self.compression_type = compression_type
        self.flush_mode = flush_mode
        self.input_buffer_size = input_buffer_size
        self.output_buffer_size = output_buffer_size
        self.window_bits = window_bits
        self.compression_level = compression_level
        self.compression_method = compression_method
        self.mem_level = mem_level
        self.compression_strategy = compression_strategy

    @classmethod
    def get_compression_type_string(cls, options):
        """'', 'ZLIB' or 'GZIP', of options, a type or its name. ValueError where it is none."""
        if not options:
            return ''
        if isinstance(options, TFRecordOptions):
            return cls.get_compression_type_string(options.compression_type)
        if options in cls.compression_type_map:
            return cls.compression_type_map[options]
        if options in cls.compression_type_map.values():
            return options
        raise ValueError('Not a valid compression_type: "{}"'.format(options))


_WINDOW_BITS = {'ZLIB': 15, 'GZIP': 31}


class TFRecordWriter:
    """Writes records into a new file."""

    def __init__(self, path, options=None):
        if not isinstance(options, TFRecordOptions):
            options = TFRecordOptions(compression_type=options)
        kind = options.get_compression_type_string(options)
        level = -1 if options.compression_level is None else options.compression_level
        self._packer = zlib.compressobj(level, zlib.DEFLATED, _WINDOW_BITS[kind]) if kind else None
        self._file = opened(path, 'wb')

    def __enter__(self):
        return self

    def __exit__(self, unused_type, unused_value, unused_traceback):
        self.close()

    def write(self, record):
        """Appends bytes."""
        length = struct.pack('<Q', len(record))
        data = b''.join([length, struct.pack('<I', crc32c.masked(length)), record,
                         struct.pack('<I', crc32c.masked(record))])
        self._file.write(data if self._packer is None else self._packer.compress(data))

    def flush(self):
        """What has been written is in the file from now on."""
        if self._packer is not None:
            self._file.write(self._packer.flush(zlib.Z_SYNC_FLUSH))
        self._file.flush()

    def close(self):
        """Nothing more comes."""
        if not self._file.closed:
            if self._packer is not None:
                self._file.write(self._packer.flush())
            self._file.close()


def opened(path, mode):
    """The file. tf.errors.NotFoundError where there is none."""
    try:
        return open(os.fspath(path), mode)
    except FileNotFoundError:
        from icecore.errors import NotFoundError
        text = path.decode() if isinstance(path, bytes) else path
        raise NotFoundError(None, None, '%s; No such file or directory' % text) from None


class _Unpacked:
    """A compressed file, read as if it weren't."""

    def __init__(self, file, kind):
        self._file = file
        self._unpacker = zlib.decompressobj(_WINDOW_BITS[kind])
        self._ready = b''

    def read(self, size):
        while len(self._ready) < size:
            packed = self._file.read(1 << 16)
            if not packed:
                break
            self._ready += self._unpacker.decompress(packed)
        wanted, self._ready = self._ready[:size], self._ready[size:]
        return wanted


def tf_record_iterator(path, options=None):
    """The records of a file, as bytes.

    Raises:
      tf.errors.NotFoundError: where there is no such file.
      tf.errors.DataLossError: at a record that is cut or whose checksum is wrong.
    """
    kind = TFRecordOptions.get_compression_type_string(options)
    with opened(path, 'rb') as file:
        source = _Unpacked(file, kind) if kind else file
        at = 0
        while True:
            head = source.read(12)
            if not head:
                return
            _check(len(head) == 12, 'truncated', at)
            _check(crc32c.masked(head[:8]) == struct.unpack('<I', head[8:])[0], 'corrupted', at)
            size, = struct.unpack('<Q', head[:8])
            record, tail = source.read(size), source.read(4)
            _check(len(record) == size and len(tail) == 4, 'truncated', at)
            _check(crc32c.masked(record) == struct.unpack('<I', tail)[0], 'corrupted', at + 12)
            at += 16 + size
            yield record


def _check(good, what, at):
    if not good:
        from icecore.errors import DataLossError
        raise DataLossError(None, None, '%s record at %d' % (what, at))
