"""Ops on strings."""
import numpy as np

from op_cases import case, floats, ints, shape

i32, i64 = np.int32, np.int64


def strings(*items):
    return np.array([i if isinstance(i, bytes) else i.encode() for i in items], dtype=object)


def text(string):
    return np.array(string.encode() if isinstance(string, str) else string, dtype=object)


GRID = strings('a', 'bc', '', 'd e', 'f', 'gh').reshape(2, 3)

for op in ('StringLower', 'StringUpper'):
    case(op, op, np.array([[b'Ab1', b'', b'\xc3\x84z'], [b'ONE two', b'x', b'Y']], object))
    case(op + '_utf8', op, np.array([b'Ab1', b'ONE two', b''], object), encoding='utf-8')
    case(op + '_scalar', op, np.array(b'mIxEd', object))
    case(op + '_empty', op, np.zeros((0, 2), object))
    shape(op, op, ('string', [None, 3]))

case('join', 'StringJoin', [GRID, GRID])
case('join_separator', 'StringJoin', [strings('a', 'b'), text('-'), strings('c', '')], separator=', ')
case('join_scalars', 'StringJoin', [text('a'), text('b')], separator='/')
case('join_one', 'StringJoin', [strings('a', 'b')], separator='/')
case('join_empty', 'StringJoin', [strings(), text('x')])
case('join_other_shape', 'StringJoin', [strings('a'), strings('b', 'c')], error='INVALID_ARGUMENT')
for name, axes in [('first', [0]), ('last', [-1]), ('both', [0, 1]), ('both_back', [1, 0]), ('none', [])]:
    case('reduce_join_' + name, 'ReduceJoin', GRID, i32(axes), separator='+')
    case('reduce_join_keep_' + name, 'ReduceJoin', GRID, i32(axes), keep_dims=True)
case('reduce_join_scalar_axis', 'ReduceJoin', GRID, i32(1))
case('reduce_join_empty', 'ReduceJoin', strings().reshape(2, 0), i32([1]))
case('reduce_join_twice', 'ReduceJoin', GRID, i32([0, -2]), error='INVALID_ARGUMENT')
case('reduce_join_beyond', 'ReduceJoin', GRID, i32([2]), error='OUT_OF_RANGE')

LINES = strings('hello  world', '', ' a b,c', 'x', ',,')
case('split', 'StringSplit', LINES, text(' '))
case('split_keep', 'StringSplit', LINES, text(' '), skip_empty=False)
case('split_any', 'StringSplit', LINES, text(' ,'))
case('split_any_keep', 'StringSplit', LINES, text(' ,'), skip_empty=False)
case('split_characters', 'StringSplit', LINES, text(''))
case('split_nothing', 'StringSplit', strings(), text(' '))
case('split_delimiters', 'StringSplit', LINES, strings(' ', ','), error='INVALID_ARGUMENT')
for name, sep in [('spaces', ''), ('comma', ','), ('two', ',,'), ('blank', ' ')]:
    for most in [-1, 0, 1, 2]:
        case('split_v2_%s_%d' % (name, most + 1), 'StringSplitV2', LINES, text(sep), maxsplit=most)

for dtype in ['int8', 'int16', 'int32', 'int64']:
    case('as_string_' + dtype, 'AsString', ints(4, dtype=dtype, low=-100, high=100))
    case('as_string_wide_' + dtype, 'AsString', ints(4, dtype=dtype, low=-100, high=100), width=6, fill='0')
for dtype in ['float32', 'float64', 'complex64', 'complex128']:
    x = floats(4).astype(dtype)
    case('as_string_' + dtype, 'AsString', x)
    case('as_string_short_' + dtype, 'AsString', x, shortest=True, precision=3)
    case('as_string_scientific_' + dtype, 'AsString', x, scientific=True, width=14)
case('as_string_bool', 'AsString', np.array([True, False]))
case('as_string_left', 'AsString', i32([1, -20]), width=5, fill='-')
case('as_string_special', 'AsString', np.float32([np.inf, -np.inf, 1e30, -0.0]))
case('as_string_precise_int', 'AsString', i32([1]), precision=3, error='INVALID_ARGUMENT')
case('as_string_scientific_bool', 'AsString', np.array([True]), scientific=True, error='INVALID_ARGUMENT')
case('as_string_both', 'AsString', floats(1), scientific=True, shortest=True, error='INVALID_ARGUMENT')
case('as_string_fill', 'AsString', i32([1]), fill='ab', error='INVALID_ARGUMENT')

NUMBERS = strings('1', '-2.5', ' 3e2 ', '+4', '1e-3', 'inf', '-inf', '0.1', '1e50', '1e-60')
for dtype in ['float32', 'float64']:
    case('to_number_' + dtype, 'StringToNumber', NUMBERS, out_type=dtype)
for dtype in ['int32', 'int64']:
    case('to_number_' + dtype, 'StringToNumber', strings('1', ' -20 ', '007'), out_type=dtype)
    case('to_number_fraction_' + dtype, 'StringToNumber', strings('1.5'), out_type=dtype, error='INVALID_ARGUMENT')
case('to_number_nan', 'StringToNumber', strings('nan'))
case('to_number_too_large', 'StringToNumber', strings('2147483648'), out_type='int32', error='INVALID_ARGUMENT')
case('to_number_words', 'StringToNumber', strings('1 2'), error='INVALID_ARGUMENT')
case('to_number_nothing', 'StringToNumber', strings(''), error='INVALID_ARGUMENT')
case('to_number_long', 'StringToNumber', strings('0.' + '1' * 40), error='INVALID_ARGUMENT')

WORDS = strings('Hello', 'gr\u00fc\u00dfe', '', '\u65e5\u672c\u8a9e')
case('length', 'StringLength', WORDS)
case('length_characters', 'StringLength', WORDS, unit='UTF8_CHAR')
case('strip', 'StringStrip', strings(' a b\t', '\n', 'c', '\x0b d \r'))
for pos, length in [(0, 2), (1, 3), (-3, 2), (-1, 9)]:
    case('substr_%d_%d' % (pos + 3, length), 'Substr', strings('hello', 'abc'), i32(pos), i32(length))
    case('substr_characters_%d_%d' % (pos + 3, length), 'Substr', WORDS[[0, 1, 3]], i64(pos), i64(length), unit='UTF8_CHAR')
case('substr_each', 'Substr', strings('hello', 'abc'), i32([1, 0]), i32([2, 3]))
case('substr_spread', 'Substr', GRID[:, :2], i64([[0], [1]]), i64([[1], [1]]))
case('substr_end', 'Substr', strings('ab'), i32(2), i32(1))
case('substr_beyond', 'Substr', strings('ab'), i32(3), i32(1), error='INVALID_ARGUMENT')
case('substr_before', 'Substr', strings('ab'), i32(-3), i32(1), error='INVALID_ARGUMENT')
case('substr_characters_beyond', 'Substr', strings('ab'), i32(3), i32(1), unit='UTF8_CHAR', error='INVALID_ARGUMENT')

BYTES = strings(bytes(range(16)), bytes(range(200, 216)))
for dtype in ['float16', 'float32', 'float64', 'int32', 'uint16', 'uint8', 'int16', 'int8', 'int64']:
    case('raw_' + dtype, 'DecodeRaw', BYTES, out_type=dtype)
    case('raw_big_' + dtype, 'DecodeRaw', BYTES, out_type=dtype, little_endian=False)
case('raw_empty', 'DecodeRaw', strings('', ''), out_type='int32')
case('raw_none', 'DecodeRaw', strings(), out_type='int32')
case('raw_uneven', 'DecodeRaw', strings('abc'), out_type='int16', error='INVALID_ARGUMENT')
case('raw_other_size', 'DecodeRaw', strings('ab', 'c'), out_type='uint8', error='INVALID_ARGUMENT')
ALL = strings(*[bytes(range(250, 256))[:n] + b'?>' * (n // 3) for n in range(7)])
case('encode_base64', 'EncodeBase64', ALL)
case('encode_base64_padded', 'EncodeBase64', ALL, pad=True)
case('decode_base64', 'DecodeBase64', strings('', 'YQ', 'YQ==', 'YWI', 'YWI=', 'YWJj', '-_-_', 'YWJjZA=='))
for name, string in [('one', 'Y'), ('plus', 'YW+j'), ('padding', 'Y==='), ('inside', 'YQ==YWJj')]:
    case('decode_base64_' + name, 'DecodeBase64', strings(string), error='INVALID_ARGUMENT')
LENGTHS = strings(*[bytes((i * 7 + n) % 256 for i in range(n)) for n in list(range(0, 70)) + [127, 128, 129, 191, 192, 193, 300]])
case('bucket_fast', 'StringToHashBucketFast', LENGTHS, num_buckets=(1 << 63) - 1)
case('bucket_fast_few', 'StringToHashBucketFast', WORDS, num_buckets=10)
case('bucket', 'StringToHashBucket', LENGTHS, num_buckets=(1 << 63) - 1)

shape('join', 'StringJoin', [('string', [None, 2]), ('string', []), ('string', [3, None])])
shape('join_unknown', 'StringJoin', [('string', None), ('string', [])])
shape('reduce_join', 'ReduceJoin', ('string', [2, None]), i32([0]))
shape('reduce_join_unknown', 'ReduceJoin', ('string', [2, None]), ('int32', [1]), keep_dims=True)
shape('split', 'StringSplit', ('string', [2]), text(' '))
shape('substr', 'Substr', ('string', [2, None]), ('int32', []), ('int32', []))
shape('raw', 'DecodeRaw', ('string', [None]), out_type='uint8')
shape('bucket', 'StringToHashBucketFast', ('string', [None, 2]), num_buckets=4)
