#!/usr/bin/env python3
"""The examples of docs/formats.md are true: its dumps are the bytes of the files they name, every byte of the worked example
is annotated, and what is worked out (varints, ordered code, checksums, separators) comes out as written. Standard library
only. Prints each fault and exits with status 1 where there is one."""
import os
import re
import struct
import sys

sys.dont_write_bytecode = True
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
sys.path.insert(0, os.path.join(ROOT, 'tests', 'golden'))
import crc32c  # noqa: E402
import table  # noqa: E402
import varint  # noqa: E402

WORKED = 'tests/data/golden/worked/'
DUMP = re.compile(r'([0-9a-f]{4})  ((?:[0-9a-f]{2} )*[0-9a-f]{2})(?:  +(.*))?$')
BYTES = r'(?:[0-9a-f]{2} )*[0-9a-f]{2}'


class Faults(list):
    def expect(self, where, said, found):
        if said != found:
            self.append('line %d: says %s, is %s' % (where, text(said), text(found)))


def text(value):
    return value.hex(' ') if isinstance(value, bytes) else repr(value)


def blocks(document):
    """Each fenced block: its info string and its (line number, line)s."""
    info = None
    for number, line in enumerate(document.splitlines(), 1):
        if line.startswith('```'):
            if info is None:
                info, lines = line[3:].strip(), []
            else:
                yield info, lines
                info = None
        elif info is not None:
            lines.append((number, line))


def quoted_or_hex(said):
    """The bytes that "abc", 61 62 63 or (nothing) stand for."""
    if said == '(nothing)':
        return b''
    if said.startswith('"'):
        return said[1:-1].encode()
    return bytes.fromhex(said)


# Ordered code, written from the document's description.
def number_code(number):
    data = number.to_bytes((number.bit_length() + 7) // 8, 'big')
    return bytes([len(data)]) + data


def string_code(data):
    return b''.join({0: b'\0\xff', 255: b'\xff\0'}.get(byte, bytes([byte])) for byte in data) + b'\0\1'


def signed_code(number):
    size = 1
    while not -(1 << (7 * size - 1)) <= number < 1 << (7 * size - 1):
        size += 1
    flipped = ((1 << size) - 1) << (7 * size)
    return ((number & ((1 << (8 * size)) - 1)) ^ flipped).to_bytes(size, 'big')


def slice_code(words):
    name, extents = words[0], words[1].split(':') if len(words) > 1 else []
    out = number_code(0) + string_code(name.encode()) + number_code(len(extents))
    for extent in extents:
        start, length = (0, -1) if extent == '-' else map(int, extent.split(','))
        out += signed_code(start) + signed_code(length)
    return out


def ordered(kind, what):
    if kind == 'number':
        return number_code(int(what))
    if kind == 'signed':
        return signed_code(int(what))
    return string_code(quoted_or_hex(what)) if kind == 'string' else slice_code(what.split())


def check_dump(path, lines, faults, seen):
    with open(os.path.join(ROOT, path), 'rb') as file:
        data = file.read()
    covered = seen.setdefault(path, set())
    for where, line in lines:
        match = DUMP.match(line)
        if not match:
            faults.append('line %d: not a line of a dump: %s' % (where, line))
            continue
        at, dumped, note = int(match[1], 16), bytes.fromhex(match[2]), match[3] or ''
        faults.expect(where, dumped, data[at:at + len(dumped)])
        covered.update(range(at, at + len(dumped)))
        said = re.match(r'crc of bytes ([0-9a-f]{4}) to ([0-9a-f]{4}), masked', note)
        if said:
            first, last = int(said[1], 16), int(said[2], 16)
            faults.expect(where, dumped, struct.pack('<I', crc32c.masked(crc32c.crc32c(data[first:last + 1]))))
        said = re.match(r'crc32c ([0-9a-f]{8}), masked', note)
        if said:
            faults.expect(where, int(said[1], 16), struct.unpack('<I', dumped[1:])[0])
        for quoted in re.findall(r'"(.*?)"', note.partition(', the short successor')[0]):
            if quoted.encode() not in dumped:
                faults.append('line %d: "%s" isn\'t in these bytes' % (where, quoted))
        said = re.match(r'.*shared (\d+).*unshared (\d+), value (\d+) bytes', note)
        if said:
            faults.expect(where, b''.join(varint.encode(int(n)) for n in said.groups()), dumped)
        said = re.match(r'.*handle: offset (\d+), size (\d+)', note)
        if said:
            faults.expect(where, varint.encode(int(said[1])) + varint.encode(int(said[2])), dumped)


def check_line(kind, where, line, faults):
    """One line of a block of worked numbers."""
    if kind == 'varint':
        number, said = line.split(None, 1)
        faults.expect(where, bytes.fromhex(said), varint.encode(int(number)))
    elif kind == 'ordered-code':
        what, said = re.match(r'(.+?)\s{2,}(' + BYTES + ')$', line).groups()
        faults.expect(where, bytes.fromhex(said), ordered(*what.split(' ', 1)))
    elif kind == 'crc32c':
        what, crc, masked, stored = re.match(r'(.+?) +crc (\w{8})   masked (\w{8})   stored (.+)$', line).groups()
        found = crc32c.crc32c(quoted_or_hex(what))
        faults.expect(where, int(crc, 16), found)
        faults.expect(where, int(masked, 16), crc32c.masked(found))
        faults.expect(where, bytes.fromhex(stored), struct.pack('<I', crc32c.masked(found)))
    elif kind == 'separator':
        last, first, said = re.match(r'last (.+?)\s{2,}(?:first (.+?)|end)\s{2,}index key (.+)$', line).groups()
        last = quoted_or_hex(last)
        found = table._separator(last, quoted_or_hex(first)) if first else table._successor(last)
        faults.expect(where, quoted_or_hex(said), found)


def main():
    with open(os.path.join(ROOT, 'docs', 'formats.md'), encoding='utf-8') as file:
        document = file.read()
    faults, seen, kinds = Faults(), {}, set()
    for info, lines in blocks(document):
        kind, _, path = info.partition(' ')
        kinds.add(kind)
        if kind == 'hex':
            check_dump(path, lines, faults, seen)
        else:
            for where, line in lines:
                check_line(kind, where, line, faults)
    if not {'hex', 'varint', 'ordered-code', 'crc32c', 'separator'} <= kinds:
        faults.append('blocks of some kind are missing: there are %s' % sorted(kinds))
    for name in ('v2.ckpt.index', 'v2.ckpt.data-00000-of-00001', 'v1.ckpt'):
        size = os.path.getsize(os.path.join(ROOT, WORKED, name))
        missing = sorted(set(range(size)) - seen.get(WORKED + name, set()))
        if missing:
            faults.append('%s isn\'t annotated at %s' % (name, ', '.join(map(hex, missing))))
    # Links within the document lead somewhere.
    anchors = {re.sub(r'[^\w\- ]', '', title).strip().lower().replace(' ', '-')
               for title in re.findall(r'^#+ (.*)$', document, re.MULTILINE)}
    for anchor in re.findall(r'\]\(#([^)]*)\)', document):
        if anchor not in anchors:
            faults.append('no heading for #' + anchor)
    for fault in faults:
        print('docs/formats.md:', fault)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
