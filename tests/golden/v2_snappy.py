"""Indexes whose data blocks are compressed with Snappy, as some real ones are though TensorFlow writes none: only literals;
and with every kind of copy, over blocks of the usual size and small ones."""
import os

import expectation
import saving
import snappy
import table
import values


def make(folder):
    case(os.path.join(folder, 'snappy_literals'), snappy.literals, 40, table.BLOCK_SIZE)
    case(os.path.join(folder, 'snappy_copies'), snappy.copies, 2500, table.BLOCK_SIZE)
    case(os.path.join(folder, 'snappy_small_blocks'), snappy.copies, 200, 1024)


def case(folder, compress, count, block_size):
    prefix = os.path.join(folder, 'model.ckpt')
    made = {'model/layer_%04d/%s' % (i // 4, ('kernel', 'bias', 'kernel/Adam', 'bias/Adam')[i % 4]):
            values.counted('float32', i % 3) for i in range(count)}
    saving.save_v2(prefix, list(made.items()))
    bundle = expectation.bundle(prefix)
    with open(prefix + '.index', 'rb') as file:
        entries = table.read(file.read())
    data = table.write(entries, compress, block_size)
    with open(prefix + '.index', 'wb') as file:
        file.write(data)
    bundle['blocks'] = len(table.blocks(data))
    for name in [list(made)[0], list(made)[-1]] + list(made)[::200]:
        saving.check(prefix, name, made[name])
    described = made if count <= 200 else {name: made[name] for name in sorted(made)[::50]}
    if count > 200:
        bundle.pop('entries')
    expectation.write(folder, {'prefix': 'model.ckpt', 'count': len(made), 'tensors': expectation.tensors(described), 'bundle': bundle})
