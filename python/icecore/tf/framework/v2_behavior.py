"""What scripts say of TensorFlow 2's ways: Icecore has graphs and sessions, as TensorFlow 1 has them."""
from icecore.errors import UnimplementedError


def executing_eagerly():
    """Never: operations are put into a graph (tf.executing_eagerly)."""
    return False


def _nothing(name):
    def function():
        return None
    function.__name__ = function.__qualname__ = name
    function.__doc__ = 'Nothing is to be done: that is how Icecore is (tf.%s).' % name
    return function


disable_eager_execution = _nothing('disable_eager_execution')
disable_v2_behavior = _nothing('disable_v2_behavior')
disable_control_flow_v2 = _nothing('disable_control_flow_v2')
disable_tensor_equality = _nothing('disable_tensor_equality')


def _refused(name):
    def function():
        raise UnimplementedError(None, None, 'tf.%s: Icecore has no eager execution and no functions; it builds graphs '
                                 'and runs them in sessions.' % name)
    function.__name__ = function.__qualname__ = name
    function.__doc__ = 'Refused (tf.%s).' % name
    return function


enable_v2_behavior = _refused('enable_v2_behavior')
enable_control_flow_v2 = _refused('enable_control_flow_v2')
enable_tensor_equality = _refused('enable_tensor_equality')


def enable_eager_execution(config=None, device_policy=None, execution_mode=None):
    """Refused (tf.enable_eager_execution)."""
    _refused('enable_eager_execution')()


def control_flow_v2_enabled():
    """Never: branches and loops are those of TensorFlow 1."""
    return False
