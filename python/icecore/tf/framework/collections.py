"""The collections of a graph.

The core keeps them, since its Saver, optimizers and meta graphs read and fill them; so what it can hold (tensors,
operations, variables, text, numbers) lies there too. Python's list of a collection is what Python sees: it also holds
any other object, and the very objects that were put in.
"""
import re

from icecore.tf.framework.operation import Operation
from icecore.tf.framework.tensor import Tensor

# Functions (graph, item of the core) -> Python object, or None where they don't know it; by kind of item.
_from_core = {}
# Functions (object) -> item for the core, or None.
_to_core = []
# Collections of encoded messages.
_MESSAGES = ('savers', 'queue_runners', 'cond_context', 'while_context')
# Those that the core fills alone.
_CONTEXTS = ('cond_context', 'while_context')


def register_item(kind, from_core, to_core):
    """Teaches collections a class of objects: `kind` is the class that the core's items have."""
    _from_core[kind] = from_core
    _to_core.append(to_core)


# The same of one collection, by its name: for messages, which the core holds encoded. Asked anew whenever the core is
# to see the collection, as what was put in may have changed.
_by_name = {}


def register_collection(name, from_core, to_core):
    """Teaches the collection of that name what its items are."""
    _by_name[name] = (from_core, to_core)


class Collections:
    """By name; see the module's text."""

    def __init__(self, graph):
        self._graph = graph
        self._lists = {}
        self._seen = {}  # How many of the core's items are in the list.
        self._lent = set()  # Lists that somebody outside may change.

    def names(self):
        for name in self._graph._builder.collection_keys():
            self._list(name)
        return list(self._lists)

    def items(self, name):
        if name not in self._lists and isinstance(name, str) and not self._graph._builder.collection(name):
            return []
        return list(self._list(name))

    def reference(self, name):
        self._lent.add(name)
        return self._list(name)

    def add(self, name, value):
        items = self._list(name)
        if name in _by_name:
            self._lent.add(name)
        item = self._item(name, value) if isinstance(name, str) else None
        if item is not None:
            self._graph._builder.add_to_collection(name, item)
            self._seen[name] += 1
        items.append(value)

    def clear(self, name):
        if isinstance(name, str):
            self._graph._builder.clear_collection(name)
        self._lists.pop(name, None)
        self._seen.pop(name, None)

    def push(self):
        """Makes the core see what was changed in lists that reference() gave."""
        builder = self._graph._builder
        for name in self._lent:
            if not isinstance(name, str) or name in _CONTEXTS:
                continue
            items = [item for item in (self._item(name, value) for value in self._list(name)) if item is not None]
            was_finalized, builder.finalized = builder.finalized, False  # Lists change in a finalized graph too.
            try:
                builder.clear_collection(name)
                for item in items:
                    builder.add_to_collection(name, item)
            finally:
                builder.finalized = was_finalized
            self._seen[name] = len(items)

    def lengths(self):
        """How many items of each collection lie in the core."""
        builder = self._graph._builder
        return {name: len(builder.collection(name)) for name in builder.collection_keys()}

    def read_text_since(self, lengths):
        """Bytes that came to the core since lengths() are text to Python, as where TensorFlow imports into a scope."""
        for name, length in self.lengths().items():
            items, new = self._list(name), length - lengths.get(name, 0)
            if new <= 0 or name in _MESSAGES:
                continue
            for i in range(len(items) - new, len(items)):
                if isinstance(items[i], bytes):
                    try:
                        items[i] = items[i].decode()
                    except UnicodeDecodeError:
                        pass

    def _list(self, name):
        if name not in self._lists:
            # In the order in which they came to be, not in which they are looked at.
            for known in self._graph._builder.collection_keys():
                self._lists.setdefault(known, [])
        items = self._lists.setdefault(name, [])
        if isinstance(name, str):
            core = self._graph._builder.collection(name)
            seen = self._seen.get(name, 0)
            if len(core) < seen:  # The core emptied it.
                del items[:]
                seen = 0
            items.extend(self._object(name, item) for item in core[seen:])
            if name in _by_name:
                self._lent.add(name)
            self._seen[name] = len(core)
        return items

    def _object(self, name, item):
        convert = _by_name[name][0] if name in _by_name else _from_core.get(type(item))
        if convert is not None:
            made = convert(self._graph, item)
            if made is not None:
                return made
        return self._graph._from_core(item)

    def _item(self, name, value):
        if name in _by_name:
            return _by_name[name][1](value)
        if isinstance(value, Tensor):
            if value.graph is self._graph:
                return value._output
        elif isinstance(value, Operation):
            if value.graph is self._graph:
                return value._core
        elif isinstance(value, (bool, float, str, bytes)):
            return value
        elif isinstance(value, int):
            if -2**63 <= value < 2**63:
                return value
        else:
            for convert in _to_core:
                item = convert(value)
                if item is not None:
                    return item
        return None


def matching(items, scope):
    """Those whose name begins as the regular expression says."""
    if scope is None:
        return items
    expression = re.compile(scope)
    return [item for item in items if hasattr(item, 'name') and expression.match(item.name)]
