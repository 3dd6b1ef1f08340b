"""A checkpoint as a big-endian machine writes it, made of a little-endian one by swapping what such a machine writes
swapped: the numbers, and the checksum word of string lengths, which is taken over big-endian lengths."""
import glob
import os
import struct

from tensorflow.core.protobuf import tensor_bundle_pb2

import crc32c
import expectation
import saving
import table
import values
import varint


def make(folder):
    folder = os.path.join(folder, 'big_endian')
    prefix = os.path.join(folder, 'model.ckpt')
    made = {}
    for dtype in values.ALL:
        made[dtype] = values.matrix(dtype)
    made['empty'] = values.empty('float64')
    made['no_strings'] = values.empty('string')
    made['w'] = values.counted('float64', 4, 2)
    rows = [(name, value) for name, value in made.items() if name != 'w']
    rows += [('w', made['w'], [(start, 2), (0, 2)]) for start in (0, 2)]
    saving.save_v2(prefix, rows)
    swap(prefix)
    for name, value in made.items():
        saving.check(prefix, name, value)
    expectation.write(folder, {'prefix': 'model.ckpt', 'tensors': expectation.tensors(made), 'bundle': expectation.bundle(prefix)})


def swap(prefix):
    """Rewrites the checkpoint in place."""
    index = prefix + '.index'
    name, = glob.glob(prefix + '.data-*')
    with open(index, 'rb') as file:
        (_, header), *entries = table.read(file.read())
    header = tensor_bundle_pb2.BundleHeaderProto.FromString(header)
    header.endianness = tensor_bundle_pb2.BundleHeaderProto.BIG
    out = [(b'', header.SerializeToString())]
    with open(name, 'rb') as file:
        data = bytearray(file.read())
    for key, value in entries:
        entry = tensor_bundle_pb2.BundleEntryProto.FromString(value)
        if not entry.slices:
            piece = bytes(data[entry.offset:entry.offset + entry.size])
            dtype = expectation.dtype_name(entry.dtype)
            if dtype == 'string':
                piece, crc = swapped_strings(piece, entry)
            else:
                piece = swapped_numbers(piece, dtype)
                crc = crc32c.crc32c(piece)
            data[entry.offset:entry.offset + entry.size] = piece
            entry.crc32c = crc32c.masked(crc)
        out.append((key, entry.SerializeToString()))
    with open(index, 'wb') as file:
        file.write(table.write(out))
    with open(name, 'wb') as file:
        file.write(data)


def swapped_numbers(piece, dtype):
    width = values.Value(dtype, []).array.itemsize // (2 if dtype in values.COMPLEX else 1)
    return b''.join(piece[i:i + width][::-1] for i in range(0, len(piece), width))


def swapped_strings(piece, entry):
    """The stored bytes and the entry's checksum, which runs over the lengths as integers, the word, and the items."""
    count = 1
    for dim in entry.shape.dim:
        count *= dim.size
    lengths = []
    at = 0
    for _ in range(count):
        length, at = varint.decode(piece, at)
        lengths.append(length)
    crc = crc32c.crc32c(b''.join(struct.pack('>I', length) for length in lengths))
    word = struct.pack('>I', crc32c.masked(crc))
    items = piece[at + 4:]
    return piece[:at] + word + items, crc32c.crc32c(word + items, crc)
