"""What Session.run() is asked for: nested structures of tensors, operations, names, variables."""
import collections.abc

from icecore.tf.framework import composites, graph_errors
from icecore.tf.framework.operation import Operation


def _invalid(fetch):
    return TypeError('Fetch argument %r has invalid type %r' % (fetch, type(fetch)))


def element_of(graph, fetch):
    """The tensor or operation of the graph that is meant.

    Raises:
      TypeError: where it can't mean one.
      ValueError: where the graph hasn't it.
    """
    try:
        return graph.as_graph_element(fetch, allow_tensor=True, allow_operation=True)
    except TypeError as error:
        raise TypeError('Fetch argument %r has invalid type %r, must be a string or Tensor. (%s)' %
                        (fetch, type(fetch), error)) from None
    except (ValueError, KeyError) as error:
        raise ValueError('Fetch argument %r cannot be interpreted as a Tensor. (%s)' % (fetch, error)) from None


class Fetches:
    """A structure of fetches: which tensors and operations it needs, and how it looks with their values."""

    def __init__(self, graph, structure):
        self._graph = graph
        self.elements = []  # Each once.
        self._at = {}
        self._build = self._builder(structure)
        self.tensors = [e for e in self.elements if not isinstance(e, Operation)]
        self.operations = [e for e in self.elements if isinstance(e, Operation)]
        for element in self.elements:
            if not graph.is_fetchable(element):
                raise graph_errors.InaccessibleTensorError(
                    'Operation %r has been marked as not fetchable. Typically this happens when it is defined in '
                    'another function or code block. Use return values,explicit Python locals or TensorFlow '
                    'collections to access it.' % getattr(element, 'op', element).name)

    def results(self, values):
        """The structure with the values of `tensors`, by tensor."""
        return self._build(values)

    def _element(self, fetch):
        element = element_of(self._graph, fetch)
        if element not in self._at:
            self._at[element] = len(self.elements)
            self.elements.append(element)
        return element

    # A builder is a function from the values by tensor to the result.
    def _builder(self, fetch):
        if fetch is None:
            raise _invalid(fetch)
        if isinstance(fetch, (list, tuple)):
            parts = [self._builder(part) for part in fetch]
            kind = type(fetch)
            if issubclass(kind, list):
                return lambda values: [part(values) for part in parts]
            if kind is tuple:
                return lambda values: tuple([part(values) for part in parts])
            return lambda values: kind(*[part(values) for part in parts])
        if isinstance(fetch, collections.abc.Mapping):
            kind, parts = type(fetch), [(key, self._builder(part)) for key, part in fetch.items()]

            def mapping(values):
                made = kind()
                for key, part in parts:
                    made[key] = part(values)
                return made
            return mapping
        if hasattr(type(fetch), '__attrs_attrs__'):
            kind = type(fetch)
            parts = [self._builder(getattr(fetch, attribute.name)) for attribute in kind.__attrs_attrs__]
            return lambda values: kind(*[part(values) for part in parts])
        if isinstance(fetch, composites.SparseTensor):
            return self._composite(composites.SparseTensorValue, [fetch.indices, fetch.values, fetch.dense_shape])
        if isinstance(fetch, composites.IndexedSlices):
            shape = [] if fetch.dense_shape is None else [fetch.dense_shape]
            return self._composite(lambda *v: composites.IndexedSlicesValue(*(v if len(v) == 3 else v + (None,))),
                                   [fetch.values, fetch.indices] + shape)
        element = self._element(fetch)
        if isinstance(element, Operation):
            return lambda values: None
        return lambda values: values[element]

    def _composite(self, make, parts):
        elements = [self._element(part) for part in parts]
        return lambda values: make(*[values[element] for element in elements])
