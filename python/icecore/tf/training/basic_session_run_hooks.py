"""Hooks that look at a training, and end it; those that write are in saving_hooks.py."""
import time

import numpy as np

from icecore.tf.framework import ops
from icecore.tf.platform import tf_logging
from icecore.tf.training.hook_timer import NeverTriggerTimer, SecondOrStepTimer  # noqa: F401
from icecore.tf.training.saving_hooks import (  # noqa: F401
    CheckpointSaverHook, CheckpointSaverListener, StepCounterHook, SummarySaverHook, global_step_read)
from icecore.tf.training.session_run_hook import SessionRunArgs, SessionRunHook


def _as_graph_element(obj):
    graph = ops.get_default_graph()
    if not isinstance(obj, str):
        if getattr(obj, 'graph', None) is not graph:
            raise ValueError('Passed %s should have graph attribute that is equal to current graph %s.' % (obj, graph))
        return obj
    if ':' in obj:
        return graph.as_graph_element(obj)
    element = graph.as_graph_element(obj + ':0')
    if len(element.op.outputs) > 1:
        raise ValueError('Name %s is ambiguous, as this `Operation` has multiple outputs (at least 2).' % obj)
    return element


class LoggingTensorHook(SessionRunHook):
    """Logs tensors' values every so many runs or seconds, or at the end.

    Args:
      tensors: tensors or names, or a dictionary of tags and such.
      formatter: a function of tag -> value that gives the text.

    Raises:
      ValueError: where it isn't said when, or in two ways.
    """

    def __init__(self, tensors, every_n_iter=None, every_n_secs=None, at_end=False, formatter=None):
        at_end_only = at_end and every_n_iter is None and every_n_secs is None
        if not at_end_only and (every_n_iter is None) == (every_n_secs is None):
            raise ValueError('either at_end and/or exactly one of every_n_iter and every_n_secs must be provided.')
        if every_n_iter is not None and every_n_iter <= 0:
            raise ValueError('invalid every_n_iter=%s.' % every_n_iter)
        self._tag_order = sorted(tensors) if isinstance(tensors, dict) else tensors
        self._tensors = tensors if isinstance(tensors, dict) else {item: item for item in tensors}
        self._formatter = formatter
        self._timer = NeverTriggerTimer() if at_end_only else SecondOrStepTimer(every_secs=every_n_secs,
                                                                                every_steps=every_n_iter)
        self._log_at_end = at_end

    def begin(self):
        self._timer.reset()
        self._iter_count = 0
        self._current_tensors = {tag: _as_graph_element(tensor) for tag, tensor in self._tensors.items()}

    def before_run(self, run_context):
        self._should_trigger = self._timer.should_trigger_for_step(self._iter_count)
        return SessionRunArgs(self._current_tensors) if self._should_trigger else None

    def _log_tensors(self, values):
        seconds, _ = self._timer.update_last_triggered_step(self._iter_count)
        with np.printoptions(suppress=True):
            if self._formatter:
                tf_logging.info(self._formatter(values))
                return
            text = ', '.join('%s = %s' % (tag, values[tag]) for tag in self._tag_order)
        if seconds is not None:
            tf_logging.info('%s (%.3f sec)', text, seconds)
        else:
            tf_logging.info('%s', text)

    def after_run(self, run_context, run_values):
        if self._should_trigger:
            self._log_tensors(run_values.results)
        self._iter_count += 1

    def end(self, session):
        if self._log_at_end:
            self._log_tensors(session.run(self._current_tensors))


class StopAtStepHook(SessionRunHook):
    """Ends the training at a step, or after so many. ValueError where not exactly one of them is said."""

    def __init__(self, num_steps=None, last_step=None):
        if num_steps is None and last_step is None:
            raise ValueError('One of num_steps or last_step must be specified.')
        if num_steps is not None and last_step is not None:
            raise ValueError('Only one of num_steps or last_step can be specified.')
        self._num_steps = num_steps
        self._last_step = last_step

    def begin(self):
        self._global_step_tensor = global_step_read(self)

    def after_create_session(self, session, coord):
        if self._last_step is None:
            self._last_step = session.run(self._global_step_tensor) + self._num_steps

    def before_run(self, run_context):
        return SessionRunArgs(self._global_step_tensor)

    def after_run(self, run_context, run_values):
        if run_values.results + 1 >= self._last_step and (
                run_context.session.run(self._global_step_tensor) >= self._last_step):
            run_context.request_stop()


class NanLossDuringTrainingError(RuntimeError):
    """Raised by NanTensorHook."""

    def __str__(self):
        return 'NaN loss during training.'


class NanTensorHook(SessionRunHook):
    """Fails, or ends the training, where the loss is no number."""

    def __init__(self, loss_tensor, fail_on_nan_loss=True):
        self._loss_tensor = loss_tensor
        self._fail_on_nan_loss = fail_on_nan_loss

    def before_run(self, run_context):
        return SessionRunArgs(self._loss_tensor)

    def after_run(self, run_context, run_values):
        if not np.isnan(run_values.results):
            return
        text = 'Model diverged with loss = NaN.'
        if self._fail_on_nan_loss:
            tf_logging.error(text)
            raise NanLossDuringTrainingError
        tf_logging.warning(text)
        run_context.request_stop()


class GlobalStepWaiterHook(SessionRunHook):
    """Waits until the global step is that far."""

    def __init__(self, wait_until_step):
        self._wait_until_step = wait_until_step

    def begin(self):
        self._worker_is_started = False
        self._global_step_tensor = global_step_read(self)

    def before_run(self, run_context):
        if not self._worker_is_started and self._wait_until_step > 0:
            tf_logging.info('Waiting for global step %d before starting training.', self._wait_until_step)
            while run_context.session.run(self._global_step_tensor) < self._wait_until_step:
                time.sleep(0.5)
        self._worker_is_started = True


class FinalOpsHook(SessionRunHook):
    """Runs something at the end, whose values are `final_ops_values` then."""

    def __init__(self, final_ops, final_ops_feed_dict=None):
        self._final_ops = final_ops
        self._final_ops_feed_dict = final_ops_feed_dict
        self._final_ops_values = None

    @property
    def final_ops_values(self):
        return self._final_ops_values

    def end(self, session):
        if self._final_ops is not None:
            self._final_ops_values = session.run(self._final_ops, feed_dict=self._final_ops_feed_dict)


class FeedFnHook(SessionRunHook):
    """Feeds what a function gives."""

    def __init__(self, feed_fn):
        self.feed_fn = feed_fn

    def before_run(self, run_context):
        return SessionRunArgs(fetches=None, feed_dict=self.feed_fn())
