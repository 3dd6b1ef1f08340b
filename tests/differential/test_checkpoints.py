"""What list, show and verify say of checkpoints of every kind, against the values that TensorFlow was given to save."""
import glob
import hashlib
import os

import numpy as np
import pytest
import tensorflow as tf

import random_checkpoints
import values

kinds = pytest.mark.parametrize('kind', random_checkpoints.KINDS, ids=lambda kind: kind.__name__)


@kinds
def test_list_gives_every_variable(kind, round, rng, icecore, tmp_path):
    path, made = kind(rng, str(tmp_path))
    listed = icecore.json('list', '--json', '--digest', path)
    assert listed['format'] == ('v1' if kind.__name__.endswith('v1') else 'v2')
    want = [{'name': name, 'dtype': value.dtype, 'shape': value.shape, 'bytes': len(value.bytes()),
             'sha256': hashlib.sha256(value.bytes()).hexdigest()} for name, value in sorted(made.items(), key=lambda row: row[0].encode())]
    assert listed['variables'] == want


@kinds
def test_show_writes_what_numpy_reads(kind, rng, icecore, tmp_path):
    path, made = kind(rng, str(tmp_path))
    for i, (name, value) in enumerate(made.items()):
        file = tmp_path / ('%d.npy' % i)
        icecore('show', path, name, '--npy', file)
        array = np.load(file)
        assert list(array.shape) == value.shape, name
        if value.dtype == 'string':  # numpy's fixed-length strings lose trailing NULs
            assert array.dtype.kind == 'S'
            assert [bytes(item) for item in array.ravel()] == [item.rstrip(b'\0') for item in value.items()], name
        else:
            assert array.tobytes() == value.bytes(), name
            if value.dtype not in values.BITS:
                assert array.dtype == value.dtype, name


@kinds
def test_verify_is_content(kind, round, rng, icecore, tmp_path):
    path, _ = kind(rng, str(tmp_path))
    icecore('verify', path)


@pytest.mark.parametrize('kind', [random_checkpoints.plain_v2, random_checkpoints.sliced_v2, random_checkpoints.sharded_v2],
                         ids=lambda kind: kind.__name__)
def test_verify_finds_what_tensorflow_refuses(kind, round, rng, icecore, tmp_path):
    """No bit of a .data file is spare."""
    path, made = kind(rng, str(tmp_path))
    file = rng.choice([name for name in glob.glob(glob.escape(path) + '.data-*') if os.path.getsize(name)])
    with open(file, 'r+b') as data:
        at = rng.randrange(os.path.getsize(file))
        data.seek(at)
        byte = data.read(1)[0]
        data.seek(at)
        data.write(bytes([byte ^ 1 << rng.randrange(8)]))
    status, _, _ = icecore.run('verify', path)
    assert status == 1
    if kind is random_checkpoints.plain_v2:
        reader = tf.train.load_checkpoint(path)
        with pytest.raises(tf.errors.OpError):
            for name in made:
                reader.get_tensor(name)
