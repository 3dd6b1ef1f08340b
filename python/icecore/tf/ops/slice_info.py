"""Where a part of a partitioned variable lies in the whole."""


class SaveSliceInfo:
    """What a Saver knows of a part (tf.Variable.SaveSliceInfo)."""

    def __init__(self, full_name=None, full_shape=None, var_offset=None, var_shape=None, save_slice_info_def=None,
                 import_scope=None):
        if save_slice_info_def is not None:
            message = save_slice_info_def
            self.full_name = ops.prepend_name_scope(message.full_name, import_scope=import_scope)
            self.full_shape = list(message.full_shape)
            self.var_offset = list(message.var_offset)
            self.var_shape = list(message.var_shape)
        else:
            self.full_name = full_name
            self.full_shape = full_shape
            self.var_offset = var_offset
            self.var_shape = var_shape

    @property
    def spec(self):
        """As SaveV2 is told it: '4 2 0,2:0,2'."""
        whole = ' '.join('%d' % d for d in self.full_shape)
        part = ':'.join('%d,%d' % (o, s) for o, s in zip(self.var_offset, self.var_shape))
        return '%s %s' % (whole, part)

    def as_dict(self):
        return {'full_name': self.full_name, 'full_shape': [int(d) for d in self.full_shape],
                'var_offset': [int(d) for d in self.var_offset], 'var_shape': [int(d) for d in self.var_shape]}

    def to_proto(self, export_scope=None):
        """Its SaveSliceInfoDef; None where it isn't in that scope."""
        from icecore.tf import protos
        if export_scope is not None and not self.full_name.startswith(export_scope):
            return None
        return protos.SaveSliceInfoDef(
            full_name=ops.strip_name_scope(self.full_name, export_scope), full_shape=self.full_shape,
            var_offset=self.var_offset, var_shape=self.var_shape)
