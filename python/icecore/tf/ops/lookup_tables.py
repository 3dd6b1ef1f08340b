"""Tables that are filled once: from keys to values (tf.lookup.StaticHashTable)."""
import uuid

from icecore.tf.framework import ops, tensor_shape
from icecore.tf.framework.composites import SparseTensor
from icecore.tf.ops import plain
from icecore.tf.ops.lookup_initializers import KeysAndValues


class LookupInterface(KeysAndValues):
    """A table.

    Args:
      key_dtype, value_dtype: of its keys and values.
    """

    _resource_handle = None

    def _create_resource(self):
        raise NotImplementedError

    @property
    def resource_handle(self):
        """The resource tensor that is the table."""
        if self._resource_handle is None:
            self._resource_handle = self._create_resource()
        return self._resource_handle

    @property
    def name(self):
        """The last part of its node's name."""
        return NotImplementedError

    def size(self, name=None):
        """How many keys it has: an int64 scalar."""
        raise NotImplementedError

    def lookup(self, keys, name=None):
        """The values of keys: a tensor, or SparseTensor, of their shape."""
        raise NotImplementedError

    def _check_keys(self, keys):
        if keys.dtype.base_dtype != self._key_dtype:
            raise TypeError('Signature mismatch. Keys must be dtype %s, got %s.' % (self._key_dtype, keys.dtype))


class InitializableLookupTableBase(LookupInterface):
    """A table that something fills.

    Args:
      default_value: a scalar: the value of keys that it lacks.
      initializer: what fills it.
    """

    def __init__(self, default_value, initializer):
        super().__init__(initializer.key_dtype, initializer.value_dtype)
        self._default_value = ops.convert_to_tensor(default_value, dtype=self._value_dtype)
        self._default_value.get_shape().merge_with(tensor_shape.TensorShape([]))
        self._initializer = initializer
        with ops.init_scope():
            self._resource_handle = self._create_resource()
        if ops.get_default_graph()._get_control_flow_context() is not None:
            with ops.init_scope():
                self._init_op = self._initialize()
        else:
            self._init_op = self._initialize()

    def _initialize(self):
        return self._initializer.initialize(self)

    @property
    def default_value(self):
        """The value of keys that it lacks."""
        return self._default_value

    def size(self, name=None):
        """How many keys it has: an int64 scalar."""
        with ops.name_scope(name, '%s_Size' % self.name, [self.resource_handle]):
            return plain.lookup_table_size_v2(self.resource_handle)

    def lookup(self, keys, name=None):
        """The values of keys.

        Args:
          keys: a tensor or SparseTensor of the keys' dtype.

        Returns:
          A tensor, or SparseTensor, of its shape.

        Raises:
          TypeError: where they have another dtype.
        """
        is_sparse = isinstance(keys, SparseTensor)
        given = keys.values if is_sparse else keys
        self._check_keys(keys)
        with ops.name_scope(name, '%s_Lookup' % self.name, (self.resource_handle, given, self._default_value)):
            values = plain.lookup_table_find_v2(self.resource_handle, given, self._default_value)
        values.set_shape(given.get_shape())
        return SparseTensor(keys.indices, values, keys.dense_shape) if is_sparse else values


class InitializableLookupTableBaseV1(InitializableLookupTableBase):
    """InitializableLookupTableBase with its operation as `initializer`."""

    @property
    def initializer(self):
        """The operation that fills it."""
        return self._init_op


def _make(table):
    handle = plain.hash_table_v2(
        shared_name=table._shared_name, key_dtype=table._initializer.key_dtype,
        value_dtype=table._initializer.value_dtype, name=table._name)
    table._table_name = handle.op.name.rpartition('/')[2]
    return handle


def _export(table, name, op_name):
    keys, values = plain.lookup_table_export_v2(table.resource_handle, table._key_dtype, table._value_dtype,
                                                name=op_name)
    values.set_shape(keys.get_shape().concatenate(table._default_value.get_shape()))
    return keys, values


class StaticHashTable(InitializableLookupTableBase):
    """A table that doesn't change once it is filled.

    Args:
      initializer: what fills it, and says of which dtypes it is.
      default_value: a scalar: the value of keys that it lacks.
      name: of its node.
    """

    def __init__(self, initializer, default_value, name=None):
        self._initializer = initializer
        self._shared_name = initializer._shared_name or 'hash_table_%s' % uuid.uuid4()
        self._name = name or 'hash_table'
        super().__init__(default_value, initializer)

    def _create_resource(self):
        return _make(self)

    @property
    def name(self):
        """The last part of its node's name."""
        return self._table_name

    def export(self, name=None):
        """All its keys and values: two vectors, in no order."""
        with ops.name_scope(name, '%s_Export' % self.name, [self.resource_handle]):
            return _export(self, name, None)


class StaticHashTableV1(StaticHashTable):
    """A table that doesn't change once it is filled, which tf.tables_initializer() does.

    Args:
      initializer: what fills it, and says of which dtypes it is.
      default_value: a scalar: the value of keys that it lacks.
      name: of its node.

    >>> import icecore.tf as tf
    >>> table = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(['a', 'b'], [1, 2]), -1)
    >>> values = table.lookup(tf.constant(['b', 'c']))
    >>> with tf.Session() as sess:
    ...     sess.run(tf.tables_initializer())
    ...     sess.run(values)
    array([ 2, -1], dtype=int32)
    """

    @property
    def initializer(self):
        """The operation that fills it."""
        return self._init_op


class HashTable(StaticHashTableV1):
    """StaticHashTable with its operation as `init`, too."""

    @property
    def init(self):
        """The operation that fills it."""
        return self.initializer


class ContribHashTable(InitializableLookupTableBaseV1):
    """tf.contrib.lookup.HashTable: a table that doesn't change once it is filled.

    Args:
      initializer: what fills it, and says of which dtypes it is.
      default_value: a scalar: the value of keys that it lacks.
      shared_name: tables of one such name are one; None: it is this node's.
      name: of its node.
    """

    def __init__(self, initializer, default_value, shared_name=None, name=None):
        self._initializer = initializer
        self._shared_name = shared_name
        self._name = name or 'hash_table'
        super().__init__(default_value, initializer)

    def _create_resource(self):
        return _make(self)

    @property
    def init(self):
        """The operation that fills it."""
        return self.initializer

    @property
    def name(self):
        """The last part of its node's name."""
        return self._table_name

    def export(self, name=None):
        """All its keys and values: two vectors, in no order."""
        with ops.name_scope(name, '%s_Export' % self.name, [self.resource_handle]) as scope:
            return _export(self, name, scope)
