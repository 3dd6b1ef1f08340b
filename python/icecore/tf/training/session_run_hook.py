"""tf.train.SessionRunHook and what it is given."""
import collections


class SessionRunHook:
    """Called by a monitored session around everything that it does: derive from it."""

    def begin(self):
        """Before the session is made; the graph may still be changed."""

    def after_create_session(self, session, coord):
        """After it was made, also where it is made anew."""

    def before_run(self, run_context):
        """Before each run: SessionRunArgs that are run as well, or None."""
        return None

    def after_run(self, run_context, run_values):
        """After each run, with what was asked for."""

    def end(self, session):
        """At the end, where no error ended the session."""


class SessionRunArgs(collections.namedtuple('SessionRunArgs', ['fetches', 'feed_dict', 'options'])):
    """What a hook adds to a run."""

    def __new__(cls, fetches, feed_dict=None, options=None):
        return super().__new__(cls, fetches, feed_dict, options)


class SessionRunContext:
    """The run that a hook is called for."""

    def __init__(self, original_args, session):
        self._original_args = original_args
        self._session = session
        self._stop_requested = False

    @property
    def original_args(self):
        """The SessionRunArgs that the run was called with."""
        return self._original_args

    @property
    def session(self):
        """A session, whose runs no hook sees."""
        return self._session

    @property
    def stop_requested(self):
        return self._stop_requested

    def request_stop(self):
        """Ends the session's loop after this run."""
        self._stop_requested = True


class SessionRunValues(collections.namedtuple('SessionRunValues', ['results', 'options', 'run_metadata'])):
    """What a hook asked for."""
