"""tf.Tensor: an output of an operation of a graph."""
from icecore.tf.framework import defaults, dtypes, graph_errors, tensor_shape

_AUTOGRAPH_HINT = ('%s is not allowed in Graph execution. Use Eager execution or decorate this function with '
                   '@tf.function.')


class Tensor:
    """What an operation gives: a symbol, whose value a Session computes.

    Two are equal where they are the same object; a graph has one object for each output.
    """

    # Above numpy's, so that array + tensor is ours.
    __array_priority__ = 100

    def __init__(self, op, value_index):
        self._op = op
        self._value_index = value_index
        self._output = op._core.output(value_index)
        self._dtype = dtypes.as_dtype(self._output.dtype + 100 * self._output.is_reference)
        self._name = None

    @property
    def op(self):
        """The Operation that gives this tensor."""
        return self._op

    @property
    def graph(self):
        """The Graph that holds it."""
        return self._op._graph

    @property
    def dtype(self):
        """The tf.DType of its elements; of a variable's own tensor a reference type."""
        return self._dtype

    @property
    def name(self):
        """'conv1/Conv2D:0'."""
        if self._name is None:
            self._name = '%s:%d' % (self._op.name, self._value_index)
        return self._name

    @property
    def device(self):
        """The device that its operation asks for, or ''."""
        return self._op.device

    @property
    def value_index(self):
        """Which output of its operation it is."""
        return self._value_index

    @property
    def shape(self):
        """What is known of its shape, as a tf.TensorShape."""
        return tensor_shape.TensorShape(self._output.shape)

    def get_shape(self):
        """The same as `shape`."""
        return self.shape

    def set_shape(self, shape):
        """Adds to what is known of the shape.

        Raises:
          ValueError: where it contradicts what is known.
        """
        if not isinstance(shape, tensor_shape.TensorShape):
            shape = tensor_shape.TensorShape(shape)
        dims = None if shape.dims is None else [d.value for d in shape.dims]
        self.graph._builder.set_shape(self._output, dims)

    @property
    def _shape(self):
        return self.shape

    def _shape_as_list(self):
        dims = self._output.shape
        return None if dims is None else list(dims)

    def _shape_tuple(self):
        dims = self._output.shape
        return None if dims is None else tuple(dims)

    def _rank(self):
        dims = self._output.shape
        return None if dims is None else len(dims)

    @property
    def ndim(self):
        # Old numpy functions look for it; TensorFlow's symbols don't have it.
        raise AttributeError("'Tensor' object has no attribute 'ndim'")

    def consumers(self):
        """The operations that take this tensor as an input."""
        graph = self.graph
        return [graph._operation(op) for op in self._output.consumers()]

    def eval(self, feed_dict=None, session=None):
        """Its value, as `session.run(tensor, feed_dict)` has it; the default session where none is given.

        Raises:
          ValueError: where there is no session, or one of another graph.
        """
        session = defaults.session_for(session, self.graph, 'evaluate', 'tensor', 'eval')
        return session.run(self, feed_dict)

    def _as_node_def_input(self):
        return self._op.name if self._value_index == 0 else self.name

    def _as_graph_element(self):
        return self

    def experimental_ref(self):
        return _Reference(self)

    def __str__(self):
        shape = self.shape
        return 'Tensor("%s"%s%s%s)' % (
            self.name, ', shape=%s' % shape if shape.ndims is not None else '',
            ', dtype=%s' % self._dtype.name if self._dtype else '', ', device=%s' % self.device if self.device else '')

    def __repr__(self):
        return "<tf.Tensor '%s' shape=%s dtype=%s>" % (self.name, self.shape, self._dtype.name)

    def __hash__(self):
        return id(self)

    def __eq__(self, other):
        return self is other

    def __ne__(self, other):
        return self is not other

    def __copy__(self):
        copy = Tensor.__new__(type(self))
        copy.__dict__.update(self.__dict__)
        return copy

    def __deepcopy__(self, memo):
        raise TypeError("can't pickle a symbolic Tensor: it belongs to its graph")

    def __iter__(self):
        # Not allowed, as in TensorFlow, which also has it as an iterator that fails at its first step.
        _refuse('iterating over `tf.Tensor`')
        yield

    def __bool__(self):
        _refuse('using a `tf.Tensor` as a Python `bool`')

    def __len__(self):
        raise TypeError('len is not well defined for symbolic Tensors. (%s) Please call `x.shape` rather than `len(x)` '
                        'for shape information.' % self.name)

    def __array__(self, dtype=None, copy=None):
        raise NotImplementedError('Cannot convert a symbolic Tensor (%s) to a numpy array.' % self.name)

    def __getitem__(self, index):
        from icecore.tf.framework import slicing
        return slicing.slice_of(self, index)

    @classmethod
    def _override_operator(cls, operator, function):
        """Gives all tensors the operator, once."""
        setattr(cls, operator, function)


class _Reference:
    """A key of dictionaries that stands for the tensor."""

    def __init__(self, tensor):
        self._tensor = tensor

    def deref(self):
        return self._tensor

    def __eq__(self, other):
        return isinstance(other, _Reference) and other._tensor is self._tensor

    def __hash__(self):
        return id(self._tensor)


def _refuse(what):
    raise graph_errors.OperatorNotAllowedInGraphError(_AUTOGRAPH_HINT % what)
