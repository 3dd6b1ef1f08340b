"""The newest checkpoint of a folder, as tf.train.latest_checkpoint gives it."""
import os
import shutil

import tensorflow as tf

v1 = tf.compat.v1


def saved(rng, folder, **options):
    with tf.Graph().as_default(), v1.Session() as session:
        v1.get_variable('v', initializer=1.5)
        saver = v1.train.Saver(max_to_keep=rng.randint(1, 3), **options)
        session.run(v1.global_variables_initializer())
        for step in sorted(rng.sample(range(10 ** 6), rng.randint(1, 4))):
            saver.save(session, os.path.join(folder, 'model.ckpt'), global_step=step, write_meta_graph=False)


def test_absolute_paths(round, rng, icecore, tmp_path):
    saved(rng, str(tmp_path))
    assert icecore('latest', tmp_path).rstrip('\n') == tf.train.latest_checkpoint(str(tmp_path))


def test_relative_paths(round, rng, icecore, tmp_path):
    saved(rng, str(tmp_path), save_relative_paths=True)
    assert icecore('latest', tmp_path).rstrip('\n') == tf.train.latest_checkpoint(str(tmp_path))


def test_v1(round, rng, icecore, tmp_path):
    saved(rng, str(tmp_path), write_version=v1.train.SaverDef.V1)
    assert icecore('latest', tmp_path).rstrip('\n') == tf.train.latest_checkpoint(str(tmp_path))


def test_a_moved_folder_is_found_where_tensorflow_gives_none(rng, icecore, tmp_path):
    saved(rng, str(tmp_path / 'before'))
    name = os.path.basename(tf.train.latest_checkpoint(str(tmp_path / 'before')))
    shutil.move(tmp_path / 'before', tmp_path / 'after')
    assert tf.train.latest_checkpoint(str(tmp_path / 'after')) is None
    assert icecore('latest', tmp_path / 'after').rstrip('\n') == str(tmp_path / 'after' / name)


def test_none(icecore, tmp_path):
    assert tf.train.latest_checkpoint(str(tmp_path)) is None
    status, out, error = icecore.run('latest', tmp_path)
    assert status != 0 and out == '' and str(tmp_path) in error
