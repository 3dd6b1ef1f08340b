"""Which public names tf has, and in which module of Icecore each is found.

A family is a module of this package with a TABLE: implementing module, relative to icecore.tf -> the public names that it
holds, without `tf.`, separated by blanks. The last part of a name is its attribute in the module, unless `NAME=ATTRIBUTE`
says another. What only has other names is said with ALIASES: public name -> public name, of a namespace too. A new family is added to FAMILIES.

Nothing is imported before somebody asks for a name of it. A folder of icecore/tf that is called as a namespace of tf is
(contrib, compat, ...) begins with `__getattr__, __dir__ = names.lazy(__name__)`.
"""
import importlib
import os
import sys
import types

from . import missing

ROOT = 'icecore.tf'
# The later ones' aliases may name what the earlier ones have.
FAMILIES = ('framework', 'graphs', 'layers', 'ops', 'platform', 'protos', 'rnn', 'summaries', 'training', 'contrib',
            'datasets')

# namespace -> {name: (module, attribute)}; '' is tf itself.
_table = {}
# Namespaces that hold nothing but other namespaces are here too.
_children = {'': {}}


def _add_namespace(namespace):
    if namespace in _children:
        return
    parent, _, last = namespace.rpartition('.')
    _add_namespace(parent)
    _children[parent][last] = namespace
    _children[namespace] = {}
    _table.setdefault(namespace, {})


def _add(name, module, attribute):
    namespace, _, last = name.rpartition('.')
    _add_namespace(namespace)
    _table.setdefault(namespace, {})[last] = (module, attribute)


def add_family(table, aliases):
    for module, names in table.items():
        for name in names.split():
            name, _, attribute = name.partition('=')
            _add(name, module, attribute or name.rpartition('.')[2])
    for name, target in aliases.items():
        namespace, _, last = target.rpartition('.')
        if target in _children:
            _add_namespace(name.rpartition('.')[0])
            _children[name.rpartition('.')[0]][name.rpartition('.')[2]] = target
        else:
            _add(name, *_table[namespace][last])


def _load():
    for family in FAMILIES:
        module = importlib.import_module(__name__ + '.' + family)
        add_family(module.TABLE, getattr(module, 'ALIASES', {}))


def resolve(namespace, name):
    """The object that tf.NAMESPACE.NAME is. AttributeError where there is none, which says whether TensorFlow has it."""
    entry = _table.get(namespace, {}).get(name)
    if entry is not None:
        module = importlib.import_module('%s.%s' % (ROOT, entry[0]))
        return getattr(module, entry[1]) if entry[1] != '*' else module
    child = _children.get(namespace, {}).get(name)
    if child is not None:
        return namespace_module(child)
    if (namespace, name) == ('compat', 'v1'):
        return importlib.import_module(ROOT)
    raise missing.attribute_error(namespace, name)


def names_in(namespace):
    """All names of tf.NAMESPACE, sorted."""
    return sorted({*_table.get(namespace, ()), *_children.get(namespace, ())})


def namespaces():
    return [namespace for namespace in _children if namespace]


def lazy(module_name):
    """__getattr__ and __dir__ of the module icecore.tf[.NAMESPACE]: names are found when asked for, and then stay."""
    namespace = module_name[len(ROOT) + 1:]

    def __getattr__(name):
        # `from tensorflow import *` asks for all that there is.
        value = names_in(namespace) if name == '__all__' else resolve(namespace, name)
        setattr(sys.modules[module_name], name, value)
        return value

    def __dir__():
        own = [name for name in vars(sys.modules[module_name]) if name.startswith('__') and name.endswith('__')]
        return sorted({*own, *names_in(namespace), *(['v1'] if namespace == 'compat' else [])})

    return __getattr__, __dir__


def has_file(namespace):
    """Whether icecore/tf has a folder or file of this name. (The import system can't be asked: it would ask the hook.)"""
    path = os.path.join(os.path.dirname(os.path.dirname(__file__)), *namespace.split('.'))
    return os.path.isfile(path + '.py') or os.path.isfile(os.path.join(path, '__init__.py'))


def namespace_module(namespace):
    """The module tf.NAMESPACE: a folder of icecore/tf where there is one of that name, else one that holds only names."""
    full = '%s.%s' % (ROOT, namespace)
    if full in sys.modules:
        return sys.modules[full]
    if has_file(namespace):
        return importlib.import_module(full)
    module = types.ModuleType(full, 'tf.%s of Icecore.' % namespace)
    module.__path__ = []
    module.__getattr__, module.__dir__ = lazy(full)
    sys.modules[full] = module
    return module


_load()
