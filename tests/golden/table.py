"""LevelDB tables as TensorFlow writes them (docs/formats.md): for reading what a golden file holds and for crafting what
TensorFlow itself cannot write."""
import struct

import crc32c
import varint

MAGIC = bytes.fromhex('57fb808b247547db')
BLOCK_SIZE = 262144


def _block(data, offset, size):
    if data[offset + size] != 0:
        raise ValueError('a compressed block')
    if struct.unpack_from('<I', data, offset + size + 1)[0] != crc32c.masked(crc32c.crc32c(data[offset:offset + size + 1])):
        raise ValueError('a damaged block')
    end = offset + size - 4 - 4 * struct.unpack_from('<I', data, offset + size - 4)[0]
    key = b''
    while offset < end:
        shared, offset = varint.decode(data, offset)
        unshared, offset = varint.decode(data, offset)
        length, offset = varint.decode(data, offset)
        key = key[:shared] + data[offset:offset + unshared]
        offset += unshared
        yield key, data[offset:offset + length]
        offset += length


def _handle(data, at):
    offset, at = varint.decode(data, at)
    size, at = varint.decode(data, at)
    return offset, size, at


def blocks(data):
    """The data blocks' (offset, size), in order."""
    if data[-8:] != MAGIC:
        raise ValueError('not a table')
    footer = len(data) - 48
    _, _, at = _handle(data, footer)  # the metaindex, which is empty
    offset, size, _ = _handle(data, at)
    return [_handle(value, 0)[:2] for _, value in _block(data, offset, size)]


def read(data):
    """All entries (key, value) of a table's bytes, in order."""
    return [entry for offset, size in blocks(data) for entry in _block(data, offset, size)]


class _BlockWriter:
    def __init__(self, interval):
        self.interval, self.data, self.restarts, self.count, self.key = interval, bytearray(), [], 0, b''

    def add(self, key, value):
        shared = 0
        if self.count % self.interval:
            while shared < min(len(key), len(self.key)) and key[shared] == self.key[shared]:
                shared += 1
        else:
            self.restarts.append(len(self.data))
        self.data += varint.encode(shared) + varint.encode(len(key) - shared) + varint.encode(len(value)) + key[shared:] + value
        self.count += 1
        self.key = key

    def finish(self):
        restarts = self.restarts or [0]
        return bytes(self.data) + b''.join(struct.pack('<I', r) for r in restarts) + struct.pack('<I', len(restarts))


def _separator(low, high):
    """The shortest key from low on that is below high (LevelDB's bytewise FindShortestSeparator)."""
    shared = 0
    while shared < min(len(low), len(high)) and low[shared] == high[shared]:
        shared += 1
    if shared < min(len(low), len(high)) and low[shared] < 255 and low[shared] + 1 < high[shared]:
        return low[:shared] + bytes([low[shared] + 1])
    return low


def _successor(key):
    for i, byte in enumerate(key):
        if byte != 255:
            return key[:i] + bytes([byte + 1])
    return key


def write(entries, compress=None, block_size=BLOCK_SIZE):
    """A table's bytes. compress, if given, makes the Snappy form of each data block; the index block stays plain, as in
    the compressed files that are found in the wild."""
    out = bytearray()
    index = []

    def store(block, compress=None):
        kind = b'\0'
        if compress:
            block, kind = compress(block), b'\1'
        handle = varint.encode(len(out)) + varint.encode(len(block))
        out.extend(block + kind + struct.pack('<I', crc32c.masked(crc32c.crc32c(block + kind))))
        return handle

    block = _BlockWriter(16)
    pending = None
    for key, value in entries:
        if pending:
            index.append((_separator(pending[0], key), pending[1]))
            pending = None
        block.add(key, value)
        if len(block.data) + 4 * len(block.restarts) + 4 >= block_size:
            pending = key, store(block.finish(), compress)
            block = _BlockWriter(16)
    if block.count:
        pending = block.key, store(block.finish(), compress)
    metaindex = store(_BlockWriter(16).finish())
    if pending:
        index.append((_successor(pending[0]), pending[1]))
    index_block = _BlockWriter(1)
    for key, handle in index:
        index_block.add(key, handle)
    footer = metaindex + store(index_block.finish())
    return bytes(out) + footer.ljust(40, b'\0') + MAGIC
