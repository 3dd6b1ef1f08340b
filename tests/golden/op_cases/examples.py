"""Encoded tf.train.Examples."""
import numpy as np
import tensorflow as tf

from op_cases import case, shape

i64, F = np.int64, np.float32


def example(**features):
    """Of lists: floats, ints or bytes, or None for a feature without a list."""
    built = tf.train.Example()
    for name, values in features.items():
        feature = built.features.feature[name]
        if values is None:
            continue
        kind = type(values[0]) if values else float
        if kind is float:
            feature.float_list.value.extend(values)
        elif kind is int:
            feature.int64_list.value.extend(values)
        else:
            feature.bytes_list.value.extend(values)
    return built.SerializeToString()


def strings(*items):
    return np.array(items, dtype=object)


def text(string):
    return np.array(string.encode(), dtype=object)


ONE = example(f=[.5, -1.], i=[3], s=[b'a', b'', b'ccc'], v=[1., 2., 3.], m=[1, 2, 3, 4])
TWO = example(f=[2., 4.], i=[-(2 ** 40)], s=[b'd'], v=[], m=[5, 6, 7, 8], other=[b'x'])
THREE = example(f=[7., 8.], v=[9.], i=[5], s=None, m=[0, 0, 1, -1])
ALL = strings(ONE, TWO, THREE)
NONE = strings()
# Numbers that aren't packed, as proto2 writes them: Example{features{feature{key: "f" value{float_list{value: 1 value: 2}}}}}.
UNPACKED = b'\n\x13\n\x11\n\x01f\x12\x0c\x12\n\r\x00\x00\x80?\r\x00\x00\x00@'


def parse(name, serialized, sparse=(), dense=(), names=NONE, **other):
    """sparse: (key, dtype); dense: (key, default, dims)."""
    case(name, 'ParseExample', serialized, names, [text(key) for key, _ in sparse], [text(key) for key, _, _ in dense],
         [default for _, default, _ in dense], sparse_types=[t for _, t in sparse], dense_shapes=[dims for _, _, dims in dense], **other)


no_floats, no_ints, no_strings = np.zeros(0, 'float32'), np.zeros(0, 'int64'), strings()
parse('sparse', ALL, [('f', 'float32'), ('i', 'int64'), ('s', 'string'), ('absent', 'int64')])
parse('dense', ALL, dense=[('f', no_floats, [2]), ('i', no_ints, []), ('m', no_ints, [2, 2])])
parse('default', ALL, dense=[('absent', F([1, 2]), [2]), ('gone', strings(b'x')[0:1], [1])])
parse('variable', ALL, dense=[('v', F([7]), [None]), ('m', i64([9]), [None, 2])])
parse('both', ALL, [('s', 'string')], [('f', no_floats, [2])], names=strings(b'one', b'two', b'three'))
parse('unpacked', strings(UNPACKED), [('f', 'float32')])
parse('unpacked_dense', strings(UNPACKED), dense=[('f', no_floats, [2])])
parse('empty', NONE, [('s', 'string')], [('f', no_floats, [2])])
parse('empty_example', strings(b''), [('s', 'string')], [('f', F([1]), [1])])
parse('missing', ALL, dense=[('absent', no_floats, [2])], error='INVALID_ARGUMENT')
parse('other_type', ALL, [('f', 'int64')], error='INVALID_ARGUMENT')
parse('other_count', ALL, dense=[('f', no_floats, [3])], error='INVALID_ARGUMENT')
parse('variable_count', ALL, dense=[('f', F([0]), [None, 3])], error='INVALID_ARGUMENT')
parse('no_example', strings(b'\n\x05ab'), [('f', 'float32')], error='INVALID_ARGUMENT')
parse('few_names', ALL, [('f', 'float32')], names=strings(b'a'), error='INVALID_ARGUMENT')


def single(name, serialized, sparse=(), dense=(), **other):
    case(name, 'ParseSingleExample', np.array(serialized, object), [default for _, default, _ in dense], num_sparse=len(sparse),
         sparse_keys=[key for key, _ in sparse], dense_keys=[key for key, _, _ in dense], sparse_types=[t for _, t in sparse],
         dense_shapes=[dims for _, _, dims in dense], **other)


single('single_sparse', ONE, [('f', 'float32'), ('s', 'string'), ('absent', 'int64')])
single('single_dense', ONE, dense=[('f', no_floats, [2]), ('i', no_ints, []), ('m', no_ints, [2, 2])])
single('single_variable', ONE, dense=[('v', F([0]), [None]), ('m', i64([7]), [None, 2])])
single('single_no_padding', ONE, dense=[('v', no_floats, [None])], error='INVALID_ARGUMENT')
single('single_missing', ONE, dense=[('absent', no_floats, [2])], error='INVALID_ARGUMENT')
single('single_type', ONE, [('f', 'int64')], error='INVALID_ARGUMENT')
shape('parse', 'ParseExample', ('string', [None]), ('string', None), [('string', [])], [('string', [])], [('float32', [0])],
      sparse_types=['int64'], dense_shapes=[[2]])
shape('parse_variable', 'ParseExample', ('string', [3]), ('string', None), [], [('string', [])], [('float32', [1])], sparse_types=[],
      dense_shapes=[[None, 2]])
shape('single', 'ParseSingleExample', ('string', []), [('float32', [0])], num_sparse=1, sparse_keys=['s'], dense_keys=['d'],
      sparse_types=['int64'], dense_shapes=[[2]])
