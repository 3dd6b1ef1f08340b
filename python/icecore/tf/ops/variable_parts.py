"""Variables in parts. The functions that say how many parts are in partitioned_variables."""
from icecore.tf.framework import conversion, ops
from icecore.tf.ops import array_ops
from icecore.tf.ops.variable_class import check_convertible


class PartitionedVariable:
    """A variable in parts along one axis; as a tensor the parts joined."""

    def __init__(self, name, shape, dtype, variable_list, partitions):
        if not isinstance(variable_list, (list, tuple)):
            raise TypeError('variable_list is not a list or tuple: %s' % variable_list)
        if not isinstance(partitions, (list, tuple)):
            raise TypeError('partitions is not a list or tuple: %s' % partitions)
        if not all(p >= 1 for p in partitions):
            raise ValueError('partition values must be positive: %s' % partitions)
        if not variable_list:
            raise ValueError('variable_list may not be empty')
        if any(v._get_save_slice_info() is None for v in variable_list):
            raise ValueError('All variables must have a save_slice_info available: %s' % [v.name for v in variable_list])
        if len(shape) != len(partitions):
            raise ValueError('len(shape) != len(partitions): %s vs. %s' % (shape, partitions))
        self._variable_list = sorted(variable_list, key=lambda v: v._get_save_slice_info().var_offset)
        self._name = name
        self._shape = shape
        self._dtype = dtype
        self._partitions = partitions

    def __iter__(self):
        """The parts."""
        return iter(self._variable_list)

    def __len__(self):
        axes = self._partition_axes()
        if len(axes) > 1:
            raise ValueError('Cannot get a length for %d > 1 partition axes' % len(axes))
        return len(self._variable_list)

    def _partition_axes(self):
        axes = [i for i, p in enumerate(self._partitions) if p > 1]
        return axes or [0]

    def as_tensor(self):
        """The parts joined, by new nodes."""
        with ops.control_dependencies(None):
            if len(self._variable_list) == 1:
                with ops.name_scope(None):
                    return array_ops.identity(self._variable_list[0], name=self._name)
            axes = self._partition_axes()
            if len(axes) > 1:
                raise NotImplementedError('Cannot concatenate along more than one dimension: %s.  Multi-axis partition '
                                          'concat is not supported' % str(axes))
            with ops.name_scope(self._name + '/ConcatPartitions/'):
                joined = array_ops.concat(self._variable_list, axes[0])
            with ops.name_scope(None):
                return array_ops.identity(joined, name=self._name)

    @staticmethod
    def _TensorConversionFunction(v, dtype=None, name=None, as_ref=False):
        check_convertible(v, dtype)
        if as_ref:
            raise NotImplementedError("PartitionedVariable doesn't support being used as a reference.")
        return v.as_tensor()

    @property
    def name(self):
        """Of the whole: 'w'."""
        return self._name

    @property
    def dtype(self):
        return self._dtype

    @property
    def shape(self):
        return self._shape

    def get_shape(self):
        """Of the whole."""
        return self._shape

    def _get_variable_list(self):
        return self._variable_list

    def _get_partitions(self):
        return self._partitions

    def _assign_parts(self, change, value):
        axes = self._partition_axes()
        if len(axes) > 1:
            raise NotImplementedError('Cannot do assign action along more than one dimension: %s.  Multi-axis partition '
                                      'assign action is not supported ' % str(axes))
        if isinstance(value, list):
            assert len(value) == len(self._variable_list)
            values = value
        elif isinstance(value, PartitionedVariable):
            values = list(value)
        else:
            sizes = [v.shape.as_list()[axes[0]] for v in self._variable_list]
            values = array_ops.split(value, sizes, axis=axes[0])
        return [change(variable, part) for variable, part in zip(self._variable_list, values)]

    def assign(self, value, use_locking=False, name=None, read_value=True):
        """Sets all parts."""
        return self._assign_parts(lambda v, part: v.assign(part, use_locking=use_locking, name=name,
                                                           read_value=read_value), value)

    def assign_add(self, value, use_locking=False, name=None, read_value=True):
        return self._assign_parts(lambda v, part: v.assign_add(part, use_locking=use_locking, name=name,
                                                               read_value=read_value), value)

    def assign_sub(self, value, use_locking=False, name=None, read_value=True):
        return self._assign_parts(lambda v, part: v.assign_sub(part, use_locking=use_locking, name=name,
                                                               read_value=read_value), value)


conversion.register_tensor_conversion_function(PartitionedVariable, PartitionedVariable._TensorConversionFunction)
