"""V1 in two files by a sharded Saver over two devices, a partitioned variable on both; save() returns the pattern."""
import os

import tensorflow as tf

import expectation
import saving
import values

v1 = tf.compat.v1


def make(folder):
    folder = os.path.join(folder, 'shards')
    os.makedirs(folder)
    made = {'on_first': values.counted('float32', 3), 'on_second': values.Value('int32', [[-1, 2], [-3, 4]]), 'w': values.counted('float32', 5, 2)}
    with tf.Graph().as_default(), v1.Session(config=v1.ConfigProto(device_count={'CPU': 2})) as session:
        named = {}
        for device, name, start, n in (('/cpu:0', 'on_first', 0, 3), ('/cpu:1', 'on_second', 0, 2), ('/cpu:0', 'w', 0, 2), ('/cpu:1', 'w', 2, 3)):
            value = made[name]
            with tf.device(device):
                part = value.array[start:start + n]
                variable = v1.Variable(part, name='v', dtype=value.dtype)
                if n < len(value.array):
                    variable._set_save_slice_info(v1.Variable.SaveSliceInfo(name, value.shape, [start, 0], list(part.shape)))
            named.setdefault(name, []).append(variable)
        session.run(v1.global_variables_initializer())
        saver = v1.train.Saver({name: parts[0] if len(parts) == 1 else parts for name, parts in named.items()}, sharded=True,
                               write_version=v1.train.SaverDef.V1)
        saved = saver.save(session, os.path.join(folder, 'model.ckpt'), global_step=3, write_meta_graph=False, write_state=False)
    for name, value in made.items():
        saving.check(saved, name, value)
    files = ['model.ckpt-3-%05d-of-00002' % i for i in range(2)]
    expectation.write(folder, {'path': os.path.basename(saved), 'tensors': expectation.tensors(made),
                               'v1_files': {name: expectation.v1(os.path.join(folder, name)) for name in files}})
