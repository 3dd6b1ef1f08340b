"""tf.DeviceSpec."""
import re


class DeviceSpec:
    """The parts of a device's name, each of which may be left open.

    >>> DeviceSpec(job='ps', device_type='CPU', device_index=0).to_string()
    '/job:ps/device:CPU:0'
    """

    __slots__ = ('job', 'replica', 'task', 'device_type', 'device_index')

    def __init__(self, job=None, replica=None, task=None, device_type=None, device_index=None):
        self.job = job
        self.replica = None if replica is None else int(replica)
        self.task = None if task is None else int(task)
        self.device_type = device_type
        self.device_index = None if device_index is None else int(device_index)

    @classmethod
    def from_string(cls, spec):
        """Of a name, '/job:ps/cpu:0'.

        Raises:
          ValueError: where it isn't one.
        """
        return cls().parse_from_string(spec)

    def parse_from_string(self, spec):
        """Takes the parts that the name has, and no others."""
        for part in self.__slots__:
            setattr(self, part, None)
        for words in (part.split(':') for part in spec.split('/')):
            if len(words) == 2 and words[0] == 'job':
                self.job = words[1]
            elif len(words) == 2 and words[0] in ('replica', 'task'):
                setattr(self, words[0], int(words[1]))
            elif len(words) in (1, 2) and words[0].upper() in ('CPU', 'GPU'):
                self.device_type = words[0].upper()
                self.device_index = int(words[1]) if len(words) == 2 and words[1] != '*' else None
            elif len(words) == 3 and words[0] == 'device':
                self.device_type = words[1]
                self.device_index = None if words[2] == '*' else int(words[2])
            elif words[0]:
                raise ValueError("Unknown attribute: '%s' in '%s'" % (words[0], spec))
        return self

    def merge_from(self, dev):
        """Takes the parts that the other has."""
        for part in self.__slots__:
            value = getattr(dev, part)
            if value is not None:
                setattr(self, part, value)

    def to_string(self):
        """The device's name."""
        text = ''.join('/%s:%s' % (part, getattr(self, part)) for part in ('job', 'replica', 'task')
                       if getattr(self, part) is not None)
        if self.device_type is not None:
            index = '*' if self.device_index is None else self.device_index
            text += '/device:%s:%s' % (self.device_type, index)
        return text

    def __eq__(self, other):
        return isinstance(other, DeviceSpec) and self.to_string() == other.to_string()

    def __hash__(self):
        return hash(self.to_string())


def is_the_processor(device):
    """Whether the text asks for nothing, or for the processor."""
    return device is None or re.fullmatch(r'(/?(device:)?cpu(:0)?)?', device, re.I) is not None
