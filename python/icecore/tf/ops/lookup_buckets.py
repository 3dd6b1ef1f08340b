"""Tables of ids whose unknown keys get ids too, by their hashes (tf.lookup.StaticVocabularyTable)."""
import collections
import functools
import numbers

from icecore.tf.framework import control_flow, dtypes, ops
from icecore.tf.framework.composites import SparseTensor
from icecore.tf.ops import array_ops, math_ops, plain
from icecore.tf.ops.lookup_tables import HashTable, LookupInterface


class HasherSpec(collections.namedtuple('HasherSpec', ['hasher', 'key'])):
    """How keys are hashed.

    Fields:
      hasher: 'fasthash', 'legacy' or 'stronghash'.
      key: of 'stronghash', its key.
    """

    __slots__ = ()


FastHashSpec = HasherSpec('fasthash', None)


class StrongHashSpec(HasherSpec):
    """'stronghash' with a key of two unsigned integers.

    Raises:
      ValueError: where they aren't two.
      TypeError: where they aren't integers.
    """

    __slots__ = ()

    def __new__(cls, key):
        if len(key) != 2:
            raise ValueError('key must have size 2, got %s.' % len(key))
        if not all(isinstance(part, numbers.Integral) for part in key):
            raise TypeError('Invalid key %s. Must be unsigned integer values.' % key)
        return super().__new__(cls, 'stronghash', key)


def _kind(dtype):
    return 'integer' if dtype.is_integer else 'non-integer'


class _Buckets(LookupInterface):
    """A table (or None), and buckets for the keys that it lacks."""

    _table = None

    def _of_table(self, had, key_dtype, shown):
        """What must hold of the table's dtypes, and of the keys' beside them."""
        allowed = (dtypes.int64, dtypes.string)
        if had.key_dtype not in allowed:
            raise TypeError('Invalid key dtype, expected one of %s, but got %s.' % (allowed, shown))
        if had.key_dtype.is_integer != key_dtype.is_integer:
            raise TypeError('Invalid key dtype, expected %s but got %s.' % (_kind(key_dtype), had.key_dtype))
        if had.value_dtype != dtypes.int64:
            raise TypeError('Invalid value dtype, expected %s but got %s.' % (dtypes.int64, had.value_dtype))

    def _settle(self, num_oov_buckets, key_dtype, name):
        if not key_dtype.is_integer and key_dtype != dtypes.string:
            raise TypeError('Invalid key_dtype, expected integer or string, got %s.' % key_dtype)
        self._num_oov_buckets = num_oov_buckets
        self._table_name = name.rpartition('/')[2] if name else None
        LookupInterface.__init__(self, key_dtype, dtypes.int64)

    @property
    def resource_handle(self):
        """The resource tensor of the table within; None where there is none."""
        return None if self._table is None else self._table.resource_handle

    @property
    def name(self):
        """The last part of its name."""
        return self._table_name

    def _filled(self):
        if self._table is not None:
            return self._table._init_op
        with ops.name_scope(None, 'init'):
            return control_flow.no_op()

    def size(self, name=None):
        """How many ids there are, those of buckets among them: an int64 scalar."""
        with ops.name_scope(name, '%s_Size' % self.name):
            size = ops.convert_to_tensor(0, dtype=dtypes.int64) if self._table is None else self._table.size()
            return size + self._num_oov_buckets

    def _hash(self):
        return plain.string_to_hash_bucket_fast

    def lookup(self, keys, name=None):
        """The ids of keys: those of the table, or behind them those of buckets.

        Args:
          keys: a tensor or SparseTensor of the keys' dtype.

        Returns:
          An int64 tensor, or SparseTensor, of its shape.

        Raises:
          TypeError: where they have another dtype.
        """
        self._check_keys(keys)
        is_sparse = isinstance(keys, SparseTensor)
        values = keys.values if is_sparse else keys
        if self._table is not None and self._table.key_dtype.base_dtype == dtypes.int64:
            values = math_ops.cast(values, dtypes.int64)
        if self._num_oov_buckets == 0:
            ids = self._table.lookup(values, name=name)
        else:
            ids = self._ids(values, name)
        return SparseTensor(keys.indices, ids, keys.dense_shape) if is_sparse else ids

    def _ids(self, values, name):
        with ops.name_scope(name, '%s_Lookup' % self.name):
            hashed = self._hash()
            text = values if values.dtype.base_dtype == dtypes.string else plain.as_string(values)
            buckets = hashed(text, num_buckets=self._num_oov_buckets, name='hash_bucket')
            if self._table is None:
                return buckets
            ids = self._table.lookup(values)
            buckets = plain.add(buckets, self._table.size())
            is_known = math_ops.not_equal(ids, self._table.default_value)
            return array_ops.where_v2(is_known, ids, buckets)


class IdTableWithHashBuckets(_Buckets):
    """A table of ids, and buckets for the keys that it lacks.

    Args:
      table: a table of string or int64 keys and int64 values; None: there are only buckets.
      num_oov_buckets: how many buckets there are.
      hasher_spec: how keys are hashed.
      name: of the scopes of its operations.
      key_dtype: of the keys that are looked up: strings or integers; None: the table's.

    Raises:
      ValueError: where there are neither a table nor buckets.
      TypeError: where a dtype or hasher_spec isn't what it should be.
    """

    def __init__(self, table, num_oov_buckets, hasher_spec=FastHashSpec, name=None, key_dtype=None):
        name = name.rstrip('/') if name else name
        if table:
            key_dtype = table.key_dtype if key_dtype is None else key_dtype
            self._of_table(table, key_dtype, key_dtype)
            self._table = table
            name = name or table.name
        else:
            if num_oov_buckets <= 0:
                raise ValueError('oov_buckets must be > 0 if no table is supplied.')
            key_dtype = dtypes.string if key_dtype is None else key_dtype
            name = name or 'hash_bucket'
        if not isinstance(hasher_spec, HasherSpec):
            raise TypeError('hasher_spec must be of type HasherSpec, got %s' % hasher_spec)
        self._hasher_spec = hasher_spec
        self._settle(num_oov_buckets, key_dtype, name)

    @property
    def initializer(self):
        """The operation that fills its table."""
        return self._filled()

    @property
    def init(self):
        """The operation that fills its table."""
        return self.initializer

    def _hash(self):
        spec = self._hasher_spec
        if spec.hasher == 'fasthash':
            return plain.string_to_hash_bucket_fast
        if spec.hasher == 'legacy':
            return plain.string_to_hash_bucket
        if spec.hasher == 'stronghash':
            return functools.partial(plain.string_to_hash_bucket_strong, key=spec.key)
        raise ValueError('Unknown hasher %s' % spec.hasher)


class StaticVocabularyTable(_Buckets):
    """A table of ids, and buckets for the keys that it lacks.

    Args:
      initializer: what fills the table, of string or int64 keys and int64 values; None: there are only buckets.
      num_oov_buckets: how many buckets there are, at least one.
      lookup_key_dtype: of the keys that are looked up: strings or integers; None: the initializer's.
      name: of the scopes of its operations.

    Raises:
      ValueError: where there is no bucket.
      TypeError: where a dtype isn't what it should be.
    """

    def __init__(self, initializer, num_oov_buckets, lookup_key_dtype=None, name=None):
        if num_oov_buckets <= 0:
            raise ValueError('oov_buckets must be > 0.')
        name = name.rstrip('/') if name else name
        if initializer:
            lookup_key_dtype = initializer.key_dtype if lookup_key_dtype is None else lookup_key_dtype
            self._of_table(initializer, lookup_key_dtype, initializer.key_dtype)
            self._table = HashTable(initializer, default_value=-1)
            name = name or self._table.name
        else:
            lookup_key_dtype = dtypes.string
            name = name or 'hash_bucket'
        self._settle(num_oov_buckets, lookup_key_dtype, name)


class StaticVocabularyTableV1(StaticVocabularyTable):
    """StaticVocabularyTable, which tf.tables_initializer() fills.

    Args:
      initializer: what fills the table, of string or int64 keys and int64 values; None: there are only buckets.
      num_oov_buckets: how many buckets there are, at least one.
      lookup_key_dtype: of the keys that are looked up: strings or integers; None: the initializer's.
      name: of the scopes of its operations.
    """

    @property
    def initializer(self):
        """The operation that fills its table."""
        return self._filled()
