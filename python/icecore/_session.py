"""Graphs under construction, and running them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _core
from ._core import (GraphBuilder, Operation, Output, Saver, Variable, cond, gradients,  # noqa: F401 (the package's names)
                    init_from_checkpoint, make_variable, while_loop)
from ._graph import Graph

if TYPE_CHECKING:
    import os
    from typing import Any, Mapping, Union
    Path = Union[str, bytes, os.PathLike]


class Session(_core.Session):
    """Runs a graph and holds its variables.

    Args:
      graph: a `GraphBuilder`, a `Graph`, or a path to a graph.
      intra_op_threads: threads that one kernel is spread over; 0: as many as the machine has.
      memory_limit: bytes that all tensors may take together; 0: no limit.
      allow_io: the folder below which the graph's own file ops may touch files; '/' allows all, None forbids all.

    >>> import icecore
    >>> graph = icecore.GraphBuilder()
    >>> x = graph.apply_op('Placeholder', [], {'dtype': 'float32', 'shape': [None]}, name='x').output()
    >>> y = graph.apply_op('Mul', [x, 2.0], name='y').output()
    >>> with icecore.Session(graph) as session:
    ...     session.run('y:0', {'x:0': [1, 2, 3]})
    array([2., 4., 6.], dtype=float32)
    """

    def __init__(self, graph: GraphBuilder | Graph | Path, **options: Any) -> None:
        super().__init__(_graph_of(graph), **options)

    def run(self, fetches: Any, feeds: Mapping | None = None) -> Any:
        """Computes fetches: one (a name, an Output, an Operation, a Variable), or a list, tuple or dict of them.

        Args:
          fetches: what to compute; an operation gives None.
          feeds: a dict from tensors, or their names, to values.

        Returns arrays (of scalars numpy's scalars, of scalar strings bytes) that are the caller's own, in the structure of
        the fetches.

        Raises NotFoundError for a name that isn't in the graph, InvalidArgumentError for a placeholder that isn't fed,
        UnimplementedError for ops without a kernel; otherwise what the kernels raise, which names the node.
        """
        if isinstance(fetches, dict):
            return dict(zip(fetches, self.run_list(feeds, list(fetches.values()))))
        if isinstance(fetches, (list, tuple)):
            return type(fetches)(self.run_list(feeds, fetches))
        return self.run_list(feeds, (fetches,))[0]

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind, value, traceback):
        self.close()


def _graph_of(graph):
    if isinstance(graph, (_core.GraphBuilder, _core.Graph)):
        return graph
    if isinstance(graph, Graph):
        return graph._graph
    return _core.load_graph(graph)


def import_meta_graph(path: Path, graph: GraphBuilder | None = None, **options: Any) -> tuple[GraphBuilder, Saver | None]:
    """Adds the nodes and collections of a .meta file, or of whatever leads to one, to a graph.

    Returns (graph, saver): the `GraphBuilder` (a new one where none is given) and its `Saver`, or None where the graph has
    no variables.
    """
    graph = GraphBuilder() if graph is None else graph
    return graph, _core.import_meta_graph(graph, path, **options)


def export_meta_graph(graph: GraphBuilder, filename: Path | None = None, **options: Any) -> bytes:
    """The encoded MetaGraphDef of a graph; written to `filename` where one is given."""
    return _core.export_meta_graph(graph, filename, **options)
