"""TensorFlow's messages as protobuf's classes, in a descriptor pool of Icecore's own.

So they can live beside those of a TensorFlow that is imported into the same process, and need no generated files. Works with
protobuf from 3.20 on, whichever its implementation.
"""
from google.protobuf import any_pb2, descriptor_pb2, descriptor_pool, message_factory, wrappers_pb2

from .message_table import Message, table
from .text import text_of

PACKAGE = 'tensorflow'
WELL_KNOWN = {'google.protobuf.Any': any_pb2.DESCRIPTOR, 'google.protobuf.BoolValue': wrappers_pb2.DESCRIPTOR,
              'google.protobuf.DoubleValue': wrappers_pb2.DESCRIPTOR}
Field = descriptor_pb2.FieldDescriptorProto

_pool = descriptor_pool.DescriptorPool()
_added = set()


def _add_file(path):
    """The file and what it needs, into the pool."""
    if path in _added:
        return
    _added.add(path)
    for known in WELL_KNOWN.values():
        if known.name == path:
            _pool.AddSerializedFile(known.serialized_pb)
            return
    proto = _file_proto(path)
    for dependency in proto.dependency:
        _add_file(dependency)
    _pool.AddSerializedFile(proto.SerializeToString())


def _file_proto(path):
    proto = descriptor_pb2.FileDescriptorProto(name=path, package=PACKAGE, syntax='proto3')
    made, needed = {}, set()
    for item in table().items(path):
        outer, _, last = item.name.rpartition('.')
        if outer and outer not in made:
            # Names of another package begin with it.
            proto.package = '%s.%s' % (PACKAGE, outer)
        owner = made.get(outer, proto)
        if isinstance(item, Message):
            message = (owner.message_type if owner is proto else owner.nested_type).add(name=last)
            made[item.name] = message
            for field in _oneofs_together(item.fields):
                _add_field(message, item.name, field, needed)
        else:
            enum = owner.enum_type.add(name=last)
            for number, name in item.values:
                enum.value.add(name=name, number=number)
            if len({number for number, _ in item.values}) < len(item.values):
                enum.options.allow_alias = True
    proto.dependency.extend(sorted(needed - {path}))
    return proto


def _oneofs_together(rows):
    """By number, but the fields of a oneof one after the other: protobuf 3.20 takes no others."""
    first = {}
    for place, row in enumerate(rows):
        first.setdefault(row[4] or row, place)
    return sorted(rows, key=lambda row: first[row[4] or row])


def _add_field(message, message_name, row, needed):
    number, repeated, kind, name, oneof, deprecated = row
    field = message.field.add(name=name, number=number)
    field.label = Field.LABEL_REPEATED if repeated else Field.LABEL_OPTIONAL
    if isinstance(kind, tuple):
        entry = message.nested_type.add(name=''.join(part[:1].upper() + part[1:] for part in name.split('_')) + 'Entry')
        entry.options.map_entry = True
        for entry_number, entry_name, entry_kind in ((1, 'key', kind[0]), (2, 'value', kind[1])):
            _add_field(entry, '', (entry_number, False, entry_kind, entry_name, None, False), needed)
        field.type = Field.TYPE_MESSAGE
        field.type_name = '.%s.%s.%s' % (PACKAGE, message_name, entry.name)
    else:
        _set_type(field, kind, needed)
    if oneof:
        groups = [group.name for group in message.oneof_decl]
        if oneof not in groups:
            message.oneof_decl.add(name=oneof)
            groups.append(oneof)
        field.oneof_index = groups.index(oneof)
    if deprecated:
        field.options.deprecated = True


def _set_type(field, kind, needed):
    scalar = 'TYPE_' + kind.upper()
    if kind in WELL_KNOWN:
        needed.add(WELL_KNOWN[kind].name)
        field.type, field.type_name = Field.TYPE_MESSAGE, '.' + kind
    elif kind not in table().file_of:
        field.type = Field.Type.Value(scalar)
    else:
        path = table().file_of[kind]
        needed.add(path)
        is_message = any(item.name == kind and isinstance(item, Message) for item in table().files[path])
        field.type = Field.TYPE_MESSAGE if is_message else Field.TYPE_ENUM
        field.type_name = '.%s.%s' % (PACKAGE, kind)


def file_descriptor(path):
    _add_file(path)
    return _pool.FindFileByName(path)


def message_class(descriptor):
    """The class, with those of the messages inside it; importable, so that its messages can be pickled."""
    made = _class_of(descriptor)
    made.__module__ = __package__
    for inner in descriptor.nested_types:
        if not hasattr(made, inner.name):
            setattr(made, inner.name, message_class(inner))
    _print_as_then(descriptor)
    return made


def _print_as_then(descriptor):
    """The class and those of its fields print themselves as they did in TensorFlow 1.15."""
    waiting = [descriptor]
    while waiting:
        one = waiting.pop()
        if one.full_name not in _printed and one.file.package.startswith(PACKAGE):
            _printed[one.full_name] = kept = _class_of(one)
            kept.__str__ = text_of
            waiting += [field.message_type for field in one.fields if field.message_type is not None]


# By name: a class that nobody keeps is made anew when it is needed again.
_printed = {}


def _class_of(descriptor):
    if hasattr(message_factory, 'GetMessageClass'):
        return message_factory.GetMessageClass(descriptor)
    return _factory().GetPrototype(descriptor)


def _factory():
    """The factory of protobuf before 4.22, one for the pool."""
    if not hasattr(_factory, 'made'):
        _factory.made = message_factory.MessageFactory(_pool)
    return _factory.made
