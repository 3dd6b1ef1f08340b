"""tf.logging: a logger named `tensorflow` that writes to stderr, with TensorFlow's levels and counters."""
import logging as _logging
import os as _os
import sys as _sys
import threading as _threading
import time as _time
import traceback as _traceback
from logging import DEBUG, ERROR, FATAL, INFO, WARN

_LEVEL_NAMES = {FATAL: 'FATAL', ERROR: 'ERROR', WARN: 'WARN', INFO: 'INFO', DEBUG: 'DEBUG'}
_lock = _threading.Lock()
_made = []
_counts = {}
_LIBRARY = _os.path.dirname(_logging.__file__)


def _caller():
    """The frame that called into this module."""
    frame = _sys._getframe(1)
    while frame.f_back is not None and (frame.f_code.co_filename == __file__
                                        or _os.path.dirname(frame.f_code.co_filename) == _LIBRARY):
        frame = frame.f_back
    return frame


def _find_caller(stack_info=False, stacklevel=1):
    frame = _caller()
    stack = '\n'.join(_traceback.format_stack()) if stack_info else None
    return frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name, stack


def get_logger():
    """The logger. A program that has set up the root logger gets no second line of each message."""
    with _lock:
        if not _made:
            logger = _logging.getLogger('tensorflow')
            logger.findCaller = _find_caller
            if not _logging.getLogger().handlers:
                interactive = bool(getattr(_sys, 'ps1', None)) or _sys.flags.interactive
                if interactive:
                    logger.setLevel(INFO)
                handler = _logging.StreamHandler(_sys.stdout if interactive else _sys.stderr)
                handler.setFormatter(_logging.Formatter(_logging.BASIC_FORMAT))
                logger.addHandler(handler)
            _made.append(logger)
    return _made[0]


def log(level, msg, *args, **kwargs):
    get_logger().log(level, msg, *args, **kwargs)


def debug(msg, *args, **kwargs):
    get_logger().debug(msg, *args, **kwargs)


def info(msg, *args, **kwargs):
    get_logger().info(msg, *args, **kwargs)


def warning(msg, *args, **kwargs):
    get_logger().warning(msg, *args, **kwargs)


def warn(msg, *args, **kwargs):
    get_logger().warning(msg, *args, **kwargs)


def error(msg, *args, **kwargs):
    get_logger().error(msg, *args, **kwargs)


def fatal(msg, *args, **kwargs):
    get_logger().fatal(msg, *args, **kwargs)


def vlog(level, msg, *args, **kwargs):
    get_logger().log(level, msg, *args, **kwargs)


def TaskLevelStatusMessage(msg):
    error(msg)


def flush():
    raise NotImplementedError()


def _count_here():
    """How often the calling line was here before."""
    frame = _caller()
    place = frame.f_code.co_filename, frame.f_lineno
    with _lock:
        _counts[place] = _counts.get(place, -1) + 1
        return _counts[place]


def log_every_n(level, msg, n, *args):
    """Logs the first of every n calls from this line."""
    log_if(level, msg, _count_here() % n == 0, *args)


def log_first_n(level, msg, n, *args):
    """Logs the first n calls from this line."""
    log_if(level, msg, _count_here() < n, *args)


def log_if(level, msg, condition, *args):
    if condition:
        vlog(level, msg, *args)


def get_verbosity():
    """The least level that is logged."""
    return get_logger().getEffectiveLevel()


def set_verbosity(v):
    """Sets the least level that is logged: tf.logging.ERROR, say."""
    get_logger().setLevel(v)


def google2_log_prefix(level, timestamp=None, file_and_line=None):
    """'I0102 03:04:05.000006  7890 file.py:12] ', as Google's programs begin their lines."""
    now = timestamp or _time.time()
    frame = _caller()
    name, line = file_and_line or (frame.f_code.co_filename, frame.f_lineno)
    thread = _threading.get_ident() & (2 * _sys.maxsize + 1)
    when = _time.strftime('%m%d %H:%M:%S', _time.localtime(now))
    return '%s%s.%06d %5d %s:%d] ' % (
        _LEVEL_NAMES.get(level, 'INFO')[0], when, int(1e6 * (now % 1.0)), thread, _os.path.basename(name), line)
