"""The table of messages as files: what messages.txt and more_messages.txt say, read when first asked for.

The head of messages.txt says how they are written. It is also the C++ core's table; more_messages.txt has what the core
doesn't read.
"""
import functools
import os
import re

HERE = os.path.dirname(__file__)
# Installed beside this file; in the source tree it stands with the C++ that is made of it.
MESSAGES = (os.path.join(HERE, 'messages.txt'),
            os.path.join(os.path.realpath(HERE), *[os.pardir] * 4, 'src', 'proto', 'messages.txt'))
MORE_MESSAGES = os.path.join(HERE, 'more_messages.txt')
FIELD = re.compile(r'(\d+) (repeated )?(map<(\w+), (\S+)>|\S+) (\w+)(?: oneof (\w+))?( deprecated)?$')
# What messages.txt has from files that it doesn't name.
ELSEWHERE = {'error.Code': 'tensorflow/core/lib/core/error_codes.proto'}


class Message:
    """One message. Fields are (number, repeated, type, name, oneof, deprecated); a map's type is (key, value)."""

    def __init__(self, name):
        self.name, self.fields = name, []


class Enum:
    """One enum, with its values as (number, name) in the order of their declaration."""

    def __init__(self, name):
        self.name, self.values = name, []


class Table:
    """files: path -> the messages and enums that stand in it. file_of: the other way round, by name."""

    def __init__(self, lines):
        self.files, self.file_of = {}, {}
        path = current = None
        for line in lines:
            line = line.strip().lstrip('+').strip()
            if line.startswith('# '):
                path = line[2:] if line.endswith('.proto') else None
            elif line.startswith(('message ', 'enum ')):
                kind, name = line.split(' ')
                current = (Message if kind == 'message' else Enum)(name)
                self._add(current, path)
            elif line and isinstance(current, Enum):
                number, name = line.split(' ')
                current.values.append((int(number), name))
            elif line and not line.startswith('#'):
                number, repeated, kind, key, value, name, oneof, deprecated = FIELD.match(line).groups()
                kind = (key, value) if key else kind
                current.fields.append((int(number), bool(repeated or key), kind, name, oneof, bool(deprecated)))

    def _add(self, item, path):
        if item.name.startswith('google.'):
            return
        path = ELSEWHERE.get(item.name, path)
        self.files.setdefault(path, []).append(item)
        self.file_of[item.name] = path

    def items(self, path):
        """Messages and enums of the file, outer ones before what they hold."""
        return sorted(self.files[path], key=lambda item: item.name.count('.'))


@functools.lru_cache(maxsize=1)
def table():
    lines = []
    for path in (MESSAGES[0] if os.path.exists(MESSAGES[0]) else MESSAGES[1], MORE_MESSAGES):
        with open(path, encoding='utf-8') as text:
            lines += text.readlines()
    return Table(lines)
