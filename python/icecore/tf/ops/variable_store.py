"""The variables that tf.get_variable() made in a graph, by their full names."""
import functools
import inspect

from icecore.tf.framework import dtypes, ops, tensor_shape
from icecore.tf.ops import variables



class PartitionInfo:
    """What an initializer is told of a part of a variable."""

    def __init__(self, full_shape, var_offset):
        if not isinstance(full_shape, (list, tuple)) or isinstance(full_shape, str):
            raise TypeError('`full_shape` must be a sequence (like tuple or list) instead of ' + type(full_shape).__name__)
        if not isinstance(var_offset, (list, tuple)) or isinstance(var_offset, str):
            raise TypeError('`var_offset` must be a sequence (like tuple or list) instead of ' + type(var_offset).__name__)
        if len(full_shape) != len(var_offset):
            raise ValueError('Expected equal length, but `var_offset` is of length {} while full_shape is of length {}.'
                             .format(len(var_offset), len(full_shape)))
        for offset, size in zip(var_offset, full_shape):
            if not 0 <= offset < size:
                raise ValueError('Expected 0 <= offset < shape but found offset={}, shape={} for var_offset={}, '
                                 'full_shape={}'.format(offset, size, var_offset, full_shape))
        self.full_shape = full_shape
        self.var_offset = var_offset

    def single_offset(self, shape):
        """Where the part begins along the axis that is cut."""
        axis = self.single_slice_dim(shape)
        return 0 if axis is None else self.var_offset[axis]

    def single_slice_dim(self, shape):
        """The axis that is cut; None where none is."""
        if len(shape) != len(self.full_shape):
            raise ValueError('Expected equal length, but received shape={} of length {} while self.full_shape={} is of '
                             'length {}.'.format(shape, len(shape), self.full_shape, len(self.full_shape)))
        cut = [i for i, size in enumerate(shape) if size != self.full_shape[i]]
        if len(cut) > 1:
            raise ValueError('Cannot use single_slice_dim() with shape={} and self.full_shape={} since slice dim could '
                             'be either dimension {} or {}.'.format(shape, self.full_shape, cut[0], cut[1]))
        return cut[0] if cut else None


def store_of(graph):
    """The graph's store."""
    if not hasattr(graph, '_variable_store'):
        graph._variable_store = VariableStore()
    return graph._variable_store


def _takes_no_arguments(initializer):
    try:
        parameters = inspect.signature(initializer).parameters.values()
    except (TypeError, ValueError):
        return False
    return all(p.default is not p.empty or p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in parameters)


def call_partitioner(partitioner, shape, dtype):
    """How many parts along each axis. ValueError where the partitioner doesn't say it well."""
    if not shape.is_fully_defined():
        raise ValueError('Shape of a new partitioned variable must be fully defined, but instead was %s.' % shape)
    if shape.ndims < 1:
        raise ValueError('A partitioned Variable must have rank at least 1, shape: %s' % shape)
    parts = partitioner(shape=shape, dtype=dtype)
    if not isinstance(parts, (list, tuple)):
        raise ValueError('Partitioner must return a sequence, but saw: %s' % parts)
    if len(parts) != shape.ndims:
        raise ValueError('Partitioner returned a partition list that does not match the Variable\'s rank: %s vs. %s' %
                         (parts, shape))
    if not all(p >= 1 for p in parts):
        raise ValueError('Partitioner returned zero partitions for some axes: %s' % parts)
    if sum(p > 1 for p in parts) > 1:
        raise ValueError('Can only slice a variable along one dimension: shape: %s, partitioning: %s' % (shape, parts))
    return parts


def _slices(dims, count, axis):
    """(offset, shape) of each part: the first ones are larger by one where it doesn't come out even."""
    if count > dims[axis]:
        count = dims[axis]
    smallest, larger = divmod(dims[axis], count)
    offset = [0] * len(dims)
    for i in range(count):
        shape = list(dims)
        shape[axis] = smallest + (i < larger)
        yield list(offset), shape
        offset[axis] += shape[axis]


class VariableStore:
    """What tf.get_variable() goes by."""

    def __init__(self):
        self._vars = {}
        self._partitioned_vars = {}

    def get_variable(self, name, shape=None, dtype=dtypes.float32, initializer=None, regularizer=None, reuse=None,
                     trainable=None, collections=None, caching_device=None, partitioner=None, validate_shape=True,
                     use_resource=None, custom_getter=None, constraint=None, synchronization=None, aggregation=None):
        """The variable of that full name, found or made as `reuse` says."""
        if custom_getter is not None and not callable(custom_getter):
            raise ValueError('Passed a custom_getter which is not callable: %s' % custom_getter)
        dtype = getattr(dtype, 'base_dtype', dtype)
        synchronization, aggregation, trainable = variables.validate_synchronization_aggregation_trainable(
            synchronization, aggregation, trainable, name)
        given = dict(shape=shape, dtype=dtype, initializer=initializer, regularizer=regularizer, reuse=reuse,
                     trainable=trainable, collections=collections, caching_device=caching_device,
                     partitioner=partitioner, validate_shape=validate_shape, use_resource=use_resource,
                     synchronization=synchronization, aggregation=aggregation)
        if custom_getter is None:
            return self._true_getter(name, constraint=constraint, **given)
        if _takes(custom_getter, 'constraint'):
            given['constraint'] = constraint
        return custom_getter(getter=self._true_getter, name=name, **given)

    def _true_getter(self, name, shape=None, dtype=dtypes.float32, initializer=None, regularizer=None, reuse=None,
                     trainable=None, collections=None, caching_device=None, partitioner=None, validate_shape=True,
                     use_resource=None, constraint=None, synchronization=None, aggregation=None):
        given = dict(shape=shape, dtype=dtype, initializer=initializer, regularizer=regularizer, reuse=reuse,
                     trainable=trainable, collections=collections, caching_device=caching_device,
                     validate_shape=validate_shape, use_resource=use_resource, constraint=constraint,
                     synchronization=synchronization, aggregation=aggregation)
        is_scalar = isinstance(shape, (list, tuple)) and not shape
        if partitioner is not None and not is_scalar:
            if not callable(partitioner):
                raise ValueError('Partitioner must be callable, but received: %s' % partitioner)
            with ops.name_scope(None):
                return self._get_partitioned(name, partitioner=partitioner, **given)
        if reuse is True and partitioner is None and name in self._partitioned_vars:
            return self._get_partitioned(name, partitioner=None, **given)
        if '%s/part_0' % name in self._vars:
            raise ValueError('No partitioner was provided, but a partitioned version of the variable was found: '
                             '%s/part_0. Perhaps a variable of the same name was already created with partitioning?' %
                             name)
        return self._get_single(name, **given)

    def _found_partitioned(self, name, shape, dtype, reuse, parts):
        if reuse is False:
            raise ValueError('Partitioned variable with name %s already exists. Did you mean to set reuse=True or '
                             'reuse=tf.AUTO_REUSE in VarScope?' % name)
        found = self._partitioned_vars[name]
        if not shape.is_compatible_with(found.get_shape()):
            raise ValueError('Trying to reuse partitioned variable %s, but specified shape %s and found shape %s.' %
                             (name, shape, found.get_shape()))
        if not dtype.is_compatible_with(found.dtype):
            raise ValueError('Trying to reuse partitioned variable %s, but specified dtype %s and found dtype %s.' %
                             (name, dtype.name, found.dtype.name))
        if parts is not None and list(found._get_partitions()) != list(parts):
            raise ValueError('Trying to reuse partitioned variable %s, but specified partitions %s and found partitions '
                             '%s.' % (name, parts, found._get_partitions()))
        return found

    def _get_partitioned(self, name, partitioner, shape, dtype, initializer, reuse, **given):
        from icecore.tf.ops import array_ops
        if name in self._vars:
            raise ValueError('A partitioner was provided, but an unpartitioned version of the variable was found: %s.  '
                             'Perhaps a variable of the same name was already created without partitioning?' % name)
        dtype = dtypes.as_dtype(dtype)
        shape = tensor_shape.as_shape(shape)
        if isinstance(initializer, ops.Tensor):
            shape = shape.merge_with(initializer.get_shape())
        parts = call_partitioner(partitioner, shape, dtype) if not reuse or partitioner else None
        if name in self._partitioned_vars:
            return self._found_partitioned(name, shape, dtype, reuse, parts)
        if reuse is True:
            raise ValueError('PartitionedVariable %s does not exist, or was not created with tf.get_variable(). Did you '
                             'mean to set reuse=False or reuse=tf.AUTO_REUSE in VarScope?' % name)
        axis = next((i for i, p in enumerate(parts) if p > 1), 0)
        count = parts[axis]
        if '%s/part_0' % name in self._vars:
            if '%s/part_%d' % (name, count - 1) not in self._vars or '%s/part_%d' % (name, count) in self._vars:
                raise ValueError('Partitioner returned a different partitioning than what was already found.  '
                                 'Partitioner returned %d shards.' % count)
        made = []
        dims = shape.as_list()
        for i, (offset, part_shape) in enumerate(_slices(dims, count, axis)):
            part_name = '%s/part_%d' % (name, i)
            info = PartitionInfo(full_shape=dims, var_offset=offset)
            with ops.name_scope(part_name + '/PartitionedInitializer'):
                init_shape = None
                if initializer is None:
                    init, from_value = default_initializer(name, dtype)
                    init_shape = None if from_value else part_shape
                elif callable(initializer):
                    init, init_shape = initializer, part_shape
                elif isinstance(initializer, ops.Tensor):
                    init = array_ops.slice(initializer, offset, part_shape)
                    dtype = init.dtype.base_dtype
                else:
                    init = ops.convert_to_tensor(initializer, dtype=dtype)
                    init = array_ops.slice(init, offset, part_shape)
            with ops.name_scope(None):
                part = self._get_single(part_name, shape=init_shape, dtype=dtype, initializer=init,
                                        partition_info=info, reuse=reuse, **given)
            part._set_save_slice_info(variables.Variable.SaveSliceInfo(name, dims, offset, part_shape))
            made.append(part)
        whole = variables.PartitionedVariable(name=name, shape=shape, dtype=dtype, variable_list=made, partitions=parts)
        self._partitioned_vars[name] = whole
        return whole

    def _found_single(self, name, shape, dtype, reuse):
        found = self._vars[name]
        if reuse is False:
            message = ('Variable %s already exists, disallowed. Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in '
                       'VarScope?' % name)
            if not variables.is_resource_variable(found):
                message += ' Originally defined at:\n\n'
            raise ValueError(message)
        if not shape.is_compatible_with(found.get_shape()):
            raise ValueError('Trying to share variable %s, but specified shape %s and found shape %s.' %
                             (name, shape, found.get_shape()))
        if not dtype.is_compatible_with(found.dtype):
            raise ValueError('Trying to share variable %s, but specified dtype %s and found dtype %s.' %
                             (name, dtype.name, found.dtype.name))
        return found

    def _get_single(self, name, shape=None, dtype=dtypes.float32, initializer=None, regularizer=None,
                    partition_info=None, reuse=None, trainable=None, collections=None, caching_device=None,
                    validate_shape=True, use_resource=None, constraint=None, synchronization=None, aggregation=None):
        from_value = initializer is not None and not callable(initializer)
        if shape is not None and from_value:
            raise ValueError('If initializer is a constant, do not specify shape.')
        dtype = dtypes.as_dtype(dtype)
        shape = tensor_shape.as_shape(shape)
        if name in self._vars:
            return self._found_single(name, shape, dtype, reuse)
        if reuse is True:
            raise ValueError('Variable %s does not exist, or was not created with tf.get_variable(). Did you mean to set '
                             'reuse=tf.AUTO_REUSE in VarScope?' % name)
        if initializer is None:
            initializer, from_value = default_initializer(name, dtype)
        if from_value:
            value, value_dtype = initializer, None
        else:
            if inspect.isclass(initializer):
                initializer = initializer()
            if shape.is_fully_defined():
                value = functools.partial(initializer, shape.as_list(), dtype=dtype, partition_info=partition_info)
                value_dtype = dtype.base_dtype
            elif _takes_no_arguments(initializer):
                value, value_dtype = initializer, None
            else:
                raise ValueError('The initializer passed is not valid. It should be a callable with no arguments and '
                                 'the shape should not be provided or an instance of `tf.keras.initializers.*\' and '
                                 '`shape` should be fully defined.')
        from icecore.tf.ops import variable_scope
        made = variables.VariableV1(
            initial_value=value, name=name, trainable=trainable, collections=collections, caching_device=caching_device,
            dtype=value_dtype, validate_shape=validate_shape, constraint=constraint,
            use_resource=variable_scope.resource_variables_enabled() if use_resource is None else use_resource,
            synchronization=synchronization, aggregation=aggregation)
        self._vars[name] = made
        if regularizer:
            with ops.colocate_with(made):
                with ops.name_scope(name + '/Regularizer/'):
                    with ops.init_scope():
                        loss = regularizer(made)
                if loss is not None:
                    ops.add_to_collection(ops.GraphKeys.REGULARIZATION_LOSSES, loss)
        return made


def _takes(function, name):
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return True
    return name in parameters or any(p.kind is p.VAR_KEYWORD for p in parameters.values())


def default_initializer(name, dtype):
    """(initializer, False) of a variable that is told none: glorot_uniform of floats, zeros of other values."""
    from icecore.tf.ops import init_ops
    if dtype.is_floating:
        return init_ops.glorot_uniform_initializer(), False
    if dtype.is_integer or dtype.is_unsigned or dtype.is_bool or dtype == dtypes.string:
        return init_ops.zeros_initializer(), False
    raise ValueError('An initializer for variable %s of %s is required' % (name, dtype.base_dtype))
