"""Writes Event messages into a file whose name TensorBoard knows."""
import os
import socket
import time

from icecore.tf import protos
from icecore.tf.lib.io import tf_record


class EventFileWriter:
    """Events in logdir/events.out.tfevents.SECONDS.HOST[SUFFIX], a file that is made with the first one.

    They are written at once, and reach the disk at flush(), at close(), and when `flush_secs` have gone by.
    """

    def __init__(self, logdir, max_queue=10, flush_secs=120, filename_suffix=None):
        del max_queue
        self._logdir = str(logdir)
        os.makedirs(self._logdir, exist_ok=True)
        self._flush_secs = flush_secs
        self._suffix = filename_suffix or ''
        self._file = None
        self._next_flush = 0
        self._closed = False
        if self._suffix:
            self._open()

    def get_logdir(self):
        """The folder."""
        return self._logdir

    def _open(self):
        self._file = tf_record.TFRecordWriter(self._new_file(int(time.time())))
        first = protos.Event(wall_time=time.time(), file_version='brain.Event:2')
        self._file.write(first.SerializeToString())
        self._file.flush()

    def _new_file(self, second):
        """One that nobody had: where another writer began in the same second, the next second's. TensorFlow, which is never so
        quick, would empty the other's file."""
        while True:
            name = 'events.out.tfevents.%010d.%s%s' % (second, socket.gethostname(), self._suffix)
            path = os.path.join(self._logdir, name)
            try:
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
                return path
            except FileExistsError:
                second += 1

    def add_event(self, event):
        """Writes one; nothing where the writer is closed."""
        if self._closed:
            return
        if self._file is None:
            self._open()
        self._file.write(event.SerializeToString())
        if time.time() > self._next_flush:
            self._next_flush = time.time() + self._flush_secs
            self._file.flush()

    def flush(self):
        """All events are in the file from now on."""
        if self._file is not None:
            self._file.flush()

    def close(self):
        """Nothing more comes, until reopen()."""
        if self._file is not None:
            self._file.close()
            self._file = None
        self._closed = True

    def reopen(self):
        """Events go into another file from now on."""
        self._closed = False
