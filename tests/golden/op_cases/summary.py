"""Summaries. Images and sounds aren't written yet."""
import numpy as np

from op_cases import case, floats, shape

tag = lambda text: np.array(text, object)


def value(tag, number):
    import struct
    body = b'\x0a' + bytes([len(tag)]) + tag + b'\x15' + struct.pack('<f', number)
    return b'\x0a' + bytes([len(body)]) + body


case('scalar', 'ScalarSummary', tag(b'loss'), np.float32(1.5))
case('scalar_zero', 'ScalarSummary', tag(b'loss'), np.float32(0))
case('scalar_double', 'ScalarSummary', tag(b'loss'), np.float64(0.1))
case('scalar_int', 'ScalarSummary', tag(b'step'), np.int64(7))
case('scalar_half', 'ScalarSummary', tag(b'h'), np.float16(0.5))
case('scalars', 'ScalarSummary', tag([b'a', b'b']), np.float32([1, 2]))
case('scalar_other_shape', 'ScalarSummary', tag([b'a', b'b']), np.float32(1), error='INVALID_ARGUMENT')
case('histogram', 'HistogramSummary', tag(b'w'), floats(20))
case('histogram_empty', 'HistogramSummary', tag(b'w'), floats(0))
case('histogram_zeros', 'HistogramSummary', tag(b'w'), np.zeros(3, np.float32))
case('histogram_ints', 'HistogramSummary', tag(b'w'), np.int32([-3, 0, 0, 5, 100000]))
case('histogram_extremes', 'HistogramSummary', tag(b'w'), np.float64([1e-13, -1e19, 1e25, 1e-12]))
case('histogram_nan', 'HistogramSummary', tag(b'w'), np.float32([1, np.nan]), error='INVALID_ARGUMENT')
case('histogram_infinite', 'HistogramSummary', tag(b'w'), np.float32([1, np.inf]), error='INVALID_ARGUMENT')
case('histogram_tags', 'HistogramSummary', tag([b'w']), floats(3), error='INVALID_ARGUMENT')
case('merge', 'MergeSummary', [tag(value(b'a', 1)), tag([value(b'b', 2), value(b'c', 3)]), tag(b'')])
case('merge_twice', 'MergeSummary', [tag(value(b'a', 1)), tag(value(b'a', 2))], error='INVALID_ARGUMENT')
shape('scalar', 'ScalarSummary', ('string', []), ('float32', []))
