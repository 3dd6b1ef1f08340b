"""A table that a graph fills, changes and empties (tf.contrib.lookup.MutableHashTable)."""
from icecore.tf.framework import ops
from icecore.tf.ops import plain
from icecore.tf.ops.lookup_tables import LookupInterface
from icecore.tf.platform import tf_logging


class MutableHashTable(LookupInterface):
    """A table whose keys come and go in runs.

    Savers don't write it: what it holds ends with the session.

    Args:
      key_dtype, value_dtype: of its keys and values.
      default_value: the value of keys that it lacks: a scalar, or a vector, which all values are then.
      name: of its node.
      checkpoint: whether the nodes are added by which TensorFlow's Saver writes it.
    """

    def __init__(self, key_dtype, value_dtype, default_value, name='MutableHashTable', checkpoint=True):
        self._default_value = ops.convert_to_tensor(default_value, dtype=value_dtype)
        self._checkpoint = checkpoint
        self._name = name
        super().__init__(key_dtype, value_dtype)
        self._resource_handle = self._create_resource()
        if checkpoint:
            tf_logging.warning('Icecore saves no tables: what %s holds ends with its session.', self._table_name)
            self.export()

    def _create_resource(self):
        told = {'key_dtype': self._key_dtype, 'value_dtype': self._value_dtype, 'name': self._name,
                'use_node_name_sharing': bool(self._checkpoint)}
        shape = self._default_value.get_shape()
        if shape.ndims == 0:
            handle = plain.mutable_hash_table_v2(**told)
        else:
            handle = plain.mutable_hash_table_of_tensors_v2(value_shape=shape, **told)
        self._table_name = handle.op.name.rpartition('/')[2]
        return handle

    @property
    def name(self):
        """The last part of its node's name."""
        return self._table_name

    def size(self, name=None):
        """How many keys it has: an int64 scalar."""
        with ops.name_scope(name, '%s_Size' % self.name, [self.resource_handle]):
            with ops.colocate_with(self.resource_handle):
                return plain.lookup_table_size_v2(self.resource_handle)

    def remove(self, keys, name=None):
        """The operation that takes keys out; those that it lacks change nothing.

        Raises:
          TypeError: where the keys have another dtype than its.
        """
        if keys.dtype != self._key_dtype:
            raise TypeError('Signature mismatch. Keys must be dtype %s, got %s.' % (self._key_dtype, keys.dtype))
        inputs = (self.resource_handle, keys, self._default_value)
        with ops.name_scope(name, '%s_lookup_table_remove' % self.name, inputs):
            return plain.lookup_table_remove_v2(self.resource_handle, keys)

    def lookup(self, keys, name=None):
        """The values of keys: a tensor of their shape (and of the default value's behind it)."""
        inputs = (self.resource_handle, keys, self._default_value)
        with ops.name_scope(name, '%s_lookup_table_find' % self.name, inputs):
            keys = ops.convert_to_tensor(keys, dtype=self._key_dtype, name='keys')
            with ops.colocate_with(self.resource_handle):
                return plain.lookup_table_find_v2(self.resource_handle, keys, self._default_value)

    def insert(self, keys, values, name=None):
        """The operation that puts keys and their values in; those that are there get the new values."""
        inputs = [self.resource_handle, keys, values]
        with ops.name_scope(name, '%s_lookup_table_insert' % self.name, inputs):
            keys = ops.convert_to_tensor(keys, self._key_dtype, name='keys')
            values = ops.convert_to_tensor(values, self._value_dtype, name='values')
            with ops.colocate_with(self.resource_handle):
                return plain.lookup_table_insert_v2(self.resource_handle, keys, values)

    def export(self, name=None):
        """All its keys and values, in no order."""
        with ops.name_scope(name, '%s_lookup_table_export_values' % self.name, [self.resource_handle]):
            with ops.colocate_with(self.resource_handle):
                return tuple(plain.lookup_table_export_v2(self.resource_handle, self._key_dtype, self._value_dtype))
