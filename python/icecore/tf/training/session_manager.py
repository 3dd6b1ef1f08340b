"""tf.train.SessionManager: sessions whose variables are restored or initialized."""
import time

import numpy as np

from icecore.errors import DeadlineExceededError, FailedPreconditionError
from icecore.tf.client import session
from icecore.tf.framework import ops
from icecore.tf.platform import tf_logging
from icecore.tf.training import checkpoint_management


def _name_of(op):
    return 'None' if op is None else getattr(op, 'name', '<no name for %s>' % type(op))


def _ready(op, sess, msg):
    """(whether the op says that all is ready, what is missing)."""
    if op is None:
        return True, None
    try:
        value = sess.run(op)
    except FailedPreconditionError as error:
        if 'uninitialized' not in str(error):
            tf_logging.warning('%s : error [%s]', msg, str(error))
            raise
        return False, str(error)
    if value is None or value.dtype == np.int32 or value.size == 0:
        return True, None
    return False, 'Variables not initialized: ' + ', '.join(name.decode('utf-8') for name in value)


class SessionManager:
    """Makes sessions that are ready.

    Args:
      local_init_op: run in each new session.
      ready_op: gives the names of variables that aren't ready.
      ready_for_local_init_op: the same, before local_init_op.
      graph: None: the default graph.
      recovery_wait_secs: how long to wait before looking again.

    Raises:
      ValueError: where there is a ready_for_local_init_op and no local_init_op.
    """

    def __init__(self, local_init_op=None, ready_op=None, ready_for_local_init_op=None, graph=None,
                 recovery_wait_secs=30, local_init_run_options=None):
        if ready_for_local_init_op is not None and local_init_op is None:
            raise ValueError('If you pass a ready_for_local_init_op you must also pass a local_init_op , '
                             'ready_for_local_init_op [%s]' % ready_for_local_init_op)
        self._local_init_op = local_init_op
        self._ready_op = ready_op
        self._ready_for_local_init_op = ready_for_local_init_op
        self._graph = graph or ops.get_default_graph()
        self._recovery_wait_secs = recovery_wait_secs
        self._local_init_run_options = local_init_run_options

    def _restored(self, master, saver, checkpoint_dir, checkpoint_filename_with_path, wait_for_checkpoint, max_wait_secs,
                  config):
        """(a session, whether its variables are a checkpoint's)."""
        sess = session.Session(master, graph=self._graph, config=config)
        if checkpoint_dir and checkpoint_filename_with_path:
            raise ValueError('Can not provide both checkpoint_dir and checkpoint_filename_with_path.')
        if not saver or not (checkpoint_dir or checkpoint_filename_with_path):
            return sess, False
        if checkpoint_filename_with_path:
            saver.restore(sess, checkpoint_filename_with_path)
            return sess, True
        waited = 0
        state = checkpoint_management.get_checkpoint_state(checkpoint_dir)
        while not state or not state.model_checkpoint_path:
            if not wait_for_checkpoint or waited >= max_wait_secs:
                return sess, False
            tf_logging.info('Waiting for checkpoint to be available.')
            time.sleep(self._recovery_wait_secs)
            waited += self._recovery_wait_secs
            state = checkpoint_management.get_checkpoint_state(checkpoint_dir)
        saver.restore(sess, state.model_checkpoint_path)
        saver.recover_last_checkpoints(state.all_model_checkpoint_paths)
        return sess, True

    def prepare_session(self, master, init_op=None, saver=None, checkpoint_dir=None, checkpoint_filename_with_path=None,
                        wait_for_checkpoint=False, max_wait_secs=7200, config=None, init_feed_dict=None, init_fn=None):
        """A session, its variables restored from a checkpoint, or initialized where there is none.

        Raises:
          RuntimeError: where variables aren't initialized even then.
        """
        sess, loaded = self._restored(master, saver, checkpoint_dir, checkpoint_filename_with_path, wait_for_checkpoint,
                                      max_wait_secs, config)
        if not loaded:
            if init_op is None and not init_fn and self._local_init_op is None:
                raise RuntimeError('Model is not initialized and no init_op or init_fn or local_init_op was given')
            if init_op is not None:
                sess.run(init_op, feed_dict=init_feed_dict)
            if init_fn:
                init_fn(sess)
        good, msg = self._try_run_local_init_op(sess)
        if not good:
            raise RuntimeError('Init operations did not make model ready for local_init.  Init op: %s, init fn: %s, '
                               'error: %s' % (_name_of(init_op), init_fn, msg))
        good, msg = self._model_ready(sess)
        if not good:
            raise RuntimeError('Init operations did not make model ready.  Init op: %s, init fn: %s, local_init_op: %s, '
                               'error: %s' % (_name_of(init_op), init_fn, self._local_init_op, msg))
        return sess

    def recover_session(self, master, saver=None, checkpoint_dir=None, checkpoint_filename_with_path=None,
                        wait_for_checkpoint=False, max_wait_secs=7200, config=None):
        """(a session, whether a checkpoint made it ready)."""
        sess, loaded = self._restored(master, saver, checkpoint_dir, checkpoint_filename_with_path, wait_for_checkpoint,
                                      max_wait_secs, config)
        good, msg = self._try_run_local_init_op(sess)
        if not loaded:
            return sess, False
        where = checkpoint_dir or checkpoint_filename_with_path
        if not good:
            tf_logging.info('Restoring model from %s did not make model ready for local init: %s', where, msg)
            return sess, False
        good, msg = self._model_ready(sess)
        if not good:
            tf_logging.info('Restoring model from %s did not make model ready: %s', where, msg)
            return sess, False
        tf_logging.info('Restored model from %s', where)
        return sess, True

    def wait_for_session(self, master, config=None, max_wait_secs=float('Inf')):
        """A session, once all is ready. tf.errors.DeadlineExceededError where that takes too long."""
        end = time.time() + (float('Inf') if max_wait_secs is None else max_wait_secs)
        while True:
            sess = session.Session(master, graph=self._graph, config=config)
            good, local_msg = self._try_run_local_init_op(sess)
            msg = None
            if good:
                good, msg = self._model_ready(sess)
                if good:
                    return sess
            sess.close()
            if end - time.time() < self._recovery_wait_secs:
                raise DeadlineExceededError(None, None, 'Session was not ready after waiting %d secs.' % (max_wait_secs,))
            tf_logging.info('Waiting for model to be ready.  Ready_for_local_init_op:  %s, ready: %s', local_msg, msg)
            time.sleep(self._recovery_wait_secs)

    def _model_ready(self, sess):
        return _ready(self._ready_op, sess, 'Model not ready')

    def _try_run_local_init_op(self, sess):
        if self._local_init_op is None:
            return True, None
        good, msg = _ready(self._ready_for_local_init_op, sess, 'Model not ready for local init')
        if not good:
            return False, msg
        tf_logging.info('Running local_init_op.')
        sess.run(self._local_init_op, options=self._local_init_run_options)
        tf_logging.info('Done running local_init_op.')
        return True, None
