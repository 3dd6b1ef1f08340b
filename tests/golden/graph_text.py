"""GraphDefs as write_graph of 1.15.5 writes them, binary and text: a graph that TensorFlow built, with tensors of every dtype,
loops and functions; one made of messages, with every kind of attribute value, unknown ops and unusual fields; numbers whose
text is easy to get wrong; and text as others write it, to be read only."""
import os

import numpy as np
import tensorflow as tf
from google.protobuf import text_format
from tensorflow.core.framework import graph_pb2, types_pb2
from tensorflow.python.framework import function

import expectation
import graphs
import values

v1 = tf.compat.v1


def make(folder):
    made = {'built': built(), 'messages': messages(), 'numbers': numbers(), 'empty': graph_pb2.GraphDef()}
    for name, graph_def in made.items():
        graphs.write_binary(graph_def, os.path.join(folder, name + '.pb'))
        tf.io.write_graph(graph_def, folder, name + '.pbtxt', as_text=True)
    # the shortest text of a float, as 2.21's write_graph and text_format print it
    for name in ('built', 'numbers'):
        graphs.write_text(text_format.MessageToString(made[name]), os.path.join(folder, name + '.short.pbtxt'))
    graphs.write_text(BY_HAND, os.path.join(folder, 'by_hand.pbtxt'))
    made['by_hand'] = text_format.Parse(BY_HAND, graph_pb2.GraphDef())
    graphs.write_binary(made['by_hand'], os.path.join(folder, 'by_hand.pb'))
    made['unknown_fields'] = unknown_fields(folder)
    expectation.write(folder, {'graphs': {name: graphs.said(graph_def) for name, graph_def in made.items()},
                               'read_only_text': {'built.short.pbtxt': 'built.pb', 'numbers.short.pbtxt': 'numbers.pb', 'by_hand.pbtxt': 'by_hand.pb'},
                               'written_text': {name + '.pbtxt': name + '.pb' for name in ('built', 'messages', 'numbers', 'empty', 'unknown_fields')}})


def built():
    graph = tf.Graph()
    with graph.as_default():
        v1.set_random_seed(5)
        x = v1.placeholder(tf.float32, [None, 3], 'x')
        v1.placeholder(tf.int64, name='unknown_rank')
        v1.placeholder(tf.string, [], 'scalar')
        for dtype in values.ALL:
            with v1.name_scope(dtype):
                value = values.matrix(dtype)
                if dtype in values.BITS:
                    value.tensor()
                else:
                    tf.constant(value.array, dtype, name='matrix')
                    tf.constant(values.scalar(dtype).array, dtype, name='scalar')
                    tf.constant(values.empty(dtype).array, dtype, name='empty')
        with v1.variable_scope('net'), tf.device('/job:ps/task:1/device:CPU:0'):
            w = v1.get_variable('w', [3, 4])
            r = v1.get_variable('r', [4], use_resource=True, initializer=v1.zeros_initializer())
        y = v1.nn.bias_add(tf.matmul(x, w), r, name='y')

        @function.Defun(tf.float32, tf.float32, func_name='scaled')
        def scaled(a, b):
            return tf.multiply(a, b, name='product'), tf.nn.relu(a)

        @function.Defun(tf.float32, func_name='calls')
        def calls(a):
            return scaled(a, tf.constant(2.5))[0]

        z, _ = scaled(y, tf.constant(0.1))
        calls(z)
        branch = tf.cond(tf.reduce_any(z > 0), lambda: z * 2, lambda: tf.exp(z), name='branch')
        with tf.control_dependencies([branch]):
            tf.while_loop(lambda i, s: i < 10, lambda i, s: (i + 1, s + tf.cast(i, tf.float32) * 0.3), [0, 0.1], name='loop')
        tf.strings.join(['tab\t', '"quoted"', "it's", 'back\\slash', b'\xff\0\x7f\n', 'ñ'], name='text')
        tf.nn.conv2d(v1.placeholder(tf.float32, [1, 8, 8, 3], 'image'), v1.random_normal([3, 3, 3, 2]), [1, 2, 2, 1], 'SAME', name='conv')
        v1.train.Saver()
    return graph.as_graph_def(add_shapes=True)


def messages():
    """Every field that a GraphDef of 1.15.5 knows."""
    g = graph_pb2.GraphDef()
    g.versions.producer = 134
    g.versions.min_consumer = 12
    g.versions.bad_consumers.extend([3, 99])
    g.version = 7
    kinds = g.node.add(name='kinds', op='NoSuchOp', input=['other:1', 'third', '^control'], device='/gpu:0')
    kinds.attr['zero_int'].i = 0
    kinds.attr['zero_float'].f = 0
    kinds.attr['zero_bytes'].s = b''
    kinds.attr['false'].b = False
    kinds.attr['invalid_type'].type = 0
    kinds.attr['unknown_type'].type = 77
    kinds.attr['ref_type'].type = types_pb2.DT_FLOAT_REF
    kinds.attr['empty_shape'].shape.SetInParent()
    kinds.attr['unknown_rank'].shape.unknown_rank = True
    shape = kinds.attr['partial'].shape
    shape.dim.add(size=-1)
    shape.dim.add(size=3, name='channels')
    shape.dim.add()
    kinds.attr['empty_tensor'].tensor.SetInParent()
    kinds.attr['empty_list'].list.SetInParent()
    kinds.attr['placeholder'].placeholder = 'T'
    kinds.attr['func'].func.name = 'f'
    kinds.attr['func'].func.attr['T'].type = types_pb2.DT_HALF
    kinds.attr['func'].func.attr['A'].list.i.extend([1, -1])
    kinds.attr['nothing'].SetInParent()
    kinds.attr['negative'].i = -(2 ** 63)
    kinds.attr['large'].i = 2 ** 63 - 1
    for key in ('b', 'B', 'a', 'ab', 'a_', 'a1', '_', 'ñ', ''):
        kinds.attr[key].b = True
    bytes_ = kinds.attr['bytes']
    bytes_.s = bytes(range(256))
    kinds.experimental_debug_info.original_node_names.extend(['one', 'two'])
    lists = g.node.add(name='lists', op='AnotherUnknownOp')
    lists.attr['s'].list.s.extend([b'', b'one', b'\xff'])
    lists.attr['i'].list.i.extend([0, -5, 2 ** 40])
    lists.attr['f'].list.f.extend([0, -0.0, 1.5, 0.1, float('inf'), float('-inf'), float('nan')])
    lists.attr['b'].list.b.extend([True, False])
    lists.attr['type'].list.type.extend([types_pb2.DT_FLOAT, 0, types_pb2.DT_VARIANT, 123])
    lists.attr['shape'].list.shape.add().dim.add(size=2)
    lists.attr['shape'].list.shape.add()
    lists.attr['shape'].list.shape.add(unknown_rank=True)
    lists.attr['tensor'].list.tensor.add(dtype=types_pb2.DT_INT32, int_val=[7])
    lists.attr['tensor'].list.tensor.add()
    lists.attr['func'].list.func.add(name='g')
    tensors = g.node.add(name='tensors', op='Const')
    t = tensors.attr['all'].tensor
    t.dtype = types_pb2.DT_FLOAT
    t.tensor_shape.dim.add(size=2)
    t.version_number = 3
    t.tensor_content = b'\0\1"\'\\\n\r\t\x7f\x80\xff1'
    t.half_val.extend([0, 15360, 65535])
    t.float_val.extend([0.1, -0.0])
    t.double_val.extend([0.1, 1e300, -0.0])
    t.int_val.extend([-1, 2 ** 31 - 1])
    t.string_val.extend([b'', b'text', b'\0'])
    t.scomplex_val.extend([1.5, -0.1])
    t.int64_val.extend([-(2 ** 63), 5])
    t.bool_val.extend([True, False])
    t.dcomplex_val.extend([0.1, 2])
    handle = t.resource_handle_val.add(device='/cpu:0', container='c', name='n', hash_code=2 ** 64 - 1, maybe_type_name='Var')
    handle.dtypes_and_shapes.add(dtype=types_pb2.DT_INT8).shape.dim.add(size=4)
    variant = t.variant_val.add(type_name='tensorflow::Tensor', metadata=b'\1\2')
    variant.tensors.add(dtype=types_pb2.DT_BOOL, bool_val=[True])
    t.uint32_val.extend([2 ** 32 - 1])
    t.uint64_val.extend([2 ** 64 - 1, 0])
    g.node.add()
    f = g.library.function.add()
    f.signature.name = 'f'
    f.signature.input_arg.add(name='x', type=types_pb2.DT_FLOAT, description='an "argument"', is_ref=True)
    f.signature.input_arg.add(name='n', type_attr='T', number_attr='N')
    f.signature.output_arg.add(name='y', type_list_attr='Ts')
    a = f.signature.attr.add(name='T', type='type', has_minimum=True, minimum=-2, description='d')
    a.default_value.type = types_pb2.DT_FLOAT
    a.allowed_values.list.type.extend([types_pb2.DT_FLOAT, types_pb2.DT_INT32])
    f.signature.summary = 'summary'
    f.signature.description = 'two\nlines'
    f.signature.is_commutative = f.signature.is_aggregate = f.signature.is_stateful = f.signature.allows_uninitialized_input = True
    f.signature.deprecation.version = 8
    f.signature.deprecation.explanation = 'old'
    f.signature.control_output.append('c')
    f.attr['_noinline'].b = True
    f.node_def.add(name='inner', op='Relu', input=['x']).attr['T'].placeholder = 'T'
    f.ret['y'] = 'inner:activations:0'
    f.ret['a'] = 'x'
    f.control_ret['c'] = 'inner'
    for index in (10, 2, 0):
        f.arg_attr[index].attr['_k'].i = index
    g.library.gradient.add(function_name='f', gradient_func='f_grad')
    return g


def numbers():
    """Floats and doubles as lists: powers of ten and two, their neighbours, random bits, denormals, NaNs."""
    random = np.random.RandomState(9)
    g = graph_pb2.GraphDef()
    node = g.node.add(name='floats', op='Const')
    singles = [s * 10.0 ** e for e in range(-45, 39) for s in (1, 3)] + [2.0 ** e for e in range(-149, 128, 9)]
    singles = np.array(singles, np.float32)
    near = np.r_[np.nextafter(singles, np.float32(0)), np.nextafter(singles, np.float32(np.inf))]
    bits = random.randint(0, 2 ** 32, 300, dtype=np.uint64).astype(np.uint32).view(np.float32)
    plain = np.array([0, 1, 10, 100, 123456, 1e15, 1e16, 1e17, 123456789, 16777216, 0.1, 1 / 3, 1e-4, 1e-5, 12345.678, np.inf, -np.inf, np.nan, -0.0], np.float32)
    floats = np.r_[plain, singles, near, bits]
    node.attr['value'].list.f.extend(floats[~np.isnan(floats)].tolist())
    node.attr['nan'].f = float('nan')
    node = g.node.add(name='doubles', op='Const')
    doubles = np.array([10.0 ** e for e in range(-323, 309, 7)] + [2.0 ** e for e in range(-1074, 1024, 61)])
    near = np.r_[np.nextafter(doubles, 0), np.nextafter(doubles, np.inf)]
    bits = random.randint(0, 2 ** 63, 300, dtype=np.uint64).view(np.float64)
    bits = bits[~np.isnan(bits)]
    plain = np.array([0, 1, 1e15, 1e16, 1e17, 123456789012345680, 9007199254740993, 0.1, 1 / 3, 1e-4, 1e-5, 5e-324, np.inf, -np.inf, np.nan, -0.0])
    doubles = np.r_[plain, doubles, near, -near[::5], bits]
    node.attr['value'].tensor.double_val.extend(doubles.tolist())
    return g


def unknown_fields(folder):
    """Fields of a later TensorFlow: kept in binary, absent from text."""
    g = messages_with_one_node()
    extra = b'\xfa\x07\x03new' + b'\x80\x08\x2a' + b'\x8d\x08\1\2\3\4' + b'\x91\x08' + bytes(8)  # fields 127 to 130, of all wire types
    data = g.node[0].SerializeToString(deterministic=True) + extra
    data = b'\x0a' + bytes([len(data)]) + data + extra
    with open(os.path.join(folder, 'unknown_fields.pb'), 'wb') as out:
        out.write(data)
    g = graph_pb2.GraphDef.FromString(data)
    tf.io.write_graph(g, folder, 'unknown_fields.pbtxt', as_text=True)
    return g


def messages_with_one_node():
    g = graph_pb2.GraphDef()
    g.node.add(name='n', op='NoOp').attr['a'].i = 1
    return g


BY_HAND = '''# text that no TensorFlow prints but every reader of the format takes
node <
  name: 'a' op: "Const"  # two fields on one line
  attr { key: "dtype"; value { type: 3 } },
  attr: { key: "value" value: { tensor { dtype: DT_INT32 tensor_shape { dim { size: 0x3 } } int_val: [1, 017, -0x10] } } }
>
node {
  name: "b" "_" 'c'
  op: "Placeholder"
  attr { key: "f" value { f: 1.5f } }
  attr { key: "big" value { f: 1e10 } }
  attr { key: "int_as_float" value { f: 3 } }
  attr { key: "infinite" value { f: -inf } }
  attr { key: "t" value { b: true } }
  attr { key: "one" value { b: 1 } }
  attr { key: "short" value { b: t } }
  attr { key: "escapes" value { s: "\\a\\b\\f\\n\\r\\t\\v\\\\\\'\\"\\0\\12\\377\\x41\\xfF" } }
  attr { key: "l" value { list { i: [] f: [0.5, nan] s: ["x", 'y' "z"] shape [{ dim { size: 1 } }, < unknown_rank: true >] } } }
  attr { value { i: 5 } key: "last" }
}
versions { }
'''
