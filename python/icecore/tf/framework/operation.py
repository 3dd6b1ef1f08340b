"""tf.Operation: a node of a graph."""
from icecore.tf.framework import defaults, messages
from icecore.tf.framework.tensor import Tensor


class _InputList:
    """The inputs of an operation: a sequence that can't be changed."""

    def __init__(self, inputs):
        self._inputs = inputs

    def __iter__(self):
        return iter(self._inputs)

    def __len__(self):
        return len(self._inputs)

    def __bool__(self):
        return bool(self._inputs)

    def __getitem__(self, i):
        return self._inputs[i]

    def __repr__(self):
        return '[%s]' % ', '.join(map(repr, self._inputs))


class Operation:
    """A node: takes tensors, gives tensors. A graph has one object for each."""

    def __init__(self, graph, core):
        self._graph = graph
        self._core = core
        self._name = core.name
        self._type = core.type
        self._outputs = [Tensor(self, i) for i in range(core.num_outputs)]

    @property
    def name(self):
        """'conv1/Conv2D'."""
        return self._name

    @property
    def type(self):
        """The op: 'Conv2D'."""
        return self._type

    @property
    def graph(self):
        """The Graph that holds it."""
        return self._graph

    @property
    def _id(self):
        return self._core.id + 1

    @property
    def device(self):
        """'/device:CPU:0'; '' where none was asked for."""
        return self._core.device

    @property
    def outputs(self):
        """The tensors that it gives."""
        return self._outputs

    def values(self):
        """The same, as a tuple."""
        return tuple(self._outputs)

    @property
    def inputs(self):
        """The tensors that it takes."""
        graph = self._graph
        return _InputList([graph._tensor(output) for output in self._core.inputs])

    @property
    def _inputs(self):
        return self.inputs

    @property
    def _input_types(self):
        return [tensor.dtype for tensor in self.inputs]

    @property
    def _output_types(self):
        return [tensor.dtype.as_datatype_enum for tensor in self._outputs]

    @property
    def control_inputs(self):
        """The operations that must have run before it, in the order in which they were added."""
        graph = self._graph
        return [graph._operation(op) for op in self._core.control_inputs]

    @property
    def _control_inputs(self):
        return self.control_inputs

    @property
    def _control_outputs(self):
        return [op for op in self._graph.get_operations() if any(c is self for c in op.control_inputs)]

    @property
    def node_def(self):
        """Its NodeDef, with control inputs in the order in which they were added; GraphDefs have them by name."""
        message = messages.node_def(self._core.node_def)
        waited_for = ['^' + op.name for op in self._core.control_inputs]
        if len(waited_for) > 1:
            message.input[:] = [name for name in message.input if not name.startswith('^')] + waited_for
        return message

    @property
    def _node_def(self):
        return self.node_def

    @property
    def op_def(self):
        """The OpDef of its type."""
        return messages.op_def(self._type)

    @property
    def _op_def(self):
        return self.op_def

    @property
    def traceback(self):
        """Where it was made: (file, line, function, text of the line) of the program's calls, the outermost first."""
        return tuple(frame[:4] for frame in self.traceback_with_start_lines)

    @property
    def traceback_with_start_lines(self):
        """The same, each with the line where its function begins."""
        return self._graph._tracebacks.of(self._core.id)

    @property
    def _original_op(self):
        return None

    def get_attr(self, name):
        """The value of the attribute: bytes, int, float, bool, tf.DType, a message, or a list of such.

        Raises:
          ValueError: where it has no such attribute.
        """
        try:
            kind, value = self._core.get_attr(name)
        except ValueError:
            raise ValueError("Operation '%s' has no attr named '%s'." % (self._name, name)) from None
        return messages.attr_to_python(kind, value)

    def _set_attr(self, name, value):
        """`value` is an AttrValue."""
        self._graph._builder.set_attr(self._core, name, messages.attr_from_message(value))

    def _set_device(self, device):
        to_string = getattr(device, 'to_string', None)
        self._set_device_from_string(to_string() if to_string else device or '')

    def _set_device_from_string(self, device):
        self._graph._builder.set_device(self._core, device)

    def _add_control_input(self, op):
        if not isinstance(op, Operation):
            raise TypeError('op must be an Operation: %s' % op)
        self._graph._builder.add_control_input(self._core, op._core)

    def _add_control_inputs(self, ops):
        for op in ops:
            self._add_control_input(op)

    def _update_input(self, index, tensor):
        if not isinstance(tensor, Tensor):
            raise TypeError('tensor must be a Tensor: %s' % tensor)
        self._graph._builder.update_input(self._core, index, tensor._output)

    def colocation_groups(self):
        """What it must stand with: [b'loc:@w']; its own name where it asks for nothing."""
        return [('loc:@' + name).encode() for name in self._core.colocation_groups]

    def _get_control_flow_context(self):
        return self._core.control_flow_context

    def run(self, feed_dict=None, session=None):
        """Runs it in the session given, or in the default one.

        Raises:
          ValueError: where there is no session, or one of another graph.
        """
        session = defaults.session_for(session, self._graph, 'execute', 'operation', 'run')
        session.run(self, feed_dict)

    def _as_graph_element(self):
        return self

    def __str__(self):
        return str(self.node_def)

    def __repr__(self):
        return "<tf.Operation '%s' type=%s>" % (self._name, self._type)

    def __copy__(self):
        return self

