"""Reference variables: those that ops get a reference to."""
from icecore.tf.framework import conversion, ops, tensor_shape
from icecore.tf.ops import plain
from icecore.tf.ops.initial_values import guarded_initial_value
from icecore.tf.ops.variable_class import VariableV1, check_convertible, inside_control_flow, known_variables


class RefVariable(VariableV1):
    """A variable that ops get a reference to."""

    _handle_is_resource = False

    def __init__(self, initial_value=None, trainable=None, collections=None, validate_shape=True, caching_device=None,
                 name=None, variable_def=None, dtype=None, expected_shape=None, import_scope=None, constraint=None,
                 synchronization=None, aggregation=None, shape=None):
        if variable_def is not None:
            self._take_def(variable_def, initial_value, import_scope)
            return
        collections = self._take_arguments(initial_value, trainable, collections, caching_device, name, constraint,
                                           synchronization, aggregation)
        from_function = callable(initial_value)
        shape = None if shape is None else tensor_shape.as_shape(shape)
        graph = ops.get_default_graph()
        with ops.init_scope():
            with ops.name_scope(name, 'Variable', [] if from_function else [initial_value]) as scope:
                if from_function:
                    with graph._attr_scope({'_class': [b'loc:@' + scope[:-1].encode()]}):
                        with ops.name_scope('Initializer'), ops.device(None):
                            self._initial_value = ops.convert_to_tensor(initial_value(), name='initial_value',
                                                                        dtype=dtype)
                        self._make_node(shape, validate_shape, scope)
                else:
                    self._initial_value = ops.convert_to_tensor(initial_value, name='initial_value', dtype=dtype)
                    if self._initial_value.op._get_control_flow_context() is not None:
                        raise ValueError(inside_control_flow(scope))
                    self._make_node(shape, validate_shape, scope)
                if validate_shape and not self._initial_value.get_shape().is_fully_defined():
                    raise ValueError('initial_value must have a shape specified: %s' % self._initial_value)
                self._initializer_op = plain.assign(
                    self._variable, guarded_initial_value(scope, self._initial_value), use_locking=True,
                    validate_shape=validate_shape).op
                read_scope = ops.device(caching_device) if caching_device is not None else (
                    ops.colocate_with(self._variable.op))
                with read_scope:
                    self._snapshot = plain.identity(self._variable, name='read')
            ops.add_to_collections(collections, self)
        known_variables(graph)[self._variable.op._id] = self

    def _make_node(self, shape, validate_shape, scope):
        if shape is None:
            shape = self._initial_value.get_shape() if validate_shape else tensor_shape.unknown_shape()
        self._variable = plain.variable_v2(shape=shape, dtype=self._initial_value.dtype.base_dtype, name=scope)

    def _take_nodes(self, graph, core):
        self._variable = graph._tensor(core.ref)
        self._snapshot = graph._tensor(core.value)

    def _reference_tensor(self):
        return self._variable

    def _snapshot_tensor(self):
        return self._snapshot

    def _as_graph_element(self):
        return self._variable

    def value(self):
        """The tensor that reads it."""
        return self._snapshot

    def read_value(self):
        """A new tensor that reads it."""
        return plain.identity(self._variable, name='read')

    def _ref(self):
        return self._variable

    def set_shape(self, shape):
        """Adds to what is known of its shape."""
        self._ref().set_shape(shape)
        self.value().set_shape(shape)

    def eval(self, session=None):
        """Its value in the session given, or the default one."""
        return self._variable.eval(session=session)

    @property
    def name(self):
        """'w:0'."""
        return self._variable.name

    @property
    def dtype(self):
        """A reference's dtype: tf.float32_ref."""
        return self._variable.dtype

    @property
    def shape(self):
        """Its tf.TensorShape."""
        return self._variable.get_shape()

    # --- Changing it: each gives the variable's reference after the change, or the operation ---

    def assign(self, value, use_locking=False, name=None, read_value=True):
        """Sets it."""
        made = plain.assign(self._variable, value, use_locking=use_locking, name=name)
        return made if read_value else made.op

    def assign_add(self, delta, use_locking=False, name=None, read_value=True):
        """Adds to it."""
        made = plain.assign_add(self._variable, delta, use_locking=use_locking, name=name)
        return made if read_value else made.op

    def assign_sub(self, delta, use_locking=False, name=None, read_value=True):
        """Subtracts from it."""
        made = plain.assign_sub(self._variable, delta, use_locking=use_locking, name=name)
        return made if read_value else made.op

    def _scatter(self, function, sparse_delta, use_locking, name):
        if not isinstance(sparse_delta, ops.IndexedSlices):
            raise TypeError('sparse_delta is not IndexedSlices: %s' % sparse_delta)
        return function(self._variable, sparse_delta.indices, sparse_delta.values, use_locking=use_locking, name=name)

    def scatter_add(self, sparse_delta, use_locking=False, name=None):
        """Adds tf.IndexedSlices to its rows."""
        return self._scatter(plain.scatter_add, sparse_delta, use_locking, name)

    def scatter_sub(self, sparse_delta, use_locking=False, name=None):
        return self._scatter(plain.scatter_sub, sparse_delta, use_locking, name)

    def scatter_update(self, sparse_delta, use_locking=False, name=None):
        """Sets rows."""
        return self._scatter(plain.scatter_update, sparse_delta, use_locking, name)

    def scatter_mul(self, sparse_delta, use_locking=False, name=None):
        return self._scatter(plain.scatter_mul, sparse_delta, use_locking, name)

    def scatter_div(self, sparse_delta, use_locking=False, name=None):
        return self._scatter(plain.scatter_div, sparse_delta, use_locking, name)

    def scatter_max(self, sparse_delta, use_locking=False, name=None):
        return self._scatter(plain.scatter_max, sparse_delta, use_locking, name)

    def scatter_min(self, sparse_delta, use_locking=False, name=None):
        return self._scatter(plain.scatter_min, sparse_delta, use_locking, name)

    def scatter_nd_add(self, indices, updates, name=None):
        return plain.scatter_nd_add(self._variable, indices, updates, use_locking=True, name=name)

    def scatter_nd_sub(self, indices, updates, name=None):
        return plain.scatter_nd_sub(self._variable, indices, updates, use_locking=True, name=name)

    def scatter_nd_update(self, indices, updates, name=None):
        return plain.scatter_nd_update(self._variable, indices, updates, use_locking=True, name=name)

    def count_up_to(self, limit):
        """Adds 1, and fails with OutOfRange at the limit."""
        return plain.count_up_to(self._variable, limit=limit)

    def _strided_slice_assign(self, begin, end, strides, value, name, **masks):
        return plain.strided_slice_assign(ref=self._ref(), begin=begin, end=end, strides=strides, value=value, name=name,
                                          **masks)

    @staticmethod
    def _TensorConversionFunction(v, dtype=None, name=None, as_ref=False):
        check_convertible(v, dtype)
        return v._ref() if as_ref else v.value()


def _in_place(name):
    operator = name.replace('__i', '__')

    def run(self, other):
        return getattr(self, operator)(other)

    return run


for _name in 'add sub mul div truediv pow'.split():
    setattr(RefVariable, '__i%s__' % _name, _in_place('__i%s__' % _name))


conversion.register_tensor_conversion_function(RefVariable, RefVariable._TensorConversionFunction)
conversion.register_dense_tensor_like_type(RefVariable)
