"""What a table is filled with: tensors, or the lines of a file."""
import contextlib

from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import plain


class KeysAndValues:
    """What has keys of one dtype and values of one.

    Args:
      key_dtype, value_dtype: these.
    """

    def __init__(self, key_dtype, value_dtype):
        self._key_dtype = dtypes.as_dtype(key_dtype)
        self._value_dtype = dtypes.as_dtype(value_dtype)

    @property
    def key_dtype(self):
        """The dtype of the table's keys."""
        return self._key_dtype

    @property
    def value_dtype(self):
        """The dtype of the table's values."""
        return self._value_dtype


class TableInitializerBase(KeysAndValues):
    """What fills a table.

    Args:
      key_dtype, value_dtype: of the table.
    """

    _shared_name = ''

    def initialize(self, table):
        """The operation that fills the table."""
        raise NotImplementedError

    def _check(self, table, key_dtype, value_dtype):
        for what, wanted, got in (('key', table.key_dtype, key_dtype), ('value', table.value_dtype, value_dtype)):
            if got.base_dtype != wanted:
                raise TypeError('Invalid %s dtype, expected %s but got %s.' % (what, wanted, got))


class KeyValueTensorInitializer(TableInitializerBase):
    """Keys, and a value for each.

    Args:
      keys, values: tensors, or what becomes one, of one shape.
      key_dtype, value_dtype: of what isn't a tensor yet.
      name: of the scope of the operation.
    """

    def __init__(self, keys, values, key_dtype=None, value_dtype=None, name=None):
        with _outside_of_branches():
            self._keys = ops.convert_to_tensor(keys, dtype=key_dtype, name='keys')
            self._values = ops.convert_to_tensor(values, dtype=value_dtype, name='values')
        self._name = 'key_value_init' if name is None else name
        super().__init__(self._keys.dtype, self._values.dtype)

    def initialize(self, table):
        """The operation that fills the table.

        Raises:
          TypeError: where the table has other dtypes.
        """
        self._check(table, self._keys.dtype, self._values.dtype)
        with ops.name_scope(self._name, values=(table.resource_handle, self._keys, self._values)):
            filled = plain.lookup_table_import_v2(table.resource_handle, self._keys, self._values)
        ops.add_to_collection(ops.GraphKeys.TABLE_INITIALIZERS, filled)
        return filled


class TextFileIndex:
    """Which part of a line is a key or value, where it isn't a column's number.

    WHOLE_LINE is the line itself, LINE_NUMBER (int64) how many there are before it.
    """

    WHOLE_LINE = -2
    LINE_NUMBER = -1


class TextFileInitializer(TableInitializerBase):
    """The lines of a file, each a key and a value.

    Args:
      filename: a string, or a scalar tensor.
      key_dtype, value_dtype: of the table.
      key_index, value_index: a column's number, or one of TextFileIndex.
      vocab_size: how many lines there are; None: as many as the file has.
      delimiter: what stands between columns.
      name: of the scope of the operation.

    Raises:
      ValueError: where there is no file name, an index or the size can't be, or the dtype isn't the index's.
    """

    def __init__(self, filename, key_dtype, key_index, value_dtype, value_index, vocab_size=None, delimiter='\t',
                 name=None):
        if not isinstance(filename, ops.Tensor) and not filename:
            raise ValueError('Filename required for %s.' % name)
        key_dtype, value_dtype = dtypes.as_dtype(key_dtype), dtypes.as_dtype(value_dtype)
        _check_index('key', key_index, key_dtype)
        _check_index('value', value_index, value_dtype)
        if vocab_size is not None and vocab_size <= 0:
            raise ValueError('Invalid vocab_size %s.' % vocab_size)
        self._filename_arg = filename
        self._key_index, self._value_index = key_index, value_index
        self._vocab_size = vocab_size
        self._delimiter = delimiter
        self._name = name
        with ops.init_scope(), ops.device('CPU'):
            self._filename = ops.convert_to_tensor(filename, dtype=dtypes.string, name='asset_path')
        super().__init__(key_dtype, value_dtype)

    def initialize(self, table):
        """The operation that fills the table.

        Raises:
          TypeError: where the table has other dtypes.
        """
        self._check(table, self.key_dtype, self.value_dtype)
        with ops.name_scope(self._name, 'text_file_init', (table.resource_handle,)):
            filled = plain.initialize_table_from_text_file_v2(
                table.resource_handle, self._filename, self._key_index, self._value_index,
                -1 if self._vocab_size is None else self._vocab_size, self._delimiter)
        ops.add_to_collection(ops.GraphKeys.TABLE_INITIALIZERS, filled)
        if self._filename.op.type == 'Const':
            ops.add_to_collection(ops.GraphKeys.ASSET_FILEPATHS, self._filename)
        return filled

    @property
    def _shared_name(self):
        parts = [self._filename_arg, self._vocab_size or None, self._key_index, self._value_index]
        return 'hash_table_' + '_'.join(str(part) for part in parts if part is not None)


def _outside_of_branches():
    """Outside of loops and branches where there are such."""
    inside = ops.get_default_graph()._get_control_flow_context() is not None
    return ops.init_scope() if inside else contextlib.nullcontext()


def _check_index(what, index, dtype):
    of = what.capitalize() + 's'
    if index < TextFileIndex.WHOLE_LINE:
        raise ValueError('Invalid %s index %s.' % (what, index))
    if index == TextFileIndex.LINE_NUMBER and dtype != dtypes.int64:
        raise ValueError('Signature mismatch. %s must be dtype %s, got %s.' % (of, dtypes.int64, dtype))
    if index == TextFileIndex.WHOLE_LINE and dtype != dtypes.string:
        if what == 'value':
            raise ValueError('Signature mismatch. %s must be dtype %s, got %s.' % (of, dtypes.string, dtype))
        if not dtype.is_integer:
            raise ValueError('Signature mismatch. Keys must be integer or string, got %s.' % dtype)


class TextFileStringTableInitializer(TextFileInitializer):
    """TextFileInitializer of int64 keys and strings: as it stands, line numbers and lines."""

    def __init__(self, filename, key_column_index=TextFileIndex.LINE_NUMBER,
                 value_column_index=TextFileIndex.WHOLE_LINE, vocab_size=None, delimiter='\t',
                 name='text_file_string_table_init'):
        super().__init__(filename, dtypes.int64, key_column_index, dtypes.string, value_column_index,
                         vocab_size=vocab_size, delimiter=delimiter, name=name)


class TextFileIdTableInitializer(TextFileInitializer):
    """TextFileInitializer of strings (or integers) and int64 values: as it stands, lines and line numbers."""

    def __init__(self, filename, key_column_index=TextFileIndex.WHOLE_LINE,
                 value_column_index=TextFileIndex.LINE_NUMBER, vocab_size=None, delimiter='\t',
                 name='text_file_id_table_init', key_dtype=dtypes.string):
        super().__init__(filename, key_dtype, key_column_index, dtypes.int64, value_column_index,
                         vocab_size=vocab_size, delimiter=delimiter, name=name)
