"""tf.lookup and tf.contrib.lookup: digests of graphs, and what tables hold."""
import numpy as np
import tensorflow as tf
from listings import case, main, text_of
tf.logging.set_verbosity(tf.logging.ERROR)
with open('words.txt', 'w') as out:
    out.write('emerson\nlake\npalmer\n')
with open('columns.txt', 'w') as out:
    out.write('a 10 x\nb 20 y\n')
with open('numbers.txt', 'w') as out:
    out.write('10\n20\n30\n')
L, C = tf.lookup, tf.contrib.lookup
WORDS = ['lake', 'king', 'palmer']


def K(keys=('a', 'b', 'c'), values=(1, 2, 3), **others):
    return L.KeyValueTensorInitializer(list(keys), list(values), **others)


def words(*given):
    return tf.placeholder_with_default(list(given or WORDS), [None])


def sparse(*given):
    return tf.SparseTensor([[i, 0] for i in range(len(given))], tf.constant(list(given)), [len(given), 2])


def parts(sparse):
    return [sparse.indices, sparse.values, sparse.dense_shape]


def of(table, *others):
    return [table.name, table.key_dtype, table.value_dtype] + list(others)


def tables():
    """Each: how it is made, and what is looked up."""
    words_in_tensor = tf.constant(['emerson', 'lake', 'palmer'])
    numbers, strings = tf.constant([1, 7, 0], tf.int64), tf.constant(WORDS)
    return [
        ('static', lambda: L.StaticHashTable(K(), -1), tf.constant(['b', 'z'])),
        ('static_named', lambda: L.StaticHashTable(K((1, 2), ('p', 'q'), key_dtype=tf.int64, name='k'), 'none', name='t'), numbers),
        ('static_floats', lambda: L.StaticHashTable(K(('a', 'b'), (.5, 1.5), value_dtype=tf.float32), 0.), tf.constant([['a'], ['x']])),
        ('static_sparse', lambda: L.StaticHashTable(K(), -1), sparse('b', 'c')),
        ('contrib', lambda: C.HashTable(C.KeyValueTensorInitializer(['a', 'b'], [1, 2], tf.string, tf.int64), -1), tf.constant(['b', 'z'])),
        ('contrib_named', lambda: C.HashTable(K(), 7, shared_name='s', name='h'), tf.constant(['b', 'z'])),
        ('file', lambda: L.StaticHashTable(L.TextFileInitializer('columns.txt', tf.string, 0, tf.int64, 1, delimiter=' '), -1), tf.constant(['a', 'c'])),
        ('file_columns', lambda: C.HashTable(C.TextFileInitializer(
            tf.constant('columns.txt'), tf.int64, 1, tf.string, 2, vocab_size=2, delimiter=' ', name='n'), '?'), numbers * 20),
        ('file_ids', lambda: C.HashTable(C.TextFileIdTableInitializer('words.txt'), -1), strings),
        ('file_strings', lambda: C.HashTable(C.TextFileStringTableInitializer('words.txt', vocab_size=3), 'UNK'), numbers),
        ('vocabulary', lambda: L.StaticVocabularyTable(C.TextFileIdTableInitializer('words.txt'), 3), strings),
        ('vocabulary_named', lambda: L.StaticVocabularyTable(K(('x', 'y'), (0, 1), value_dtype=tf.int64), 2, name='voc/'), strings),
        ('vocabulary_int', lambda: L.StaticVocabularyTable(K((4, 7), (0, 1), key_dtype=tf.int64, value_dtype=tf.int64), 2, lookup_key_dtype=tf.int32), tf.constant([7, 8])),
        ('vocabulary_none', lambda: L.StaticVocabularyTable(None, 5), strings),
        ('vocabulary_sparse', lambda: L.StaticVocabularyTable(C.TextFileIdTableInitializer('words.txt'), 3), sparse('lake', 'king')),
        ('buckets', lambda: C.IdTableWithHashBuckets(C.HashTable(C.TextFileIdTableInitializer('words.txt'), -1), 4), strings),
        ('buckets_none', lambda: C.IdTableWithHashBuckets(None, 4, name='only'), strings),
        ('buckets_zero', lambda: C.IdTableWithHashBuckets(C.HashTable(K(WORDS, (0, 1, 2), value_dtype=tf.int64), -1), 0), sparse('lake', 'king')),
        ('buckets_legacy', lambda: C.IdTableWithHashBuckets(None, 9, C.HasherSpec('legacy', None)), strings),
        ('from_file', lambda: C.index_table_from_file('words.txt'), strings),
        ('from_file_buckets', lambda: C.index_table_from_file('words.txt', 2, vocab_size=2, default_value=-5, name='mine'), strings),
        ('from_file_tensor', lambda: C.index_table_from_file(tf.constant('columns.txt'), 1, key_column_index=2, value_column_index=1, delimiter=' '),
         tf.constant(['y', 'w'])),
        ('from_file_numbers', lambda: C.index_table_from_file('numbers.txt', key_dtype=tf.int64), numbers * 10 + 10),
        ('from_file_old', lambda: C.string_to_index_table_from_file('words.txt', 1, 3, name='o'), strings),
        ('from_tensor', lambda: C.index_table_from_tensor(words_in_tensor), strings),
        ('from_tensor_buckets', lambda: C.index_table_from_tensor(['lake', 'x'], 3, hasher_spec=C.FastHashSpec, name='mine'), strings),
        ('from_tensor_numbers', lambda: C.index_table_from_tensor([5, 7], 1, dtype=tf.int32), tf.constant([7, 9])),
        ('from_tensor_old', lambda: C.string_to_index_table_from_tensor(words_in_tensor, default_value=-9), strings),
        ('to_string', lambda: C.index_to_string_table_from_tensor(['p', 'q'], default_value='?'), numbers),
        ('to_string_file', lambda: C.index_to_string_table_from_file('words.txt', name='back'), numbers),
        ('to_string_columns', lambda: C.index_to_string_table_from_file('columns.txt', 2, '-', key_column_index=1, value_column_index=0, delimiter=' '),
         numbers * 10 + 10),
    ]


def graph_of(name):
    makers = {one: (make, keys) for one, make, keys in tables()}
    make, keys = makers[name]
    table = make()
    found = table.lookup(keys)
    named = table.lookup(keys, name='named')
    return of(table, table.size(), table.size('many'), table.initializer.name, found, named,
              table.resource_handle is not None, *(table.export() if hasattr(table, 'export') else ()))


with tf.Graph().as_default():
    NAMES = [name for name, _, _ in tables()]
for name in NAMES:
    case(name, lambda name=name: graph_of(name))
case('calls', lambda: [C.string_to_index(tf.constant(WORDS), ['lake']), C.index_to_string(tf.constant([1, 5], tf.int64), ['p', 'q'], name='i')])
case('strong', lambda: C.IdTableWithHashBuckets(None, 9, C.StrongHashSpec([3, 4])).lookup(tf.constant(WORDS)))
case('mutable', lambda: (lambda t: of(t, t.size(), t.insert(['a'], [1]), t.lookup(['a']), t.lookup(tf.constant(['a']), 'n'), t.remove(tf.constant(['a'])), *t.export('e')))(
    C.MutableHashTable(tf.string, tf.int64, -1, checkpoint=False)))
case('mutable_vectors', lambda: (lambda t: of(t, t.lookup(['a'])))(C.MutableHashTable(tf.string, tf.float32, [0., 1.], name='v', checkpoint=False)))


def in_branch():
    return tf.cond(tf.placeholder(tf.bool, []), lambda: L.StaticHashTable(K(), -1).lookup(tf.constant(['b'])), lambda: tf.constant([5]))


case('branch', in_branch)
case('numbers', lambda: [L.TextFileIndex.WHOLE_LINE, L.TextFileIndex.LINE_NUMBER])
WRONG = [
    lambda: L.TextFileInitializer('', tf.string, 0, tf.int64, 1), lambda: L.TextFileInitializer('f', tf.string, -3, tf.int64, 1),
    lambda: L.TextFileInitializer('f', tf.string, -1, tf.int64, 1), lambda: L.TextFileInitializer('f', tf.float32, -2, tf.int64, 1),
    lambda: L.TextFileInitializer('f', tf.string, 0, tf.int64, -4), lambda: L.TextFileInitializer('f', tf.string, 0, tf.string, -1),
    lambda: L.TextFileInitializer('f', tf.string, 0, tf.int64, -2), lambda: L.TextFileInitializer('f', tf.string, 0, tf.int64, 1, vocab_size=0),
    lambda: L.StaticHashTable(K(), -1).lookup(tf.constant([1])), lambda: L.StaticHashTable(K(), [1, 2]), lambda: L.StaticHashTable(K(), 'x'),
    lambda: L.StaticVocabularyTable(None, 0), lambda: L.StaticVocabularyTable(K((.5, 1.5), (1, 2)), 1), lambda: L.StaticVocabularyTable(K(), 1),
    lambda: L.StaticVocabularyTable(K(value_dtype=tf.int64), 1, tf.int64), lambda: L.StaticVocabularyTable(None, 1).lookup(tf.constant([1])),
    lambda: C.IdTableWithHashBuckets(None, 0), lambda: C.IdTableWithHashBuckets(None, 1, 'fasthash'), lambda: C.IdTableWithHashBuckets(None, 1, key_dtype=tf.float32),
    lambda: C.IdTableWithHashBuckets(L.StaticHashTable(K(), -1), 1), lambda: C.IdTableWithHashBuckets(None, 1, C.HasherSpec('x', 1)).lookup(tf.constant(['a'])),
    lambda: C.StrongHashSpec([1]), lambda: C.StrongHashSpec(['1', 2]), lambda: C.index_table_from_file(), lambda: C.index_table_from_file(''),
    lambda: C.index_table_from_file('f', -1), lambda: C.index_table_from_file('f', vocab_size=0), lambda: C.index_table_from_file('f', key_dtype=tf.float32),
    lambda: C.index_table_from_file(tf.constant('f'), vocab_size=0), lambda: C.index_table_from_tensor(None), lambda: C.index_table_from_tensor(['a'], -1),
    lambda: C.index_table_from_tensor([1]), lambda: C.index_table_from_tensor([1.]), lambda: C.index_table_from_tensor([1.], dtype=tf.float32),
    lambda: C.string_to_index_table_from_tensor([1]), lambda: C.index_to_string_table_from_tensor(None), lambda: C.index_to_string_table_from_file(None),
    lambda: C.index_to_string_table_from_file('f', 0), lambda: C.MutableHashTable(tf.string, tf.int64, -1, checkpoint=False).remove(tf.constant([1])),
]
for number, wrong in enumerate(WRONG):
    case('wrong%d' % number, wrong)
main()

for name in NAMES:
    with tf.Graph().as_default(), tf.Session() as session:
        make, keys = {one: (make, keys) for one, make, keys in tables()}[name]
        table = make()
        found = table.lookup(keys)
        try:
            session.run(found.values if isinstance(found, tf.SparseTensor) else found)
        except tf.errors.FailedPreconditionError:
            print('not filled')
        session.run(tf.tables_initializer())
        print(name, text_of(session.run(parts(found) if isinstance(found, tf.SparseTensor) else found)), session.run(table.size()))
with tf.Graph().as_default(), tf.Session() as session:
    table = C.MutableHashTable(tf.string, tf.int64, -1)
    session.run(table.insert(['a', 'b'], [1, 2]))
    print(session.run([table.size(), table.lookup(['b', 'c'])]), sorted(session.run(table.export())[0]))
    session.run(table.remove(tf.constant(['a', 'z'])))
    print(session.run([table.size(), table.lookup([['a', 'b']])]))
