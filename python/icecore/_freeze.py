"""Freezing: a graph and the values of its variables become one graph of constants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _core
from ._graph import Graph

if TYPE_CHECKING:
    import os
    from typing import Any, Callable, Iterable, Union
    Path = Union[str, bytes, 'os.PathLike[str]']


class Frozen:
    """What freezing gave: `graph`, `variables` (how many became constants), `bytes` (of the encoded graph), `notes`,
    `warnings`.

    >>> import icecore
    >>> graph = icecore.GraphBuilder()
    >>> c = graph.constant(1.0, name='c')
    >>> path = icecore.write_graph(graph, 'demo', 'plain.pb', as_text=False)
    >>> icecore.freeze_graph(path, output_node_names='c').graph['c'].op
    'Const'
    """

    graph: Graph
    variables: int
    bytes: int
    notes: list[str]
    warnings: list[str]

    def __init__(self, graph: _core.Graph, variables: int, bytes: int, notes: list[str], warnings: list[str]) -> None:
        self.graph, self.variables, self.bytes = Graph(graph), variables, bytes
        self.notes, self.warnings = notes, warnings

    def __repr__(self):
        return '<Frozen: %d nodes, %d variables, %d bytes>' % (len(self.graph), self.variables, self.bytes)

    def _repr_html_(self):
        return self.graph._repr_html_()


def freeze_graph(input_graph: Path, input_checkpoint: Path | None = None, output_node_names: str | Iterable[str] = (),
                 output_graph: Path | None = None, *, tags: Iterable[str] = (), clear_devices: bool = True,
                 sync: bool = False, progress: Callable[[int, int], Any] | None = None) -> Frozen:
    """Freezes a graph: variables become constants, and what the outputs don't need is left out.

    Args:
      input_graph: a path to a graph: GraphDef, .meta, SavedModel, or a checkpoint with its .meta.
      input_checkpoint: a path to a checkpoint; None: the one that belongs to the graph.
      output_node_names: a list of names, or one text with commas.
      output_graph: where to write it; None writes nothing.
      tags: of a SavedModel with several graphs, the tags of the one.
      clear_devices: whether nodes lose their devices.
      sync: whether the file is durable before it gets its name.
      progress: called with (bytes done, bytes in all) while it is written. An exception ends it; no file is left.

    Returns a `Frozen`.

    Raises:
      NotFoundError: a file, an output, or variables that the checkpoint lacks; all are named.
      InvalidArgumentError: a variable has another dtype or shape in the checkpoint; there are no outputs.
      DataLossError: damaged values.

    >>> import icecore
    >>> graph = icecore.GraphBuilder()
    >>> w = icecore.make_variable(graph, [1.0, 2.0], name='w')
    >>> y = graph.apply_op('Neg', [w.value], name='y')
    >>> saver, session = icecore.Saver(graph), icecore.Session(graph)
    >>> session.run(w.initializer)
    >>> prefix = saver.save(session, 'demo/freeze.ckpt')
    >>> icecore.freeze_graph('demo/freeze.ckpt.meta', prefix, 'y', 'demo/frozen.pb').variables
    1
    """
    if isinstance(output_node_names, str):
        output_node_names = [name.strip() for name in output_node_names.split(',') if name.strip()]
    return Frozen(*_core.freeze_graph(input_graph, input_checkpoint, output_node_names, output_graph, list(tags),
                                      clear_devices, sync, progress))
