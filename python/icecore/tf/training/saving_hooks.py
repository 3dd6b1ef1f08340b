"""Hooks that write: checkpoints, summaries, steps per second."""
import os

from icecore.tf import protos
from icecore.tf.framework import ops
from icecore.tf.framework.graph_io import write_graph
from icecore.tf.platform import tf_logging
from icecore.tf.summary.writer.writer_cache import FileWriterCache
from icecore.tf.training import training_util
from icecore.tf.training.hook_timer import SecondOrStepTimer
from icecore.tf.training.session_run_hook import SessionRunArgs, SessionRunHook


def global_step_read(hook):
    """The tensor that reads the graph's global step. RuntimeError where the graph has none."""
    step = training_util._get_or_create_global_step_read()
    if step is None:
        raise RuntimeError('Global step should be created to use %s.' % type(hook).__name__)
    return step


class CheckpointSaverListener:
    """Called around each save of a CheckpointSaverHook."""

    def begin(self):
        pass

    def before_save(self, session, global_step_value):
        pass

    def after_save(self, session, global_step_value):
        """True ends the training."""

    def end(self, session, global_step_value):
        pass


class CheckpointSaverHook(SessionRunHook):
    """Saves at the beginning, every so many seconds or steps, and at the end.

    Raises:
      ValueError: where both a saver and a scaffold are given, or not exactly one of seconds and steps.
    """

    def __init__(self, checkpoint_dir, save_secs=None, save_steps=None, saver=None, checkpoint_basename='model.ckpt',
                 scaffold=None, listeners=None):
        tf_logging.info('Create CheckpointSaverHook.')
        if saver is not None and scaffold is not None:
            raise ValueError('You cannot provide both saver and scaffold.')
        self._saver = saver
        self._checkpoint_dir = checkpoint_dir
        self._save_path = os.path.join(checkpoint_dir, checkpoint_basename)
        self._scaffold = scaffold
        self._timer = SecondOrStepTimer(every_secs=save_secs, every_steps=save_steps)
        self._listeners = listeners or []

    def begin(self):
        self._summary_writer = FileWriterCache.get(self._checkpoint_dir)
        self._global_step_tensor = global_step_read(self)
        for listener in self._listeners:
            listener.begin()

    def after_create_session(self, session, coord):
        from icecore.tf.training import saver as saver_module
        step = session.run(self._global_step_tensor)
        graph = ops.get_default_graph()
        graph_def = graph.as_graph_def(add_shapes=True)
        write_graph(graph_def, self._checkpoint_dir, 'graph.pbtxt')
        self._summary_writer.add_graph(graph)
        self._summary_writer.add_meta_graph(saver_module.export_meta_graph(
            graph_def=graph_def, saver_def=self._get_saver().saver_def))
        self._save(session, step)
        self._timer.update_last_triggered_step(step)

    def before_run(self, run_context):
        return SessionRunArgs(self._global_step_tensor)

    def after_run(self, run_context, run_values):
        if not self._timer.should_trigger_for_step(run_values.results + 1):
            return
        step = run_context.session.run(self._global_step_tensor)
        if self._timer.should_trigger_for_step(step):
            self._timer.update_last_triggered_step(step)
            if self._save(run_context.session, step):
                run_context.request_stop()

    def end(self, session):
        step = session.run(self._global_step_tensor)
        if step != self._timer.last_triggered_step():
            self._save(session, step)
        for listener in self._listeners:
            listener.end(session, step)

    def _save(self, session, step):
        """Whether a listener wants the training to end."""
        tf_logging.info('Saving checkpoints for %d into %s.', step, self._save_path)
        for listener in self._listeners:
            listener.before_save(session, step)
        self._get_saver().save(session, self._save_path, global_step=step)
        self._summary_writer.add_session_log(
            protos.SessionLog(status=protos.SessionLog.CHECKPOINT, checkpoint_path=self._save_path), step)
        should_stop = False
        for listener in self._listeners:
            if listener.after_save(session, step):
                tf_logging.info('A CheckpointSaverListener requested that training be stopped. listener: %s' % listener)
                should_stop = True
        return should_stop

    def _get_saver(self):
        if self._saver is None and self._scaffold is not None:
            return self._scaffold.saver
        if self._saver is None:
            savers = ops.get_collection(ops.GraphKeys.SAVERS)
            if not savers:
                raise RuntimeError('No items in collection savers. Please add a saver to the collection or provide a saver '
                                   'or scaffold.')
            if len(savers) > 1:
                raise RuntimeError('More than one item in collection savers. Please indicate which one to use by passing '
                                   'it to the constructor.')
            self._saver = savers[0]
        return self._saver


class StepCounterHook(SessionRunHook):
    """Says how many steps a second there were, and writes it as a summary."""

    def __init__(self, every_n_steps=100, every_n_secs=None, output_dir=None, summary_writer=None):
        if (every_n_steps is None) == (every_n_secs is None):
            raise ValueError('exactly one of every_n_steps and every_n_secs should be provided.')
        self._timer = SecondOrStepTimer(every_steps=every_n_steps, every_secs=every_n_secs)
        self._summary_writer = summary_writer
        self._output_dir = output_dir
        self._last_global_step = None

    def begin(self):
        if self._summary_writer is None and self._output_dir:
            self._summary_writer = FileWriterCache.get(self._output_dir)
        self._global_step_tensor = global_step_read(self)
        self._summary_tag = training_util.get_global_step().op.name + '/sec'

    def before_run(self, run_context):
        return SessionRunArgs(self._global_step_tensor)

    def _log_and_record(self, elapsed_steps, elapsed_time, global_step):
        speed = elapsed_steps / elapsed_time
        if self._summary_writer is not None:
            summary = protos.Summary()
            summary.value.add(tag=self._summary_tag, simple_value=speed)
            self._summary_writer.add_summary(summary, global_step)
        tf_logging.info('%s: %g', self._summary_tag, speed)

    def after_run(self, run_context, run_values):
        stale = run_values.results
        if self._timer.should_trigger_for_step(stale + 1):
            step = run_context.session.run(self._global_step_tensor)
            if self._timer.should_trigger_for_step(step):
                seconds, steps = self._timer.update_last_triggered_step(step)
                if seconds is not None:
                    self._log_and_record(steps, seconds, step)
        if stale == self._last_global_step:
            tf_logging.log_first_n(
                tf_logging.WARN, 'It seems that global step (tf.train.get_global_step) has not been increased. Current '
                'value (could be stable): %s vs previous value: %s. You could increase the global step by passing '
                'tf.train.get_global_step() to Optimizer.apply_gradients or Optimizer.minimize.', 5, stale,
                self._last_global_step)
        self._last_global_step = stale


class SummarySaverHook(SessionRunHook):
    """Writes summaries every so many steps or seconds.

    Raises:
      ValueError: where not exactly one of scaffold and summary_op is given.
    """

    def __init__(self, save_steps=None, save_secs=None, output_dir=None, summary_writer=None, scaffold=None,
                 summary_op=None):
        if (scaffold is None) == (summary_op is None):
            raise ValueError('Exactly one of scaffold or summary_op must be provided.')
        self._summary_op = summary_op
        self._summary_writer = summary_writer
        self._output_dir = output_dir
        self._scaffold = scaffold
        self._timer = SecondOrStepTimer(every_secs=save_secs, every_steps=save_steps)

    def begin(self):
        if self._summary_writer is None and self._output_dir:
            self._summary_writer = FileWriterCache.get(self._output_dir)
        self._next_step = None
        self._global_step_tensor = global_step_read(self)

    def before_run(self, run_context):
        self._request_summary = self._next_step is None or self._timer.should_trigger_for_step(self._next_step)
        requests = {'global_step': self._global_step_tensor}
        summaries = self._summaries() if self._request_summary else None
        if summaries is not None:
            requests['summary'] = summaries
        return SessionRunArgs(requests)

    def after_run(self, run_context, run_values):
        if not self._summary_writer:
            return
        step = run_values.results['global_step'] + 1
        if self._next_step is None or self._request_summary:
            step = run_context.session.run(self._global_step_tensor)
        if self._next_step is None:
            self._summary_writer.add_session_log(protos.SessionLog(status=protos.SessionLog.START), step)
        if self._request_summary:
            self._timer.update_last_triggered_step(step)
            for summary in run_values.results.get('summary', ()):
                self._summary_writer.add_summary(summary, step)
        self._next_step = step + 1

    def end(self, session=None):
        if self._summary_writer:
            self._summary_writer.flush()

    def _summaries(self):
        found = self._summary_op if self._summary_op is not None else self._scaffold.summary_op
        return found if found is None or isinstance(found, list) else [found]
