"""The import hook of `python -m icecore.tf`: `tensorflow` and what lies in it are Icecore's modules.

    tensorflow, tensorflow_core, tensorflow.compat.v1     icecore.tf
    tensorflow.NAMESPACE, tensorflow.compat.v1.NAMESPACE  tf.NAMESPACE
    tensorflow.contrib.PATH                               icecore.tf.contrib.PATH, without python.ops or the like in it
    tensorflow.examples.PATH                              icecore.tf.examples.PATH
    tensorflow.python.PATH                                icecore.tf.PATH, or what ALIASES says
    tensorflow.core.PATH_pb2                              the messages of tensorflow/core/PATH.proto (protos/)

What isn't there is an ImportError that names it and says where to look. Nothing of this happens in a process that didn't
call install().
"""
import importlib
import importlib.abc
import importlib.machinery
import sys
import types

from . import class_homes, names, protos
from .names import missing

TENSORFLOW = ('tensorflow', 'tensorflow_core')
# Modules of tensorflow.python and of tensorflow.contrib whose content stands in a module of another name here.
ALIASES = {
    'contrib.framework.arg_scope': 'contrib.framework.arg_scopes',
    'framework.errors': 'framework.errors_impl',
    'framework.graph_util_impl': 'framework.graph_util',
    'platform.logging': 'platform.tf_logging',
    'platform.googletest': 'platform.test',
    'pywrap_tensorflow': 'training.py_checkpoint_reader',
    'framework.sparse_tensor': 'framework.composites',
    'ops.gradients': 'framework.gradients',
    'ops.gradients_impl': 'framework.gradients',
    'ops.losses.losses': 'ops.losses.losses_impl',
    'ops.metrics': 'ops.metrics_impl',
    'ops.script_ops': 'framework.host_functions',
    'training.queue_runner': 'training.queue_runner_impl',
    'util.tf_logging': 'platform.tf_logging',
}
ALIASES.update({'ops.gen_%s_ops' % family: 'ops.plain' for family in (
    'array candidate_sampling control_flow data_flow image io linalg logging math nn parsing random sparse state string'
    ).split()})
# Modules of tensorflow.python that are a namespace of tf; '': tf itself.
NAMESPACES = {
    'ops.data_flow_ops': '', 'ops.image_ops': 'image', 'ops.io_ops': '', 'ops.nn': 'nn', 'ops.rnn_cell': 'nn.rnn_cell',
    'ops.sparse_ops': '', 'ops.standard_ops': '', 'keras.initializers': 'keras.initializers',
}
# Modules of tensorflow.contrib that are a namespace of tf.contrib.
ALIASES.update({'contrib.rnn.core_rnn_cell': 'contrib.rnn', 'contrib.rnn.rnn': 'contrib.rnn',
                'contrib.rnn.rnn_cell': 'contrib.rnn'})
# Folders of tensorflow.python that may be imported though they hold only what other lines of this file find.
PACKAGES = ('python', 'python.client', 'python.eager', 'python.framework', 'python.keras', 'python.layers', 'python.lib',
            'python.lib.io', 'python.ops', 'python.ops.losses', 'python.platform', 'python.saved_model', 'python.summary',
            'python.tools', 'python.training', 'python.util', 'core', 'compat')


def _real_module(path):
    """The module icecore.tf.PATH; None where there is no such file."""
    return importlib.import_module('%s.%s' % (names.ROOT, path)) if names.has_file(path) else None


def _module_of_python(path):
    """The module tensorflow.python.PATH; None where there is none."""
    if path in NAMESPACES:
        return names.namespace_module(NAMESPACES[path]) if NAMESPACES[path] else importlib.import_module(names.ROOT)
    return _real_module(ALIASES.get(path, path))


def _module_of_contrib(path):
    """The module tensorflow.contrib.…, whose path has no `python` in it; None where there is none."""
    path = ALIASES.get(path, path)
    return names.namespace_module(path) if path in names.namespaces() else _real_module(path)


def _package(full):
    module = types.ModuleType(full, 'A folder of TensorFlow, on Icecore.')
    module.__path__ = []

    def __getattr__(name):
        # TensorFlow imports all its folders at once: tf.python.framework.ops is there without an import of its own.
        inside = '%s.%s' % (full[len('tensorflow.'):], name)
        if name.startswith('__') or find_module(inside) is None:
            raise AttributeError("module '%s' has no attribute '%s'" % (full, name))
        return importlib.import_module('tensorflow.' + inside)

    module.__getattr__ = __getattr__
    missing.say_where_to_look(module)
    return module


def find_module(path):
    """What `import tensorflow.PATH` gives; None where Icecore has no such module."""
    parts = path.split('.') if path else []
    if parts[:2] in (['compat', 'v1'], ['_api', 'v1']):
        parts = parts[2:]
    if not parts:
        return importlib.import_module(names.ROOT)
    path = '.'.join(parts)
    if parts[-1].endswith('_pb2'):
        if not protos.has_module(path):
            return None
        module = protos.module_of(path)
        missing.say_where_to_look(module)
        return module
    if parts[0] == 'python' and len(parts) > 1:
        found = _module_of_python('.'.join(parts[1:]))
        if found is not None:
            return found
    elif path in names.namespaces():
        return names.namespace_module(path)
    elif parts[0] == 'contrib':
        # tensorflow.contrib.framework.python.ops.variables is icecore.tf.contrib.framework.variables.
        at = parts.index('python') if 'python' in parts else len(parts)
        short = '.'.join(parts[:at] + parts[at + 2:])
        found = _module_of_contrib(short)
        if found is not None:
            return found
    elif parts[0] == 'examples':
        return _real_module(path)
    if path in PACKAGES or protos.has_folder(path):
        return _package('tensorflow.' + path)
    return None


class _Loader(importlib.abc.Loader):
    def __init__(self, module):
        self._module = module

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        # The import system takes what stands here when the loader is done.
        sys.modules[module.__name__] = self._module


class TensorflowFinder(importlib.abc.MetaPathFinder):
    """Finds tensorflow's modules, before any that are installed."""

    def find_spec(self, fullname, path=None, target=None):
        root, _, rest = fullname.partition('.')
        if root not in TENSORFLOW:
            return None
        module = find_module(rest)
        if module is None:
            raise _not_there(fullname)
        return importlib.machinery.ModuleSpec(fullname, _Loader(module), is_package=hasattr(module, '__path__'))


class LastWord(importlib.abc.MetaPathFinder):
    """Asked when no one else has found a module of icecore.tf: `from tensorflow import NAME` comes here as well."""

    def find_spec(self, fullname, path=None, target=None):
        prefix = names.ROOT + '.'
        if not fullname.startswith(prefix):
            return None
        path = fullname[len(prefix):]
        module = names.namespace_module(path) if path in names.namespaces() else None
        if module is None and (path in ALIASES or path in NAMESPACES):
            module = (_module_of_contrib if path.startswith('contrib.') else _module_of_python)(path)
        if module is not None:
            return importlib.machinery.ModuleSpec(fullname, _Loader(module), is_package=True)
        inside = 'tensorflow.' if path.split('.')[0] in names.namespaces() or '.' not in path else 'tensorflow.python.'
        raise _not_there(inside + path)


def _not_there(name):
    if _asked_by_from_import():
        return missing.import_error(*name.rsplit('.', 1))
    return missing.module_not_found(name)


def _asked_by_from_import():
    """Whether the import system is after a name of `from module import NAME`."""
    frame = sys._getframe(1)
    while frame is not None and ('importlib' in frame.f_code.co_filename or frame.f_code.co_filename == __file__):
        if frame.f_code.co_name == '_handle_fromlist':
            return True
        frame = frame.f_back
    return False


class _Guide(importlib.abc.Loader):
    """Loads a module of Icecore's by another loader; what it lacks is then said with where to look."""

    def __init__(self, loader):
        self._loader = loader

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        class_homes.settle(module)
        missing.say_where_to_look(module)


class Guides(importlib.abc.MetaPathFinder):
    """Finds icecore.tf's own modules where they are, so that a script that asks for what they lack is told more."""

    def find_spec(self, fullname, path=None, target=None):
        if not fullname.startswith(names.ROOT + '.'):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Guide(spec.loader)
        return spec


def install():
    """From now on, `import tensorflow` means Icecore in this process."""
    if any(isinstance(finder, TensorflowFinder) for finder in sys.meta_path):
        return
    for name, module in list(sys.modules.items()):
        if name.startswith(names.ROOT + '.'):
            class_homes.settle(module)
            missing.say_where_to_look(module)
    class_homes.settle_errors()
    sys.meta_path[:0] = [TensorflowFinder(), Guides()]
    sys.meta_path.append(LastWord())
    root = importlib.import_module(names.ROOT)
    root.python, root.core = _package('tensorflow.python'), _package('tensorflow.core')
