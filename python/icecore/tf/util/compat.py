"""tf.compat: bytes and text, and whether a version is far enough ahead."""
import datetime
import numbers
import os

bytes_or_text_types = (bytes, str)
# The day of TensorFlow 1.15's own horizon.
_HORIZON = datetime.date(2019, 8, 21)


def as_bytes(bytes_or_text, encoding='utf-8'):
    """Text as bytes; bytes as they are."""
    if isinstance(bytes_or_text, str):
        return bytes_or_text.encode(encoding)
    if isinstance(bytes_or_text, bytes):
        return bytes_or_text
    raise TypeError('Expected binary or unicode string, got %r' % (bytes_or_text,))


def as_text(bytes_or_text, encoding='utf-8'):
    """Bytes as text; text as it is."""
    if isinstance(bytes_or_text, str):
        return bytes_or_text
    if isinstance(bytes_or_text, bytes):
        return bytes_or_text.decode(encoding)
    raise TypeError('Expected binary or unicode string, got %r' % bytes_or_text)


def as_str(bytes_or_text, encoding='utf-8'):
    return as_text(bytes_or_text, encoding)


def as_str_any(value):
    """Bytes as text, anything else as str() says."""
    return as_str(value) if isinstance(value, bytes) else str(value)


def path_to_str(path):
    """A pathlib path as a string; anything else as it is."""
    return as_str_any(os.fspath(path)) if hasattr(path, '__fspath__') else path


def path_to_bytes(path):
    return as_bytes(path_to_str(path))


def forward_compatible(year, month, day):
    """Whether what was new on that day may be written already."""
    return _HORIZON > datetime.date(year, month, day)


class forward_compatibility_horizon(object):
    """A `with` block in which the horizon is another day."""

    def __init__(self, year, month, day):
        self._day = datetime.date(year, month, day)

    def __enter__(self):
        global _HORIZON
        self._before, _HORIZON = _HORIZON, self._day

    def __exit__(self, *exception):
        global _HORIZON
        _HORIZON = self._before


def __getattr__(name):
    # numpy's types among them, so that numpy is loaded only for who asks.
    extra = {'integral_types': (numbers.Integral, 'integer'), 'real_types': (numbers.Real, 'integer', 'floating'),
             'complex_types': (numbers.Complex, 'number')}.get(name)
    if extra is None:
        raise AttributeError("module 'tensorflow.compat' has no attribute '%s'" % name)
    import numpy
    value = (extra[0], *[getattr(numpy, kind) for kind in extra[1:]])
    globals()[name] = value
    return value
