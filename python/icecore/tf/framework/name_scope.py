"""tf.name_scope."""
from icecore.tf.framework import defaults
from icecore.tf.framework.operation import Operation
from icecore.tf.framework.tensor import Tensor


def graph_of_inputs(inputs, graph=None):
    """The graph of the first tensor or operation among the inputs, else `graph`, else the default one.

    Raises:
      ValueError: where they are of several graphs.
    """
    first = None
    for value in inputs:
        if isinstance(value, (Tensor, Operation)):
            element = value
        else:
            convert = getattr(value, '_as_graph_element', None)
            if convert is None and not (hasattr(value, 'graph') and hasattr(value, 'values')):
                continue
            element = convert() if convert is not None else value
        if element is None:
            continue
        if graph is None:
            first, graph = element, element.graph
        elif first is not None and element.graph is not graph:
            raise ValueError('%s must be from the same graph as %s.' % (element, first))
        elif element.graph is not graph:
            raise ValueError('%s is not from the passed-in graph.' % element)
    return graph if graph is not None else defaults.get_default_graph()


class name_scope:
    """`with tf.name_scope(name, default_name, values) as scope`: names of what is made inside begin with the scope.

    Args:
      name: of the scope; None or '' without `values` is the top.
      default_name: where `name` is None.
      values: tensors that the scope's operations take; they must be of one graph, which becomes the default one.

    Raises:
      TypeError: where default_name isn't text.
      ValueError: where neither name is given though `values` are, or the values are of several graphs.
    """

    def __init__(self, name, default_name=None, values=None):
        if default_name is not None and not isinstance(default_name, str):
            raise TypeError('`default_name` type (%s) is not a string type. You likely meant to pass this into the '
                            '`values` kwarg.' % type(default_name))
        self._name = default_name if name is None else name
        self._default_name = default_name
        self._values = values

    @property
    def name(self):
        """The name that was asked for."""
        return self._name

    def __enter__(self):
        if self._name is None and self._values is not None:
            raise ValueError('At least one of name (%s) and default_name (%s) must be provided.' %
                             (self._name, self._default_name))
        self._graph = None
        graph = defaults.get_default_graph()
        if self._values:
            wanted = graph_of_inputs(self._values)
            if wanted is not graph:
                graph = wanted
                self._graph = graph.as_default()
                self._graph.__enter__()
        try:
            self._scope = graph.name_scope(self._name)
            return self._scope.__enter__()
        except BaseException:
            self._leave_graph()
            raise

    def __exit__(self, *error):
        self._scope.__exit__(*error)
        self._leave_graph()
        return False

    def _leave_graph(self):
        if self._graph is not None:
            self._graph.__exit__(None, None, None)


class name_scope_v2(name_scope):
    """tf.name_scope of TensorFlow 2: one name."""

    def __init__(self, name):
        if not isinstance(name, str):
            raise ValueError('name for name_scope must be a string.')
        super().__init__(name)
