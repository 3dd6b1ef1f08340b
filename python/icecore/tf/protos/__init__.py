"""The message classes of TensorFlow: `tensorflow.core.framework.graph_pb2` and the others, made when first asked for.

module_of('core.framework.graph_pb2') is such a module. protos.GraphDef is the class itself, for any message outside others.
"""
import importlib
import sys
import types

from .message_table import table


def _path(name):
    """'core.framework.graph_pb2' -> 'tensorflow/core/framework/graph.proto'."""
    return 'tensorflow/%s.proto' % name[:-len('_pb2')].replace('.', '/')


def has_module(name):
    return name.endswith('_pb2') and _path(name) in table().files


def has_folder(name):
    """Whether there are messages below tensorflow.NAME."""
    prefix = 'tensorflow/%s/' % name.replace('.', '/')
    return any(path.startswith(prefix) for path in table().files)


def module_of(name):
    """The module tensorflow.NAME, whose file the table has: message classes, enums, and the values of enums outside messages."""
    full = 'tensorflow.' + name
    made = _modules.get(name)
    if made is None:
        # Imported here, so that who uses no message needs no protobuf.
        from google.protobuf.internal import enum_type_wrapper
        pool = importlib.import_module('.pool', __name__)
        made = _modules[name] = types.ModuleType(full, 'Messages of %s, made of the table of messages.' % _path(name))
        made.DESCRIPTOR = pool.file_descriptor(_path(name))
        for message_name, descriptor in made.DESCRIPTOR.message_types_by_name.items():
            setattr(made, message_name, pool.message_class(descriptor))
        for enum_name, enum in made.DESCRIPTOR.enum_types_by_name.items():
            setattr(made, enum_name, enum_type_wrapper.EnumTypeWrapper(enum))
            for value in enum.values:
                setattr(made, value.name, value.number)
    return made


_modules = {}


def __getattr__(name):
    path = table().file_of.get(name)
    if path is None or '.' in name:
        raise AttributeError("there is no message '%s'" % name)
    value = getattr(module_of(path[len('tensorflow/'):-len('.proto')].replace('/', '.') + '_pb2'), name)
    setattr(sys.modules[__name__], name, value)
    return value
