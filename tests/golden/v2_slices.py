"""Partitioned variables: by a Saver, in two and in three unequal parts; and by hand, in a grid that is sliced in both
dimensions, whose parts come in no order, for dtypes that TensorFlow itself can only read slice by slice."""
import os

import tensorflow as tf

import expectation
import saving
import values

v1 = tf.compat.v1


def make(folder):
    by_saver(os.path.join(folder, 'partitioned'))
    by_hand(os.path.join(folder, 'grid'))


def by_saver(folder):
    made = {'rows_in_two': values.counted('float32', 4, 2), 'rows_in_three': values.counted('float64', 5, 3),
            'columns_in_two': values.counted('int64', 3, 4), 'one_part': values.counted('float32', 3),
            'plain': values.counted('float32', 2, 2), 'resource_in_two': values.counted('float32', 3, 2)}
    parts = {'rows_in_two': (0, 2), 'rows_in_three': (0, 3), 'columns_in_two': (1, 2), 'one_part': (0, 1), 'resource_in_two': (0, 2)}
    prefix = os.path.join(folder, 'model.ckpt')
    os.makedirs(folder)
    with tf.Graph().as_default(), v1.Session() as session:
        for name, value in made.items():
            axis, n = parts.get(name, (0, 0))
            v1.get_variable(name, value.shape, value.dtype, v1.zeros_initializer(), use_resource=name.startswith('resource'),
                            partitioner=v1.fixed_size_partitioner(n, axis) if n else None)
        saving.load_variables(made, session)
        v1.train.Saver().save(session, prefix, write_meta_graph=False, write_state=False)
    for name, value in made.items():
        saving.check(prefix, name, value)
    expectation.write(folder, {'prefix': 'model.ckpt', 'tensors': expectation.tensors(made), 'bundle': expectation.bundle(prefix)})


def grid(rows, columns):
    """The parts that these cuts of the two dimensions make, row by row."""
    return [[(r, rows[i + 1] - r), (c, columns[j + 1] - c)] for i, r in enumerate(rows[:-1]) for j, c in enumerate(columns[:-1])]


def by_hand(folder):
    prefix = os.path.join(folder, 'model.ckpt')
    made = {}
    rows = []
    for dtype in ('float32', 'float16', 'bool', 'string', 'uint32', 'quint16', 'complex128', 'bfloat16'):
        name = 'grid/' + dtype
        made[name] = values.counted(dtype, 5, 7)
        parts = grid([0, 1, 3, 5], [0, 4, 5, 7])
        rows += [(name, made[name], part) for part in parts[::-2] + parts[-2::-2]]
    # a full dimension written as "-"; three dimensions; offsets beyond one byte of ordered code
    made['full_columns'] = values.counted('int32', 4, 3)
    rows += [('full_columns', made['full_columns'], [(start, 2), (0, -1)]) for start in (2, 0)]
    made['cube'] = values.counted('int16', 2, 3, 4)
    rows += [('cube', made['cube'], [(a, 1), (b, n), (c, 2)]) for a in (0, 1) for b, n in ((0, 1), (1, 2)) for c in (0, 2)]
    made['tall'] = values.counted('uint16', 10000)
    cuts = [0, 63, 64, 8191, 8192, 10000]
    rows += [('tall', made['tall'], [(a, b - a)]) for a, b in zip(cuts, cuts[1:])]
    # a slice that covers its whole tensor is stored as a plain tensor
    made['whole'] = values.counted('float32', 2, 3)
    rows += [('whole', made['whole'], [(0, 2), (0, 3)])]
    made['whole_dashes'] = values.counted('float32', 2)
    rows += [('whole_dashes', made['whole_dashes'], [(0, -1)])]
    # names that ordered code must escape, one a prefix of the other
    for name in ('n\0ul', 'n\xff'.encode('latin-1'), 'n'):
        key = name if isinstance(name, bytes) else name.encode()
        value = values.counted('int8', 3)
        rows += [(key, value, [(0, 2)]), (key, value, [(2, 1)])]
        if name != b'n\xff':  # JSON holds text only
            made[name] = value
    saving.save_v2(prefix, rows)
    for name in ('grid/float32', 'grid/bool', 'grid/complex128', 'full_columns', 'cube', 'whole', 'whole_dashes', 'n'):
        saving.check(prefix, name, made[name])
    for name, value, part in rows:
        if not isinstance(name, bytes):
            saving.check(prefix, name, value.part(part), saving.spec(value.shape, part))
    with_holes(os.path.dirname(prefix))
    expectation.write(folder, {'prefix': 'model.ckpt', 'tensors': expectation.tensors(made),
                               'names_hex': sorted({(n if isinstance(n, bytes) else n.encode()).hex() for n, _, _ in rows}),
                               'bundle': expectation.bundle(prefix),
                               'uncovered': {'prefix': 'holes.ckpt', 'name': 'w', 'bundle': expectation.bundle(folder + '/holes.ckpt')}})


def with_holes(folder):
    """A tensor of which a part was never saved: it can't be read whole."""
    value = values.counted('float32', 4, 2)
    saving.save_v2(folder + '/holes.ckpt', [('w', value, [(0, 2), (0, 2)]), ('w', value, [(2, 2), (0, 1)])])
