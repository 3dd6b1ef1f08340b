"""Ops on quantized numbers."""
import numpy as np
import tensorflow

from op_cases import case, floats, shape

F = np.float32
STORED = {'qint8': 'int8', 'quint8': 'uint8', 'qint16': 'int16', 'quint16': 'uint16', 'qint32': 'int32'}


def numbers(dtype, *dims, low=None, high=None, seed=0):
    """Quantized numbers: all sizes of them, those at the ends too."""
    stored = np.dtype(STORED[dtype])
    info = np.iinfo(stored)
    low, high = info.min if low is None else low, info.max if high is None else high
    values = floats(*dims, low=0, high=1, seed=seed, dtype='float64') * (float(high) - low) + low
    values = values.round().astype(stored)
    if values.size > 2:
        values.flat[0], values.flat[1] = low, high
    return values.view(getattr(tensorflow, dtype).as_numpy_dtype)


x = np.concatenate([floats(17, low=-3, high=3), F([0, .5, -.5, 1, -1, 2, 5, -5, 100, -100])])
RANGES = {'wide': (-2, 2.5), 'positive': (0, 3), 'high': (1, 3), 'low': (-4, -1), 'narrow': (1, 1), 'zero': (0, 0)}
for dtype in STORED:
    for mode in ('MIN_COMBINED', 'MIN_FIRST', 'SCALED'):
        for name, (low, high) in RANGES.items():
            # TensorFlow itself goes beyond int32's ends there.
            if dtype == 'qint32' and (mode != 'MIN_FIRST' or name in ('narrow', 'zero', 'low')):
                continue
            case('quantize_%s_%s_%s' % (dtype, mode, name), 'QuantizeV2', x if dtype != 'qint32' else x[:17] / 3, F(low), F(high),
                 T=dtype, mode=mode)
        # The largest int32 overflows in TensorFlow's own arithmetic.
        most = {'low': -2 ** 31, 'high': 2 ** 31 - 2 ** 20} if dtype == 'qint32' else {}
        case('dequantize_%s_%s' % (dtype, mode), 'Dequantize', numbers(dtype, 23, **most), F(-1.5), F(3), mode=mode)
        case('dequantize_positive_%s_%s' % (dtype, mode), 'Dequantize', numbers(dtype, 2, 5, **most), F(0), F(6), mode=mode)
    case('quantize_even_' + dtype, 'QuantizeV2', x if dtype != 'qint32' else x[:17] / 3, F(-2), F(2.5), T=dtype, mode='SCALED',
         round_mode='HALF_TO_EVEN')
    case('quantize_empty_' + dtype, 'QuantizeV2', floats(0, 3), F(-1), F(1), T=dtype)
    case('dequantize_scalar_' + dtype, 'Dequantize', numbers(dtype), F(-1), F(1))
case('quantize_reversed', 'QuantizeV2', x, F(1), F(-1), T='quint8', error='INVALID_ARGUMENT')
case('quantize_even_first', 'QuantizeV2', x, F(-1), F(1), T='quint8', mode='MIN_FIRST', round_mode='HALF_TO_EVEN', error='INVALID_ARGUMENT')
shape('quantize', 'QuantizeV2', ('float32', [None, 3]), ('float32', None), ('float32', []), T='quint8')
shape('dequantize', 'Dequantize', ('quint8', [None, 3]), ('float32', []), ('float32', []))

sums = numbers('qint32', 3, 7, low=-40000, high=90000)
many = numbers('qint32', 29)
for name, value, low, high in (('few', sums, -3000, 3000), ('many', many, -4, 5), ('one_sided', many, 0, 7)):
    case('requantization_range_' + name, 'RequantizationRange', value, F(low), F(high))
    case('quantize_down_' + name, 'QuantizeDownAndShrinkRange', value, F(low), F(high), out_type='quint8')
    for dtype in ('quint8', 'qint8'):
        case('requantize_%s_%s' % (name, dtype), 'Requantize', value, F(low), F(high), F(-.5), F(2), out_type=dtype)
case('requantize_empty', 'Requantize', numbers('qint32', 0), F(-1), F(1), F(-1), F(1), out_type='quint8')
case('requantize_no_range', 'Requantize', many, F(-4), F(5), F(0), F(0), out_type='quint8')
case('requantize_above', 'Requantize', many, F(-4), F(5), F(1), F(2), out_type='quint8', error='INVALID_ARGUMENT')
case('requantize_reversed', 'Requantize', many, F(-4), F(5), F(0), F(-1), out_type='quint8', error='INVALID_ARGUMENT')
shape('requantize', 'Requantize', ('qint32', [None, 3]), *[('float32', [])] * 4, out_type='quint8')
shape('requantization_range', 'RequantizationRange', ('qint32', None), ('float32', []), ('float32', []))

for a in (False, True):
    for b in (False, True):
        case('mat_mul_%d%d' % (a, b), 'QuantizedMatMul', numbers('quint8', *((5, 3) if a else (3, 5))),
             numbers('quint8', *((4, 5) if b else (5, 4)), seed=1), F(-1), F(2), F(-.5), F(3), transpose_a=a, transpose_b=b,
             Toutput='qint32')
case('mat_mul_positive', 'QuantizedMatMul', numbers('quint8', 2, 300), numbers('quint8', 300, 3), F(1), F(2), F(0), F(3), Toutput='qint32')
case('mat_mul_sizes', 'QuantizedMatMul', numbers('quint8', 2, 3), numbers('quint8', 4, 3), F(-1), F(2), F(0), F(3), Toutput='qint32',
     error='INVALID_ARGUMENT')
case('mat_mul_no_range', 'QuantizedMatMul', numbers('quint8', 2, 3), numbers('quint8', 3, 3), F(1), F(1), F(0), F(3), Toutput='qint32',
     error='INVALID_ARGUMENT')
shape('mat_mul', 'QuantizedMatMul', ('quint8', [None, 3]), ('quint8', [3, 4]), *[('float32', [])] * 4, Toutput='qint32')
for padding in ('SAME', 'VALID'):
    for stride in (1, 2):
        case('conv_%s_%d' % (padding, stride), 'QuantizedConv2D', numbers('quint8', 2, 6, 5, 3), numbers('quint8', 3, 2, 3, 4), F(-1), F(3),
             F(-.5), F(.7), strides=[1, stride, stride, 1], padding=padding)
        for op, name in (('QuantizedMaxPool', 'max_pool'), ('QuantizedAvgPool', 'avg_pool')):
            case('%s_%s_%d' % (name, padding, stride), op, numbers('quint8', 2, 6, 5, 3), F(-1), F(3), ksize=[1, 3, 2, 1],
                 strides=[1, stride, stride, 1], padding=padding)
case('conv_1x1', 'QuantizedConv2D', numbers('quint8', 1, 3, 3, 2), numbers('quint8', 1, 1, 2, 2), F(1), F(3), F(-2), F(-1),
     strides=[1, 1, 1, 1], padding='SAME')
case('conv_depth', 'QuantizedConv2D', numbers('quint8', 1, 3, 3, 2), numbers('quint8', 1, 1, 3, 2), F(1), F(3), F(-2), F(-1),
     strides=[1, 1, 1, 1], padding='SAME', error='INVALID_ARGUMENT')
case('pool_batch', 'QuantizedMaxPool', numbers('quint8', 2, 3, 3, 2), F(1), F(3), ksize=[2, 1, 1, 1], strides=[2, 1, 1, 1],
     padding='SAME', error='UNIMPLEMENTED')
shape('conv', 'QuantizedConv2D', ('quint8', [None, 6, None, 3]), ('quint8', [3, 3, 3, 4]), *[('float32', [])] * 4, strides=[1, 2, 2, 1],
      padding='SAME')
for op in ('QuantizedMaxPool', 'QuantizedAvgPool'):
    shape(op, op, ('quint8', [None, 6, None, 3]), ('float32', []), ('float32', []), ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='VALID')

for dtype in ('quint8', 'qint32'):
    for op in ('QuantizedRelu', 'QuantizedRelu6'):
        for name, low, high in (('wide', -5, 9), ('positive', 1, 8), ('negative', -3, -1)):
            case('%s_%s_%s' % (op, dtype, name), op, numbers(dtype, 4, 5), F(low), F(high), out_type=dtype)
    case('reshape_' + dtype, 'QuantizedReshape', numbers(dtype, 4, 3), np.int32([2, -1]), F(-1), F(2))
case('reshape_wrong', 'QuantizedReshape', numbers('quint8', 4, 3), np.int32([5, -1]), F(-1), F(2), error='INVALID_ARGUMENT')
shape('relu', 'QuantizedRelu', ('quint8', [None, 2]), ('float32', []), ('float32', []))
shape('reshape', 'QuantizedReshape', ('quint8', [4, 3]), np.int32([2, -1]), ('float32', []), ('float32', []))
for dtype in ('quint8', 'qint8'):
    case('bias_' + dtype, 'QuantizedBiasAdd', numbers(dtype, 2, 3, 4), numbers(dtype, 4, seed=1), F(-1), F(2), F(-.3), F(.2), out_type='qint32')
    case('bias_positive_' + dtype, 'QuantizedBiasAdd', numbers(dtype, 5, 3), numbers(dtype, 3, seed=1), F(0), F(2), F(0), F(7), out_type='qint32')
case('bias_size', 'QuantizedBiasAdd', numbers('quint8', 5, 3), numbers('quint8', 2), F(0), F(2), F(0), F(7), out_type='qint32',
     error='INVALID_ARGUMENT')
shape('bias', 'QuantizedBiasAdd', ('quint8', [None, 3]), ('quint8', [3]), *[('float32', [])] * 4, out_type='qint32')

for narrow in (False, True):
    for bits in (2, 8, 16):
        attrs = dict(num_bits=bits, narrow_range=narrow)
        name = '%d%s' % (bits, '_narrow' * narrow)
        case('fake_args_' + name, 'FakeQuantWithMinMaxArgs', x.reshape(3, 9), min=-1.5, max=2., grad=True, **attrs)
        case('fake_vars_' + name, 'FakeQuantWithMinMaxVars', x.reshape(3, 9), F(-2), F(1), grad=True, **attrs)
        case('fake_channels_' + name, 'FakeQuantWithMinMaxVarsPerChannel', x[:24].reshape(2, 4, 3), F([-2, -1, .5]), F([1, 3, 2]), grad=True,
             **attrs)
case('fake_vars_positive', 'FakeQuantWithMinMaxVars', x, F(1), F(3), grad=True)
case('fake_vars_negative', 'FakeQuantWithMinMaxVars', x, F(-3), F(-1), grad=True)
case('fake_vars_nothing', 'FakeQuantWithMinMaxVars', x, F(0), F(0), grad=True)
case('fake_channels_vector', 'FakeQuantWithMinMaxVarsPerChannel', x[:3], F([-2, 0, .5]), F([1, 0, 2]), grad=True)
case('fake_channels_size', 'FakeQuantWithMinMaxVarsPerChannel', x[:3], F([-2, 0]), F([1, 0]), error='INVALID_ARGUMENT')
case('fake_empty', 'FakeQuantWithMinMaxVars', floats(0, 2), F(-1), F(3))
case('fake_bits', 'FakeQuantWithMinMaxArgs', x, num_bits=17, error='INVALID_ARGUMENT')
case('fake_args_reversed', 'FakeQuantWithMinMaxArgs', x, min=1., max=0., error='INVALID_ARGUMENT')
shape('fake_vars', 'FakeQuantWithMinMaxVars', ('float32', [None, 3]), ('float32', []), ('float32', []))
shape('fake_channels', 'FakeQuantWithMinMaxVarsPerChannel', ('float32', [None, 3]), ('float32', [None]), ('float32', [3]))
shape('fake_gradient', 'FakeQuantWithMinMaxVarsGradient', ('float32', [None, 3]), ('float32', [2, None]), ('float32', []), ('float32', []))
shape('fake_channels_gradient', 'FakeQuantWithMinMaxVarsPerChannelGradient', ('float32', [None, 3]), ('float32', [2, None]),
      ('float32', [None]), ('float32', [3]))
