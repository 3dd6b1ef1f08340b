"""Ops that hand on what they are given, and what they say of it."""
import numpy as np

from op_cases import case, floats, ints, shape

words = np.array([b'a', b'', b'bc'], object)
for op in ('Identity', 'StopGradient', 'Snapshot', 'PreventGradient'):
    for dtype in ('float16', 'float32', 'float64', 'int32', 'int64', 'uint8', 'complex64', 'bool'):
        case('%s_%s' % (op, dtype), op, ints(2, 3, dtype=dtype), grad=op == 'Identity' and dtype in ('float32', 'float64', 'complex64'))
    if op != 'Snapshot':
        case(op + '_strings', op, words)
    case(op + '_scalar', op, np.float32(3))
    case(op + '_empty', op, floats(0, 2))
    shape(op, op, ('float32', [None, 3]))
    shape(op + '_unknown', op, ('float32', None))
case('identities', 'IdentityN', [floats(2, 3), np.int32(4), words, floats(3, dtype='float64')])
case('identities_grad', 'IdentityN', [floats(2, 3), floats(3, dtype='float64')], grad=True)
shape('identities', 'IdentityN', [('float32', [None, 3]), ('int32', None)])
for dtype in ('float32', 'float64', 'int32', 'int64', 'bool', 'uint8'):
    case('deep_copy_' + dtype, 'DeepCopy', ints(2, 3, dtype=dtype))
case('deep_copy_empty', 'DeepCopy', floats(0, 3))
shape('deep_copy', 'DeepCopy', ('float32', [None, 3]))
case('print', 'Print', floats(2, 3), [np.int32([1, 2]), words], message='', grad=True)
case('print_v2', 'PrintV2', np.array(b'words\n', object), output_stream='stderr')
shape('print', 'Print', ('float32', [None, 3]), [('int32', None)])

for dtype in ('float16', 'float32', 'float64'):
    case('finite_' + dtype, 'CheckNumerics', floats(2, 3, dtype=dtype), message='m', grad=dtype != 'float16')
    for name in ('nan', 'inf'):
        case('%s_%s' % (name, dtype), 'CheckNumerics', np.array([1, name, 2], dtype), message='m', error='INVALID_ARGUMENT')
case('finite_empty', 'CheckNumerics', floats(0, 3), message='m')
case('finite_scalar', 'CheckNumerics', np.float32(1), message='m')
shape('finite', 'CheckNumerics', ('float32', [None, 3]), message='m')

case('assert_true', 'Assert', np.array(True), [floats(3), words], summarize=2)
case('assert_false', 'Assert', np.array(False), [floats(3), words], summarize=2, error='INVALID_ARGUMENT')
case('assert_vector', 'Assert', np.array([True]), [floats(3)], error='INVALID_ARGUMENT')
case('default', 'PlaceholderWithDefault', floats(2, 3), shape=[None, 3], grad=True)
case('default_scalar', 'PlaceholderWithDefault', np.int64(4), shape=None)
case('default_strings', 'PlaceholderWithDefault', words, shape=[3])
shape('default', 'PlaceholderWithDefault', ('float32', [2, 3]), shape=[None, 3])
shape('loop_cond', 'LoopCond', ('bool', []))
for dtype in ('float32', 'bool', 'int64', 'string'):
    shape('placeholder_' + dtype, 'Placeholder', dtype=dtype, shape=[None, 3])
shape('placeholder_unknown', 'Placeholder', dtype='float32', shape=None)
shape('nothing', 'NoOp')
shape('trigger', 'ControlTrigger')
