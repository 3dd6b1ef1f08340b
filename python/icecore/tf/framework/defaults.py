"""The graph and the session that stand where none is named."""
import contextlib
import threading


class _Stack(threading.local):
    """What `with x.as_default()` has opened, of one thread."""

    def __init__(self):
        super().__init__()
        self.items = []

    @contextlib.contextmanager
    def entered(self, item):
        self.items.append(item)
        try:
            yield item
        finally:
            if item in self.items:
                if self.items[-1] is not item:
                    raise AssertionError('Nesting violated for default stack of %s objects' % type(item))
                self.items.pop()


class _GraphStack(_Stack):
    def __init__(self):
        super().__init__()
        self.root = None


graphs = _GraphStack()
sessions = _Stack()


def get_default_graph():
    """The innermost graph of `with graph.as_default()`; else the one of this thread."""
    if graphs.items:
        return graphs.items[-1]
    if graphs.root is None:
        from icecore.tf.framework.graph import Graph
        graphs.root = Graph()
    return graphs.root


def reset_default_graph():
    """Puts an empty graph in the place of the default one (tf.reset_default_graph).

    Raises:
      AssertionError: within `with graph.as_default()`.
    """
    if graphs.items:
        raise AssertionError('Do not use tf.reset_default_graph() to clear nested graphs. If you need a cleared graph, '
                             'exit the nesting and create a new graph.')
    graphs.root = None


def get_default_session():
    """The innermost session of `with session` or `session.as_default()`; None where there is none."""
    return sessions.items[-1] if sessions.items else None


def default_session(session):
    """Makes `session` the default one in a `with` block (ops.default_session)."""
    return sessions.entered(session)


def session_for(session, graph, verb, thing, call):
    """The session given, or the default one, which must be of that graph (Tensor.eval, Operation.run).

    Raises:
      ValueError: where there is none, or it is of another graph.
    """
    if session is None:
        session = get_default_session()
        if session is None:
            raise ValueError('Cannot %s %s using `%s()`: No default session is registered. Use `with sess.as_default%s` '
                             'or pass an explicit session to `%s(session=sess)`' %
                             (verb, thing, call, '():' if call == 'run' else '()', call))
        if session.graph is not graph:
            raise ValueError("Cannot use the default session to %s %s: the %s's graph is different from the session's "
                             'graph. Pass an explicit session to `%s(session=sess)`.' % (verb, thing, thing, call))
    elif session.graph is not graph:
        raise ValueError("Cannot use the given session to %s %s: the %s's graph is different from the session's graph." %
                         (verb, thing, thing))
    return session
