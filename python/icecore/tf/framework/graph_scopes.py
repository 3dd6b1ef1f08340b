"""What `with` blocks of a Graph enter: scopes that the core keeps."""


class NameScope:
    """`with graph.name_scope(name) as scope`."""

    __slots__ = ('_builder', '_name', '_guard')

    def __init__(self, builder, name):
        self._builder = builder
        self._name = name

    def __enter__(self):
        self._guard = self._builder.name_scope(self._name)
        return self._guard.name

    def __exit__(self, *_):
        self._guard.leave()
        return False


class GuardScope:
    """A scope of the core that `make` opens."""

    def __init__(self, make):
        self._make = make

    def __enter__(self):
        self._guard = self._make()

    def __exit__(self, *_):
        self._guard.leave()
        return False


class ColocationScope(GuardScope):
    """The same, in which devices that were asked for don't count."""

    def __init__(self, devices, make):
        super().__init__(make)
        self._devices = devices

    def __enter__(self):
        self._hidden = self._devices.hide()
        super().__enter__()

    def __exit__(self, *error):
        self._devices.restore(self._hidden)
        return super().__exit__(*error)
