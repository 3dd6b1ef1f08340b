"""Checkpoints from Python."""
import concurrent.futures
import pathlib

import numpy as np
import pytest

import icecore

ARRAYS = {
    'bool': np.array([True, False]),
    'int8': np.array([[-1, 2]], np.int8), 'uint8': np.array(200, np.uint8),
    'int16': np.array([-300], np.int16), 'uint16': np.array([60000], np.uint16),
    'int32': np.arange(6, dtype=np.int32).reshape(2, 3), 'uint32': np.array([4000000000], np.uint32),
    'int64': np.array([-2**62]), 'uint64': np.array([2**63], np.uint64),
    'float16': np.array([0.5, -2], np.float16), 'float32': np.zeros((0, 3), np.float32), 'float64': np.array(1e300),
    'complex64': np.array([1 + 2j], np.complex64), 'complex128': np.array([[1 - 2j]]),
    'string': np.array([[b'a', b''], [b'\xff\x00', b'long']], object),
}


def written(prefix='model.ckpt', **arrays):
    with icecore.CheckpointWriter(prefix) as writer:
        for name, value in arrays.items():
            writer.add(name, value)
    return icecore.Checkpoint(prefix)


def test_every_dtype_comes_back_as_it_was_written():
    ckpt = written(**ARRAYS)
    assert list(ckpt) == sorted(ARRAYS) and len(ckpt) == len(ARRAYS)
    for name, array in ARRAYS.items():
        assert ckpt.info(name).dtype == name
        assert ckpt[name].dtype == array.dtype and ckpt[name].shape == array.shape
        assert (ckpt[name] == array).all()


def test_values_read_are_the_callers_own():
    ckpt = written(w=np.ones(3, np.float32))
    ckpt['w'][0] = 7
    assert ckpt['w'].tolist() == [1, 1, 1]


def test_arrays_of_any_layout_are_written_as_they_look():
    base = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
    ckpt = written(transposed=base.T, strided=base[:, ::2, ::-1], fortran=np.asfortranarray(base[0]),
                   swapped=base.astype('>f4'))
    assert (ckpt['transposed'] == base.T).all() and (ckpt['strided'] == base[:, ::2, ::-1]).all()
    assert (ckpt['fortran'] == base[0]).all() and (ckpt['swapped'] == base).all()


def test_plain_values_are_what_numpy_makes_of_them():
    ckpt = written(ints=[1, 2], floats=[[0.5]], text='ä', texts=['a', b'b'], flag=True)
    assert {name: ckpt.info(name).dtype for name in ckpt} == {
        'ints': 'int64', 'floats': 'float64', 'text': 'string', 'texts': 'string', 'flag': 'bool'}
    assert ckpt['text'] == 'ä'.encode() and ckpt['texts'].tolist() == [b'a', b'b']


def test_a_dtype_may_be_asked_for():
    with icecore.CheckpointWriter('m') as writer:
        writer.add('half', [1, 2], dtype=np.float16)
        writer.add('bfloat16', [1.0, 2.5], dtype='bfloat16')
        writer.add('qint8', np.array([3], np.int8), dtype='qint8')
    ckpt = icecore.Checkpoint('m')
    assert [ckpt.info(n).dtype for n in ckpt] == ['bfloat16', 'float16', 'qint8']
    assert ckpt['bfloat16'].astype(float).tolist() == [1, 2.5] and ckpt['qint8'].dtype == np.int8
    with pytest.raises(TypeError):
        icecore.CheckpointWriter('n').add('w', 1, dtype='no such type')


def test_it_is_a_mapping():
    ckpt = written(a=1.0, b=2.0)
    assert 'a' in ckpt and 'c' not in ckpt and 3 not in ckpt
    assert dict(ckpt) == {'a': 1.0, 'b': 2.0} and ckpt.get('c') is None
    assert sorted(ckpt.keys()) == ['a', 'b'] and [name for name, _ in ckpt.items()] == ['a', 'b']
    with pytest.raises(KeyError):
        ckpt['c']
    with pytest.raises(icecore.NotFoundError, match='c') as caught:
        ckpt.read('c')
    assert caught.value.code == 'NOT_FOUND' and caught.value.error_code == 5


def test_a_name_that_no_file_can_hold_is_not_there():
    ckpt = written(w=1)
    assert '\ud800' not in ckpt and ckpt.get('\ud800') is None
    with pytest.raises(KeyError):
        ckpt['\ud800']


def test_paths_may_be_path_objects():
    folder = pathlib.Path('run')
    folder.mkdir()
    written(folder / 'm', a=1.0)
    assert icecore.Checkpoint(folder / 'm.index')['a'] == 1
    assert icecore.load_variable(folder / 'm', 'a') == 1 and icecore.list_variables(folder / 'm') == [('a', [])]
    assert icecore.checkpoint_exists(folder / 'm')


def test_parts_of_a_variable_are_read_and_written():
    with icecore.CheckpointWriter('m') as writer:
        writer.add_slice('w', [4, 2], '0,2:-', np.zeros((2, 2), np.float32))
        writer.add_slice('w', [4, 2], '2,2:-', np.ones((2, 2), np.float32))
    ckpt = icecore.Checkpoint('m')
    assert ckpt.info('w').sliced and ckpt['w'].sum() == 4 and ckpt.read('w', slice='1,2:0,1').tolist() == [[0], [1]]


def test_a_writer_that_fails_leaves_nothing():
    with pytest.raises(RuntimeError):
        with icecore.CheckpointWriter('m') as writer:
            writer.add('a', 1)
            raise RuntimeError
    assert list(pathlib.Path('.').iterdir()) == []
    with icecore.CheckpointWriter('m') as writer:
        writer.add('a', 1)
    with pytest.raises(ValueError, match='finished'):
        writer.add('b', 2)


def test_several_threads_may_add_to_one_writer():
    values = {'v%d_%d' % (i, k): np.full(1000, 1000 * i + k) for i in range(4) for k in range(100)}
    with icecore.CheckpointWriter('from_threads') as writer, concurrent.futures.ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda name: writer.add(name, values[name]), values))
    ckpt = icecore.Checkpoint('from_threads')
    assert len(ckpt) == len(values)
    assert all((ckpt[name] == value).all() for name, value in values.items())


def test_what_is_no_checkpoint_is_refused():
    with pytest.raises(icecore.NotFoundError):
        icecore.Checkpoint('nothing/here')
    pathlib.Path('page').write_text('<html>' * 100)
    with pytest.raises(icecore.InvalidArgumentError):
        icecore.Checkpoint('page')


def test_it_shows_itself():
    ckpt = written(**{'a<b': 1.0})
    assert repr(ckpt) == "<Checkpoint 'model.ckpt': 1 variables, v2>"
    assert 'a&lt;b' in ckpt._repr_html_()


def test_the_newest_checkpoint_is_found():
    assert icecore.latest_checkpoint('.') is None and icecore.get_checkpoint_state('.') is None
    written('m-1', a=1.0)
    icecore._core.update_checkpoint_state('.', 'm-1', ['m-1'])
    assert icecore.latest_checkpoint('.').endswith('m-1')
    assert len(icecore.get_checkpoint_state('.').all_model_checkpoint_paths) == 1


def test_a_checkpoint_is_a_mapping_that_compares_by_itself():
    ckpt = written(w=np.ones(3, np.float32))
    assert ckpt == ckpt and ckpt != icecore.Checkpoint('model.ckpt') and {ckpt: 1}[ckpt] == 1
    assert 5 not in ckpt and ckpt.get(5) is None and ckpt.get('v', 'none') == 'none'
    with pytest.raises(KeyError):
        ckpt[5]
    with icecore.Checkpoint(pathlib.Path('model.ckpt')) as same:
        assert list(same) == ['w']


def test_what_is_no_path_or_no_value_is_said_in_plain_words():
    with pytest.raises(TypeError, match='not NoneType'):
        icecore.Checkpoint(None)
    with icecore.CheckpointWriter('m') as writer:
        with pytest.raises(TypeError, match="None is no value for the variable 'w'"):
            writer.add('w', None)
        assert repr(writer) == "<CheckpointWriter 'm'>"
    assert repr(writer) == "<CheckpointWriter 'm', finished>"
