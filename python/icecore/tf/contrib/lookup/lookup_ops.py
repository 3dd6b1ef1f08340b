"""tf.contrib.lookup: its own names for the tables of tf.lookup."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import lookup_ops
from icecore.tf.ops.lookup_ops import (  # noqa: F401
    FastHashSpec, HasherSpec, IdTableWithHashBuckets, InitializableLookupTableBase, KeyValueTensorInitializer,
    LookupInterface, MutableHashTable, StrongHashSpec, TableInitializerBase, TextFileIdTableInitializer, TextFileIndex,
    TextFileInitializer, TextFileStringTableInitializer, index_table_from_file, index_to_string_table_from_file)
from icecore.tf.ops.lookup_tables import ContribHashTable as HashTable  # noqa: F401


def index_table_from_tensor(mapping, num_oov_buckets=0, default_value=-1, hasher_spec=FastHashSpec,
                            dtype=dtypes.string, name=None):
    """A table from the elements of a vector to their numbers.

    Args:
      mapping: a vector of strings or integers, all different.
      num_oov_buckets: how many buckets there are for other keys; 0: these get default_value.
      hasher_spec: how keys find their buckets.
      dtype: of what is looked up: strings or integers.
      name: of the scope.

    Raises:
      ValueError: where there is no vector, or it isn't of dtype, or the number is too small.
      TypeError: where dtype isn't strings or integers.
    """
    if mapping is None:
        raise ValueError('mapping must be specified.')
    return lookup_ops.index_table_from_tensor(
        vocabulary_list=mapping, num_oov_buckets=num_oov_buckets, default_value=default_value, hasher_spec=hasher_spec,
        dtype=dtype, name=name)


def string_to_index_table_from_file(vocabulary_file=None, num_oov_buckets=0, vocab_size=None, default_value=-1,
                                    hasher_spec=FastHashSpec, name=None):
    """index_table_from_file() of strings, under its older name."""
    return index_table_from_file(vocabulary_file, num_oov_buckets, vocab_size, default_value, hasher_spec,
                                 key_dtype=dtypes.string, name=name)


def string_to_index_table_from_tensor(mapping, num_oov_buckets=0, default_value=-1, hasher_spec=FastHashSpec,
                                      name=None):
    """index_table_from_tensor() of strings, under its older name.

    Raises:
      ValueError: where they aren't strings.
    """
    with ops.name_scope(name, 'string_to_index') as scope:
        mapping = ops.convert_to_tensor(mapping)
    if mapping.dtype.base_dtype != dtypes.string:
        raise ValueError('string_to_index_table_from_tensor requires string.')
    return index_table_from_tensor(mapping, num_oov_buckets, default_value, hasher_spec, name=scope)


def index_to_string_table_from_tensor(mapping, default_value='UNK', name=None):
    """A table from numbers to the strings of a vector.

    Raises:
      ValueError: where there is no vector.
    """
    if mapping is None:
        raise ValueError('mapping must be specified.')
    return lookup_ops.index_to_string_table_from_tensor(vocabulary_list=mapping, default_value=default_value, name=name)


def string_to_index(tensor, mapping, default_value=-1, name=None):
    """The numbers that strings have in a vector: an int64 tensor of their shape."""
    return index_table_from_tensor(mapping=mapping, default_value=default_value, name=name).lookup(tensor)


def index_to_string(tensor, mapping, default_value='UNK', name=None):
    """The strings that stand at numbers in a vector: a tensor of their shape."""
    return index_to_string_table_from_tensor(mapping=mapping, default_value=default_value, name=name).lookup(tensor)
