"""tf.Graph."""
import contextlib
import threading

from icecore import _core
from icecore.tf.framework import collections, defaults, graph_elements, messages, uids
from icecore.tf.framework.device_spec import is_the_processor
from icecore.tf.framework.device_stack import DeviceStack
from icecore.tf.framework.graph_scopes import ColocationScope, GuardScope, NameScope
from icecore.tf.framework.operation import Operation
from icecore.tf.framework.tensor import Tensor
from icecore.tf.framework.tracebacks import Tracebacks


class Graph:
    """Operations and the tensors that flow between them.

    The core keeps the nodes and knows the rules for names, devices, seeds and shapes; this has one Python object for
    each operation and tensor.
    """

    def __init__(self):
        self._builder = _core.GraphBuilder()
        uids.watch(self)
        self._operations = []  # By the core's ids; None where nobody has asked yet.
        self._collections_ = collections.Collections(self)
        self._tracebacks = Tracebacks()
        self._lock = threading.RLock()
        self._devices = DeviceStack(self)
        self._asks_for_devices = False  # Whether the program has asked for one that isn't the processor.
        self._unfeedable = set()
        self._unfetchable = set()
        self._gradient_overrides = {}
        self._py_funcs_used_in_graph = []
        self._container = ''
        self.building_function = False

    # --- Nodes ------------------------------------------------------------------------------------------------------

    def create_op(self, op_type, inputs, dtypes=None, input_types=None, name=None, attrs=None, op_def=None,
                  compute_shapes=True, compute_device=True):
        """Adds an operation; what op functions stand on.

        Args:
          op_type: the op, 'MatMul'.
          inputs: the tensors that it takes, lists spread out.
          name: made unique; one that ends in '/' is taken as it is, without the '/'.
          attrs: AttrValue messages by name.

        Raises:
          TypeError: where an input isn't a tensor.
          ValueError: where the node can't be made of those inputs.
        """
        del dtypes, input_types, op_def, compute_shapes, compute_device
        for i, tensor in enumerate(inputs):
            if not isinstance(tensor, Tensor):
                raise TypeError('Input #%d is not a tensor: %s' % (i, tensor))
        attrs = messages.attrs_from_messages(attrs)
        outputs = [tensor._output for tensor in inputs]
        return self._made(self._builder.create_op(op_type, outputs, self._with_override(op_type, attrs), name))

    def _with_override(self, op_type, attrs):
        name = self._gradient_overrides.get(op_type)
        return attrs if name is None else {**attrs, '_gradient_op_type': name}

    def _made(self, core):
        """The Operation of a node that was just made."""
        op = self._operation(core)
        self._devices.place()
        return op

    def _operation(self, core):
        """The Operation of the core's handle."""
        i = core.id
        operations = self._operations
        if i >= len(operations):
            operations.extend([None] * (i + 1 - len(operations)))
        op = operations[i]
        if op is None:
            op = operations[i] = Operation(self, core)
            if i >= self._tracebacks.end:
                self._tracebacks.note(self._builder.num_operations)
        return op

    def _tensor(self, output):
        """The Tensor of the core's handle."""
        return self._operation(output.op)._outputs[output.index]

    def _from_core(self, value):
        """Tensors and operations for handles of the core; anything else as it is."""
        if isinstance(value, _core.Output):
            return self._tensor(value)
        if isinstance(value, _core.Operation):
            return self._operation(value)
        return value

    def get_operations(self):
        """All operations, in the order in which they were made."""
        n = self._builder.num_operations
        operations = self._operations
        if len(operations) < n or None in operations:
            operations.extend([None] * (n - len(operations)))
            for i, op in enumerate(operations):
                if op is None:
                    operations[i] = Operation(self, self._builder.operation(i))
        return list(operations)

    @property
    def _nodes_by_name(self):
        return {op.name: op for op in self.get_operations()}

    @property
    def _nodes_by_id(self):
        return {op._id: op for op in self.get_operations()}

    def get_operation_by_name(self, name):
        """The operation of that name.

        Raises:
          TypeError: where the name isn't text.
          KeyError: where there is none.
          ValueError: where it is a tensor's name.
        """
        if not isinstance(name, (str, bytes)):
            raise TypeError('Operation names are strings (or similar), not %s.' % type(name).__name__)
        return self.as_graph_element(name, allow_tensor=False, allow_operation=True)

    def get_tensor_by_name(self, name):
        """The tensor of that name, 'conv1/Conv2D:0'.

        Raises:
          TypeError: where the name isn't text.
          KeyError: where there is none.
          ValueError: where it isn't a tensor's name.
        """
        if not isinstance(name, (str, bytes)):
            raise TypeError('Tensor names are strings (or similar), not %s.' % type(name).__name__)
        return self.as_graph_element(name, allow_tensor=True, allow_operation=False)

    def as_graph_element(self, obj, allow_tensor=True, allow_operation=True):
        """The tensor or operation of this graph that `obj` is, names, or stands for (a variable).

        Raises:
          TypeError: where `obj` can't be either.
          ValueError: where it is of another graph, or not of the kind that is allowed.
          KeyError: where nothing has that name.
        """
        return graph_elements.element_of(self, obj, allow_tensor, allow_operation)

    def _find(self, name):
        core = self._builder.find_operation(name)
        return None if core is None else self._operation(core)

    # --- Scopes -----------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def as_default(self):
        """Makes it the default graph within a `with` block."""
        with defaults.graphs.entered(self):
            yield self

    def name_scope(self, name):
        """Puts `name` before the names of what is made in the `with` block, which is given the scope, 'a/b/'.

        A name that was used already gets a number; one that ends in '/' re-enters that very scope; None or '' is the
        top.
        """
        if isinstance(name, bytes):
            name = name.decode()
        return NameScope(self._builder, name or '')

    @property
    def _name_stack(self):
        return self._builder.current_name_scope.rstrip('/')

    def get_name_scope(self):
        """'a/b', or ''."""
        return self._builder.current_name_scope.rstrip('/')

    def unique_name(self, name, mark_as_used=True):
        """A name that no node has yet, in the current scope; `mark_as_used` keeps it from being given again."""
        return self._builder.unique_name(name, mark_as_used)

    @contextlib.contextmanager
    def device(self, device_name_or_function):
        """What is made in the `with` block asks for that device, merged with the devices around it."""
        to_string = getattr(device_name_or_function, 'to_string', None)
        if to_string is not None:
            device_name_or_function = to_string()
        if callable(device_name_or_function) or not is_the_processor(device_name_or_function):
            self._asks_for_devices = True
        named = not callable(device_name_or_function)
        self._devices.push(device_name_or_function)
        guard = self._builder.device(device_name_or_function) if named else None
        try:
            yield
        finally:
            self._devices.pop()
            if named:
                guard.leave()

    def colocate_with(self, op, ignore_existing=False):
        """What is made in the `with` block is to stand where `op` stands."""
        if op is None:
            if not ignore_existing:
                raise ValueError('Trying to reset colocation (op is None) but ignore_existing is not True')
            return ColocationScope(self._devices, self._builder.without_colocation)
        # A resource variable stands where its handle does.
        op = getattr(getattr(op, 'handle', None), 'op', op)
        if not isinstance(op, Operation):
            op = self.as_graph_element(op)
            op = getattr(op, 'op', op)
        return ColocationScope(self._devices, lambda: self._builder.colocate_with(op._core, ignore_existing))

    def control_dependencies(self, control_inputs):
        """What is made in the `with` block runs after those tensors and operations; None leaves all such scopes.

        Raises:
          TypeError: where one isn't a tensor or an operation.
        """
        if control_inputs is None:
            return GuardScope(lambda: self._builder.control_dependencies(None))
        ops = []
        for item in control_inputs:
            # To wait for a resource variable is to wait for what changed it, not to read it.
            if hasattr(item, '_handle') and hasattr(item, 'op'):
                item = item.op
            if hasattr(item, 'indices') and hasattr(item, 'values') and hasattr(item, 'op'):
                item = item.op
            element = self.as_graph_element(item) if not isinstance(item, Operation) else item
            if isinstance(element, Tensor):
                element = element.op
            elif not isinstance(element, Operation):
                raise TypeError('Control input must be Operation or Tensor: %s' % item)
            ops.append(element._core)
        return GuardScope(lambda: self._builder.control_dependencies(ops))

    @contextlib.contextmanager
    def _attr_scope(self, attr_map):
        guard = self._builder.attr_scope(messages.attrs_from_messages(attr_map))
        try:
            yield
        finally:
            guard.leave()

    @contextlib.contextmanager
    def gradient_override_map(self, op_type_map):
        """Operations of those types that are made in the `with` block have the gradient functions registered under
        the names given (tf.RegisterGradient).

        Raises:
          TypeError: where it isn't a dictionary from text to text.
        """
        if not isinstance(op_type_map, dict):
            raise TypeError('op_type_map must be a dictionary mapping strings to strings')
        for op_type, name in op_type_map.items():
            if not (isinstance(op_type, str) and isinstance(name, str)):
                raise TypeError('op_type_map must be a dictionary mapping strings to strings')
        before = self._gradient_overrides
        self._gradient_overrides = {**before, **op_type_map}
        try:
            yield
        finally:
            self._gradient_overrides = before

    @contextlib.contextmanager
    def container(self, container_name):
        """Kept for scripts that use it: resources of all containers live in the Session."""
        before, self._container = self._container, container_name
        try:
            yield container_name
        finally:
            self._container = before

    def _get_control_flow_context(self):
        return self._builder.control_flow_context

    def _set_control_flow_context(self, context):
        self._builder.control_flow_context = context

    # --- Collections ------------------------------------------------------------------------------------------------

    @property
    def collections(self):
        """Names of the collections."""
        return self.get_all_collection_keys()

    @property
    def _collections(self):
        return {name: self._collections_.reference(name) for name in self._collections_.names()}

    def add_to_collection(self, name, value):
        """Puts `value` at the collection's end; twice where it is put in twice."""
        self._check_not_finalized()
        self._collections_.add(name, value)

    def add_to_collections(self, names, value):
        """The same for several, each once; one name is as good."""
        names = (names,) if isinstance(names, (str, bytes)) else dict.fromkeys(names)
        for name in names:
            self.add_to_collection(name, value)

    def get_collection_ref(self, name):
        """The list itself: who changes it changes the collection."""
        return self._collections_.reference(name)

    def get_collection(self, name, scope=None):
        """What the collection holds, in the order put in; with a scope only what has a name that it matches
        (re.match)."""
        return collections.matching(self._collections_.items(name), scope)

    def get_all_collection_keys(self):
        """The names of all collections."""
        return [name for name in self._collections_.names() if isinstance(name, str)]

    def clear_collection(self, name):
        """Empties it."""
        self._check_not_finalized()
        self._collections_.clear(name)

    # --- As a whole -------------------------------------------------------------------------------------------------

    @property
    def seed(self):
        """The graph's seed, or None."""
        return self._builder.seed

    @seed.setter
    def seed(self, seed):
        self._builder.seed = None if seed is None else int(seed)

    @property
    def _last_id(self):
        return self._builder.last_id

    @property
    def version(self):
        """Grows with each operation."""
        return self._builder.num_operations

    @property
    def graph_def_versions(self):
        """The VersionDef that as_graph_def() writes."""
        return messages.versions(self._builder)

    @property
    def finalized(self):
        """Whether nothing can be added any more."""
        return self._builder.finalized

    def finalize(self):
        """Nothing can be added from now on."""
        self._builder.finalize()

    def _unsafe_unfinalize(self):
        self._builder.finalized = False

    def _check_not_finalized(self):
        if self._builder.finalized:
            raise RuntimeError('Graph is finalized and cannot be modified.')

    def as_graph_def(self, from_version=None, add_shapes=False):
        """The GraphDef; with `add_shapes` each node has `_output_shapes`.

        It holds all operations: TensorFlow 1.15 takes `from_version` and does nothing with it.
        """
        del from_version
        return messages.graph_def(self._builder, add_shapes)

    def _as_graph_def(self, from_version=None, add_shapes=False):
        return self.as_graph_def(from_version, add_shapes), self.version

    def prevent_feeding(self, tensor):
        """A Session refuses to be fed it."""
        self._unfeedable.add(tensor)

    def is_feedable(self, tensor):
        """Whether a Session can be given it."""
        return tensor not in self._unfeedable and self._builder.is_fetchable(tensor.op._core)

    def prevent_fetching(self, op):
        """A Session refuses to be asked for it."""
        self._unfetchable.add(op)

    def is_fetchable(self, tensor_or_op):
        """Whether a Session can be asked for it."""
        op = tensor_or_op.op if isinstance(tensor_or_op, Tensor) else tensor_or_op
        return op not in self._unfetchable and self._builder.is_fetchable(op._core)

    def switch_to_thread_local(self):
        """Kept for scripts that use it: stacks belong to the graph."""

    def _tensor_made(self, output):
        """The Tensor of an output of a node that was just made."""
        return self._made(output.op)._outputs[output.index]


# Tensors have their operators as soon as there is a graph to hold them.
from icecore.tf.framework import operators as _operators  # noqa: E402

assert _operators
