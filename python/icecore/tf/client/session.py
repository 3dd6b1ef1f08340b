"""tf.Session and tf.InteractiveSession."""
import re

from icecore import _core
from icecore.errors import Error, InvalidArgumentError, InternalError, NotFoundError, UnimplementedError
from icecore.tf.client import feeds, fetches, placement
from icecore.tf.framework import defaults, host_functions, tracebacks
from icecore.tf.framework.graph import Graph
from icecore.tf.framework.operation import Operation
from icecore.tf.framework.tensor import Tensor

_NODE = re.compile(r"(?:\[\[(?:\{\{)?node |for placeholder tensor '|ha(?:s no kernel|ve no kernels): \w+ \(')([^\s}'\]]+)")
_LOST_FUNCTION = re.compile(r"'([^']*)' calls a function of the program that made the graph, '([^']*)'")


def _config_of(config):
    if config is None:
        return None
    if getattr(getattr(config, 'DESCRIPTOR', None), 'name', None) != 'ConfigProto':
        raise TypeError('config must be a tf.ConfigProto, but got %s' % type(config))
    if config.HasField('gpu_options') or config.device_count.get('GPU', 0):
        placement.say_that_there_is_no_gpu()
    return config


def _check_target(target):
    """Icecore runs graphs in this process only, which '' and 'local' mean."""
    text = target.decode() if isinstance(target, bytes) else target or ''
    if text.startswith('grpc://'):
        raise UnimplementedError(None, None, "Icecore runs graphs in its own process; it can't connect to %r." % text)
    if text not in ('', 'local'):
        raise NotFoundError(None, None, 'No session factory registered for the given session options: {target: "%s"} '
                                        'Registered factories are {DIRECT_SESSION}.' % text)


class _DeviceAttributes:
    """A device that a session can use."""

    def __init__(self, name, device_type, memory_limit_bytes, incarnation):
        self.name = name
        self.device_type = device_type
        self.memory_limit_bytes = memory_limit_bytes
        self.incarnation = incarnation

    def __repr__(self):
        return '_DeviceAttributes(%s, %s, %d, %d)' % (self.name, self.device_type, self.memory_limit_bytes,
                                                      self.incarnation)


class BaseSession:
    """Runs a graph, and holds the values of its variables."""

    def __init__(self, target='', graph=None, config=None):
        if graph is None:
            graph = defaults.get_default_graph()
        elif not isinstance(graph, Graph):
            raise TypeError('graph must be a tf.Graph, but got %s' % type(graph))
        if target is not None and not isinstance(target, (str, bytes)):
            hint = (' Did you do "Session(config)" instead of "Session(config=config)"?'
                    if getattr(getattr(target, 'DESCRIPTOR', None), 'name', None) == 'ConfigProto' else '')
            raise TypeError('target must be a string, but got %s%s' % (type(target), '.' + hint if hint else ''))
        _check_target(target)
        self._graph = graph
        self._target = target
        self._config = _config_of(config)
        self._placement = placement.Placement(self._config)
        self._closed = False
        self._prepared = {}
        self._partial = None
        self._host_version = 0
        threads = 0
        self._add_shapes = False
        if config is not None:
            threads = config.intra_op_parallelism_threads
            self._add_shapes = config.graph_options.infer_shapes
        self._session = _core.Session(graph._builder, intra_op_threads=threads, allow_io='/')

    @property
    def graph(self):
        """The graph that it runs."""
        return self._graph

    @property
    def graph_def(self):
        """Its GraphDef, as it is now."""
        return self._graph.as_graph_def(add_shapes=self._add_shapes)

    @property
    def sess_str(self):
        """What it was told to connect to."""
        return self._target.encode() if isinstance(self._target, str) else self._target

    @property
    def session(self):
        return self._session

    def list_devices(self):
        """The devices that it uses: the processor, as often as its configuration says."""
        return [_DeviceAttributes(name, 'CPU', 268435456, 0) for name in self._placement.names()]

    def close(self):
        """Ends runs that are going on; later ones fail."""
        if not self._closed:
            self._closed = True
            self._prepared.clear()
            self._session.close()

    def as_default(self):
        """Makes it the default session in a `with` block, after which it stays open."""
        return defaults.sessions.entered(self)

    # --- Runs -------------------------------------------------------------------------------------------------------

    def run(self, fetches, feed_dict=None, options=None, run_metadata=None):
        """The values of the fetches, for the values that are fed.

        Args:
          fetches: tensors, operations (whose value is None), variables, names, sparse tensors; nested lists, tuples,
            namedtuples and dictionaries of such.
          feed_dict: values by tensor or name.
          options, run_metadata: taken, and left as they are.

        Returns:
          The values in the form of the fetches: numpy's.

        Raises:
          RuntimeError: where the session is closed, or the graph empty.
          TypeError, ValueError: where a fetch or a feed can't be what it should be.
          tf.errors.OpError: where an operation fails; its `op` says which.
        """
        del options, run_metadata
        if not feed_dict:
            prepared = self._prepared.get(fetches) if type(fetches) in (Tensor, Operation) else None
            if prepared is not None and not self._closed and self._host_version == host_functions.version():
                try:
                    return prepared()
                except Error as error:
                    raise self._completed(error) from error.__cause__
        self._check_open()
        if self._graph.version == 0:
            raise RuntimeError('The Session graph is empty.  Add operations to the graph before calling run().')
        self._push_host_functions()
        key = _key(fetches, feed_dict)
        run = self._prepared.get(key) if key is not None else None
        if run is None:
            run = self._make_run(fetches, feed_dict)
            if key is not None and len(self._prepared) < 1000:
                self._prepared[key] = run
        try:
            return run(feed_dict) if feed_dict else run()
        except Error as error:
            raise self._completed(error) from error.__cause__

    def _check_open(self):
        if self._closed:
            raise RuntimeError('Attempted to use a closed Session.')

    def _push_host_functions(self):
        if self._host_version != host_functions.version():
            for token, function in host_functions.all_functions():
                self._session.set_host_function(token, function)
            self._host_version = host_functions.version()

    def _make_run(self, wanted, feed_dict):
        """A function of a feed_dict with these keys that gives the results."""
        graph = self._graph
        self._placement.check(graph)
        fed = feeds.arrays(graph, feed_dict) if feed_dict else {}
        structure = fetches.Fetches(graph, wanted)
        tensors = [tensor for tensor in structure.tensors if tensor not in fed]
        targets = [op._core for op in structure.operations]
        if not tensors and not targets:
            return lambda feed_dict=None: structure.results(feeds.arrays(graph, feed_dict) if feed_dict else {})
        prepared = self._session.prepare([tensor._output for tensor in fed], [tensor._output for tensor in tensors],
                                         targets)
        if not fed and isinstance(wanted, Tensor):
            return lambda: prepared.run()[0]
        if not fed and isinstance(wanted, Operation):
            return lambda: _nothing_of(prepared.run())

        def run(feed_dict=None):
            given = feeds.arrays(graph, feed_dict) if feed_dict else {}
            try:
                values = prepared.run(given.values()) if given else prepared.run()
            except TypeError as error:
                if str(error).startswith('Unsupported object type'):  # Among what is fed as strings.
                    raise InternalError(None, None, str(error)) from None
                raise
            return structure.results({**given, **dict(zip(tensors, values))})
        return run

    def _completed(self, error):
        """The error with the operation that its message names."""
        message = str(error)
        lost = _LOST_FUNCTION.match(message)
        if lost is not None:  # In TensorFlow's words, who finds that out in Python.
            error = InvalidArgumentError(None, None, 'ValueError: callback %s is not found\n\t [[node %s (op PyFunc)]]' %
                                         (lost.group(2), lost.group(1)))
            message = error.message
        found = _NODE.search(message)
        op = self._graph._find(found.group(1)) if found is not None else None
        if op is None:
            return error
        made = type(error).__new__(type(error))
        Error.__init__(made, op.node_def, op, tracebacks.with_places(message, op), error.error_code)
        return made.with_traceback(None)

    def make_callable(self, fetches, feed_list=None, accept_options=False):
        """A function of the values of `feed_list` that gives what run() would.

        Raises:
          TypeError: where `feed_list` isn't a list.
        """
        if feed_list is not None and not isinstance(feed_list, (list, tuple)):
            raise TypeError('`feed_list` must be a list or tuple.')
        keys = list(feed_list or ())

        def call(*values, **kwargs):
            if kwargs and not accept_options:
                raise TypeError('options and run_metadata are taken only where accept_options says so')
            return self.run(fetches, dict(zip(keys, values)))
        return call

    def partial_run(self, handle, fetches, feed_dict=None):
        """A step of the run that partial_run_setup() began: some more of its fetches, of some more of its feeds.

        Raises:
          tf.errors.InvalidArgumentError: where the handle, a fetch or a feed isn't that run's, or was there before, or a
            fetch needs what wasn't fed yet.
          tf.errors.UnimplementedError: where an operation with a state would be run twice.
        """
        self._check_open()
        return self._partial_runs().run(handle, fetches, feed_dict)

    def partial_run_setup(self, fetches, feeds=None):
        """The handle of a run in several steps.

        Args:
          fetches: all that its steps will ask for.
          feeds: the tensors, or their names, that its steps will feed.
        """
        self._check_open()
        return self._partial_runs().setup(fetches, feeds)

    def _partial_runs(self):
        if self._partial is None:
            from icecore.tf.client import partial_runs
            self._partial = partial_runs.PartialRuns(self)
        return self._partial


def _nothing_of(results):
    del results


def _key(wanted, feed_dict):
    """What stands for the run in the cache; None where it is no such run."""
    if type(wanted) in (list, tuple):
        for item in wanted:
            if type(item) not in (Tensor, Operation, str):
                return None
        key = (type(wanted), *wanted)
    elif type(wanted) in (Tensor, Operation, str):
        key = wanted
    else:
        return None
    if not feed_dict:
        return key
    for item in feed_dict:
        if type(item) not in (Tensor, str):
            return None
    return (key, tuple(feed_dict))


class Session(BaseSession):
    """Runs a graph, and holds the values of its variables (tf.Session).

    Args:
      target: '' .
      graph: the default graph where it is None.
      config: a ConfigProto. Of it the number of threads counts.

    >>> import icecore.tf as tf
    >>> with tf.Session() as sess:
    ...     print(sess.run(tf.constant(6) * 7))
    42
    """

    def __init__(self, target='', graph=None, config=None):
        super().__init__(target, graph, config)
        self._entered = []

    def __enter__(self):
        scopes = [self._graph.as_default(), self.as_default()]
        for scope in scopes:
            scope.__enter__()
        self._entered.append(scopes)
        return self

    def __exit__(self, *error):
        for scope in reversed(self._entered.pop()):
            scope.__exit__(*error)
        self.close()
        return False

    @staticmethod
    def reset(target, containers=None, config=None):
        """Variables live in sessions: nothing is left to be reset."""


class InteractiveSession(BaseSession):
    """A session that is the default one from when it is made until it is closed (tf.InteractiveSession)."""

    def __init__(self, target='', graph=None, config=None):
        super().__init__(target, graph, config)
        self._scopes = [self.as_default()]
        if graph is not None:
            self._scopes.append(graph.as_default())
        for scope in self._scopes:
            scope.__enter__()

    def close(self):
        super().close()
        scopes, self._scopes = self._scopes, []
        for scope in reversed(scopes):
            scope.__exit__(None, None, None)
