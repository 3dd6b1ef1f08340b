"""Several shards: by a sharded Saver over two devices, a partitioned variable on both; and by hand, three parts merged, one
of which is only sliced entries, one empty of data."""
import os

import tensorflow as tf

import expectation
import saving
import values

v1 = tf.compat.v1


def make(folder):
    by_saver(os.path.join(folder, 'two_shards'))
    by_hand(os.path.join(folder, 'three_shards'))


def by_saver(folder):
    prefix = os.path.join(folder, 'model.ckpt')
    os.makedirs(folder)
    made = {'on_first': values.counted('float32', 3), 'on_second': values.counted('int32', 2, 2), 'w': values.counted('float32', 5, 2),
            'second_only': values.counted('float64', 4, 2)}
    with tf.Graph().as_default(), v1.Session(config=v1.ConfigProto(device_count={'CPU': 2})) as session:
        variables = []
        for device, name, start, n in (('/cpu:0', 'on_first', 0, 3), ('/cpu:1', 'on_second', 0, 2), ('/cpu:0', 'w', 0, 2),
                                       ('/cpu:1', 'w', 2, 3), ('/cpu:1', 'second_only', 0, 1), ('/cpu:1', 'second_only', 1, 3)):
            value = made[name]
            with tf.device(device):
                part = value.array[start:start + n]
                variable = v1.Variable(part, name='v', dtype=value.dtype)
                if n < len(value.array):
                    offset = [start] + [0] * (len(value.shape) - 1)
                    variable._set_save_slice_info(v1.Variable.SaveSliceInfo(name, value.shape, offset, list(part.shape)))
                variables.append((name, variable))
        named = {}
        for name, variable in variables:
            named.setdefault(name, []).append(variable)
        session.run(v1.global_variables_initializer())
        v1.train.Saver({name: parts[0] if len(parts) == 1 else parts for name, parts in named.items()}, sharded=True).save(
            session, prefix, write_meta_graph=False, write_state=False)
    finish(folder, made)


def by_hand(folder):
    prefix = os.path.join(folder, 'model.ckpt')
    w = values.counted('float32', 6, 2)
    late = values.counted('string', 3, 2)
    made = {'a': values.matrix('float32'), 'b': values.matrix('string'), 'c': values.empty('int32'), 'd': values.scalar('bool'),
            'w': w, 'late': late}
    parts = [os.path.join(folder, 'part-%d' % i, 'p') for i in range(3)]
    saving.save_v2(parts[0], [('d', made['d']), ('w', w, [(4, 2), (0, 2)])])
    saving.save_v2(parts[1], [('w', w, [(0, 2), (0, 2)]), ('late', late, [(0, 1), (0, -1)])])
    saving.save_v2(parts[2], [('b', made['b']), ('a', made['a']), ('late', late, [(1, 2), (0, -1)]), ('c', made['c']),
                              ('w', w, [(2, 2), (0, 2)])])
    saving.merge(parts, prefix)
    finish(folder, made)


def finish(folder, made):
    prefix = os.path.join(folder, 'model.ckpt')
    for name, value in made.items():
        if name != 'late':  # TensorFlow can't put a string tensor together from its slices
            saving.check(prefix, name, value)
    expectation.write(folder, {'prefix': 'model.ckpt', 'tensors': expectation.tensors(made), 'bundle': expectation.bundle(prefix)})
