"""Devices that a session lacks."""
import pytest

from icecore import tf
from icecore.tf.client import placement


@pytest.fixture(autouse=True)
def in_a_graph_of_its_own(monkeypatch):
    monkeypatch.setattr(placement, '_said', set())
    with tf.Graph().as_default():
        yield


def test_a_gpu_is_refused_as_by_a_tensorflow_without_gpus():
    with tf.device('/gpu:0'):
        total = tf.add(tf.constant(1, name='a'), 2, name='total')
    other = tf.constant(5)
    with tf.Session() as session, pytest.raises(tf.errors.InvalidArgumentError) as caught:
        session.run(other)
    assert str(caught.value).startswith(
        'Cannot assign a device for operation total: node total was explicitly assigned to /device:GPU:0 but available '
        'devices are [ /job:localhost/replica:0/task:0/device:CPU:0 ]. Make sure the device specification refers to a valid '
        'device. The requested device appears to be a GPU, but CUDA is not enabled.')
    assert caught.value.op is total.op


def test_soft_placement_runs_on_the_processor_and_says_so_once(capfd):
    with tf.device('/device:GPU:1'):
        value = tf.constant(3)
    config = tf.ConfigProto(allow_soft_placement=True)
    for _ in range(2):
        with tf.Session(config=config) as session:
            assert session.run(value) == 3
    assert capfd.readouterr().err == 'icecore: the script asks for a GPU; Icecore runs on the processor.\n'


def test_no_soft_placement_reaches_another_job():
    with tf.device('/job:ps/task:3'):
        value = tf.constant(3)
    with tf.Session(config=tf.ConfigProto(allow_soft_placement=True)) as session:
        with pytest.raises(tf.errors.InvalidArgumentError, match='assigned to /job:ps/task:3 but'):
            session.run(value)


@pytest.mark.parametrize('device', ['/cpu:0', 'CPU', '/device:CPU:*', '/job:localhost/replica:0/task:0/device:CPU:0'])
def test_the_processor_is_there(device):
    with tf.device(device):
        value = tf.constant(3)
    with tf.Session() as session:
        assert session.run(value) == 3


def test_the_configuration_says_how_many_processors_there_are():
    with tf.device(lambda op: '/cpu:3'):
        value = tf.constant(3)
    with tf.Session(config=tf.ConfigProto(device_count={'CPU': 4})) as session:
        assert session.run(value) == 3
        assert len(session.list_devices()) == 4
    with tf.Session() as session, pytest.raises(tf.errors.InvalidArgumentError):
        session.run(value)


def test_operations_that_are_added_later_are_looked_at_too():
    with tf.Session() as session:
        assert session.run(tf.constant(1)) == 1
        with tf.device('/gpu:0'):
            value = tf.constant(2)
        with pytest.raises(tf.errors.InvalidArgumentError):
            session.run(value)
