"""Examples parsed: digests of graphs, and values."""
import tensorflow as tf
from listings import case, main
tf.logging.set_verbosity(tf.logging.ERROR)


def example(**features):
    made = {}
    for name, values in features.items():
        if isinstance(values[0], bytes):
            made[name] = tf.train.Feature(bytes_list=tf.train.BytesList(value=values))
        elif isinstance(values[0], float):
            made[name] = tf.train.Feature(float_list=tf.train.FloatList(value=values))
        else:
            made[name] = tf.train.Feature(int64_list=tf.train.Int64List(value=values))
    return tf.train.Example(features=tf.train.Features(feature=made)).SerializeToString()


FIRST = example(x=[1., 2.], label=[3], words=[b'a', b'bc'], i0=[5, 2], i1=[0, 1], seq=[1., 2., 3., 4.])
SECOND = example(x=[3., 4.], label=[7], words=[b'd'], i0=[1], i1=[1], seq=[5., 6.])
THIRD = example(x=[5., 6.])
BATCH = [FIRST, SECOND]


def given(*values):
    return tf.placeholder_with_default(list(values) if len(values) > 1 else values[0], None)


def all_of(parsed):
    """The tensors, by name."""
    found = []
    for key in sorted(parsed):
        value = parsed[key]
        found += [value.indices, value.values, value.dense_shape] if isinstance(value, tf.SparseTensor) else [value]
    return found


FIXED = {'x': tf.FixedLenFeature([2], tf.float32), 'label': tf.FixedLenFeature((), tf.int64, 9)}
VARIABLE = {'words': tf.VarLenFeature(tf.string), 'label': tf.VarLenFeature(tf.int64)}
SEQUENCE = {'seq': tf.FixedLenSequenceFeature([2], tf.float32, allow_missing=True),
            'words': tf.FixedLenSequenceFeature([], tf.string, True, default_value='-'),
            'i0': tf.FixedLenSequenceFeature([], tf.int64, True)}
SPARSE = {'sp': tf.SparseFeature('i0', 'words', tf.string, 9), 'x': tf.VarLenFeature(tf.float32)}
SPARSE2 = {'sp': tf.SparseFeature(['i0', 'i1'], 'words', tf.string, [9, 3], already_sorted=False)}

for name, features in (('fixed', FIXED), ('variable', VARIABLE), ('sequence', SEQUENCE), ('sparse', SPARSE), ('sparse2', SPARSE2),
                       ('all', dict(FIXED, **SEQUENCE))):
    runs = name != 'sparse' and name != 'sparse2'  # SparseReorder has no kernel in both.
    case(name, lambda features=features: all_of(tf.parse_example(BATCH, features)), runs)
    case(name + '_fed', lambda features=features: all_of(tf.io.parse_example(given(*BATCH), features, name='p')), False)
    case(name + '_single', lambda features=features: all_of(tf.parse_single_example(FIRST, features)), runs)
    case(name + '_single_fed', lambda features=features: all_of(tf.io.parse_single_example(given(SECOND), features, 's')), False)
    case(name + '_single_named', lambda features=features: all_of(tf.parse_single_example(FIRST, features, example_names='e')), runs)
    case(name + '_named', lambda features=features: all_of(tf.parse_example(BATCH, features, 'p', ['e1', 'e2'])), runs)
case('defaults', lambda: all_of(tf.parse_example([THIRD, FIRST], {
    'label': tf.FixedLenFeature([1], tf.int64, [8]), 'words': tf.FixedLenFeature([2], tf.string, ['p', 'q']),
    'x': tf.FixedLenFeature([2, 1], tf.float32, tf.constant([[0.], [1.]])), 'seq': tf.FixedLenSequenceFeature([], tf.float32, True, -1.)})), True)
case('odd_names', lambda: all_of(tf.parse_example([THIRD], {
    'a b': tf.FixedLenFeature([], tf.int64, 8), 'c:d': tf.FixedLenSequenceFeature([], tf.float32, True, 2.)})), True)
case('unknown_rank', lambda: all_of(tf.parse_single_example(tf.placeholder(tf.string), FIXED, example_names=tf.placeholder(tf.string))))
case('missing', lambda: all_of(tf.parse_example([THIRD], {'seq': tf.FixedLenFeature([2], tf.float32)})))
case('read', lambda: (lambda p: [p['x'] * 2, tf.sparse.to_dense(p['words'], '')])(
    tf.parse_example(BATCH, dict(FIXED, words=VARIABLE['words']))), True)

WRONG = {
    'nothing': {}, 'other': {'x': tf.float32}, 'no_type': {'x': tf.VarLenFeature(None)}, 'no_type2': {'x': tf.FixedLenFeature([], None)},
    'no_type3': {'x': tf.FixedLenSequenceFeature([], None, True)}, 'no_type4': {'x': tf.SparseFeature('i', 'v', None, 3)},
    'no_shape': {'x': tf.FixedLenFeature(None, tf.float32)}, 'no_shape2': {'x': tf.FixedLenFeature([None, 2], tf.float32)},
    'no_shape3': {'x': tf.FixedLenFeature([2, None], tf.float32)}, 'not_missing': {'x': tf.FixedLenSequenceFeature([], tf.float32)},
    'no_index': {'x': tf.SparseFeature('', 'v', tf.float32, 3)}, 'no_value': {'x': tf.SparseFeature('i', '', tf.float32, 3)},
    'conflict': {'i': tf.VarLenFeature(tf.string), 'x': tf.SparseFeature('i', 'v', tf.float32, 3)},
    'conflict2': {'v': tf.VarLenFeature(tf.string), 'x': tf.SparseFeature('i', 'v', tf.int64, 3)},
    'both': {'i': tf.FixedLenFeature([], tf.int64), 'x': tf.SparseFeature('i', 'v', tf.float32, 3)},
    'type': {'x': tf.FixedLenFeature([], tf.float64)}, 'default': {'x': tf.FixedLenFeature([2], tf.float32, [1., 2., 3.])},
    'default_type': {'x': tf.FixedLenFeature([2], tf.float32, ['a', 'b'])},
}
for name, features in WRONG.items():
    case('wrong_' + name, lambda features=features: all_of(tf.parse_example(BATCH, features)))
    case('wrong_single_' + name, lambda features=features: all_of(tf.parse_single_example(FIRST, features)))
case('not_scalar', lambda: tf.parse_single_example(BATCH, FIXED))
case('not_scalar2', lambda: tf.parse_single_example(BATCH, FIXED, example_names='n'))
case('not_scalar3', lambda: tf.parse_single_example(FIRST, FIXED, example_names=['n']))
case('csv', lambda: [tf.decode_csv(['1,2'], [[0], [0.]]), tf.io.decode_csv(tf.placeholder(tf.string, [2]), [[''], tf.constant([], tf.int64)], '|', False, 'c', 'NA', [1, 3])])
case('csv2', lambda: tf.decode_csv(['1,2'], [[0], [0.]], select_cols=[2, 1]))
case('csv3', lambda: tf.decode_csv(['1,2'], [[0], [0.]], select_cols=[-1, 1]))
case('csv4', lambda: tf.decode_csv(['1,2'], [[0], [0.]], select_cols=[1]))
print(FIXED['x'], VARIABLE['words'], SPARSE['sp'], SEQUENCE['i0'])
main()
