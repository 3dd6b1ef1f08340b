"""The numbers of which TensorFlow gives one to each graph and each tensor of a process, in the order of their making.

Names of registered gradients hold them, and so do the graphs that use these. They are counted when one is asked for.
"""
import weakref


class _Counted:
    """How many tensors a graph has."""

    def __init__(self, builder):
        self._builder = builder
        self._seen = self._tensors = 0

    def tensors(self):
        if self._builder is not None:
            n = self._builder.num_operations
            self._tensors += sum(self._builder.operation(i).num_outputs for i in range(self._seen, n))
            self._seen = n
        return self._tensors

    def end(self):
        """The graph is gone; its tensors go on counting."""
        self.tensors()
        self._builder = None


_graphs = []
_drawn = [0]


def watch(graph):
    """Counts a new graph and what it will have."""
    counted = _Counted(graph._builder)
    _graphs.append(counted)
    weakref.finalize(graph, counted.end).atexit = False


def uid():
    """The next number."""
    _drawn[0] += 1
    return _drawn[0] - 1 + len(_graphs) + sum(counted.tensors() for counted in _graphs)
