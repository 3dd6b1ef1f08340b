#!/usr/bin/env python3
"""Makes what tensor_text_test and npy_file_test compare with: numpy's own text and .npy files.

  make_tensor_text_golden.py [OUT [SEED [COUNT]]]

OUT is tests/data/cli if not given; another one, with another seed and more random arrays (COUNT of
each type), makes a longer test of the same form. Needs numpy >= 2.4 and ml_dtypes. The same bytes
every time.

A file is a list of cases, each a few lines and an empty one. `data` is hexadecimal, little-endian;
the items of a string tensor stand with commas between them."""
import io
import os
import random
import sys

import ml_dtypes
import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'golden'))
from crc32c import crc32c  # noqa: E402  (tests/golden)

INTEGERS = ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']
QUANTIZED = {'qint8': 'int8', 'quint8': 'uint8', 'qint16': 'int16', 'quint16': 'uint16', 'qint32': 'int32'}
FLOATS = ['float16', 'float32', 'float64']
COMPLEX = {'complex64': 'float32', 'complex128': 'float64'}
TYPES = FLOATS + ['bfloat16'] + list(COMPLEX) + INTEGERS + list(QUANTIZED) + ['bool', 'string']
DEFAULTS = {'threshold': 1000, 'edge_items': 3, 'line_width': 75, 'precision': 8}


def numpy_type(name):
    if name == 'bfloat16':
        return np.dtype(ml_dtypes.bfloat16)
    return np.dtype(object) if name == 'string' else np.dtype(QUANTIZED.get(name, name))


def text_of(array, options):
    with np.printoptions(threshold=options['threshold'], edgeitems=options['edge_items'],
                         linewidth=options['line_width'], precision=options['precision']):
        return str(array)


def data_of(name, array):
    if name == 'string':
        return ','.join(item.hex() for item in array.reshape(-1))
    return array.tobytes().hex()


def head(name, array):
    # A scalar has no dimension, and a string tensor without items no data: nothing follows the word.
    return ['dtype ' + name, ('shape ' + ','.join(map(str, array.shape))).rstrip(),
            ('data ' + data_of(name, array)).rstrip()]


def text_case(name, array, **changed):
    options = {**DEFAULTS, **changed}
    lines = head(name, array)
    lines += [f'{key} {value}' for key, value in changed.items()]
    lines += ['text'] + ['|' + line for line in text_of(array, options).split('\n')]
    return lines


def npy_case(name, array):
    if name == 'string':
        array = np.array([bytes(item) for item in array.reshape(-1)], dtype=np.bytes_).reshape(array.shape)
    out = io.BytesIO()
    np.save(out, array)
    return ['npy ' + out.getvalue().hex()]


def random_shape(rng, most=40):
    rank = rng.choice([0, 1, 1, 1, 2, 2, 3, 4])
    shape, size = [], 1
    for _ in range(rank):
        length = rng.choice([1, 2, 3, 4, 5, 7, 11, 20])
        length = max(1, min(length, most // size))
        shape.append(length)
        size *= length
    rng.shuffle(shape)
    return tuple(shape)


def random_real(rng, kind):
    """One number in the manner of an array's kind."""
    if kind == 'weights':
        return rng.gauss(0, 0.1)
    if kind == 'whole':
        return float(rng.randint(-300, 300))
    if kind == 'large':
        return rng.gauss(0, 1) * 10 ** rng.randint(2, 9)
    if kind == 'decimal':
        return round(rng.uniform(-100, 100), rng.randint(0, 3))
    if kind == 'wide':
        return rng.gauss(0, 1) * 10 ** rng.randint(-12, 12)
    if kind == 'powers':
        return 2.0 ** rng.randint(-40, 40)
    if kind == 'tens':
        return 10.0 ** rng.randint(-6, 9) * rng.choice([1, 0.999999, 1.000001, -1])
    return rng.choice([float('nan'), float('inf'), float('-inf'), 0.0, -0.0, rng.gauss(0, 1)])


KINDS = ['weights', 'whole', 'large', 'decimal', 'wide', 'powers', 'tens', 'odd']


def random_reals(rng, name, count):
    kind = rng.choice(KINDS)
    if rng.random() < 0.15:  # Any bits at all.
        return np.frombuffer(rng.randbytes(count * np.dtype(name).itemsize), dtype=name).copy()
    values = [random_real(rng, 'odd' if rng.random() < 0.05 else kind) for _ in range(count)]
    with np.errstate(all='ignore'):
        return np.array(values, dtype='float64').astype(name)


def random_string(rng):
    manner = rng.randint(0, 3)
    length = rng.choice([0, 1, 2, 5, 9, 30])
    if manner == 0:
        return rng.randbytes(length)
    if manner == 1:
        return bytes(rng.choice(b'\'"\\\t\n\r\x00\x7f\x80 az') for _ in range(length))
    return bytes(rng.choice(b"abc XYZ_/:09'") for _ in range(length))


def random_array(rng, name, shape):
    count = int(np.prod(shape, dtype='int64'))
    if name == 'string':
        flat = np.empty(count, dtype=object)
        flat[:] = [random_string(rng) for _ in range(count)]
    elif name == 'bool':
        flat = np.array([rng.random() < 0.5 for _ in range(count)], dtype=bool)
    elif name in COMPLEX:
        flat = np.empty(count, dtype=name)
        flat.real = random_reals(rng, COMPLEX[name], count)
        flat.imag = random_reals(rng, COMPLEX[name], count)
    elif name == 'bfloat16':
        with np.errstate(all='ignore'):
            flat = random_reals(rng, 'float32', count).astype(ml_dtypes.bfloat16)
    elif name in FLOATS:
        flat = random_reals(rng, name, count)
    else:
        limits = np.iinfo(numpy_type(name))
        reach = rng.choice([9, 100, 70000, limits.max])
        low, high = max(limits.min, -reach), min(limits.max, reach)
        flat = np.array([rng.randint(low, high) for _ in range(count)], dtype=numpy_type(name))
    return flat.reshape(shape)


def random_options(rng):
    if rng.random() < 0.5:
        return {}
    options = {}
    if rng.random() < 0.4:
        options['threshold'] = rng.choice([0, 4, 10, 20])
        options['edge_items'] = rng.choice([1, 2, 3])
    if rng.random() < 0.4:
        options['line_width'] = rng.choice([1, 12, 20, 40, 120])
    if rng.random() < 0.4:
        options['precision'] = rng.choice([0, 1, 2, 3, 4, 6, 12, 17, 30])
    return options


def objects(*items):
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array


def chosen_texts():
    """What chance might leave out."""
    nan, inf = float('nan'), float('inf')
    for name in TYPES:  # Every type: none, one, a scalar.
        zero = b'' if name == 'string' else 0
        yield text_case(name, np.zeros((0,), dtype=numpy_type(name)))
        yield text_case(name, np.zeros((3, 0, 2), dtype=numpy_type(name)))
        one = np.empty((1, 1), dtype=numpy_type(name))
        one[0, 0] = zero
        yield text_case(name, one)
        yield text_case(name, one.reshape(()))
    for name in FLOATS:
        info = np.finfo(name)
        # Where exponents begin, and the numbers beside.
        edges = []
        for edge in [1e-4, 1e3, 1e6, 1e8, 1e16]:
            with np.errstate(all='ignore'):
                at = np.array(edge, dtype=name)
            edges += [np.nextafter(at, np.array(0, dtype=name)), at, np.nextafter(at, np.array(inf, dtype=name))]
        edges += [info.max, info.tiny, info.smallest_subnormal, -info.max, info.eps, 0.0, -0.0, nan, inf, -inf]
        for edge in edges:
            yield text_case(name, np.array(edge, dtype=name))
            yield text_case(name, np.array([edge], dtype=name))
            yield text_case(name, np.array([edge, 1], dtype=name))
        # The spread from which exponents are used.
        for largest in [999, 1000, 1000.25, 1000.3, 1001, 1000.0001]:
            yield text_case(name, np.array([1, largest], dtype=name))
            yield text_case(name, np.array([0.0625, largest / 16], dtype=name))
        for values in [[nan], [inf], [-inf], [nan, -inf], [nan, 1], [-inf, 1], [inf, 123456], [-0.0, nan],
                       [nan, 1e-9], [-inf, 1e20], [inf, -1.5], [0.5, 0.25, -1]]:
            with np.errstate(all='ignore'):
                yield text_case(name, np.array(values, dtype=name))
        for precision in [0, 1, 3]:
            for values in [[0.5, 1.5, 2.5, 0.06], [0.0006], [0.125, 0.375], [9.96, 0.001], [0.0]]:
                yield text_case(name, np.array(values, dtype=name), precision=precision)
    yield text_case('float32', np.array([1e-5, 1.2345678, 0.1], dtype='float32'))
    yield text_case('float32', 2.0 ** np.arange(-149, 128, dtype='float64').astype('float32'))
    for name, part in COMPLEX.items():
        odd = [0.0, -0.0, 1.0, -2.5, 1e16, 1e-5, 123456789.0, nan, inf, -inf]
        for real in odd:
            for imaginary in odd:
                both = np.array([real, imaginary], dtype=part).view(name)
                yield text_case(name, both.reshape(()))
                if real in (1.0, inf) or imaginary in (0.0, -inf):
                    yield text_case(name, both)
    special = np.array([0xffc0, 0x7fc0, 0xff80, 0x7f80, 0x0001, 0x8000, 0x3f80, 0x4049, 0x47c3, 0x4974, 0x38d2, 0x3727],
                       dtype='uint16').view(ml_dtypes.bfloat16)
    yield text_case('bfloat16', special)
    for value in special:
        yield text_case('bfloat16', np.array(value))
    for items in [[b'hi', b''], [b"it's"], [b'"\''], [b'"'], [bytes(range(256))], [b'x' * 200, b'y', b'z' * 80]]:
        yield text_case('string', objects(*items))
        yield text_case('string', objects(items[0]).reshape(()))
    # Above the threshold, and just not.
    yield text_case('int16', np.arange(1000, dtype='int16'))
    yield text_case('int16', np.arange(1001, dtype='int16'))
    yield text_case('uint8', np.arange(1200, dtype='int64').astype('uint8').reshape(2, 600))
    yield text_case('int8', (np.arange(1092, dtype='int64') % 101 - 50).astype('int8').reshape(7, 2, 6, 13))
    yield text_case('bool', (np.arange(1001) % 3 == 0).reshape(7, 11, 13))
    # The columns are as wide as what is shown needs.
    hidden = np.ones(30, dtype='float32')
    hidden[15] = -1e30
    yield text_case('float32', hidden, threshold=20)
    yield text_case('float32', np.arange(24, dtype='float32').reshape(1, 1, 2, 3, 4))
    yield text_case('int32', np.arange(30, dtype='int32').reshape(1, 30), line_width=3)


def digests():
    """Texts too long to keep: their CRC-32C."""
    halves = np.arange(65536, dtype='uint16').view('float16')
    scalars = '\n'.join(str(np.array(half)) for half in halves)
    yield ['digest every_float16_alone', f'crc32c {crc32c(scalars.encode()):08x}']
    # Powers of two are where the shortest digits and the nearest ones can differ.
    powers = np.ldexp(1.0, np.arange(-1074, 1024))
    for precision in range(13, 18):
        text = text_of(powers, {**DEFAULTS, 'threshold': 1 << 20, 'precision': precision})
        yield [f'digest powers_of_two_{precision}', f'crc32c {crc32c(text.encode()):08x}']
    finite = halves[np.isfinite(halves)]
    for precision in range(9):
        text = text_of(finite, {**DEFAULTS, 'threshold': 1 << 20, 'precision': precision})
        yield [f'digest finite_float16_{precision}', f'crc32c {crc32c(text.encode()):08x}']


def write(path, cases):
    with open(path, 'w', encoding='ascii', newline='\n') as out:
        out.write(f'# By {os.path.basename(__file__)}, numpy {np.__version__}, ml_dtypes {ml_dtypes.__version__}\n\n')
        for case in cases:
            out.write('\n'.join(case) + '\n\n')


def main(out=os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'data', 'cli'), seed='1', count='14'):
    rng = random.Random(int(seed))
    texts = list(chosen_texts())
    for name in TYPES:
        for _ in range(int(count) * (3 if name in FLOATS + list(COMPLEX) else 1)):
            texts.append(text_case(name, random_array(rng, name, random_shape(rng)), **random_options(rng)))
    os.makedirs(out, exist_ok=True)
    write(os.path.join(out, 'tensor_text.txt'), texts)
    write(os.path.join(out, 'tensor_text_digests.txt'), digests())

    files = []
    for name in TYPES:
        for shape in [(), (1,), (0,), (2, 3), (5, 0, 1), (12345678, 0), random_shape(rng), random_shape(rng)]:
            array = random_array(rng, name, shape)
            files.append(head(name, array) + npy_case(name, array))
    for items in [(b'', b''), (b'ends in NULs\0\0', b'x'), (b'a' * 300, b'', b'b')]:
        files.append(head('string', objects(*items)) + npy_case('string', objects(*items)))
    for rank in range(2, 33):  # Headers of every length, and over one unit of padding.
        array = np.zeros((1,) * rank, dtype='float32')
        files.append(head('float32', array) + npy_case('float32', array))
    write(os.path.join(out, 'npy.txt'), files)


if __name__ == '__main__':
    main(*sys.argv[1:])
