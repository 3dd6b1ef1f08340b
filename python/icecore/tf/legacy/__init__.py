"""Names that scripts of TensorFlow 1's years use and that numpy and the standard library have dropped since.

install() gives them back, in this process only. A module is touched when it is imported, so nothing is loaded for this; what a
module still has is left as it is.
"""
import importlib.abc
import importlib.machinery
import importlib.util
import sys

from . import numpy_names, standard_library

# module -> what gives it its names back.
RESTORERS = {**standard_library.RESTORERS, 'numpy': numpy_names.restore}
# Whole modules that are gone -> who makes them.
GONE = standard_library.GONE


class _Loader(importlib.abc.Loader):
    """The module's own loader, with a word after it."""

    def __init__(self, loader, restore):
        self._loader, self._restore = loader, restore

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        # The module sees its own loader, as if nobody stood between.
        module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._restore(module)


class _MadeModule(importlib.abc.Loader):
    def __init__(self, fill):
        self._fill = fill

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        self._fill(module)


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, restorers):
        self._restorers = restorers
        self._searching = set()

    def find_spec(self, fullname, path=None, target=None):
        restore = self._restorers.get(fullname)
        if restore is None or fullname in self._searching:
            return None
        self._searching.add(fullname)
        try:
            spec = importlib.util.find_spec(fullname)
        finally:
            self._searching.discard(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, restore)
        return spec


class _GoneFinder(importlib.abc.MetaPathFinder):
    def find_spec(self, fullname, path=None, target=None):
        fill = GONE.get(fullname)
        return importlib.machinery.ModuleSpec(fullname, _MadeModule(fill)) if fill else None


def when_imported(restorers):
    """Gives each module to its function as soon as it is loaded."""
    for name, restore in restorers.items():
        if name in sys.modules:
            restore(sys.modules[name])
    sys.meta_path.insert(0, _Finder(restorers))


def install():
    if any(isinstance(finder, _GoneFinder) for finder in sys.meta_path):
        return
    when_imported(RESTORERS)
    sys.meta_path.append(_GoneFinder())

