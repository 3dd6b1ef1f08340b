"""Random numbers by seeds: what a first run of a node draws. Later runs are tested by tests/ops/random_test.cc."""
import numpy as np

from op_cases import case, floats, shape

dims = lambda *v: np.array(v, np.int32)

for seed, seed2 in ((1, 2), (87654321, 7), (2147483647, 12345678901)):
    seeds = dict(seed=seed, seed2=seed2)
    tag = '_%d_%d' % (seed, seed2)
    for dtype in ('float32', 'float64', 'float16', 'bfloat16'):
        if dtype == 'bfloat16':
            continue  # numpy has none to compare.
        case('uniform_%s%s' % (dtype, tag), 'RandomUniform', dims(3, 5), dtype=dtype, tol=0, **seeds)
        case('normal_%s%s' % (dtype, tag), 'RandomStandardNormal', dims(3, 5), dtype=dtype, tol=1e-6, **seeds)
        case('truncated_%s%s' % (dtype, tag), 'TruncatedNormal', dims(5, 9), dtype=dtype, tol=1e-6, **seeds)
    case('ints32' + tag, 'RandomUniformInt', dims(11), np.int32(-5), np.int32(100), **seeds)
    case('ints64' + tag, 'RandomUniformInt', np.int64([11]), np.int64(-5), np.int64(1 << 40), **seeds)
    case('shuffle' + tag, 'RandomShuffle', np.arange(11), **seeds)
    case('shuffle_rows' + tag, 'RandomShuffle', np.arange(12, dtype=np.float32).reshape(4, 3), **seeds)
    case('multinomial' + tag, 'Multinomial', np.float32([[0, 1, 2], [3, 0, -np.inf]]), np.int32(9), **seeds)

case('ints_wide', 'RandomUniformInt', dims(9), np.int32(-2147483648), np.int32(2147483647), seed=3, seed2=4)
case('uniform_scalar', 'RandomUniform', dims(), dtype='float32', tol=0, seed=3, seed2=4)
case('uniform_empty', 'RandomUniform', dims(2, 0), dtype='float32', seed=3, seed2=4)
case('shuffle_one', 'RandomShuffle', floats(1, 3), seed=3, seed2=4)
case('shuffle_scalar', 'RandomShuffle', np.float32(3), seed=3, seed2=4)
case('shuffle_empty', 'RandomShuffle', floats(0, 3), seed=3, seed2=4)
case('shuffle_strings', 'RandomShuffle', np.array([b'a', b'bc', b'', b'd'], object), seed=3, seed2=4)
case('multinomial_int32', 'Multinomial', floats(1, 5, dtype='float64'), np.int32(6), seed=3, seed2=4, output_dtype='int32')
case('multinomial_half', 'Multinomial', floats(1, 5, dtype='float16'), np.int32(6), seed=3, seed2=4)
case('multinomial_none', 'Multinomial', floats(2, 5), np.int32(0), seed=3, seed2=4)

for op, dtypes in (('StatelessRandomUniform', ('float32', 'float64', 'float16')),
                   ('StatelessRandomNormal', ('float32', 'float64')), ('StatelessTruncatedNormal', ('float32', 'float64'))):
    for dtype in dtypes:
        case('%s_%s' % (op, dtype), op, dims(3, 5), np.int64([7, -3]), dtype=dtype, tol=1e-6)
    case(op + '_seeds32', op, dims(6), np.int32([-1, 2147483647]), dtype='float32', tol=1e-6)
    case(op + '_three_seeds', op, dims(6), np.int32([1, 2, 3]), dtype='float32', error='INVALID_ARGUMENT')
    shape(op, op, np.int32([2, 3]), ('int32', [2]), dtype='float32')
case('stateless_ints', 'StatelessRandomUniformInt', dims(9), np.int32([1, 2]), np.int32(-9), np.int32(9))
case('stateless_ints64', 'StatelessRandomUniformInt', dims(9), np.int32([1, 2]), np.int64(-9), np.int64(1 << 50))
case('stateless_multinomial', 'StatelessMultinomial', floats(2, 4), np.int32(5), np.int32([1, 2]))

case('negative_dim', 'RandomUniform', dims(2, -1), dtype='float32', error='INVALID_ARGUMENT')
case('shape_scalar', 'RandomUniform', np.int32(2), dtype='float32', error='INVALID_ARGUMENT')
case('ints_nothing_between', 'RandomUniformInt', dims(3), np.int32(4), np.int32(4), error='INVALID_ARGUMENT')
case('ints_bound_vector', 'RandomUniformInt', dims(3), np.int32([4]), np.int32(5), error='INVALID_ARGUMENT')
case('multinomial_vector', 'Multinomial', floats(3), np.int32(4), error='INVALID_ARGUMENT')
case('multinomial_no_class', 'Multinomial', floats(3, 0), np.int32(4), error='INVALID_ARGUMENT')
case('multinomial_negative', 'Multinomial', floats(3, 2), np.int32(-4), error='INVALID_ARGUMENT')

shape('uniform', 'RandomUniform', np.int32([2, 3]), dtype='float32')
shape('uniform_unknown', 'RandomUniform', ('int32', [3]), dtype='float32')
shape('ints', 'RandomUniformInt', np.int32([2, 3]), ('int32', []), ('int32', []))
shape('shuffle', 'RandomShuffle', ('float32', [None, 3]))
shape('multinomial', 'Multinomial', ('float32', [None, 3]), np.int32(4))
shape('multinomial_unknown', 'Multinomial', ('float32', None), ('int32', []))
