"""Functions that say where operations are to stand (tf.device(function)), among devices that are named."""
from icecore.tf.framework.device_spec import DeviceSpec


def _merged(inner, outer):
    """What the inner device leaves open is as the outer one says."""
    spec = DeviceSpec.from_string(outer)
    spec.merge_from(DeviceSpec.from_string(inner))
    return spec.to_string()


class DeviceStack:
    """What a graph's `with tf.device` blocks ask for, the innermost last: names, functions, and None, which hides the rest.

    The core knows the names and places operations by them. Where there are functions, whatever was made since the last
    look is placed anew: before a block begins or ends, and before the script gets the operation.
    """

    def __init__(self, graph):
        self._graph = graph
        self._asked = []
        self._functions = 0  # Those of blocks that colocation hides count, too.
        self._seen = 0

    def push(self, asked):
        self.place()
        self._asked.append(asked)
        if callable(asked):
            if not self._functions:
                self._seen = self._graph._builder.num_operations
            self._functions += 1

    def pop(self):
        self.place()
        if callable(self._asked.pop()):
            self._functions -= 1

    def hide(self):
        """Leaves all blocks for now; restore() takes what it gives."""
        self.place()
        hidden, self._asked = self._asked, []
        return hidden

    def restore(self, hidden):
        self.place()
        self._asked = hidden

    def place(self):
        """Places what was made since the last time."""
        if not self._functions:
            return
        n = self._graph._builder.num_operations
        first, self._seen = self._seen, n
        for i in range(first, n):
            self._place(self._graph._operation(self._graph._builder.operation(i)))

    def _place(self, op):
        beside = [name for name in op._core.colocation_groups if name != op.name]
        for name in beside:
            other = self._graph._find(name)
            if other is not None and other.device:
                op._set_device(other.device)
        if beside or not any(map(callable, self._asked)):
            return
        op._set_device('')
        for asked in reversed(self._asked):
            if asked is None:
                break
            if callable(asked):
                op._set_device(asked(op))
            elif asked:
                op._set_device(_merged(op.device, asked))
