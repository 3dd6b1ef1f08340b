#!/usr/bin/env python3
"""Writes python/icecore/tf/protos/more_messages.txt: the messages of TensorFlow 1.15.5 that src/proto/messages.txt leaves out,
since Icecore's core doesn't read them, though scripts make them (ConfigProto, Event, ...).

usage: PYTHON_OF_TENSORFLOW_1.15 scripts/more_messages.py src/proto/messages.txt >python/icecore/tf/protos/more_messages.txt
"""
import importlib
import os
import re
import sys

import tensorflow_core

FOLDERS = ('core/example', 'core/framework', 'core/lib/core', 'core/protobuf', 'core/util', 'python/training')
SCALARS = {1: 'double', 2: 'float', 3: 'int64', 4: 'uint64', 5: 'int32', 6: 'fixed64', 7: 'fixed32', 8: 'bool', 9: 'string',
           12: 'bytes', 13: 'uint32', 15: 'sfixed32', 16: 'sfixed64', 17: 'sint32', 18: 'sint64'}
HEAD = """# The messages of TensorFlow 1.15.5 that src/proto/messages.txt leaves out, written as that file says. Icecore's core doesn't read
# them; scripts make and read them. scripts/more_messages.py makes this file.
"""


def short(name):
    return re.sub(r'^tensorflow\.', '', name)


def type_name(field):
    if field.type == field.TYPE_MESSAGE:
        if field.message_type.GetOptions().map_entry:
            key, value = field.message_type.fields
            return 'map<%s, %s>' % (type_name(key), type_name(value))
        return short(field.message_type.full_name)
    if field.type == field.TYPE_ENUM:
        return short(field.enum_type.full_name)
    return SCALARS[field.type]


def print_enum(enum, known, out):
    if short(enum.full_name) in known:
        return
    out.append('enum ' + short(enum.full_name))
    out.extend('  %d %s' % (value.number, value.name) for value in enum.values)


def print_message(message, known, out):
    if message.GetOptions().map_entry:
        return
    if short(message.full_name) not in known:
        out.append('message ' + short(message.full_name))
        for field in sorted(message.fields, key=lambda field: field.number):
            is_map = field.type == field.TYPE_MESSAGE and field.message_type.GetOptions().map_entry
            packable = field.label == field.LABEL_REPEATED and field.type not in (9, 11, 12)
            if field.GetOptions().HasField('packed') and not field.GetOptions().packed and packable:
                sys.exit('unpacked: ' + field.full_name)
            out.append('  %d %s%s %s%s%s' % (
                field.number, 'repeated ' if field.label == field.LABEL_REPEATED and not is_map else '', type_name(field),
                field.name, ' oneof ' + field.containing_oneof.name if field.containing_oneof else '',
                ' deprecated' if field.GetOptions().deprecated else ''))
    for inner in message.nested_types:
        print_message(inner, known, out)
    for enum in message.enum_types:
        print_enum(enum, known, out)


def main():
    with open(sys.argv[1]) as lines:
        known = {line.split()[1] for line in lines if re.match(r'\+?(message|enum) ', line)}
    root = os.path.dirname(tensorflow_core.__file__)
    print(HEAD, end='')
    for folder in FOLDERS:
        for name in sorted(os.listdir(os.path.join(root, folder))):
            if not name.endswith('_pb2.py'):
                continue
            module = importlib.import_module('tensorflow_core.%s.%s' % (folder.replace('/', '.'), name[:-3]))
            descriptor, out = module.DESCRIPTOR, []
            for message in descriptor.message_types_by_name.values():
                print_message(message, known, out)
            for enum in descriptor.enum_types_by_name.values():
                print_enum(enum, known, out)
            if out:
                print('\n# %s\n%s' % (descriptor.name, '\n'.join(out)))


main()
