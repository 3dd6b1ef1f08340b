"""expected.json: what lies in a folder of golden files and what a reader must make of it."""
import glob
import json
import os

import tensorflow as tf
from tensorflow.core.protobuf import tensor_bundle_pb2
from tensorflow.core.util import saved_tensor_slice_pb2

import table


def write(folder, what):
    what = {'made_with': 'TensorFlow ' + tf.__version__, **what}
    with open(os.path.join(folder, 'expected.json'), 'w') as out:
        out.write(_text(what) + '\n')


def _text(value, indent=0):
    """JSON with whatever fits a line on one line."""
    flat = json.dumps(value, sort_keys=True, allow_nan=False)
    if len(flat) + indent <= 240 or not isinstance(value, (dict, list)):
        return flat
    inner = '\n' + ' ' * (indent + 1)
    if isinstance(value, dict):
        rows, ends = [json.dumps(key) + ': ' + _text(value[key], indent + 1) for key in sorted(value)], '{}'
    else:
        rows, ends = [_text(one, indent + 1) for one in value], '[]'
    return ends[0] + inner + (',' + inner).join(rows) + '\n' + ' ' * indent + ends[1]


def tensors(values):
    return {name: value.expected() for name, value in values.items()}


def dtype_name(number):
    return tf.as_dtype(number).name


def _slices(slices):
    """Each slice as [[start, length], ...] with -1 for a full extent."""
    return [[[extent.start, extent.length if extent.HasField('length') else -1] for extent in one.extent] for one in slices]


def _shape(shape):
    return [dim.size for dim in shape.dim]


def bundle(prefix):
    """What the .index of a V2 checkpoint says: header and entries in file order, keys in hex."""
    with open(prefix + '.index', 'rb') as file:
        data = file.read()
    (key, value), *entries = table.read(data)
    assert key == b''
    header = tensor_bundle_pb2.BundleHeaderProto.FromString(value)
    out = {'blocks': len(table.blocks(data)), 'num_shards': header.num_shards,
           'endianness': 'big' if header.endianness else 'little', 'entries': []}
    for key, value in entries:
        entry = tensor_bundle_pb2.BundleEntryProto.FromString(value)
        said = {'key_hex': key.hex(), 'dtype': dtype_name(entry.dtype), 'shape': _shape(entry.shape), 'shard': entry.shard_id,
                'offset': entry.offset, 'size': entry.size, 'crc32c': entry.crc32c}
        if entry.slices:
            said['slices'] = _slices(entry.slices)
        out['entries'].append(said)
    out['files'] = {os.path.basename(name): os.path.getsize(name) for name in sorted(glob.glob(prefix + '.data-*'))}
    return out


def v1(path):
    """What the tensor list of a V1 file says, in file order, and the keys of its data entries."""
    with open(path, 'rb') as file:
        data = file.read()
    (key, value), *entries = table.read(data)
    assert key == b''
    meta = saved_tensor_slice_pb2.SavedTensorSlices.FromString(value).meta
    return {'blocks': len(table.blocks(data)), 'keys_hex': [key.hex() for key, _ in entries],
            'tensors': [{'name': one.name, 'dtype': dtype_name(one.type), 'shape': _shape(one.shape), 'slices': _slices(one.slice)}
                        for one in meta.tensor]}
