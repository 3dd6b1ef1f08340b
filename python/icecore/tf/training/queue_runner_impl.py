"""tf.train.start_queue_runners."""
from icecore.tf.framework import ops


def start_queue_runners(sess=None, coord=None, daemon=True, start=True, collection=ops.GraphKeys.QUEUE_RUNNERS):
    """Starts the threads of the graph's queue runners, of which Icecore knows none: an empty list.

    Raises:
      ValueError: where there is no session.
    """
    if sess is None and ops.get_default_session() is None:
        raise ValueError('Cannot start queue runners: No default session is registered. Use `with sess.as_default()` or '
                         'pass an explicit session to tf.start_queue_runners(sess=sess)')
    return []
