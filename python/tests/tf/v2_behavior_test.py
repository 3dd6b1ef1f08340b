"""What scripts that were carried over to TensorFlow 2 say first; devices by their parts."""
import pytest

import icecore.tf as tf


def test_ways_of_tensorflow_1_are_taken_and_those_of_2_refused():
    tf.disable_v2_behavior()
    tf.disable_eager_execution()
    assert tf.executing_eagerly() is False
    with pytest.raises(tf.errors.UnimplementedError, match='tf.enable_eager_execution'):
        tf.enable_eager_execution()


def test_devices():
    spec = tf.DeviceSpec(job='ps', task=1, device_type='CPU', device_index=0)
    assert spec.to_string() == '/job:ps/task:1/device:CPU:0' == tf.DeviceSpec.from_string('/job:ps/task:1/cpu:0').to_string()
    other = tf.DeviceSpec(job='w')
    spec.merge_from(other)
    assert spec.job == 'w' and spec.task == 1
    with tf.Graph().as_default(), tf.device(other):
        assert tf.constant(1).device == '/job:w'
    with pytest.raises(ValueError, match='Unknown attribute'):
        tf.DeviceSpec.from_string('/nothing:x')
