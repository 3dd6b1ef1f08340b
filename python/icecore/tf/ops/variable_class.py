"""tf.Variable: what reference and resource variables share.

A variable of Python is a view of nodes of the graph. The core's Variable (`_core`) says which nodes they are; collections,
Savers and meta graphs of the core hold that one.
"""
from icecore import _core
from icecore.tf.framework import collections as graph_collections
from icecore.tf.framework import dtypes, ops, slicing
from icecore.tf.ops import control_flow_ops, state_ops
from icecore.tf.ops.slice_info import SaveSliceInfo
from icecore.tf.ops.variable_modes import (
    VariableAggregation, VariableSynchronization, validate_synchronization_aggregation_trainable)


def known_variables(graph):
    """The variables of the graph by the id of their node: one Python object each."""
    return vars(graph).setdefault('_variables_by_op', {})


def _checked_collections(collections, trainable):
    if collections is None:
        collections = [ops.GraphKeys.GLOBAL_VARIABLES]
    if not isinstance(collections, (list, tuple, set)):
        raise ValueError('collections argument to Variable constructor must be a list, tuple, or set. Got %s of type %s'
                         % (collections, type(collections)))
    if trainable and ops.GraphKeys.TRAINABLE_VARIABLES not in collections:
        collections = list(collections) + [ops.GraphKeys.TRAINABLE_VARIABLES]
    return collections


def check_convertible(variable, dtype):
    if dtype is not None and not dtypes.as_dtype(dtype).is_compatible_with(variable.dtype):
        raise ValueError("Incompatible type conversion requested to type '%s' for variable of type '%s'" %
                         (dtypes.as_dtype(dtype).name, variable.dtype.name))


def inside_control_flow(name):
    return ('Initializer for variable %s is from inside a control-flow construct, such as a loop or conditional. When '
            'creating a variable inside a loop or conditional, use a lambda as the initializer.' % name)


def is_resource_variable(value):
    """Whether it is a resource variable."""
    return isinstance(value, VariableV1) and value._handle_is_resource


def _core_of_def(graph, variable_def, import_scope):
    return _core.variable_from_def(graph._builder, variable_def.SerializeToString(), import_scope or '')


class _VariableClass(type):
    """tf.Variable(...) makes a reference or a resource variable."""

    def __call__(cls, *args, **kwargs):
        from icecore.tf.ops import variable_creators
        if cls is VariableV1:
            return variable_creators.make(*args, **kwargs)
        if cls is Variable:
            return variable_creators.make_v2(*args, **kwargs)
        return super().__call__(*args, **kwargs)


class Variable(metaclass=_VariableClass):
    """All variables. Called, as tensorflow.python.ops.variables.Variable is, it makes a resource variable."""


class VariableV1(Variable):
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
    _made_core = None
    _in_graph_mode = True

    # --- Making one ---

    def _take_arguments(self, initial_value, trainable, collections, caching_device, name, constraint, synchronization,
                        aggregation):
        """Checks and keeps what both kinds are told alike; gives the collections that the variable joins."""
        self._synchronization, self._aggregation, self._trainable = validate_synchronization_aggregation_trainable(
            synchronization, aggregation, trainable, name)
        if initial_value is None:
            raise ValueError('initial_value must be specified.')
        collections = _checked_collections(collections, self._trainable)
        if constraint is not None and not callable(constraint):
            raise ValueError('The `constraint` argument must be a callable.')
        self._constraint = constraint
        self._caching_device = caching_device
        return collections

    def _take_def(self, variable_def, initial_value, import_scope):
        """Becomes the variable of a VariableDef."""
        if initial_value is not None:
            raise ValueError('variable_def and initial_value are mutually exclusive.')
        graph = ops.get_default_graph()
        self._take(graph, _core_of_def(graph, variable_def, import_scope))

    def _take(self, graph, core):
        """Becomes the variable of the core's handle."""
        self._made_core = core
        self._take_nodes(graph, core)
        initial = core.initial_value
        self._initial_value = None if initial is None else graph._tensor(initial)
        self._initializer_op = graph._operation(core.initializer)
        self._trainable = core.trainable
        self._synchronization = VariableSynchronization(core.synchronization)
        self._aggregation = VariableAggregation(core.aggregation)
        info = core.save_slice
        self._save_slice_info = None if info is None else SaveSliceInfo(
            info['full_name'], list(info['full_shape']), list(info['var_offset']), list(info['var_shape']))
        known_variables(graph)[self._reference_tensor().op._id] = self

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

    @property
    def op(self):
        """The operation VariableV2 or VarHandleOp."""
        return self._reference_tensor().op

    @property
    def graph(self):
        return self._reference_tensor().graph

    @property
    def device(self):
        return self._reference_tensor().device

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

    def _set_initializer(self, op, value):
        # Another operation that gives it its first value (init_from_checkpoint).
        _core.replace_initializer(self._core, getattr(op, 'op', op)._core, value._output)
        self._initializer_op = op
        self._initial_value = value

    # --- Its value ---

    def initialized_value(self):
        """Its value; where it has none yet, its initial value."""
        with ops.init_scope():
            return control_flow_ops.cond(state_ops.is_variable_initialized(self), self.read_value, lambda: self.initial_value)

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
        from icecore.tf import protos
        message = protos.VariableDef.FromString(self._core.variable_def())
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
        return from_core(graph, _core_of_def(graph, variable_def, import_scope))

    def __repr__(self):
        return "<tf.Variable '%s' shape=%s dtype=%s>" % (self.name, self.get_shape(), self.dtype.name)

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
        """The slice of its value; `.assign(value)` changes that part of the variable."""
        made = slicing.slice_of(self.value(), index)
        op = made.op
        if op.type == 'StridedSlice':
            def assign(val, name=None):
                masks = {key: op.get_attr(key) for key in (
                    'begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask')}
                return self._strided_slice_assign(begin=op.inputs[1], end=op.inputs[2], strides=op.inputs[3], value=val,
                                                  name=name or op.name + '/_assign', **masks)
            made.assign = assign
        return made


Variable.SaveSliceInfo = VariableV1.SaveSliceInfo


def _operator(name):
    def run(self, *args, **kwargs):
        return getattr(ops.Tensor, name)(self.value(), *args, **kwargs)

    run.__name__ = name
    return run


for _name in ('add radd sub rsub mul rmul div rdiv truediv rtruediv floordiv rfloordiv mod rmod pow rpow and rand or ror '
              'xor rxor matmul rmatmul neg abs invert lt le gt ge').split():
    setattr(VariableV1, '__%s__' % _name, _operator('__%s__' % _name))


# --- Between the core and Python -------------------------------------------------------------------------------------


def from_core(graph, core):
    """The variable of the core's handle; the same object each time."""
    found = known_variables(graph).get(graph._tensor(core.ref).op._id)
    if found is not None:
        return found
    if core.is_resource:
        from icecore.tf.ops.resource_variable_ops import ResourceVariable as kind
    else:
        from icecore.tf.ops.ref_variable import RefVariable as kind
    made = kind.__new__(kind)
    made._take(graph, core)
    return made


def _to_core(value):
    return value._core if isinstance(value, VariableV1) else None


graph_collections.register_item(_core.Variable, from_core, _to_core)
