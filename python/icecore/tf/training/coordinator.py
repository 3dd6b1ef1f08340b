"""tf.train.Coordinator: tells threads when to stop."""
import contextlib
import sys
import threading
import time


class Coordinator:
    """Threads ask should_stop(); one that fails or is done calls request_stop(); join() waits for all."""

    def __init__(self, clean_stop_exception_types=None):
        from icecore import errors
        self._clean = tuple(clean_stop_exception_types or (errors.OutOfRangeError,))
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._error = None
        self._threads = set()
        self._joined = False

    def request_stop(self, ex=None):
        """Tells all threads to stop; join() raises `ex`, an exception or sys.exc_info()."""
        with self._lock:
            if ex is not None and self._error is None and not self._stop.is_set():
                error = ex[1] if isinstance(ex, tuple) else ex
                if not isinstance(error, self._clean):
                    self._error = error
            self._stop.set()

    def clear_stop(self):
        """Begins anew."""
        with self._lock:
            self._joined = False
            self._error = None
            self._stop.clear()

    def should_stop(self):
        """Whether threads are to stop."""
        return self._stop.is_set()

    def wait_for_stop(self, timeout=None):
        """Waits until they are."""
        return self._stop.wait(timeout)

    @contextlib.contextmanager
    def stop_on_exception(self):
        """Turns an exception of the `with` block into a request to stop."""
        try:
            yield
        except Exception:
            self.request_stop(ex=sys.exc_info())

    def register_thread(self, thread):
        """Has join() wait for the thread too."""
        with self._lock:
            self._threads.add(thread)

    def join(self, threads=None, stop_grace_period_secs=120, ignore_live_threads=False):
        """Waits for the threads; after a request to stop no longer than the grace period.

        Raises:
          RuntimeError: where threads don't stop.
        """
        with self._lock:
            threads = self._threads.union(threads or ())
        while any(t.is_alive() for t in threads) and not self.wait_for_stop(1.0):
            pass
        if self._stop.is_set():
            end = time.time() + stop_grace_period_secs
            while any(t.is_alive() for t in threads) and time.time() < end:
                time.sleep(0.01)
        alive = [t.name for t in threads if t.is_alive()]
        with self._lock:
            self._joined = True
            self._threads = set()
            error, self._error = self._error, None
        if error is not None:
            raise error
        if alive and not ignore_live_threads:
            raise RuntimeError('Coordinator stopped with threads still running: %s' % ' '.join(alive))

    @property
    def joined(self):
        return self._joined

    def raise_requested_exception(self):
        """Raises the exception of the request to stop, if there is one."""
        with self._lock:
            if self._error is not None:
                raise self._error


class LooperThread(threading.Thread):
    """Calls a function again and again until the coordinator stops it."""

    def __init__(self, coord, timer_interval_secs, target=None, args=None, kwargs=None):
        super().__init__(daemon=True)
        self._coord = coord
        self._interval = timer_interval_secs
        self._function = target
        self._arguments = args or ()
        self._keywords = kwargs or {}
        coord.register_thread(self)

    @staticmethod
    def loop(coord, timer_interval_secs, target, args=None, kwargs=None):
        looper = LooperThread(coord, timer_interval_secs, target=target, args=args, kwargs=kwargs)
        looper.start()
        return looper

    def run(self):
        with self._coord.stop_on_exception():
            self.start_loop()
            if self._interval is None:
                while not self._coord.should_stop():
                    self.run_loop()
            else:
                following = time.time()
                while not self._coord.wait_for_stop(following - time.time()):
                    following += self._interval
                    self.run_loop()
            self.stop_loop()

    def start_loop(self):
        """Called before the first time."""

    def stop_loop(self):
        """Called after the last time."""

    def run_loop(self):
        if self._function:
            self._function(*self._arguments, **self._keywords)
