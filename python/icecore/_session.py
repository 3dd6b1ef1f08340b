"""Graphs under construction, and running them."""

from __future__ import annotations

import os

from typing import TYPE_CHECKING

from . import _core, _html
from ._core import GraphBuilder, Operation, Output, Saver, Variable  # noqa: F401 (names of the package)
from ._graph import Graph

if TYPE_CHECKING:
    from typing import Any, Callable, Mapping, Sequence, Union
    Path = Union[str, bytes, 'os.PathLike[str]']

for _class, _shown in ((GraphBuilder, _html.of_builder), (Output, _html.of_tensor), (Operation, _html.of_operation),
                       (Variable, _html.of_variable), (Saver, _html.of_saver)):
    setattr(_class, '_repr_html_', _shown)
del _class, _shown


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

    def __init__(self, graph: GraphBuilder | Graph | Path, intra_op_threads: int = 0, memory_limit: int = 0,
                 allow_io: Path | None = None) -> None:
        super().__init__(_graph_of(graph), intra_op_threads, memory_limit,
                         None if allow_io is None else os.fsdecode(allow_io))
        self._made_of = graph if isinstance(graph, (_core.GraphBuilder, Graph)) else os.fsdecode(graph)
        self._is_closed = False

    def run(self, fetches: Any, feeds: Mapping[Any, Any] | None = None) -> Any:
        """Computes fetches: one (a name, an Output, an Operation, a Variable), or lists, tuples, namedtuples and dicts of them.

        Args:
          fetches: what to compute; an operation gives None.
          feeds: a dict from tensors, or their names, to values.

        Returns arrays (of scalars numpy's scalars, of scalar strings bytes) that are the caller's own, in the structure of
        the fetches.

        Raises NotFoundError with the nearest names for a name that isn't in the graph, InvalidArgumentError for a
        placeholder that isn't fed, UnimplementedError for ops without a kernel; otherwise what the kernels raise, which
        names the node. Ctrl-C ends a run between two nodes.

        >>> import icecore
        >>> graph = icecore.GraphBuilder()
        >>> x = graph.placeholder('float32', [None], name='x')
        >>> total = graph.apply_op('Sum', [x, 0], name='total').output()
        >>> session = icecore.Session(graph)
        >>> float(session.run('total:0', {'x:0': [1, 2]}))
        3.0
        >>> session.run({'both': [x, total]}, {x: [1, 2]})['both'][0]
        array([1., 2.], dtype=float32)
        """
        if feeds is not None and not hasattr(feeds, 'items'):
            raise TypeError('feeds is a dict from tensors, or their names, to values, not %r' % (feeds,))
        flat: list[Any] = []
        _flatten(fetches, flat)
        return _packed(fetches, iter(self.run_list(feeds, flat)))

    def close(self) -> None:
        """Ends runs that are going on, and lets go of all values; later runs are a RuntimeError."""
        self._is_closed = True
        super().close()

    def _repr_html_(self):
        return _html.of_session(self)

    def __repr__(self):
        return '<Session of %r%s>' % (self._made_of, ', closed' if self._is_closed else '')

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind, value, traceback):
        self.close()


def _flatten(fetches, flat):
    if isinstance(fetches, (list, tuple)):
        for fetch in fetches:
            _flatten(fetch, flat)
    elif isinstance(fetches, dict):
        for fetch in fetches.values():
            _flatten(fetch, flat)
    else:
        flat.append(fetches)


def _packed(fetches, values):
    """The values in the structure of the fetches."""
    if isinstance(fetches, dict):
        return {key: _packed(fetch, values) for key, fetch in fetches.items()}
    if isinstance(fetches, (list, tuple)):
        made = [_packed(fetch, values) for fetch in fetches]
        return type(fetches)(*made) if hasattr(fetches, '_fields') else type(fetches)(made)
    return next(values)


def _graph_of(graph):
    if isinstance(graph, (_core.GraphBuilder, _core.Graph)):
        return graph
    if isinstance(graph, Graph):
        return graph._graph
    return _core.load_graph(graph)


def import_meta_graph(path: Path, graph: GraphBuilder | None = None, **options: Any) -> tuple[GraphBuilder, Saver | None]:
    """Adds the nodes and collections of a .meta file, or of whatever leads to one, to a graph.

    Args:
      path: a .meta file, binary or text; a checkpoint's prefix; a folder.
      graph: where to add them; a new one where it is None.
      options: clear_devices, import_scope, input_map (from names of the file to tensors of the graph), and those of `Saver`.

    Returns (graph, saver): the `GraphBuilder`, and its `Saver`, or None where the graph has no variables.

    Raises OSError where there is no such file, ValueError where the graph can't be imported.

    >>> import icecore
    >>> graph = icecore.GraphBuilder()
    >>> w = icecore.make_variable(graph, [1.0, 2.0], name='w')
    >>> meta = icecore.export_meta_graph(graph, 'demo/model.meta')
    >>> graph, saver = icecore.import_meta_graph('demo/model.meta')
    >>> graph.collection('variables')
    [<icecore.Variable 'w:0' shape=[2] dtype=float32>]
    """
    graph = GraphBuilder() if graph is None else graph
    return graph, _core.import_meta_graph(graph, path, **options)


def export_meta_graph(graph: GraphBuilder, filename: Path | None = None, **options: Any) -> bytes:
    """The encoded MetaGraphDef of a graph; written to `filename` where one is given.

    Args:
      options: as_text, saver_def (encoded), collection_list, clear_devices, clear_extraneous_savers, strip_default_attrs.

    Raises ValueError where the graph has an op without a signature.

    >>> import icecore
    >>> graph = icecore.GraphBuilder()
    >>> c = graph.constant(1.0, name='c')
    >>> meta = icecore.export_meta_graph(graph, 'demo/graph.meta')
    >>> icecore.load_graph('demo/graph.meta')[0]
    <Node 'c' Const>
    """
    return _core.export_meta_graph(graph, filename, **options)


def init_from_checkpoint(graph: GraphBuilder, path: Path, assignment_map: Mapping[str, Any]) -> None:
    """Gives variables new initializers, which read a checkpoint when they are run (tf.train.init_from_checkpoint).

    Args:
      path: a prefix, or a folder, of which the latest checkpoint is taken.
      assignment_map: from a name of the checkpoint to a `Variable`, its name, or the list of its parts; or from a scope of
        the checkpoint ("scope/", "/") to one of the graph.

    Raises ValueError where the checkpoint lacks a name, or a variable's shape is another. A Session needs `allow_io` to run
    the initializers.

    >>> import icecore
    >>> with icecore.CheckpointWriter('demo/start.ckpt') as writer:
    ...     writer.add('old', [3.0, 4.0], dtype='float32')
    >>> graph = icecore.GraphBuilder()
    >>> w = icecore.make_variable(graph, [1.0, 2.0], name='w')
    >>> icecore.init_from_checkpoint(graph, 'demo/start.ckpt', {'old': w})
    >>> session = icecore.Session(graph, allow_io='demo')
    >>> session.run(w.initializer)
    >>> session.run(w)
    array([3., 4.], dtype=float32)
    """
    _core.init_from_checkpoint(graph, path, dict(assignment_map))


def make_variable(graph: GraphBuilder, initial_value: Any, name: str | None = None, **options: Any) -> Variable:
    """A variable of the graph, with the nodes that tf.Variable makes.

    Args:
      initial_value: an array or plain value, an `Output`, or a function without arguments that makes one.
      name: of its node; 'Variable' where it is None.
      options: trainable (True), collections, validate_shape (True), dtype, use_resource (False), synchronization and
        aggregation (numbers of VariableDef's enums).

    Raises ValueError, TypeError where the value can't be one.

    >>> import icecore
    >>> graph = icecore.GraphBuilder()
    >>> icecore.make_variable(graph, [[1.0, 2.0]], name='w')
    <icecore.Variable 'w:0' shape=[1,2] dtype=float32>
    """
    return _core.make_variable(graph, initial_value, name, **options)


def gradients(graph: GraphBuilder, ys: Output | Sequence[Output], xs: Output | Sequence[Output], **options: Any) -> list[Any]:
    """Adds the nodes that compute the sum of the derivatives of the ys with respect to each x (tf.gradients).

    Args:
      ys, xs: lists of tensors, or one.
      options: grad_ys (one for each y; ones where there are none), name ('gradients'), colocate_gradients_with_ops,
        gate_gradients, stop_gradients.

    Returns one for each x: an `Output`; (values, indices, dense shape or None) where the gradient is zero but in some rows;
    None where no y depends on it.

    Raises LookupError where an op on the way has no gradient.

    >>> import icecore
    >>> graph = icecore.GraphBuilder()
    >>> x = graph.constant(3.0, 'float32')
    >>> y = graph.apply_op('Square', [x]).output()
    >>> dx, = icecore.gradients(graph, [y], [x])
    >>> float(icecore.Session(graph).run(dx))
    6.0
    """
    ys, xs = ([one_or_more] if isinstance(one_or_more, Output) else list(one_or_more) for one_or_more in (ys, xs))
    return _core.gradients(graph, ys, xs, **options)


def cond(graph: GraphBuilder, pred: Any, true_fn: Callable[[], Sequence[Any]], false_fn: Callable[[], Sequence[Any]],
         name: str = 'cond') -> list[Output]:
    """Adds two branches, of which a run takes one (tf.cond).

    Args:
      pred: a scalar of bools.
      true_fn, false_fn: called once each; they add the nodes of their branch and give a list of tensors, values or
        operations.

    Raises ValueError, TypeError unless both give as many results of the same types.

    >>> import icecore
    >>> graph = icecore.GraphBuilder()
    >>> x = graph.constant(-3.0, 'float32')
    >>> negative = graph.apply_op('Less', [x, 0.0]).output()
    >>> size, = icecore.cond(graph, negative, lambda: [graph.apply_op('Neg', [x]).output()], lambda: [x])
    >>> float(icecore.Session(graph).run(size))
    3.0
    """
    return _core.cond(graph, pred, true_fn, false_fn, name)


def while_loop(graph: GraphBuilder, condition: Callable[[list[Output]], Any], body: Callable[[list[Output]], Sequence[Any]],
               loop_vars: Sequence[Any], **options: Any) -> list[Output]:
    """Adds a loop (tf.while_loop): the loop variables as they are when the condition no longer holds.

    Args:
      condition, body: called once each with the list of the loop variables; a scalar of bools, and the list of the next ones.
      options: shape_invariants, parallel_iterations (10), back_prop (True), swap_memory, maximum_iterations, name ('while').

    Raises ValueError, TypeError where the body's results don't fit the loop variables.

    >>> import icecore
    >>> graph = icecore.GraphBuilder()
    >>> end, = icecore.while_loop(graph, lambda v: graph.apply_op('Less', [v[0], 100]).output(),
    ...                           lambda v: [graph.apply_op('Mul', [v[0], 2]).output()], [graph.constant(3, 'int32')])
    >>> int(icecore.Session(graph).run(end))
    192
    """
    return _core.while_loop(graph, condition, body, list(loop_vars), **options)
