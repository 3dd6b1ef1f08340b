"""Graphs of files."""

from __future__ import annotations

import collections.abc
import operator

from typing import TYPE_CHECKING

from . import _core, _html

if TYPE_CHECKING:
    import os
    from typing import Iterable, Union, overload
    Path = Union[str, bytes, 'os.PathLike[str]']
else:
    def overload(function):
        return function


class Node:
    """A node of a graph as the file has it: `name`, `op`, `device`, `inputs` (as the file writes them).

    >>> import icecore
    >>> builder = icecore.GraphBuilder()
    >>> y = builder.apply_op('Identity', [1.0], name='y')
    >>> icecore.Graph(builder)['y'].inputs
    ['y/input']
    """

    __slots__ = ('name', 'op', 'device', 'inputs')

    def __init__(self, name: str, op: str, device: str, inputs: list[str]) -> None:
        self.name, self.op, self.device, self.inputs = name, op, device, inputs

    def __repr__(self):
        return '<Node %r %s>' % (self.name, self.op)

    def _repr_html_(self):
        return _html.table('%s (%s)' % (self.name, self.op), ['input'], [[name] for name in self.inputs])


class Graph(collections.abc.Sequence[Node]):
    """The nodes of a graph, in the file's order: a sequence of `Node`.

    >>> import icecore
    >>> builder = icecore.GraphBuilder()
    >>> c = builder.constant(1.0, name='c')
    >>> graph = icecore.Graph(builder)
    >>> graph[0], len(graph), 'c' in graph
    (<Node 'c' Const>, 1, True)
    """

    __slots__ = ('_graph', '_nodes')

    def __init__(self, graph: Graph | _core.GraphBuilder | _core.Graph | bytes) -> None:
        """Of a GraphBuilder, of an encoded GraphDef (bytes), or of another Graph."""
        self._graph: _core.Graph
        self._nodes: list[Node] | None = None
        if isinstance(graph, _core.GraphBuilder):
            self._graph = graph.graph()
        elif isinstance(graph, bytes):
            self._graph = _core.Graph.parse(graph)
        elif isinstance(graph, Graph):
            self._graph = graph._graph
        elif isinstance(graph, _core.Graph):
            self._graph = graph
        else:
            raise TypeError('a Graph is made of a GraphBuilder, an encoded GraphDef or a Graph, not of %r; load_graph() reads '
                            'a file' % (graph,))

    def operations(self) -> list[Node]:
        """All nodes, as a list."""
        if self._nodes is None:
            self._nodes = [Node(*node) for node in self._graph.nodes()]
        return list(self._nodes)

    def find(self, name: str) -> Node:
        """The node of that name; KeyError with the nearest names where there is none."""
        index = self._graph.find(name)
        if index is None:
            near = self._graph.nearest(name)
            raise KeyError("the graph has no node '%s'%s" % (
                name, '; the nearest: ' + ', '.join("'%s'" % other for other in near) if near else ''))
        return Node(*self._graph.node(index))

    def to_bytes(self) -> bytes:
        """The encoded GraphDef."""
        return self._graph.graph_def()

    def __len__(self) -> int:
        return len(self._graph)

    @overload
    def __getitem__(self, index: int | str) -> Node: ...

    @overload
    def __getitem__(self, index: slice) -> list[Node]: ...

    def __getitem__(self, index):
        """A node by its place or its name, or a list of them by a slice. IndexError, KeyError where there is none."""
        if isinstance(index, slice):
            return self.operations()[index]
        if isinstance(index, str):
            return self.find(index)
        at = operator.index(index)
        if not -len(self) <= at < len(self):
            raise IndexError('the graph has %d nodes; there is none at %d' % (len(self), at))
        return Node(*self._graph.node(at % len(self)))

    def __contains__(self, name: object) -> bool:
        name = name.name if isinstance(name, Node) else name
        return isinstance(name, str) and self._graph.find(name) is not None

    def __repr__(self):
        return '<Graph of %d nodes>' % len(self)

    def _repr_html_(self):
        return _html.table(repr(self)[1:-1], ['node', 'op', 'inputs'], [
            [node.name, node.op, ', '.join(node.inputs)] for node in self.operations()])


def load_graph(path: Path, tags: Iterable[str] = ()) -> Graph:
    """The graph that a path leads to: a GraphDef or MetaGraphDef, binary or text; a SavedModel's folder; a checkpoint with
    its .meta. Of a SavedModel with several graphs the one with exactly those tags.

    Raises NotFoundError, InvalidArgumentError (the message says what the bytes are), DataLossError.

    >>> import icecore
    >>> builder = icecore.GraphBuilder()
    >>> c = builder.constant(1.0, name='c')
    >>> path = icecore.write_graph(builder, 'demo', 'loaded.pb', as_text=False)
    >>> icecore.load_graph(path)
    <Graph of 1 nodes>
    """
    return Graph(_core.load_graph(path, list(tags)))


def write_graph(graph: Graph | _core.GraphBuilder | bytes, folder: Path, name: str, as_text: bool = True) -> str:
    """Writes a graph as text, or binary, to FOLDER/NAME, and gives that path. The folder is made where it is missing.

    >>> import icecore
    >>> builder = icecore.GraphBuilder()
    >>> c = builder.constant(1.0, name='c')
    >>> icecore.write_graph(builder, 'demo', 'graph.pbtxt')
    'demo/graph.pbtxt'
    """
    return _core.write_graph(graph._graph if isinstance(graph, Graph) else graph, folder, name, as_text)
