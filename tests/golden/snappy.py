"""A Snappy encoder that shows every kind of element; the size of its output is no concern of it."""
import varint


def literal(data):
    """One literal element; a length above 60 stands in 1 to 4 bytes behind the tag."""
    n = len(data) - 1
    if n < 60:
        return bytes([n << 2]) + data
    size = (n.bit_length() + 7) // 8
    return bytes([59 + size << 2]) + n.to_bytes(size, 'little') + data


def copy(offset, length):
    """One copy element: the shortest of the three kinds that can hold it (lengths 4 to 64)."""
    if length < 12 and offset < 2048:
        return bytes([1 | length - 4 << 2 | offset >> 8 << 5, offset & 255])
    if offset < 65536:
        return bytes([2 | length - 1 << 2]) + offset.to_bytes(2, 'little')
    return bytes([3 | length - 1 << 2]) + offset.to_bytes(4, 'little')


def literals(data):
    """Only literals."""
    return varint.encode(len(data)) + (literal(data) if data else b'')


def copies(data):
    """Greedy matching over the whole input, so that far copies (4-byte offsets) and overlapping ones occur too."""
    out = bytearray(varint.encode(len(data)))
    seen = {}
    at = start = 0
    while at + 4 <= len(data):
        before = seen.get(data[at:at + 4])
        seen[data[at:at + 4]] = at
        if before is None:
            at += 1
            continue
        length = 4
        while length < 64 and at + length < len(data) and data[before + length] == data[at + length]:
            length += 1
        if start < at:
            out += literal(data[start:at])
        out += copy(at - before, length)
        at += length
        start = at
    if start < len(data):
        out += literal(data[start:])
    return bytes(out)
