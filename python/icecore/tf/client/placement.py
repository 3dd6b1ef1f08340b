"""Whether a session has the devices that operations ask for: it has the processor alone."""
import sys

from icecore.errors import InvalidArgumentError
from icecore.tf.framework.device_spec import DeviceSpec

_said = set()


def say_once(key, text):
    """A line on standard error, the first time."""
    if key not in _said:
        _said.add(key)
        print(text, file=sys.stderr)


def say_that_there_is_no_gpu():
    say_once('gpu', 'icecore: the script asks for a GPU; Icecore runs on the processor.')


class Placement:
    """What a ConfigProto says of devices, and which operations have been looked at."""

    def __init__(self, config):
        self.processors = max(1, config.device_count.get('CPU', 1)) if config is not None else 1
        self.soft = config is not None and config.allow_soft_placement
        self._seen = 0

    def names(self):
        """The devices there are."""
        return ['/job:localhost/replica:0/task:0/device:CPU:%d' % number for number in range(self.processors)]

    def check(self, graph):
        """Looks at the graph's new operations, where the script has asked for other devices.

        Raises:
          InvalidArgumentError: where one asks for a device that isn't there.
        """
        if not graph._asks_for_devices:
            return
        refused = [op for op in graph.get_operations()[self._seen:] if op.device and not self._has(op.device)]
        if refused:
            # TensorFlow places operations without inputs later.
            self._refuse(next((op for op in refused if len(op.inputs) > 0), refused[0]))
        self._seen = graph.version

    def _has(self, device):
        spec = DeviceSpec.from_string(device)
        if spec.job not in (None, 'localhost') or spec.replica or spec.task:
            return False
        if spec.device_type == 'GPU' and self.soft:
            say_that_there_is_no_gpu()
        return self.soft or spec.device_type in (None, 'CPU') and (spec.device_index or 0) < self.processors

    def _refuse(self, op):
        text = ('Cannot assign a device for operation %s: node %s was explicitly assigned to %s but available devices are '
                '[ %s ]. Make sure the device specification refers to a valid device.' %
                (op.name, op.name, op.device, ', '.join(self.names())))
        if 'GPU' in op.device.upper():
            text += ' The requested device appears to be a GPU, but CUDA is not enabled.'
        raise InvalidArgumentError(op.node_def, op, '%s\n\t [[%s]]' % (text, op.name))
