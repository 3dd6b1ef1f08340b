"""CRC-32C and the mask that LevelDB tables and bundles store it under."""


def _table():
    rows = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82f63b78 if byte & 1 else 0)
        rows.append(byte)
    return rows


_ROWS = _table()


def crc32c(data, before=0):
    """The checksum of data, continuing one of what came before it."""
    crc = before ^ 0xffffffff
    for byte in data:
        crc = crc >> 8 ^ _ROWS[(crc ^ byte) & 255]
    return crc ^ 0xffffffff


def masked(crc):
    return ((crc >> 15 | crc << 17) + 0xa282ead8) & 0xffffffff
