"""What the library writes is what TensorFlow writes, byte for byte."""

import pytest
import tensorflow as tf

import make_many_variables
import random_checkpoints
import saving
import values

v1 = tf.compat.v1


def assert_same_files(source, copy):
    for end in ('.index', '.data-00000-of-00001'):
        with open(source + end, 'rb') as theirs, open(copy + end, 'rb') as mine:
            assert mine.read() == theirs.read(), end


def test_a_bundle_in_no_order(round, rng, rewrite, tmp_path):
    source, _ = random_checkpoints.plain_v2(rng, str(tmp_path))
    copy = str(tmp_path / 'copy' / 'model.ckpt')
    rewrite(source, copy)
    assert_same_files(source, copy)


def test_an_index_of_many_blocks(rewrite, tmp_path):
    make_many_variables.main(str(tmp_path), 20000)
    copy = str(tmp_path / 'copy' / 'many.ckpt')
    rewrite(str(tmp_path / 'many.ckpt'), copy)
    assert_same_files(str(tmp_path / 'many.ckpt'), copy)


def test_long_names_and_large_tensors(rng, rewrite, tmp_path):
    rows = [('n' * rng.randint(1, 3000) + str(i), random_checkpoints.value(rng, 'float32', [rng.choice([0, 1, 100, 300000])])) for i in range(200)]
    rows.append(('strings', random_checkpoints.value(rng, 'string', [5000])))
    source, copy = str(tmp_path / 'model.ckpt'), str(tmp_path / 'copy' / 'model.ckpt')
    saving.save_v2(source, rows)
    rewrite(source, copy)
    assert_same_files(source, copy)


@pytest.mark.parametrize('name', ['model.ckpt-12', 'q"uo\'te', 'tab\there', 'back\\slash'])
def test_the_state_file(name, rewrite, tmp_path):
    """What isn't ASCII is left to the golden files: 1.15.5 writes it in octal, and so do we, 2.21 as it is."""
    source = str(tmp_path / 'source' / 'model.ckpt')
    saving.save_v2(source, [('v', values.Value('float32', 1.5))])
    copy = str(tmp_path / 'copy' / name)
    rewrite(source, copy)
    mine = (tmp_path / 'copy' / 'checkpoint').read_bytes()
    v1.train.update_checkpoint_state(str(tmp_path / 'copy'), copy)
    assert mine == (tmp_path / 'copy' / 'checkpoint').read_bytes()
