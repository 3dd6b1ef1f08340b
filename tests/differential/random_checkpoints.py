"""Random names, values and checkpoints, made by TensorFlow's own ops."""
import os

import numpy as np
import tensorflow as tf

import saving
import values
import v1_dtypes

v1 = tf.compat.v1

SCOPES = ['model', 'net', 'block_1', 'block_10', 'Block', 'conv', 'a', 'a.b', 'x-y', '_hidden', 'ñandú', 'with blank', 'q"uote', 'r[0]*', 'back\\slash']


def names(rng, count):
    """Distinct names, prefixes of one another among them, in no order."""
    found = set()
    while len(found) < count:
        name = '/'.join(rng.choice(SCOPES) for _ in range(rng.randint(1, 4)))
        found.add(name + rng.choice(['', '', '_%d' % rng.randint(1, 30), '/' + 'long' * rng.randint(1, 60)]))
    found = sorted(found)
    rng.shuffle(found)
    return found


def shape(rng, rank=None, least=0):
    return [rng.choice([least, 1, 2, 3, 5, 17]) if rng.random() < .9 else rng.randint(least, 40)
            for _ in range(rng.randint(0, 4) if rank is None else rank)]


def value(rng, dtype, of_shape):
    """Random bits of the dtype, so NaNs and infinities come too."""
    count = int(np.prod(of_shape, dtype=np.int64))
    numbers = np.random.RandomState(rng.getrandbits(32))
    if dtype == 'string':
        items = np.empty(count, object)
        items[:] = [numbers.bytes(rng.choice([0, 1, 5, 20, 127, 128, 300])) for _ in range(count)]
        return values.Value(dtype, items.reshape(of_shape))
    if dtype == 'bool':
        return values.Value(dtype, numbers.randint(0, 2, of_shape).astype(bool))
    width = np.dtype(values.BITS.get(dtype, dtype))
    return values.Value(dtype, np.frombuffer(numbers.bytes(count * width.itemsize), width).reshape(of_shape))


def tensors(rng, dtypes, count):
    """name -> Value; every dtype at least once."""
    drawn = list(dtypes) + [rng.choice(dtypes) for _ in range(count - len(dtypes))]
    return {name: value(rng, dtype, shape(rng)) for name, dtype in zip(names(rng, len(drawn)), drawn)}


def cuts(rng, size):
    """0 … size, with up to three cuts between."""
    return [0] + sorted(rng.sample(range(1, size), min(size - 1, rng.randint(0, 3)))) + [size]


def parts(rng, of_shape):
    """A grid of slices that covers the shape, shuffled; whole dimensions sometimes as -1."""
    grid = [[]]
    for size in of_shape:
        at = cuts(rng, size)
        pieces = [(0, -1)] if len(at) == 2 and rng.random() < .5 else [(a, b - a) for a, b in zip(at, at[1:])]
        grid = [row + [piece] for row in grid for piece in pieces]
    rng.shuffle(grid)
    return grid


def sliced(rng, dtypes, count):
    """Values and the rows that save them: whole ones and ones in parts, mixed."""
    made, rows = {}, []
    for name, dtype in zip(names(rng, count), [*dtypes, *(rng.choice(dtypes) for _ in range(count))]):
        made[name] = value(rng, dtype, shape(rng, rng.randint(1, 3), 1))
        rows += [(name, made[name], part) for part in parts(rng, made[name].shape)] if rng.random() < .8 else [(name, made[name])]
    return made, rows


def plain_v2(rng, folder):
    made = tensors(rng, values.ALL, 40)
    saving.save_v2(os.path.join(folder, 'model.ckpt-%d' % rng.randint(0, 10 ** 6)), list(made.items()))
    return prefix_in(folder), made


def sliced_v2(rng, folder):
    made, rows = sliced(rng, values.ALL, 25)
    saving.save_v2(os.path.join(folder, 'model.ckpt'), rows)
    return prefix_in(folder), made


def sharded_v2(rng, folder):
    made, rows = sliced(rng, values.ALL, 25)
    prefix = os.path.join(folder, 'model.ckpt')
    shards = [[] for _ in range(rng.randint(2, 5))]
    for row in rows:
        rng.choice(shards).append(row)
    prefixes = []
    for i, shard in enumerate(shards):
        if shard:
            prefixes.append(os.path.join(folder, 'part-%d' % i, 'p'))
            saving.save_v2(prefixes[-1], shard)
    saving.merge(prefixes, prefix)
    return prefix, made


def plain_v1(rng, folder):
    made = tensors(rng, v1_dtypes.DTYPES, 40)
    path = os.path.join(folder, 'model.ckpt-7')
    saving.save_v1(path, list(made.items()))
    return path, made


def sliced_v1(rng, folder):
    made, rows = sliced(rng, v1_dtypes.DTYPES, 20)
    path = os.path.join(folder, 'model.ckpt')
    saving.save_v1(path, rows)
    return path, made


def sharded_v1(rng, folder):
    made, rows = sliced(rng, v1_dtypes.DTYPES, 20)
    count = min(rng.randint(2, 4), len(rows))
    shards = [rows[i::count] for i in range(count)]
    for i, shard in enumerate(shards):
        saving.save_v1(os.path.join(folder, 'model.ckpt-%05d-of-%05d' % (i, count)), shard)
    return os.path.join(folder, 'model.ckpt-?????-of-%05d' % count), made


def object_based(rng, folder):
    """A tf.train.Checkpoint of variables of every dtype that tf.Variable takes, in lists and dicts."""
    made = {}
    root = {'list': [], 'dict': {}}
    for i, dtype in enumerate(['float16', 'bfloat16', 'float32', 'float64', 'int32', 'int64', 'uint8', 'bool', 'complex64', 'string']):
        drawn = value(rng, dtype, shape(rng))
        variable = tf.Variable(drawn.tensor(), name='v%d' % i)
        if rng.random() < .5:
            made['list/%d/.ATTRIBUTES/VARIABLE_VALUE' % len(root['list'])] = drawn
            root['list'].append(variable)
        else:
            made['dict/key%d/.ATTRIBUTES/VARIABLE_VALUE' % i] = drawn
            root['dict']['key%d' % i] = variable
    prefix = tf.train.Checkpoint(**root).save(os.path.join(folder, 'ckpt'))
    made['save_counter/.ATTRIBUTES/VARIABLE_VALUE'] = values.Value('int64', 1)
    graph = tf.train.load_checkpoint(prefix).get_tensor('_CHECKPOINTABLE_OBJECT_GRAPH')
    made['_CHECKPOINTABLE_OBJECT_GRAPH'] = values.Value('string', np.array(graph, object))
    return prefix, made


def prefix_in(folder):
    index, = (name for name in os.listdir(folder) if name.endswith('.index'))
    return os.path.join(folder, index[:-len('.index')])


KINDS = [plain_v2, sliced_v2, sharded_v2, plain_v1, sliced_v1, sharded_v1, object_based]
