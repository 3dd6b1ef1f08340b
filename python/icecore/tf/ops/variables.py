"""tf.Variable: reference variables, partitioned ones, and the functions that find them.

A variable of Python is a view of nodes of the graph. The core's Variable (`_core`) says which nodes they are; collections,
Savers and meta graphs of the core hold that one. Resource variables are in resource_variable_ops.
"""
import enum
import functools

from icecore import _core
from icecore.tf.framework import collections as graph_collections
from icecore.tf.framework import conversion, dtypes, ops, tensor_shape
from icecore.tf.ops import plain
from icecore.tf.ops.slice_info import SaveSliceInfo


class VariableSynchronization(enum.Enum):
    """When a variable that several devices have is brought together."""
    AUTO = 0
    NONE = 1
    ON_WRITE = 2
    ON_READ = 3


class VariableAggregation(enum.Enum):
    """How."""
    NONE = 0
    SUM = 1
    MEAN = 2
    ONLY_FIRST_REPLICA = 3
    ONLY_FIRST_TOWER = 3


def _checked_modes(synchronization, aggregation, trainable, name):
    if aggregation is None:
        aggregation = VariableAggregation.NONE
    elif not isinstance(aggregation, VariableAggregation):
        try:
            aggregation = VariableAggregation(aggregation)
        except ValueError:
            raise ValueError('Invalid variable aggregation mode: {} for variable: {}'.format(aggregation, name)) from None
    if synchronization is None:
        synchronization = VariableSynchronization.AUTO
    else:
        try:
            synchronization = VariableSynchronization(synchronization)
        except ValueError:
            raise ValueError('Invalid variable synchronization mode: {} for variable: {}'.format(
                synchronization, name)) from None
    if trainable is None:
        trainable = synchronization != VariableSynchronization.ON_READ
    return synchronization, aggregation, trainable


def default_variable_creator(next_creator=None, **kwargs):
    """What tf.Variable makes where no creator scope says otherwise."""
    del next_creator
    from icecore.tf.ops import resource_variable_ops, variable_scope
    use_resource = kwargs.pop('use_resource', None)
    if use_resource is None:
        use_resource = variable_scope.get_variable_scope().use_resource
    if use_resource is None:
        use_resource = variable_scope.resource_variables_enabled()
    if use_resource:
        kwargs.pop('validate_shape', None)
        kwargs.pop('expected_shape', None)
        return resource_variable_ops.ResourceVariable(**kwargs)
    return RefVariable(**kwargs)


def _creators():
    graph = ops.get_default_graph()
    if not hasattr(graph, '_variable_creators'):
        graph._variable_creators = []
    return graph._variable_creators


class variable_creator_scope:
    """`with tf.variable_creator_scope(creator)`: variables are made by creator(next_creator, **kwargs)."""

    def __init__(self, variable_creator):
        self._creator = variable_creator

    def __enter__(self):
        _creators().append(self._creator)

    def __exit__(self, *_):
        _creators().remove(self._creator)
        return False


class _VariableClass(type):
    """tf.Variable(...) makes a reference or a resource variable."""

    def __call__(cls, *args, **kwargs):
        if cls is not VariableV1:
            return super().__call__(*args, **kwargs)
        return _make(*args, **kwargs)


def _make(initial_value=None, trainable=None, collections=None, validate_shape=True, caching_device=None, name=None,
          variable_def=None, dtype=None, expected_shape=None, import_scope=None, constraint=None, use_resource=None,
          synchronization=VariableSynchronization.AUTO, aggregation=VariableAggregation.NONE, shape=None):
    creator = functools.partial(default_variable_creator, None)
    for one in _creators():
        creator = functools.partial(one, creator)
    if aggregation is None:
        aggregation = VariableAggregation.NONE
    return creator(
        initial_value=initial_value, trainable=trainable, collections=collections, validate_shape=validate_shape,
        caching_device=caching_device, name=name, variable_def=variable_def, dtype=dtype, expected_shape=expected_shape,
        import_scope=import_scope, constraint=constraint, use_resource=use_resource, synchronization=synchronization,
        aggregation=aggregation, shape=shape)


class VariableV1(metaclass=_VariableClass):
    """A tensor that keeps its value from run to run, and can be changed (tf.Variable).

    Args of tf.Variable(...):
      initial_value: a value, a tensor, or a function without arguments that makes one.
      trainable: whether it joins the collection of trainable variables.
      collections: that it joins; None: GraphKeys.GLOBAL_VARIABLES.
      validate_shape: whether its shape is that of the initial value for good.
      caching_device: where reads are kept.
      name: 'Variable' where there is none; made unique.
      dtype: that the initial value is turned into.
      constraint: a function of the value that an optimizer applies after each step.
      use_resource: whether it is a resource variable; None: as the variable scope says.

    Raises:
      ValueError: where there is no initial value, or its shape isn't known.
    """

    __array_priority__ = 100
    SaveSliceInfo = SaveSliceInfo

    _save_slice_info = None
    _constraint = None
    _caching_device = None
    _initial_value = None
    _initializer_op = None

    # --- What it is ---

    @property
    def trainable(self):
        """Whether it was made to be trained."""
        return self._trainable

    @property
    def synchronization(self):
        return self._synchronization

    @property
    def aggregation(self):
        return self._aggregation

    @property
    def constraint(self):
        """The function that an optimizer applies after each step, or None."""
        return self._constraint

    @property
    def initializer(self):
        """The operation that gives it its initial value."""
        return self._initializer_op

    @property
    def initial_value(self):
        """The tensor that it begins as."""
        return self._initial_value

    @property
    def _shared_name(self):
        return self.name[:self.name.index(':')]

    def get_shape(self):
        """Its tf.TensorShape."""
        return self.shape

    def _get_save_slice_info(self):
        return self._save_slice_info

    def _set_save_slice_info(self, info):
        self._save_slice_info = info
        self._made_core = None
        # The core's collections hold what the variable was before: they are filled again before they are read.
        for key in (ops.GraphKeys.GLOBAL_VARIABLES, ops.GraphKeys.TRAINABLE_VARIABLES, ops.GraphKeys.LOCAL_VARIABLES):
            if self in self.graph.get_collection(key):
                self.graph.get_collection_ref(key)

    @property
    def _core(self):
        # The core's handle of it. Made when first asked for, and again where the slice was told later.
        if self._made_core is None:
            info = self._save_slice_info
            self._made_core = _core.Variable.of_nodes(
                self._reference_tensor()._output, getattr(self._initializer_op, 'op', self._initializer_op)._core,
                self._snapshot_tensor()._output,
                None if self._initial_value is None else self._initial_value._output,
                is_resource=self._handle_is_resource, trainable=bool(self._trainable),
                slice=None if info is None else info.as_dict(), synchronization=self._synchronization.value,
                aggregation=self._aggregation.value)
        return self._made_core

    _made_core = None

    def _set_initializer(self, op, value):
        # Another operation that gives it its first value (init_from_checkpoint).
        _core.replace_initializer(self._core, getattr(op, 'op', op)._core, value._output)
        self._initializer_op = op
        self._initial_value = value

    # --- Its value ---

    def initialized_value(self):
        """Its value; where it has none yet, its initial value."""
        from icecore.tf.ops import control_flow_ops
        with ops.init_scope():
            return control_flow_ops.cond(is_variable_initialized(self), self.read_value, lambda: self.initial_value)

    def load(self, value, session=None):
        """Sets its value without adding anything to the graph.

        Raises:
          ValueError: where no session is given and none is the default one.
        """
        session = session or ops.get_default_session()
        if session is None:
            raise ValueError('Either session argument should be provided or default session should be established')
        op = getattr(self.initializer, 'op', self.initializer)
        session.run(op, {op.inputs[1]: value})

    # --- As a message ---

    def to_proto(self, export_scope=None):
        """Its VariableDef; None where it isn't in that scope."""
        from icecore.tf.core.framework import variable_pb2
        message = variable_pb2.VariableDef.FromString(self._core.variable_def())
        if export_scope is None:
            return message
        if not message.variable_name.startswith(export_scope):
            return None
        for field in ('variable_name', 'initial_value_name', 'initializer_name', 'snapshot_name'):
            setattr(message, field, ops.strip_name_scope(getattr(message, field), export_scope))
        if message.HasField('save_slice_info_def'):
            info = message.save_slice_info_def
            info.full_name = ops.strip_name_scope(info.full_name, export_scope)
        return message

    @staticmethod
    def from_proto(variable_def, import_scope=None):
        """The variable of a VariableDef, whose nodes are in the default graph."""
        graph = ops.get_default_graph()
        core = _core.variable_from_def(graph._builder, variable_def.SerializeToString(), import_scope or '')
        return from_core(graph, core)

    def __iter__(self):
        raise TypeError("'Variable' object is not iterable.")

    def __hash__(self):
        return id(self)

    def __eq__(self, other):
        return self is other

    def __ne__(self, other):
        return self is not other

    def experimental_ref(self):
        from icecore.tf.framework.tensor import _Reference
        return _Reference(self)

    def __getitem__(self, index):
        from icecore.tf.ops import variable_slices
        return variable_slices.slice_of_variable(self, index)


Variable = VariableV1


def _operator(name):
    def run(self, *args, **kwargs):
        return getattr(ops.Tensor, name)(self.value(), *args, **kwargs)

    run.__name__ = name
    return run


def _in_place(name):
    operator = name.replace('__i', '__')

    def run(self, other):
        return getattr(self, operator)(other)

    return run


for _name in ('add radd sub rsub mul rmul div rdiv truediv rtruediv floordiv rfloordiv mod rmod pow rpow and rand or ror '
              'xor rxor matmul rmatmul neg abs invert lt le gt ge').split():
    setattr(VariableV1, '__%s__' % _name, _operator('__%s__' % _name))


class RefVariable(VariableV1):
    """A variable that ops get a reference to."""

    _handle_is_resource = False

    def __init__(self, initial_value=None, trainable=None, collections=None, validate_shape=True, caching_device=None,
                 name=None, variable_def=None, dtype=None, expected_shape=None, import_scope=None, constraint=None,
                 synchronization=None, aggregation=None, shape=None):
        self._in_graph_mode = True
        if variable_def is not None:
            if initial_value is not None:
                raise ValueError('variable_def and initial_value are mutually exclusive.')
            self._take(ops.get_default_graph(), _core.variable_from_def(
                ops.get_default_graph()._builder, variable_def.SerializeToString(), import_scope or ''))
            return
        self._synchronization, self._aggregation, self._trainable = _checked_modes(
            synchronization, aggregation, trainable, name)
        if initial_value is None:
            raise ValueError('initial_value must be specified.')
        collections = checked_collections(collections, self._trainable)
        check_constraint(constraint)
        self._constraint = constraint
        self._caching_device = caching_device
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
        _known(graph)[self._variable.op._id] = self

    def _make_node(self, shape, validate_shape, scope):
        if shape is None:
            shape = self._initial_value.get_shape() if validate_shape else tensor_shape.unknown_shape()
        self._variable = plain.variable_v2(shape=shape, dtype=self._initial_value.dtype.base_dtype, name=scope)

    def _take(self, graph, core):
        self._made_core = core
        self._variable = graph._tensor(core.ref)
        self._snapshot = graph._tensor(core.value)
        take_common(self, graph, core)

    def _reference_tensor(self):
        return self._variable

    def _snapshot_tensor(self):
        return self._snapshot

    def __repr__(self):
        return "<tf.Variable '%s' shape=%s dtype=%s>" % (self.name, self.get_shape(), self.dtype.name)

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
    def device(self):
        return self._variable.device

    @property
    def dtype(self):
        """A reference's dtype: tf.float32_ref."""
        return self._variable.dtype

    @property
    def op(self):
        """The operation VariableV2."""
        return self._variable.op

    @property
    def graph(self):
        return self._variable.graph

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


for _name in 'add sub mul div truediv pow'.split():
    setattr(RefVariable, '__i%s__' % _name, _in_place('__i%s__' % _name))


# --- What both kinds share -------------------------------------------------------------------------------------------


def checked_collections(collections, trainable):
    if collections is None:
        collections = [ops.GraphKeys.GLOBAL_VARIABLES]
    if not isinstance(collections, (list, tuple, set)):
        raise ValueError('collections argument to Variable constructor must be a list, tuple, or set. Got %s of type %s'
                         % (collections, type(collections)))
    if trainable and ops.GraphKeys.TRAINABLE_VARIABLES not in collections:
        collections = list(collections) + [ops.GraphKeys.TRAINABLE_VARIABLES]
    return collections


def check_constraint(constraint):
    if constraint is not None and not callable(constraint):
        raise ValueError('The `constraint` argument must be a callable.')


def check_convertible(variable, dtype):
    if dtype is not None and not dtypes.as_dtype(dtype).is_compatible_with(variable.dtype):
        raise ValueError("Incompatible type conversion requested to type '%s' for variable of type '%s'" %
                         (dtypes.as_dtype(dtype).name, variable.dtype.name))


def inside_control_flow(name):
    return ('Initializer for variable %s is from inside a control-flow construct, such as a loop or conditional. When '
            'creating a variable inside a loop or conditional, use a lambda as the initializer.' % name)


def take_common(variable, graph, core):
    """Fills in what a variable of the core's is."""
    initial = core.initial_value
    variable._initial_value = None if initial is None else graph._tensor(initial)
    variable._initializer_op = graph._operation(core.initializer)
    variable._trainable = core.trainable
    variable._synchronization = VariableSynchronization(core.synchronization)
    variable._aggregation = VariableAggregation(core.aggregation)
    info = core.save_slice
    variable._save_slice_info = None if info is None else SaveSliceInfo(
        info['full_name'], list(info['full_shape']), list(info['var_offset']), list(info['var_shape']))
    _known(graph)[variable._reference_tensor().op._id] = variable


def guarded_initial_value(name, initial_value):
    """The initial value where it depends on other variables: made of their initialized values instead."""
    if _has_cycle(initial_value.op, {}):
        return initial_value
    return _safe_tensor(name, initial_value, {})


def _has_cycle(op, state):
    # A walk without recursion: graphs are deep.
    stack = [(op, None)]
    while stack:
        current, sources = stack[-1]
        if sources is None:
            if state.get(current) is not None:
                if state[current] == 1:
                    return True
                stack.pop()
                continue
            state[current] = 1
            sources = iter([t.op for t in current.inputs] + list(current.control_inputs))
            stack[-1] = (current, sources)
        following = next(sources, None)
        if following is None:
            state[current] = 2
            stack.pop()
        elif state.get(following) == 1:
            return True
        elif following not in state:
            stack.append((following, None))
    return False


def _safe_tensor(name, tensor, cache):
    op = tensor.op
    made = cache.get(op)
    if made is None:
        made = cache[op] = _safe_op(name, op, cache)
    return made.outputs[tensor.value_index]


def _safe_op(name, op, cache):
    if op.type in ('IsVariableInitialized', 'VarIsInitializedOp', 'ReadVariableOp', 'If'):
        return op
    if op.type in ('Variable', 'VariableV2', 'VarHandleOp'):
        variable = _variable_named(op)
        return op if variable is None else variable.initialized_value().op
    inputs = [_safe_tensor(name, tensor, cache) for tensor in op.inputs]
    if all(a is b for a, b in zip(inputs, op.inputs)):
        return op
    kind = 'Switch' if op.type == 'RefSwitch' else op.type
    return op.graph.create_op(kind, inputs, op._output_types, name=(op.name + '_' + name).replace(':', '_'),
                              attrs=op.node_def.attr)


def _variable_named(op):
    for key in (ops.GraphKeys.GLOBAL_VARIABLES, ops.GraphKeys.LOCAL_VARIABLES):
        for variable in op.graph.get_collection(key):
            if getattr(variable, 'name', None) in (op.name, op.name + ':0'):
                return variable
    return None


# --- Partitioned variables -------------------------------------------------------------------------------------------


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
        from icecore.tf.ops import array_ops
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
        from icecore.tf.ops import array_ops
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


# --- Between the core and Python -------------------------------------------------------------------------------------


def _known(graph):
    # The variables of the graph by the id of their node: one Python object each.
    if not hasattr(graph, '_variables_by_op'):
        graph._variables_by_op = {}
    return graph._variables_by_op


def from_core(graph, core):
    """The variable of the core's handle; the same object each time."""
    found = _known(graph).get(graph._tensor(core.ref).op._id)
    if found is not None:
        return found
    if core.is_resource:
        from icecore.tf.ops import resource_variable_ops
        made = resource_variable_ops.ResourceVariable.__new__(resource_variable_ops.ResourceVariable)
    else:
        made = RefVariable.__new__(RefVariable)
    made._in_graph_mode = True
    made._take(graph, core)
    return made


def _to_core(value):
    return value._core if isinstance(value, VariableV1) else None


graph_collections.register_item(_core.Variable, from_core, _to_core)
conversion.register_tensor_conversion_function(RefVariable, RefVariable._TensorConversionFunction)
conversion.register_tensor_conversion_function(PartitionedVariable, PartitionedVariable._TensorConversionFunction)
conversion.register_dense_tensor_like_type(RefVariable)


def is_resource_variable(value):
    """Whether it is a resource variable."""
    return isinstance(value, VariableV1) and value._handle_is_resource


# --- Finding and initializing them -----------------------------------------------------------------------------------


def global_variables(scope=None):
    """The variables of the graph that belong to the whole program; with a scope those whose name it begins."""
    return ops.get_collection(ops.GraphKeys.GLOBAL_VARIABLES, scope)


def all_variables():
    """The old name of global_variables()."""
    return global_variables()


def _all_saveable_objects(scope=None):
    return (ops.get_collection(ops.GraphKeys.GLOBAL_VARIABLES, scope) +
            ops.get_collection(ops.GraphKeys.SAVEABLE_OBJECTS, scope))


def local_variables(scope=None):
    """Those that belong to one process only."""
    return ops.get_collection(ops.GraphKeys.LOCAL_VARIABLES, scope)


def model_variables(scope=None):
    """Those that inference needs."""
    return ops.get_collection(ops.GraphKeys.MODEL_VARIABLES, scope)


def trainable_variables(scope=None):
    """Those that optimizers change."""
    return ops.get_collection(ops.GraphKeys.TRAINABLE_VARIABLES, scope)


def moving_average_variables(scope=None):
    """Those that have a moving average."""
    return ops.get_collection(ops.GraphKeys.MOVING_AVERAGE_VARIABLES, scope)


def variables_initializer(var_list, name='init'):
    """An operation that gives the variables their initial values."""
    from icecore.tf.ops import control_flow_ops
    if var_list:
        return control_flow_ops.group(*[v.initializer for v in var_list], name=name)
    return control_flow_ops.no_op(name=name)


def initialize_variables(var_list, name='init'):
    """The old name of variables_initializer()."""
    return variables_initializer(var_list, name=name)


def global_variables_initializer():
    """An operation that gives all global variables their initial values."""
    return variables_initializer(global_variables())


def initialize_all_variables():
    """The old name of global_variables_initializer()."""
    return global_variables_initializer()


def local_variables_initializer():
    """An operation that gives all local variables their initial values."""
    return variables_initializer(local_variables())


def initialize_local_variables():
    """The old name of local_variables_initializer()."""
    return local_variables_initializer()


def is_variable_initialized(variable):
    """A tensor: whether the variable has a value."""
    from icecore.tf.ops import state_ops
    return state_ops.is_variable_initialized(variable)


def _variables_of_nodes():
    return [op.outputs[0] for op in ops.get_default_graph().get_operations() if op.type in ('Variable', 'VariableV2')]


def assert_variables_initialized(var_list=None):
    """An operation that fails where a variable has no value; None where there are no variables."""
    from icecore.tf.ops import array_ops
    if var_list is None:
        var_list = global_variables() + local_variables()
    if not var_list:
        var_list = _variables_of_nodes()
    if not var_list:
        return None
    ranks = []
    for variable in var_list:
        with ops.colocate_with(variable.op):
            ranks.append(array_ops.rank_internal(variable, optimize=False))
    return ranks[0] if len(ranks) == 1 else array_ops.stack(ranks)


def report_uninitialized_variables(var_list=None, name='report_uninitialized_variables'):
    """A tensor of the names of the variables that have no value."""
    from icecore.tf.ops import array_ops, state_ops
    if var_list is None:
        var_list = global_variables() + local_variables()
        if not var_list:
            var_list = _variables_of_nodes()
    with ops.name_scope(name):
        flags = [state_ops.is_variable_initialized(v) for v in var_list]
        with ops.device('/cpu:0'):
            if not var_list:
                return array_ops.constant([], dtype=dtypes.string)
            missing = plain.logical_not(array_ops.stack(flags))
            names = array_ops.constant([v.op.name for v in var_list])
            return array_ops.boolean_mask(names, missing)


def validate_synchronization_aggregation_trainable(synchronization, aggregation, trainable, name):
    return _checked_modes(synchronization, aggregation, trainable, name)
