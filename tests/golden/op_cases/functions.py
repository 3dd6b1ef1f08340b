"""Element-wise functions of one input, their gradients, and conversions between dtypes."""
import numpy as np

from op_cases import case, floats, ints, shape

FLOATS = ['float16', 'float32', 'float64']
COMPLEX = ['complex64', 'complex128']
odd = np.float32([np.nan, np.inf, -np.inf, 0., -0., 1., -1., 1e-6, -30, 30, 88, 100])


def complexes(dtype, *dims):
    return (floats(*dims, dtype='float64') + 1j * floats(*dims, dtype='float64', seed=1)).astype(dtype)


def function(op, low=-2., high=2., complex=False, grad=True, ints_too=(), halves=True, odd=odd):
    for dtype in FLOATS if halves else FLOATS[1:]:
        case('%s_%s' % (op, dtype), op, floats(3, 9, dtype=dtype, low=low, high=high), grad=grad and dtype != 'float16')
    if complex:
        for dtype in COMPLEX:
            case('%s_%s' % (op, dtype), op, complexes(dtype, 2, 4), grad=grad)
    for dtype in ints_too:
        case('%s_%s' % (op, dtype), op, ints(3, 9, dtype=dtype))
    case('%s_scalar' % op, op, floats(low=low, high=high))
    case('%s_empty' % op, op, floats(0, 3))
    case('%s_odd' % op, op, odd)


function('Neg', complex=True, ints_too=['int32', 'int64'])
function('Abs', ints_too=['int32', 'int64'])
function('Sign', complex=True, ints_too=['int32', 'int64'])
function('Square', complex=True, ints_too=['int32', 'int64'])
# (Of infinity TensorFlow says NaN or a number, depending on its place in a vector.)
function('Sqrt', .01, 4, complex=True, odd=odd[3:])
function('Rsqrt', .01, 4, complex=True, odd=odd[3:])
function('Reciprocal', .1, 4, complex=True)
function('Inv', .1, 4, complex=True)
function('Exp', -8, 8, complex=True)
function('Expm1', -1, 1, complex=True)
function('Log', .01, 9, complex=True)
function('Log1p', -.9, 3, complex=True)
function('Sin', -9, 9, complex=True)
function('Cos', -9, 9, complex=True)
function('Tan', -1.4, 1.4, complex=True)
function('Asin', -.95, .95)
function('Acos', -.95, .95)
function('Atan', -4, 4)
function('Sinh', complex=True)
function('Cosh', complex=True)
function('Tanh', -9, 9, complex=True)
function('Asinh', complex=True)
function('Acosh', 1.1, 4, complex=True)
function('Atanh', -.9, .9, complex=True)
function('Sigmoid', -8, 8, complex=True)
function('Erf')
function('Erfc')
function('Elu', -7, 8)
function('Lgamma', .1, 6)
case('Lgamma_negative', 'Lgamma', floats(9, low=-3, high=0), grad=True)
function('Digamma', .1, 6, grad=False)
case('Digamma_negative', 'Digamma', floats(9, low=-3, high=0))
function('Floor', grad=False)
function('Ceil', grad=False)
function('Round', grad=False, ints_too=['int32', 'int64'])
function('Rint', grad=False, halves=False)
function('IsNan', grad=False)
function('IsInf', grad=False)
function('IsFinite', grad=False)
case('round_ties', 'Round', np.float32([.5, 1.5, 2.5, -.5, -1.5, 1e10]))
case('rint_ties', 'Rint', np.float32([.5, 1.5, 2.5, -.5, -1.5, 1e10]))
case('abs_lowest', 'Abs', np.int32([-2**31, 5]))
case('logical_not', 'LogicalNot', np.array([True, False, True]))
for dtype in ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']:
    case('Invert_%s' % dtype, 'Invert', np.array([0, 1, 7], dtype))
case('long_exp', 'Exp', floats(1500))
case('long_half_tanh', 'Tanh', floats(1500, dtype='float16'))

for op in ['SqrtGrad', 'RsqrtGrad', 'ReciprocalGrad', 'InvGrad', 'TanhGrad', 'SigmoidGrad']:
    for dtype in FLOATS:
        case('%s_%s' % (op, dtype), op, floats(2, 5, dtype=dtype, low=.2), floats(2, 5, dtype=dtype, seed=1), grad=dtype != 'float16')
    for dtype in COMPLEX:
        case('%s_%s' % (op, dtype), op, complexes(dtype, 2, 3), complexes(dtype, 2, 3)[::-1].copy())

# Without an incoming gradient they are 0 even where the slope isn't finite: at 0, infinity and NaN.
for op in ['SqrtGrad', 'RsqrtGrad', 'ReciprocalGrad', 'InvGrad']:
    for dtype in FLOATS + COMPLEX:
        case('%s_of_nothing_%s' % (op, dtype), op, np.array([0, np.inf, np.nan, 2] * 5, dtype), np.array([0, 0, 0, 3] * 5, dtype))

# Activation functions.
for op in ['Relu', 'Relu6', 'Selu', 'Softplus', 'Softsign', 'LeakyRelu']:
    function(op, -7, 8, ints_too=['int32', 'int64', 'uint8', 'int8', 'int16', 'uint16'] if op in ['Relu', 'Relu6'] else ())
    dy, x = floats(2, 5), floats(2, 5, low=-7, high=8, seed=1)
    case(op + 'Grad', op + 'Grad', dy, x, grad=op != 'SoftsignGrad' and op != 'Softsign')
    case(op + 'Grad_half', op + 'Grad', dy.astype('float16'), x.astype('float16'))
    case(op + 'Grad_double', op + 'Grad', dy.astype('float64'), x.astype('float64'))
for dtype in FLOATS:
    case('EluGrad_' + dtype, 'EluGrad', floats(2, 5, dtype=dtype), floats(2, 5, dtype=dtype, low=-.9, high=2, seed=1),
         grad=dtype != 'float16')
case('elu_grad_empty', 'EluGrad', floats(0, 2), floats(0, 2))
case('elu_grad_sizes', 'EluGrad', floats(2, 3), floats(3), error='INVALID_ARGUMENT')
case('leaky_alpha', 'LeakyRelu', floats(2, 5), alpha=.4, grad=True)
case('leaky_alpha_above', 'LeakyRelu', floats(2, 5), alpha=1.5)
case('relu_grad_ints', 'ReluGrad', ints(2, 3), ints(2, 3, seed=1))
case('relu_grad_sizes', 'ReluGrad', floats(2, 3), floats(3), error='INVALID_ARGUMENT')

# Conversions.
NUMBERS = ['bool', 'uint8', 'uint16', 'uint32', 'uint64', 'int8', 'int16', 'int32', 'int64', 'float16', 'float32', 'float64', 'complex64',
           'complex128', 'bfloat16']
for source in NUMBERS:
    for target in NUMBERS:
        values = np.array([0, 1, 2, 100, 0, 77, 5, 19])
        if source not in ('bool', 'bfloat16') and not source.startswith('u'):
            values = np.array([0, 1, -2, 100, -0, 77, -5, -128])
            if target.startswith('u'):
                values = np.abs(values)
        if source.startswith(('float', 'complex')):
            values = values * 1.01
        if source == 'bfloat16':
            import tensorflow
            source_values = values.astype(tensorflow.bfloat16.as_numpy_dtype)
        else:
            source_values = values.astype(source)
        case('cast_%s_%s' % (source, target), 'Cast', source_values, DstT=target)
case('cast_grad', 'Cast', floats(2, 3), DstT='float64', grad=True)
case('cast_round', 'Cast', np.float32([1 + 2**-9, 1 + 3 * 2**-9, -1 - 2**-8, 3.14159, 65519, 1e-7]), DstT='bfloat16')
case('cast_round_half', 'Cast', np.float32([1 + 2**-11, 1 + 3 * 2**-11, 65519, 65520, 1e-7, 6e-8, 3e-5]), DstT='float16')
case('cast_truncate', 'Cast', np.float32([1 + 3 * 2**-9, 3.14159, -2.71828]), DstT='bfloat16', Truncate=True)
case('cast_truncate_half', 'Cast', np.float32([1 + 3 * 2**-11, 3.14159, -2.71828]), DstT='float16', Truncate=True)
case('cast_truncate_double', 'Cast', np.float64([1 + 3 * 2**-24, 3.14159, -2.71828]), DstT='float32', Truncate=True)
case('cast_beyond', 'Cast', np.float32([3e9, -3e9, np.nan, np.inf, 1e20]), DstT='int32')
case('cast_long', 'Cast', floats(1200, dtype='float16'), DstT='float64')
case('cast_empty', 'Cast', floats(0, 2), DstT='int32')
case('bitcast_same', 'Bitcast', floats(2, 3), type='int32')
case('bitcast_smaller', 'Bitcast', np.int32([[1, 2], [3, -4]]), type='uint8')
case('bitcast_larger', 'Bitcast', np.uint8([[1, 2, 3, 4], [5, 6, 7, 8]]), type='int32')
case('bitcast_odd', 'Bitcast', np.uint8([1, 2, 3]), type='int32', error='INVALID_ARGUMENT')

shape('elu', 'Elu', ('float32', [None, 3]))
shape('elu_grad', 'EluGrad', ('float32', [None, 3]), ('float32', [2, None]))
shape('exp', 'Exp', ('float32', [None, 3]))
shape('exp_unknown', 'Exp', ('float32', None))
shape('cast', 'Cast', ('float32', [None, 3]), DstT='int32')
shape('relu_grad', 'ReluGrad', ('float32', [None, 3]), ('float32', [2, None]))
shape('bitcast_smaller', 'Bitcast', ('int32', [None, 3]), type='uint8')
shape('bitcast_larger', 'Bitcast', ('uint8', [None, 4]), type='int32')
shape('bitcast_unknown', 'Bitcast', ('uint8', [2, None]), type='int32')
