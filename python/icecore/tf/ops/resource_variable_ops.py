"""Resource variables: those that ops know by a handle, and read by an op of its own."""
from icecore.tf.framework import conversion, dtypes, ops, tensor_shape
from icecore.tf.ops import plain
from icecore.tf.ops.initial_values import guarded_initial_value
from icecore.tf.ops.variable_class import (
    VariableV1, check_convertible, inside_control_flow, is_resource_variable, known_variables)
from icecore.tf.ops.variable_modes import VariableAggregation, VariableSynchronization

__all__ = ['BaseResourceVariable', 'ResourceVariable', 'is_resource_variable']

__getattr__ = plain.fallback(__name__)


class BaseResourceVariable(VariableV1):
    """A variable with a handle."""

    _handle_is_resource = True
    _cached_value = None

    def _reference_tensor(self):
        return self._handle

    def _snapshot_tensor(self):
        return self._cached_value if self._cached_value is not None else self._graph_element

    @property
    def dtype(self):
        return self._dtype

    @property
    def name(self):
        """'w:0'."""
        return self._handle_name

    @property
    def shape(self):
        return self._shape

    def _shape_as_list(self):
        return None if self._shape.ndims is None else self._shape.as_list()

    def _shape_tuple(self):
        dims = self._shape_as_list()
        return None if dims is None else tuple(dims)

    @property
    def create(self):
        return self._initializer_op

    @property
    def handle(self):
        """The tensor that ops are given."""
        return self._handle

    def _as_graph_element(self):
        return self._graph_element

    def _read_variable_op(self):
        return plain.read_variable_op(self._handle, self._dtype)

    def value(self):
        """A tensor that reads it now."""
        if self._cached_value is not None:
            return self._cached_value
        with ops.colocate_with(None, ignore_existing=True):
            with ops.device(self._handle.device):
                return self._read_variable_op()

    def read_value(self):
        """A tensor that reads it now."""
        with ops.name_scope('Read'):
            with ops.device(self._handle.device):
                value = self._read_variable_op()
        return plain.identity(value)

    def sparse_read(self, indices, name=None):
        """Rows of it, without reading the whole."""
        with ops.name_scope('Gather' if name is None else name) as name:
            value = plain.resource_gather(self._handle, indices, dtype=self._dtype, name=name)
        return plain.identity(value)

    def eval(self, session=None):
        return self._graph_element.eval(session=session)

    def numpy(self):
        raise NotImplementedError('numpy() is only available when eager execution is enabled.')

    def is_initialized(self, name=None):
        """A tensor: whether it has a value."""
        return plain.var_is_initialized_op(self.handle, name)

    def set_shape(self, shape):
        raise NotImplementedError('ResourceVariable does not implement set_shape()')

    def _after(self, op, read_value):
        return _UnreadVariable(self, op) if read_value else op

    def assign(self, value, use_locking=None, name=None, read_value=True):
        """Sets it. ValueError where the shapes don't fit."""
        with self.graph.as_default():
            value = ops.convert_to_tensor(value, dtype=self.dtype)
            self._shape.assert_is_compatible_with(value.shape)
            return self._after(plain.assign_variable_op(self.handle, value, name=name), read_value)

    def assign_add(self, delta, use_locking=None, name=None, read_value=True):
        """Adds to it."""
        with self.graph.as_default():
            delta = ops.convert_to_tensor(delta, dtype=self.dtype)
            return self._after(plain.assign_add_variable_op(self.handle, delta, name=name), read_value)

    def assign_sub(self, delta, use_locking=None, name=None, read_value=True):
        """Subtracts from it."""
        with self.graph.as_default():
            delta = ops.convert_to_tensor(delta, dtype=self.dtype)
            return self._after(plain.assign_sub_variable_op(self.handle, delta, name=name), read_value)

    def _scatter(self, function, sparse_delta, name):
        if not isinstance(sparse_delta, ops.IndexedSlices):
            raise TypeError('sparse_delta is not IndexedSlices: %s' % sparse_delta)
        values = ops.convert_to_tensor(sparse_delta.values, self.dtype)
        return self._after(function(self.handle, sparse_delta.indices, values, name=name), True)

    def scatter_add(self, sparse_delta, use_locking=False, name=None):
        return self._scatter(plain.resource_scatter_add, sparse_delta, name)

    def scatter_sub(self, sparse_delta, use_locking=False, name=None):
        return self._scatter(plain.resource_scatter_sub, sparse_delta, name)

    def scatter_update(self, sparse_delta, use_locking=False, name=None):
        return self._scatter(plain.resource_scatter_update, sparse_delta, name)

    def scatter_mul(self, sparse_delta, use_locking=False, name=None):
        return self._scatter(plain.resource_scatter_mul, sparse_delta, name)

    def scatter_div(self, sparse_delta, use_locking=False, name=None):
        return self._scatter(plain.resource_scatter_div, sparse_delta, name)

    def scatter_nd_add(self, indices, updates, name=None):
        return self._after(plain.resource_scatter_nd_add(
            self.handle, indices, ops.convert_to_tensor(updates, self.dtype), name=name), True)

    def scatter_nd_sub(self, indices, updates, name=None):
        return self._after(plain.resource_scatter_nd_sub(
            self.handle, indices, ops.convert_to_tensor(updates, self.dtype), name=name), True)

    def count_up_to(self, limit):
        return plain.resource_count_up_to(self.handle, limit=limit, T=self.dtype)

    def scatter_nd_update(self, indices, updates, name=None):
        return self._after(plain.resource_scatter_nd_update(
            self.handle, indices, ops.convert_to_tensor(updates, self.dtype), name=name), True)

    def _strided_slice_assign(self, begin, end, strides, value, name, **masks):
        with ops.control_dependencies([]):
            op = plain.resource_strided_slice_assign(
                ref=self.handle, begin=begin, end=end, strides=strides,
                value=ops.convert_to_tensor(value, dtype=self.dtype), name=name, **masks)
        return self._after(op, True)

    def _dense_var_to_tensor(self, dtype=None, name=None, as_ref=False):
        del name
        check_convertible(self, dtype)
        return self.read_value().op.inputs[0] if as_ref else self.value()

    def __bool__(self):
        return bool(self.read_value())  # Which says what is wrong.


def _no_in_place(what, method):
    def raised(self, other):
        raise RuntimeError('Variable %s value not supported. Use `%s` to modify the variable value and `variable = '
                           'variable %s value` to get a new Tensor object.' % (what, method, what[0]))
    return raised


for _name, _what, _method in (('iadd', '+=', 'variable.assign_add(value)'), ('isub', '-=', 'variable.assign_sub(value)'),
                              ('imul', '*=', 'var.assign(var * value)'), ('itruediv', '/=', 'var.assign(var / value)')):
    setattr(BaseResourceVariable, '__%s__' % _name, _no_in_place(_what, _method))


class ResourceVariable(BaseResourceVariable):
    """tf.Variable(..., use_resource=True)."""

    def __init__(self, initial_value=None, trainable=None, collections=None, validate_shape=True, caching_device=None,
                 name=None, dtype=None, variable_def=None, import_scope=None, constraint=None, distribute_strategy=None,
                 synchronization=None, aggregation=None, shape=None):
        if variable_def is not None:
            self._take_def(variable_def, initial_value, import_scope)
            return
        collections = self._take_arguments(initial_value, trainable, collections, caching_device, name, constraint,
                                           synchronization, aggregation)
        from_function = callable(initial_value)
        graph = ops.get_default_graph()
        with ops.init_scope():
            with ops.name_scope(name, 'Variable', [] if from_function else [initial_value]) as scope:
                shared_name = scope[:-1]
                with graph._attr_scope({'_class': [b'loc:@' + shared_name.encode()]}):
                    with ops.name_scope('Initializer'), ops.device(None):
                        value = ops.convert_to_tensor(initial_value() if from_function else initial_value,
                                                      name='initial_value', dtype=dtype)
                    if shape is None:
                        shape = value.shape
                    elif not value.shape.is_compatible_with(shape):
                        raise ValueError("The initial value's shape (%s) is not compatible with the explicitly supplied "
                                         '`shape` argument (%s).' % (value.shape, shape))
                    self._shape = tensor_shape.as_shape(shape)
                    self._handle = plain.var_handle_op(shape=self._shape, dtype=value.dtype.base_dtype,
                                                       shared_name=shared_name, name=scope)
                if value.op._get_control_flow_context() is not None:
                    raise ValueError(inside_control_flow(scope))
                self._dtype = value.dtype.base_dtype
                self._handle_name = self._handle.name
                self._initial_value = value
                device = self._handle.device
                with ops.name_scope('IsInitialized'):
                    self._is_initialized_op = plain.var_is_initialized_op(self._handle)
                with ops.name_scope('Assign') as assign, ops.colocate_with(None, ignore_existing=True), \
                        ops.device(device):
                    self._initializer_op = plain.assign_variable_op(
                        self._handle, guarded_initial_value(scope, value), name=assign)
                with ops.name_scope('Read'):
                    with ops.device(device):
                        self._graph_element = plain.read_variable_op(self._handle, self._dtype)
                    if caching_device is not None:
                        with ops.colocate_with(None, ignore_existing=True), ops.device(caching_device):
                            self._cached_value = plain.identity(self._graph_element)
                ops.add_to_collections(collections, self)
        known_variables(graph)[self._handle.op._id] = self

    def _take_nodes(self, graph, core):
        self._handle = graph._tensor(core.ref)
        self._handle_name = self._handle.name
        snapshot = graph.as_graph_element(core.value_name)
        self._cached_value = None if snapshot.op.type == 'ReadVariableOp' else snapshot
        while snapshot.op.type != 'ReadVariableOp':
            snapshot = snapshot.op.inputs[0]
        self._graph_element = snapshot
        self._shape = tensor_shape.TensorShape(self._handle.op.get_attr('shape'))
        self._dtype = dtypes.as_dtype(self._handle.op.get_attr('dtype'))


class _UnreadVariable(BaseResourceVariable):
    """A variable after an operation has changed it: each read waits for that one."""

    def __init__(self, variable, parent_op):
        self._handle = variable._handle
        self._handle_name = self._handle.name
        self._dtype = variable._dtype
        self._shape = variable._shape
        self._parent_op = parent_op
        self._trainable = False
        self._synchronization = VariableSynchronization.AUTO
        self._aggregation = VariableAggregation.NONE
        with ops.control_dependencies([parent_op]):
            self._graph_element = plain.read_variable_op(self._handle, self._dtype)

    @property
    def name(self):
        return self._parent_op.name

    @property
    def op(self):
        return self._parent_op

    def _read_variable_op(self):
        with ops.control_dependencies([self._parent_op]):
            return plain.read_variable_op(self._handle, self._dtype)

    def value(self):
        return self._read_variable_op()

    def read_value(self):
        return self._read_variable_op()


def _to_tensor(variable, dtype=None, name=None, as_ref=False):
    return variable._dense_var_to_tensor(dtype=dtype, name=name, as_ref=as_ref)


conversion.register_tensor_conversion_function(BaseResourceVariable, _to_tensor)
conversion.register_dense_tensor_like_type(BaseResourceVariable)
