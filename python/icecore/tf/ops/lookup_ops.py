"""tf.lookup: tables, and the operation that fills them."""
from icecore.tf.framework import control_flow, dtypes, ops, tensor_util
from icecore.tf.ops import array_ops, math_ops, plain
from icecore.tf.ops.lookup_buckets import (  # noqa: F401
    FastHashSpec, HasherSpec, IdTableWithHashBuckets, StaticVocabularyTable, StaticVocabularyTableV1, StrongHashSpec)
from icecore.tf.ops.lookup_initializers import (  # noqa: F401
    KeyValueTensorInitializer, TableInitializerBase, TextFileIdTableInitializer, TextFileIndex, TextFileInitializer,
    TextFileStringTableInitializer)
from icecore.tf.ops.lookup_mutable import MutableHashTable  # noqa: F401
from icecore.tf.ops.lookup_tables import (  # noqa: F401
    HashTable, InitializableLookupTableBase, InitializableLookupTableBaseV1, LookupInterface, StaticHashTable,
    StaticHashTableV1)

__getattr__ = plain.fallback(__name__)


def tables_initializer(name='init_all_tables'):
    """An operation that initializes the graph's tables."""
    initializers = ops.get_collection(ops.GraphKeys.TABLE_INITIALIZERS)
    return control_flow.group(*initializers, name=name) if initializers else control_flow.no_op(name=name)


def initialize_all_tables(name='init_all_tables'):
    """tables_initializer(), under its older name."""
    return tables_initializer(name)


def _check_file(vocabulary_file):
    if vocabulary_file is None or (isinstance(vocabulary_file, str) and not vocabulary_file):
        raise ValueError('vocabulary_file must be specified and must not be empty.')


def _check_buckets(num_oov_buckets):
    if num_oov_buckets < 0:
        raise ValueError('num_oov_buckets must be greater or equal than 0, got %d.' % num_oov_buckets)


def _check_key_dtype(dtype):
    if not dtype.is_integer and dtype.base_dtype != dtypes.string:
        raise TypeError('Only integer and string keys are supported.')


def _with_buckets(table, num_oov_buckets, hasher_spec, key_dtype):
    if not num_oov_buckets:
        return table
    return IdTableWithHashBuckets(table, num_oov_buckets=num_oov_buckets, hasher_spec=hasher_spec, key_dtype=key_dtype)


def index_table_from_file(vocabulary_file=None, num_oov_buckets=0, vocab_size=None, default_value=-1,
                          hasher_spec=FastHashSpec, key_dtype=dtypes.string, name=None,
                          key_column_index=TextFileIndex.WHOLE_LINE, value_column_index=TextFileIndex.LINE_NUMBER,
                          delimiter='\t'):
    """A table from the lines of a file to their numbers.

    Args:
      vocabulary_file: its name: a string, or a scalar tensor.
      num_oov_buckets: how many buckets there are for what isn't in the file; 0: that gets default_value.
      vocab_size: how many lines it has; None: all.
      hasher_spec: how keys find their buckets.
      key_dtype: of what is looked up: strings or integers.
      name: of the scope.
      key_column_index, value_column_index, delimiter: as in tf.lookup.TextFileInitializer.

    Raises:
      ValueError: where there is no file's name, or a number is too small.
      TypeError: where key_dtype isn't strings or integers.
    """
    _check_file(vocabulary_file)
    _check_buckets(num_oov_buckets)
    if vocab_size is not None and vocab_size < 1:
        is_tensor = isinstance(vocabulary_file, ops.Tensor)
        raise ValueError('vocab_size must be greater than 0, got %d. vocabulary_file: %s' % (
            vocab_size, (tensor_util.constant_value(vocabulary_file) or '?') if is_tensor else vocabulary_file))
    _check_key_dtype(key_dtype)
    with ops.name_scope(name, 'string_to_index'):
        with ops.name_scope(None, 'hash_table'):
            filling = TextFileIdTableInitializer(
                vocabulary_file, vocab_size=vocab_size, key_dtype=dtypes.int64 if key_dtype.is_integer else key_dtype,
                name='table_init', key_column_index=key_column_index, value_column_index=value_column_index,
                delimiter=delimiter)
            table = StaticHashTableV1(filling, default_value)
        return _with_buckets(table, num_oov_buckets, hasher_spec, key_dtype)


def index_table_from_tensor(vocabulary_list, num_oov_buckets=0, default_value=-1, hasher_spec=FastHashSpec,
                            dtype=dtypes.string, name=None):
    """A table from the elements of a vector to their numbers.

    Args:
      vocabulary_list: a vector of strings or integers, all different.
      num_oov_buckets, default_value, hasher_spec: as in index_table_from_file().
      dtype: of what is looked up: strings or integers.
      name: of the scope.

    Raises:
      ValueError: where there is no vector, or it isn't of dtype, or the number is too small.
      TypeError: where dtype isn't strings or integers.
    """
    if vocabulary_list is None:
        raise ValueError('vocabulary_list must be specified.')
    _check_buckets(num_oov_buckets)
    _check_key_dtype(dtype)
    with ops.name_scope(name, 'string_to_index'):
        keys = ops.convert_to_tensor(vocabulary_list)
        if keys.dtype.is_integer != dtype.is_integer:
            raise ValueError('Expected %s, got %s.' % ('integer' if dtype.is_integer else 'non-integer', keys.dtype))
        if not dtype.is_integer and keys.dtype.base_dtype != dtype:
            raise ValueError('Expected %s, got %s.' % (dtype, keys.dtype))
        numbers = math_ops.cast(math_ops.range(array_ops.size(keys)), dtypes.int64)
        with ops.name_scope(None, 'hash_table'):
            keys = math_ops.cast(keys, dtypes.int64) if keys.dtype.is_integer else keys
            filling = KeyValueTensorInitializer(keys, numbers, keys.dtype.base_dtype, dtypes.int64, name='table_init')
            table = StaticHashTableV1(filling, default_value)
        return _with_buckets(table, num_oov_buckets, hasher_spec, dtype)


def index_to_string_table_from_file(vocabulary_file, vocab_size=None, default_value='UNK', name=None,
                                    key_column_index=TextFileIndex.LINE_NUMBER,
                                    value_column_index=TextFileIndex.WHOLE_LINE, delimiter='\t'):
    """A table from the numbers of a file's lines to the lines.

    Args:
      vocabulary_file: its name: a string, or a scalar tensor.
      vocab_size: how many lines it has; None: all.
      default_value: what any other number is.
      name: of the scope.
      key_column_index, value_column_index, delimiter: as in tf.lookup.TextFileInitializer.

    Raises:
      ValueError: where there is no file's name, or the size is too small.
    """
    _check_file(vocabulary_file)
    if vocab_size is not None and vocab_size < 1:
        raise ValueError('vocab_size must be greater than 0, got %d.' % vocab_size)
    with ops.name_scope(name, 'index_to_string'):
        filling = TextFileStringTableInitializer(
            vocabulary_file, vocab_size=vocab_size, name='table_init', key_column_index=key_column_index,
            value_column_index=value_column_index, delimiter=delimiter)
        return StaticHashTableV1(filling, default_value)


def index_to_string_table_from_tensor(vocabulary_list, default_value='UNK', name=None):
    """A table from numbers to the strings of a vector.

    Args:
      vocabulary_list: a vector of strings.
      default_value: what any other number is.
      name: of the scope.

    Raises:
      ValueError: where there is no vector.
    """
    if vocabulary_list is None:
        raise ValueError('vocabulary_list must be specified.')
    with ops.name_scope(name, 'index_to_string'):
        strings = ops.convert_to_tensor(vocabulary_list, dtypes.string)
        numbers = math_ops.cast(math_ops.range(array_ops.size(strings)), dtypes.int64)
        filling = KeyValueTensorInitializer(numbers, strings, dtypes.int64, dtypes.string, name='table_init')
        return StaticHashTableV1(filling, default_value)
