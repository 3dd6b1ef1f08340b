"""tf.summary.FileWriter."""
import time
import warnings

from icecore.tf import protos
from icecore.tf.framework import ops
from icecore.tf.framework.messages import is_message
from icecore.tf.platform import tf_logging
from icecore.tf.summary.writer.event_file_writer import EventFileWriter


class SummaryToEventTransformer:
    """Makes events of summaries, graphs and logs, and gives them to a writer."""

    def __init__(self, event_writer, graph=None, graph_def=None):
        self.event_writer = event_writer
        self._session_run_tags = set()
        self._seen_summary_tags = set()
        if graph is not None or graph_def is not None:
            self.add_graph(graph=graph, graph_def=graph_def)
            if graph_def is None:
                graph_def = graph.as_graph_def(add_shapes=True) if isinstance(graph, ops.Graph) else graph
            from icecore.tf.training import saver
            self.add_meta_graph(saver.export_meta_graph(graph_def=graph_def))

    def add_summary(self, summary, global_step=None):
        """A Summary, or its bytes as a session gives them."""
        if isinstance(summary, bytes):
            summary = protos.Summary.FromString(summary)
        for value in summary.value:
            if value.tag in self._seen_summary_tags:
                value.ClearField('metadata')
            self._seen_summary_tags.add(value.tag)
        self._add_event(protos.Event(summary=summary), global_step)

    def add_session_log(self, session_log, global_step=None):
        """A SessionLog."""
        self._add_event(protos.Event(session_log=session_log), global_step)

    def add_graph(self, graph, global_step=None, graph_def=None):
        """A graph, or a GraphDef, as was the custom once.

        Raises:
          ValueError: where both are given.
          TypeError: where it is neither.
        """
        if graph is not None and graph_def is not None:
            raise ValueError('Please pass only graph, or graph_def (deprecated), but not both.')
        given = graph if graph is not None else graph_def
        if isinstance(given, ops.Graph):
            if graph is None:
                tf_logging.warning('When passing a `Graph` object, please use the `graph` named argument instead of '
                                   '`graph_def`.')
            given = given.as_graph_def(add_shapes=True)
        elif is_message(given, 'GraphDef'):
            tf_logging.warning('Passing a `GraphDef` to the SummaryWriter is deprecated. Pass a `Graph` object instead, '
                               'such as `sess.graph`.')
        else:
            raise TypeError('The passed graph must be an instance of `Graph` or the deprecated `GraphDef`')
        self._add_event(protos.Event(graph_def=given.SerializeToString()), global_step)

    def add_meta_graph(self, meta_graph_def, global_step=None):
        """A MetaGraphDef. TypeError where it is none."""
        if not is_message(meta_graph_def, 'MetaGraphDef'):
            raise TypeError('meta_graph_def must be type MetaGraphDef, saw type: %s' % type(meta_graph_def))
        self._add_event(protos.Event(meta_graph_def=meta_graph_def.SerializeToString()), global_step)

    def add_run_metadata(self, run_metadata, tag, global_step=None):
        """A RunMetadata. ValueError where the tag has been used."""
        if tag in self._session_run_tags:
            raise ValueError('The provided tag was already used for this event type')
        self._session_run_tags.add(tag)
        event = protos.Event()
        event.tagged_run_metadata.tag = tag
        event.tagged_run_metadata.run_metadata = run_metadata.SerializeToString()
        self._add_event(event, global_step)

    def _add_event(self, event, step):
        event.wall_time = time.time()
        if step is not None:
            event.step = int(step)
        self.event_writer.add_event(event)


class FileWriter(SummaryToEventTransformer):
    """Writes summaries into an event file of the folder, for TensorBoard (tf.summary.FileWriter).

    Args:
      logdir: made where it isn't there.
      graph: is written first.
      flush_secs: how long events may wait before they are on the disk.
      graph_def: a GraphDef in the place of the graph.
      filename_suffix: what the file's name ends with.
      max_queue, session: taken, and left as they are.
    """

    def __init__(self, logdir, graph=None, max_queue=10, flush_secs=120, graph_def=None, filename_suffix=None,
                 session=None):
        del session
        self._closed = False
        super().__init__(EventFileWriter(logdir, max_queue, flush_secs, filename_suffix), graph, graph_def)

    def __enter__(self):
        return self

    def __exit__(self, unused_type, unused_value, unused_traceback):
        self.close()

    def get_logdir(self):
        """The folder."""
        return self.event_writer.get_logdir()

    def _warn_if_closed(self):
        if self._closed:
            warnings.warn('Attempting to use a closed FileWriter. The operation will be a noop unless the FileWriter is '
                          'explicitly reopened.')

    def _add_event(self, event, step):
        self._warn_if_closed()
        super()._add_event(event, step)

    def add_event(self, event):
        """An Event."""
        self._warn_if_closed()
        self.event_writer.add_event(event)

    def flush(self):
        """All events are in the file from now on."""
        self._warn_if_closed()
        self.event_writer.flush()

    def close(self):
        """Nothing more comes, until reopen()."""
        self.event_writer.close()
        self._closed = True

    def reopen(self):
        """Events go into another file from now on."""
        self.event_writer.reopen()
        self._closed = False
