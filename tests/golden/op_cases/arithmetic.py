"""Element-wise ops of two or more inputs: dtypes, spreading, empty tensors, what can't be."""
import numpy as np

from op_cases import case, floats, ints, shape

FLOATS = ['float16', 'float32', 'float64']
COMPLEX = ['complex64', 'complex128']
INTS = ['int32', 'int64']
SMALL = ['uint8', 'int8', 'int16']


def numbers(dtype, *dims, seed=0, positive=False):
    if dtype == 'bool':
        return ints(*dims, low=0, high=2, seed=seed).astype(bool)
    if dtype.startswith('complex'):
        return (floats(*dims, dtype='float64', seed=seed) + 1j * floats(*dims, dtype='float64', seed=seed + 1)).astype(dtype)
    if dtype.startswith('float'):
        return floats(*dims, dtype=dtype, seed=seed, low=.25 if positive else -2.)
    low = 1 if positive else 0 if dtype.startswith('u') else -9
    return ints(*dims, dtype=dtype, low=low, high=10, seed=seed)


def every(op, dtypes, positive=False, grad=True, **attrs):
    for dtype in dtypes:
        divisor = numbers(dtype, 4, seed=5, positive=positive)
        if dtype.startswith('int') and positive:
            divisor = divisor * np.array([1, -1, 1, -1], dtype)
        case('%s_%s' % (op, dtype), op, numbers(dtype, 3, 4, positive=positive and not dtype.startswith('int')), divisor,
             grad=grad and dtype in FLOATS[1:] + COMPLEX, **attrs)


every('Add', FLOATS + COMPLEX + INTS + SMALL)
every('AddV2', FLOATS + COMPLEX + INTS + SMALL)
every('Sub', FLOATS + COMPLEX + INTS)
every('Mul', FLOATS + COMPLEX + INTS + SMALL + ['uint16'])
every('Div', FLOATS + COMPLEX + INTS + SMALL + ['uint16'], positive=True)
every('RealDiv', FLOATS + COMPLEX, positive=True)
every('FloorDiv', FLOATS + INTS + SMALL + ['uint16'], positive=True, grad=False)
every('FloorMod', FLOATS[1:] + INTS, positive=True)
every('Mod', FLOATS[1:] + INTS, positive=True, grad=False)
every('TruncateDiv', INTS + SMALL + ['uint16'], positive=True, grad=False)
every('TruncateMod', FLOATS[1:] + INTS, positive=True, grad=False)
every('DivNoNan', FLOATS[1:] + COMPLEX, positive=True)
every('MulNoNan', FLOATS[1:] + COMPLEX, positive=True)
every('Maximum', FLOATS + INTS)
every('Minimum', FLOATS + INTS)
every('SquaredDifference', FLOATS + INTS + COMPLEX, grad=False)
case('SquaredDifference_grad', 'SquaredDifference', floats(3, 4), floats(4, seed=5), grad=True)
every('Pow', FLOATS + COMPLEX, positive=True)
every('Atan2', FLOATS[1:], grad=False)
case('Atan2_grad', 'Atan2', floats(3, 4), floats(3, 4, seed=5), grad=True)
every('Equal', FLOATS + COMPLEX + INTS + SMALL + ['bool'], grad=False)
every('NotEqual', FLOATS + COMPLEX + INTS + SMALL + ['bool'], grad=False)
for op in ['Less', 'LessEqual', 'Greater', 'GreaterEqual']:
    every(op, FLOATS + INTS + SMALL, grad=False)
for op in ['LogicalAnd', 'LogicalOr']:
    every(op, ['bool'], grad=False)
for op in ['BitwiseAnd', 'BitwiseOr', 'BitwiseXor']:
    every(op, INTS + SMALL + ['uint16', 'uint32', 'uint64'], grad=False)

# Shapes: what is spread over what.
for i, (a, b) in enumerate([([], []), ([], [3]), ([1], [2, 3]), ([2, 1], [1, 3]), ([2, 3], [2, 3]), ([2, 3, 1], [4]),
                            ([2, 1, 3, 1], [4, 1, 5]), ([1, 2, 1, 3, 1], [2, 1, 2, 1, 2]), ([2, 3, 2, 2, 2], [3, 1, 2, 1]),
                            ([0], []), ([0, 3], [3]), ([2, 0, 1], [1, 5]), ([1], []), ([7, 3], [7, 1]), ([1, 1], [1])]):
    case('spread_sub_%d' % i, 'Sub', floats(*a), floats(*b, seed=3), grad=True)
    case('spread_mul_%d' % i, 'Mul', floats(*a, dtype='float64'), floats(*b, dtype='float64', seed=3), grad=True)
    case('spread_less_%d' % i, 'Less', ints(*a), ints(*b, seed=3))
    case('spread_half_%d' % i, 'Add', floats(*a, dtype='float16'), floats(*b, dtype='float16', seed=3))
    case('spread_maximum_%d' % i, 'Maximum', floats(*a), floats(*b, seed=3), grad=True)
    case('spread_div_%d' % i, 'RealDiv', floats(*a), floats(*b, seed=3, low=1), grad=True)
    case('spread_difference_%d' % i, 'SquaredDifference', floats(*a), floats(*b, seed=3), grad=True)
    case('spread_pow_%d' % i, 'Pow', floats(*a, low=.5), floats(*b, seed=3), grad=True)
case('long_rows', 'Add', floats(2, 1100), floats(1100, seed=1))
case('long_scalar', 'Mul', floats(1030), floats(seed=1))
case('many_short_rows', 'Sub', floats(300, 3), floats(3, seed=1))
case('long_half', 'Mul', floats(2, 700, dtype='float16'), floats(2, 1, dtype='float16', seed=1))
case('incompatible', 'Add', floats(2), floats(3), error='INVALID_ARGUMENT')
case('incompatible_inner', 'Mul', floats(2, 3), floats(2, 2), error='INVALID_ARGUMENT')

# Edges of integers.
for dtype in ['int32', 'int64']:
    lowest = np.iinfo(dtype).min
    for op in ['FloorDiv', 'FloorMod', 'TruncateDiv', 'TruncateMod', 'Div', 'Mod']:
        case('%s_signs_%s' % (op, dtype), op, np.array([7, 7, -7, -7, 6, -6, 0, 1], dtype), np.array([3, -3, 3, -3, 3, 3, 5, -1], dtype))
        if not op.startswith('Truncate'):  # Of these TensorFlow says INTERNAL.
            case('%s_by_zero_%s' % (op, dtype), op, np.array([1, 2], dtype), np.array([1, 0], dtype), error='INVALID_ARGUMENT')
    case('add_wraps_%s' % dtype, 'Add', np.array([lowest, -lowest - 1], dtype), np.array([-1, 1], dtype))
    case('mul_wraps_%s' % dtype, 'Mul', np.array([lowest, -lowest - 1], dtype), np.array([3, 5], dtype))
    case('pow_%s' % dtype, 'Pow', np.array([[2, -3, 0, 7]], dtype), np.array([[0], [1], [5], [9]], dtype))
    case('pow_negative_%s' % dtype, 'Pow', np.array([2, 3], dtype), np.array([1, -1], dtype), error='INVALID_ARGUMENT')

# What isn't a number, and infinity.
odd = np.float32([np.nan, np.inf, -np.inf, 0., -0., 1.])
for op in ['Equal', 'NotEqual', 'Less', 'GreaterEqual', 'Add', 'Mul', 'RealDiv', 'DivNoNan', 'MulNoNan', 'Pow', 'Atan2']:
    case('odd_%s' % op, op, odd[:, None], odd)
for dtype in ('float32', 'float64'):
    case('floor_mod_far_' + dtype, 'FloorMod', np.array([-1, 1, -1.25, -1e-30, 1e-30, -1e30, 7, 1, -1], dtype),
         np.array([np.inf, -np.inf, 1e10, 3, -3, 7, np.nan, 0, np.inf], dtype))
case('floor_mod_signs', 'FloorMod', np.float32([5.5, 5.5, -5.5, -5.5, 4., -4., 0.]), np.float32([2, -2, 2, -2, 2, 2, 3]))
case('floor_div_signs', 'FloorDiv', np.float32([5.5, 5.5, -5.5, -5.5, 4., -4., 0.]), np.float32([2, -2, 2, -2, 2, 2, 3]))
case('mod_signs', 'Mod', np.float32([5.5, 5.5, -5.5, -5.5]), np.float32([2, -2, 2, -2]))
case('div_no_nan_grad', 'DivNoNan', floats(3), np.float32([0., 1., -2.]), grad=True)
case('pow_grad_edges', 'Pow', np.float32([0., 0., -2., 1.]), np.float32([1., 2., 2., 0.]), grad=True)

# Strings.
words = np.array([['a', '', 'bc'], ['a', 'd', 'bc']], object)
case('add_strings', 'Add', words, np.array(['x', 'y', ''], object))
case('add_strings_scalar', 'Add', np.array('x', object), words)
case('equal_strings', 'Equal', words, words[:1])
case('not_equal_strings', 'NotEqual', words, np.array('a', object))
case('strings_incompatible', 'Add', words, np.array(['x', 'y'], object), error='INVALID_ARGUMENT')
case('equal_odd_shapes', 'Equal', floats(2), floats(3), incompatible_shape_error=False)
case('not_equal_odd_shapes', 'NotEqual', floats(2), floats(3), incompatible_shape_error=False)

# Sums of many.
for dtype in FLOATS + COMPLEX + INTS + ['uint8', 'int8', 'int16', 'uint16']:
    case('add_n_%s' % dtype, 'AddN', [numbers(dtype, 2, 3, seed=s) for s in range(4)], grad=dtype == 'float32')
case('add_n_one', 'AddN', [floats(3)], grad=True)
case('add_n_two', 'AddN', [floats(2, 2), floats(2, 2, seed=1)])
case('add_n_many', 'AddN', [floats(3, seed=s) for s in range(11)])
case('add_n_empty', 'AddN', [floats(0), floats(0)])
case('add_n_shapes', 'AddN', [floats(2), floats(3)], error='INVALID_ARGUMENT')

# Choosing.
for dtype in FLOATS + COMPLEX + INTS + SMALL + ['bool']:
    c = np.array([[True, False, True], [False, False, True]])
    case('select_%s' % dtype, 'Select', c, numbers(dtype, 2, 3), numbers(dtype, 2, 3, seed=9), grad=dtype == 'float32')
case('select_scalar', 'Select', np.array(True), floats(2, 3), floats(2, 3, seed=1), grad=True)
case('select_rows', 'Select', np.array([True, False]), floats(2, 3, 2), floats(2, 3, 2, seed=1), grad=True)
case('select_vector', 'Select', np.array([True, False, True]), floats(3), floats(3, seed=1))
case('select_strings', 'Select', np.array([True, False]), words, words[::-1].copy())
case('select_empty', 'Select', np.zeros([0, 3], bool), floats(0, 3), floats(0, 3))
case('select_sizes', 'Select', np.array([True, False, True]), floats(2, 3), floats(2, 3), error='INVALID_ARGUMENT')
case('select_then_else', 'Select', np.array([True, False]), floats(2), floats(3), error='INVALID_ARGUMENT')
case('select_v2', 'SelectV2', np.array([[True], [False]]), floats(3), floats(2, 1, seed=1), grad=True)
case('select_v2_scalar', 'SelectV2', np.array(False), floats(2, 3), floats(seed=1), grad=True)
case('select_v2_all', 'SelectV2', np.array([True, False]), floats(3, 2), floats(3, 2, seed=1), grad=True)
case('select_v2_sizes', 'SelectV2', np.array([True, False]), floats(3), floats(3, seed=1), error='INVALID_ARGUMENT')
for dtype in FLOATS + INTS + SMALL + ['uint16']:
    case('clip_%s' % dtype, 'ClipByValue', numbers(dtype, 3, 4), np.array(2).astype(dtype), np.array(5).astype(dtype))
case('clip_elements', 'ClipByValue', floats(2, 3), floats(2, 3, low=-1, high=0), floats(2, 3, low=0, high=1))
case('clip_mixed', 'ClipByValue', floats(2, 3), floats(2, 3, low=-1, high=0), np.float32(.5))
case('clip_nan', 'ClipByValue', odd, np.float32(-1), np.float32(1))
case('clip_sizes', 'ClipByValue', floats(2, 3), floats(3), np.float32(1), error='INVALID_ARGUMENT')

# Complex numbers and their parts.
for wide, part, dtype in [('complex64', 'float32', 'float32'), ('complex128', 'float64', 'float64')]:
    case('complex_%s' % wide, 'Complex', floats(2, 3, dtype=part), floats(3, dtype=part, seed=1), Tout=wide, grad=True)
    for op in ['Real', 'Imag', 'ComplexAbs', 'Angle']:
        case('%s_%s' % (op, wide), op, numbers(wide, 2, 3), Tout=part, grad=True)
    case('Conj_%s' % wide, 'Conj', numbers(wide, 2, 3), grad=True)

for name, a, b in [('known', [2, 1], [3]), ('unknown_dim', [None, 3], [3]), ('unknown_one', [None, 1], [1]), ('unknown_rank', None, [3]),
                   ('both_unknown', [None], [None]), ('scalar', [], [4, None]), ('longer', [5, None, 3], [7, 1])]:
    shape('add_' + name, 'Add', ('float32', a), ('float32', b))
    shape('less_' + name, 'Less', ('float32', a), ('float32', b))
    shape('equal_' + name, 'Equal', ('float32', a), ('float32', b))
    shape('equal_lenient_' + name, 'Equal', ('float32', a), ('float32', b), incompatible_shape_error=False)
shape('equal_lenient_odd', 'Equal', ('float32', [2]), ('float32', [3]), incompatible_shape_error=False)
shape('tanh_grad', 'TanhGrad', ('float32', [None, 3]), ('float32', [2, None]))
shape('add_n', 'AddN', [('float32', [None, 3]), ('float32', [2, None])])
case('accumulate', 'AccumulateNV2', [floats(2, 3), floats(2, 3, seed=1), floats(2, 3, seed=2)], shape=[2, 3], grad=True)
case('accumulate_one', 'AccumulateNV2', [floats(2, dtype='float64')], shape=[2], grad=True)
shape('accumulate', 'AccumulateNV2', [('float32', [2, 3]), ('float32', [2, 3])], shape=[2, 3])
shape('clip', 'ClipByValue', ('float32', [None, 3]), ('float32', []), ('float32', []))
shape('select_same', 'Select', ('bool', [None, 3]), ('float32', [2, None]), ('float32', None))
shape('select_scalar', 'Select', ('bool', []), ('float32', [2, None]), ('float32', [None, 4]))
shape('select_rows', 'Select', ('bool', [2]), ('float32', [None, 3]), ('float32', None))
shape('select_vector', 'Select', ('bool', [2]), ('float32', [None]), ('float32', [None]))
shape('select_unknown', 'Select', ('bool', None), ('float32', [None, 3]), ('float32', [2, None]))
shape('select_unknown_data', 'Select', ('bool', [2]), ('float32', None), ('float32', None))
shape('select_v2', 'SelectV2', ('bool', [None, 1]), ('float32', [3]), ('float32', [2, 1, 1]))
