"""tf.train.MonitoredTrainingSession: sessions that initialize, restore, save, and call hooks by themselves."""
import inspect

from icecore.errors import AbortedError, OutOfRangeError, UnavailableError
from icecore.tf import protos
from icecore.tf.framework import ops
from icecore.tf.platform import tf_logging
from icecore.tf.training import basic_session_run_hooks as basic_hooks
from icecore.tf.training import coordinator, queue_runner_impl, session_manager
from icecore.tf.training.scaffold import Scaffold
from icecore.tf.training.session_run_hook import SessionRunArgs, SessionRunContext, SessionRunValues

USE_DEFAULT = object()
# What a new session may mend.
_PREEMPTION_ERRORS = (AbortedError, UnavailableError)


class SessionCreator:
    """Makes sessions: derive from it."""

    def create_session(self):
        raise NotImplementedError('create_session is not implemented for {}.'.format(self))


class _ScaffoldedCreator(SessionCreator):
    """What both kinds share: a scaffold, and the manager made of it."""

    def __init__(self, scaffold, master, config):
        self._scaffold = scaffold or Scaffold()
        self._master = master
        self._config = config
        self._session_manager = None

    def _manager(self):
        self._scaffold.finalize()
        if self._session_manager is None:
            self._session_manager = session_manager.SessionManager(
                local_init_op=self._scaffold.local_init_op, ready_op=self._scaffold.ready_op,
                ready_for_local_init_op=self._scaffold.ready_for_local_init_op, graph=ops.get_default_graph())
        return self._session_manager


class ChiefSessionCreator(_ScaffoldedCreator):
    """Restores the newest checkpoint, or initializes."""

    def __init__(self, scaffold=None, master='', config=None, checkpoint_dir=None, checkpoint_filename_with_path=None):
        super().__init__(scaffold, master, config)
        self._checkpoint_dir = checkpoint_dir
        self._checkpoint_filename_with_path = checkpoint_filename_with_path

    def create_session(self):
        return self._manager().prepare_session(
            self._master, saver=self._scaffold.saver, checkpoint_dir=self._checkpoint_dir,
            checkpoint_filename_with_path=self._checkpoint_filename_with_path, config=self._config,
            init_op=self._scaffold.init_op, init_feed_dict=self._scaffold.init_feed_dict, init_fn=self._scaffold.init_fn)


class WorkerSessionCreator(_ScaffoldedCreator):
    """Waits until another process has initialized."""

    def __init__(self, scaffold=None, master='', config=None, max_wait_secs=30 * 60):
        super().__init__(scaffold, master, config)
        self._max_wait_secs = max_wait_secs

    def create_session(self):
        return self._manager().wait_for_session(self._master, config=self._config, max_wait_secs=self._max_wait_secs)


def _one_of(steps, seconds, default):
    if steps is USE_DEFAULT and seconds is USE_DEFAULT:
        return default
    return None if steps is USE_DEFAULT else steps, None if seconds is USE_DEFAULT else seconds


def _wanted(*values):
    return any(value and value > 0 for value in values)


def MonitoredTrainingSession(master='', is_chief=True, checkpoint_dir=None, scaffold=None, hooks=None,
                             chief_only_hooks=None, save_checkpoint_secs=USE_DEFAULT, save_summaries_steps=USE_DEFAULT,
                             save_summaries_secs=USE_DEFAULT, config=None, stop_grace_period_secs=120,
                             log_step_count_steps=100, max_wait_secs=7200, save_checkpoint_steps=USE_DEFAULT,
                             summary_dir=None):
    """A MonitoredSession that restores from a folder, and writes checkpoints and summaries there.

    Args:
      checkpoint_dir: None: nothing is saved.
      scaffold: operations that are to be used.
      hooks: called after those that save.
      save_checkpoint_secs, save_checkpoint_steps: how often it saves: every 600 seconds.
      save_summaries_steps, save_summaries_secs: how often it writes summaries: every 100 steps.
      log_step_count_steps: how often it says how fast it is.
      summary_dir: None: checkpoint_dir.
    """
    save_summaries_steps, save_summaries_secs = _one_of(save_summaries_steps, save_summaries_secs, (100, None))
    save_checkpoint_steps, save_checkpoint_secs = _one_of(save_checkpoint_steps, save_checkpoint_secs, (None, 600))
    scaffold = scaffold or Scaffold()
    if not is_chief:
        creator = WorkerSessionCreator(scaffold=scaffold, master=master, config=config, max_wait_secs=max_wait_secs)
        return MonitoredSession(creator, hooks or [], stop_grace_period_secs)
    all_hooks = list(chief_only_hooks or [])
    creator = ChiefSessionCreator(scaffold=scaffold, checkpoint_dir=checkpoint_dir, master=master, config=config)
    summary_dir = summary_dir or checkpoint_dir
    if summary_dir and _wanted(log_step_count_steps):
        all_hooks.append(basic_hooks.StepCounterHook(output_dir=summary_dir, every_n_steps=log_step_count_steps))
    if summary_dir and _wanted(save_summaries_steps, save_summaries_secs):
        all_hooks.append(basic_hooks.SummarySaverHook(scaffold=scaffold, save_steps=save_summaries_steps,
                                                      save_secs=save_summaries_secs, output_dir=summary_dir))
    if checkpoint_dir and _wanted(save_checkpoint_secs, save_checkpoint_steps):
        all_hooks.append(basic_hooks.CheckpointSaverHook(checkpoint_dir, save_steps=save_checkpoint_steps,
                                                         save_secs=save_checkpoint_secs, scaffold=scaffold))
    return MonitoredSession(creator, all_hooks + list(hooks or []), stop_grace_period_secs)


class _StepContext:
    """What a step function of run_step_fn() is given."""

    def __init__(self, session, run_with_hooks):
        self._session = session
        self._run_with_hooks = run_with_hooks

    @property
    def session(self):
        """A session, whose runs no hook sees."""
        return self._session

    def run_with_hooks(self, *args, **kwargs):
        """A run that hooks see."""
        return self._run_with_hooks(*args, **kwargs)

    def request_stop(self):
        """Ends the loop."""
        raise StopIteration('step_fn has requested the iterations to stop.')


class _MonitoredSession:
    """A session that is made, made anew after errors, and closed with hooks around it."""

    StepContext = _StepContext

    def __init__(self, session_creator, hooks, should_recover, stop_grace_period_secs=120):
        self._graph_was_finalized = ops.get_default_graph().finalized
        self._hooks = list(hooks or [])
        for hook in self._hooks:
            hook.begin()
        self._creator = session_creator or ChiefSessionCreator()
        self._should_recover = should_recover
        self._stop_grace_period_secs = stop_grace_period_secs
        self._closed = False
        self._session = None
        self._create()

    def _create(self):
        while True:
            try:
                self._session = self._creator.create_session()
                self._coordinator = coordinator.Coordinator(clean_stop_exception_types=[])
                if ops.get_collection(ops.GraphKeys.QUEUE_RUNNERS):
                    queue_runner_impl.start_queue_runners(sess=self._session, coord=self._coordinator)
                for hook in self._hooks:
                    hook.after_create_session(self._session, self._coordinator)
                self._stop_requested = False
                return
            except _PREEMPTION_ERRORS as error:
                if not self._should_recover:
                    raise
                tf_logging.info('An error was raised while a session was being created. A new session will be created. '
                                'Error: %s', error)

    @property
    def graph(self):
        """The graph; None once it is closed."""
        return None if self._session is None else self._session.graph

    def run(self, fetches, feed_dict=None, options=None, run_metadata=None):
        """Session.run(), with what the hooks add. RuntimeError after a hook has ended the training, or when it is closed."""
        while True:
            if self._closed:
                raise RuntimeError('Run called even after should_stop requested.')
            try:
                if self._session is None:
                    self._create()
                return self._run(fetches, feed_dict, options, run_metadata)
            except _PREEMPTION_ERRORS as error:
                if not self._should_recover:
                    raise
                tf_logging.info('An error was raised. The current session will be closed and a new session will be '
                                'created. Error: %s', error)
                self._end_session()

    def _run(self, fetches, feed_dict, options, run_metadata):
        if self.should_stop():
            raise RuntimeError('Run called even after should_stop requested.')
        context = SessionRunContext(SessionRunArgs(fetches, feed_dict), self._session)
        wanted = {'caller': fetches}
        hook_feeds = {}
        options = options or protos.RunOptions()
        for number, hook in enumerate(self._hooks):
            request = hook.before_run(context)
            if request is None:
                continue
            if request.fetches is not None:
                wanted[number] = request.fetches
            _feed(hook_feeds, request.feed_dict, 'Same tensor is fed by two hooks.')
            if request.options:
                options.MergeFrom(request.options)
        feeds = dict(hook_feeds)
        _feed(feeds, feed_dict, 'Same tensor is fed by a SessionRunHook and user.')
        run_metadata = run_metadata or protos.RunMetadata()
        outputs = self._session.run(wanted, feed_dict=feeds or None, options=options, run_metadata=run_metadata)
        for number, hook in enumerate(self._hooks):
            hook.after_run(context, SessionRunValues(outputs.get(number), options, run_metadata))
        self._stop_requested = self._stop_requested or context.stop_requested
        return outputs['caller']

    def run_step_fn(self, step_fn):
        """Calls a function of a StepContext. ValueError where it takes other arguments."""
        arguments = tuple(inspect.signature(step_fn).parameters)
        if arguments != ('step_context',):
            raise ValueError('`step_fn` may either have one `step_context` argument, or `self` and `step_context` '
                             "arguments if it's an instance method. Got {} instead.".format(arguments))
        return step_fn(_StepContext(self._session, self.run))

    def should_stop(self):
        """Whether a hook, or a thread, has ended the training."""
        if self._closed:
            return True
        if self._session is None:
            return False
        self._coordinator.raise_requested_exception()
        return self._stop_requested or self._coordinator.should_stop()

    def close(self):
        """Ends it; the hooks are told."""
        self._close()

    def _end_session(self):
        self._coordinator.request_stop()
        try:
            self._coordinator.join(stop_grace_period_secs=self._stop_grace_period_secs, ignore_live_threads=True)
        finally:
            session, self._session = self._session, None
            session.close()

    def _close(self, error=None):
        try:
            if not error:
                for hook in self._hooks:
                    hook.end(self._session)
        finally:
            if self._closed:
                raise RuntimeError('Session is already closed.')
            self._closed = True
            try:
                if self._session is not None:
                    self._end_session()
            finally:
                if not self._graph_was_finalized:
                    ops.get_default_graph()._unsafe_unfinalize()

    def __enter__(self):
        return self

    def __exit__(self, exception_type, exception_value, traceback):
        if exception_type in (OutOfRangeError, StopIteration):
            exception_type = None
        self._close(exception_type)
        return exception_type is None

    def _is_closed(self):
        return self._closed

    def _tf_sess(self):
        return self._session


def _feed(feeds, more, message):
    both = set(feeds) & set(more or ())
    if both:
        raise RuntimeError(message + ' Conflict(s): ' + str(list(both)))
    feeds.update(more or {})


class MonitoredSession(_MonitoredSession):
    """A session that is made anew after errors that a new one may mend (tf.train.MonitoredSession)."""

    def __init__(self, session_creator=None, hooks=None, stop_grace_period_secs=120):
        super().__init__(session_creator, hooks, should_recover=True, stop_grace_period_secs=stop_grace_period_secs)


class SingularMonitoredSession(_MonitoredSession):
    """One that isn't made anew (tf.train.SingularMonitoredSession)."""

    def __init__(self, hooks=None, scaffold=None, master='', config=None, checkpoint_dir=None, stop_grace_period_secs=120,
                 checkpoint_filename_with_path=None):
        creator = ChiefSessionCreator(scaffold=scaffold, master=master, config=config, checkpoint_dir=checkpoint_dir,
                                      checkpoint_filename_with_path=checkpoint_filename_with_path)
        super().__init__(creator, hooks, should_recover=False, stop_grace_period_secs=stop_grace_period_secs)

    def raw_session(self):
        """The session itself."""
        return self._session
