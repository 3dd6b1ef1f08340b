"""`checkpoint` state files: relative and absolute paths, escapes, timestamps; as a Saver and as update_checkpoint_state write
them, and as a hand may. Beside each the checkpoints it speaks of where `latest` is to find them."""
import os

import tensorflow as tf
from google.protobuf import text_format
from tensorflow.python.training import checkpoint_management
from tensorflow.python.training.checkpoint_state_pb2 import CheckpointState

import expectation
import saving
import values

v1 = tf.compat.v1

BY_HAND = '''# a comment
all_model_checkpoint_paths: 'single \\'quoted\\' "path"'  # behind a value
model_checkpoint_path: "in "
  "two parts"; all_model_checkpoint_paths: "\\x41\\a\\b\\f\\v\\303\\261"
all_model_checkpoint_timestamps: [1, 2.5e9, .5],
last_preserved_timestamp: -1.5f
'''


def make(folder):
    here = os.getcwd()
    os.chdir(folder)
    try:
        cases = written_by_update()
        cases += [by_saver(), moved(), by_hand()]
        expectation.write(folder, {'cases': {case: expected(case) for case in cases}})
    finally:
        os.chdir(here)


def written_by_update():
    """The folder is relative, so relative paths are made relative to it; where it is absolute they stay as given."""
    update = checkpoint_management.update_checkpoint_state
    cases = {
        'relative': lambda d: update(d, d + '/m-2', [d + '/m-1', d + '/m-2']),
        'other_folder': lambda d: update(d, d + '/m-2', ['elsewhere/m-1', d + '/deep/er/m-1', d + '/m-2']),
        'absolute': lambda d: update(d, '/models/run 1/m-2', ['/models/run 1/m-1', '/models/run 1/m-2']),
        'newest_only': lambda d: update(d, d + '/m-9'),
        'newest_not_in_list': lambda d: update(d, d + '/m-9', [d + '/m-1']),
        'escapes': lambda d: update(d, d + '/q"x', [d + "/q'x", d + '/back\\slash', d + '/tab\tnewline\nreturn\r', d + '/ñ',
                                                    d + '/del\x7fbell\x07', d + '/r[2]*?', d + '/语', d + '/q"x']),
        'timestamps': lambda d: update(d, d + '/m-3', [d + '/m-%d' % i for i in range(6)] + [d + '/m-3'],
                                       all_model_checkpoint_timestamps=[1574000000.25, 1574000001.0, 1573999999.1234567, 0.0, 1e22, 1.5e-7, 5],
                                       last_preserved_timestamp=1573999998.5),
    }
    for case, write in cases.items():
        os.mkdir(case)
        write(case)
    return list(cases)


def by_saver():
    """Three saves, two kept, into a relative folder; the checkpoints themselves are there."""
    os.mkdir('by_saver')
    with tf.Graph().as_default(), v1.Session() as session:
        v1.get_variable('v', initializer=1.5)
        saver = v1.train.Saver(max_to_keep=2)
        session.run(v1.global_variables_initializer())
        for step in (1, 2, 3):
            saver.save(session, 'by_saver/model.ckpt', global_step=step, write_meta_graph=False)
    return 'by_saver'


def moved():
    """Absolute paths of a folder that is gone, while the checkpoints lie beside the file: TensorFlow finds none."""
    for step in (1, 2):
        saving.save_v2('moved/m-%d' % step, [('v', values.Value('float32', step))])
    checkpoint_management.update_checkpoint_state('moved', '/gone/m-2', ['/gone/m-1', '/gone/m-2'])
    return 'moved'


def by_hand():
    os.mkdir('by_hand')
    with open('by_hand/checkpoint', 'w') as out:
        out.write(BY_HAND)
    return 'by_hand'


def expected(case):
    """The fields of the file, and what TensorFlow gives whoever asks with the folder's relative name."""
    with open(case + '/checkpoint', 'rb') as file:
        text = file.read()
    state = text_format.Parse(text, CheckpointState())
    joined = tf.train.get_checkpoint_state(case)
    return {'model_checkpoint_path': state.model_checkpoint_path,
            'all_model_checkpoint_paths': list(state.all_model_checkpoint_paths),
            'all_model_checkpoint_timestamps': list(state.all_model_checkpoint_timestamps),
            'last_preserved_timestamp': state.last_preserved_timestamp,
            'written_by_tensorflow': case != 'by_hand',
            'joined_to_folder': {'model_checkpoint_path': joined.model_checkpoint_path,
                                 'all_model_checkpoint_paths': list(joined.all_model_checkpoint_paths)},
            'latest_checkpoint_of_tensorflow': latest(case)}


def latest(case):
    try:
        return tf.train.latest_checkpoint(case)
    except tf.errors.NotFoundError:  # the folder that the path names is gone
        return None
