"""Partitioned variables in a V1 file: by a Saver, and by hand in a grid; and more than one data block."""
import os

import numpy as np
import tensorflow as tf

import expectation
import saving
import values
from v2_slices import grid

v1 = tf.compat.v1


def make(folder):
    by_saver(os.path.join(folder, 'partitioned'))
    by_hand(os.path.join(folder, 'grid'))
    in_blocks(os.path.join(folder, 'blocks'))


def by_saver(folder):
    path = os.path.join(folder, 'model.ckpt-7')
    os.makedirs(folder)
    made = {'rows_in_three': values.counted('float32', 5, 3), 'columns_in_two': values.counted('int64', 3, 4),
            'one_part': values.counted('float32', 3), 'plain': values.counted('float32', 2, 2), 'step': values.Value('int64', -7)}
    parts = {'rows_in_three': (0, 3), 'columns_in_two': (1, 2), 'one_part': (0, 1)}
    with tf.Graph().as_default(), v1.Session() as session:
        for name, value in made.items():
            axis, n = parts.get(name, (0, 0))
            v1.get_variable(name, value.shape, value.dtype, v1.zeros_initializer(),
                            partitioner=v1.fixed_size_partitioner(n, axis) if n else None)
        saving.load_variables(made, session)
        saved = v1.train.Saver(write_version=v1.train.SaverDef.V1).save(session, path, write_meta_graph=False, write_state=False)
        assert saved == path
    finish(path, made)


def by_hand(folder):
    path = os.path.join(folder, 'model.ckpt')
    made = {}
    rows = []
    for dtype in ('float32', 'bool', 'complex128', 'int16', 'string', 'float16', 'uint16'):
        name = 'grid/' + dtype
        made[name] = values.counted(dtype, 5, 7)
        parts = grid([0, 1, 3, 5], [0, 4, 5, 7])
        rows += [(name, made[name], part) for part in parts[::-2] + parts[-2::-2]]
    made['full_columns'] = values.counted('int32', 4, 3)
    rows += [('full_columns', made['full_columns'], [(start, 2), (0, -1)]) for start in (2, 0)]
    made['whole'] = values.counted('float32', 2, 3)
    rows += [('whole', made['whole'], [(0, 2), (0, 3)])]
    made['many'] = values.counted('int32', 40)
    rows += [('many', made['many'], [(i, 1)]) for i in range(40)]
    saving.save_v1(path, rows)
    for name, value, part in rows:
        saving.check(path, name, value.part(part), saving.spec(value.shape, part))
    finish(path, made)


def in_blocks(folder):
    """Two blocks: an entry of more than 262,144 bytes closes its own."""
    path = os.path.join(folder, 'model.ckpt')
    made = {'a': values.counted('float32', 70000), 'b': values.Value('uint8', np.arange(3) - 1), 'c': values.counted('uint8', 100),
            'd': values.Value('int32', [-1, -2 ** 31, 5])}
    saving.save_v1(path, list(made.items()))
    finish(path, made)


# RestoreV2 puts no string, half or uint16 tensor together from slices
SLICE_BY_SLICE_ONLY = {'grid/string', 'grid/float16', 'grid/uint16'}


def finish(path, made):
    for name, value in made.items():
        if name not in SLICE_BY_SLICE_ONLY:
            saving.check(path, name, value)
    expectation.write(os.path.dirname(path), {'path': os.path.basename(path), 'tensors': expectation.tensors(made),
                                              'v1': expectation.v1(path)})
