"""The exceptions of Icecore.

What fails while something is done is an `Error`, of the class that its code says; a call that makes no sense raises the
built-in class (ValueError, TypeError, KeyError, …). Under these names, and with these attributes, they are TensorFlow's
`tf.errors` too.

>>> from icecore import errors
>>> try:
...     raise errors.NotFoundError(None, None, 'no such variable')
... except errors.Error as e:
...     e.code, e.error_code, e.message
('NOT_FOUND', 5, 'no such variable')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

OK = 0
CANCELLED = 1
UNKNOWN = 2
INVALID_ARGUMENT = 3
DEADLINE_EXCEEDED = 4
NOT_FOUND = 5
ALREADY_EXISTS = 6
PERMISSION_DENIED = 7
RESOURCE_EXHAUSTED = 8
FAILED_PRECONDITION = 9
ABORTED = 10
OUT_OF_RANGE = 11
UNIMPLEMENTED = 12
INTERNAL = 13
UNAVAILABLE = 14
DATA_LOSS = 15
UNAUTHENTICATED = 16


class Error(Exception):
    """What went wrong: `message` says it, `code` is its kind ('NOT_FOUND'), `error_code` TensorFlow's number of it.

    `op` and `node_def` are those of the node where a run failed, where they are known, else None.
    """

    def __init__(self, node_def: Any, op: Any, message: str, error_code: int) -> None:
        super().__init__()
        self._node_def = node_def
        self._op = op
        self._message = message
        self._error_code = error_code

    @property
    def message(self) -> str:
        """What went wrong."""
        return self._message

    @property
    def error_code(self) -> int:
        """TensorFlow's number of the kind of error: 5."""
        return self._error_code

    @property
    def code(self) -> str:
        """The kind of error: 'NOT_FOUND'."""
        return _NAMES.get(self._error_code, 'UNKNOWN')

    @property
    def op(self) -> Any:
        """The operation that failed where it is known, else None."""
        return self._op

    @property
    def node_def(self) -> Any:
        """The NodeDef of the node that failed where it is known, else None."""
        return self._node_def

    def __str__(self):
        made = getattr(self._op, 'traceback', None)
        if not made:
            return str(self._message)
        from traceback import format_list
        return '%s\n\nOriginal stack trace for %r:\n%s' % (self._message, self._op.name, ''.join(format_list(made)))

    def __reduce__(self):
        if type(self) in (Error, UnknownError):
            return type(self), (self._node_def, None, self._message, self._error_code)
        return type(self), (self._node_def, None, self._message)


def _class_of(code: int, name: str, doc: str) -> type[Error]:
    def __init__(self, node_def, op, message):
        Error.__init__(self, node_def, op, message, code)
    __init__.__qualname__ = '__init__'
    return type(name, (Error,), {'__init__': __init__, '__doc__': doc, '__module__': __name__})


CancelledError = _class_of(CANCELLED, 'CancelledError', 'It was given up: the session was closed, say.')


class UnknownError(Error):
    """A function of the program that the graph calls raised an exception."""

    def __init__(self, node_def: Any, op: Any, message: str, error_code: int = UNKNOWN) -> None:
        Error.__init__(self, node_def, op, message, error_code)


InvalidArgumentError = _class_of(INVALID_ARGUMENT, 'InvalidArgumentError', 'What was asked for makes no sense.')
DeadlineExceededError = _class_of(DEADLINE_EXCEEDED, 'DeadlineExceededError', 'It took too long.')
NotFoundError = _class_of(NOT_FOUND, 'NotFoundError', "A file, variable or node isn't there.")
AlreadyExistsError = _class_of(ALREADY_EXISTS, 'AlreadyExistsError', 'Something is there already.')
PermissionDeniedError = _class_of(PERMISSION_DENIED, 'PermissionDeniedError', 'It is not allowed.')
UnauthenticatedError = _class_of(UNAUTHENTICATED, 'UnauthenticatedError', 'It is not known who asks.')
ResourceExhaustedError = _class_of(RESOURCE_EXHAUSTED, 'ResourceExhaustedError', 'No memory or no room is left.')
FailedPreconditionError = _class_of(
    FAILED_PRECONDITION, 'FailedPreconditionError', 'Not in this state: a variable has no value yet, say.')
AbortedError = _class_of(ABORTED, 'AbortedError', 'It was broken off.')
OutOfRangeError = _class_of(OUT_OF_RANGE, 'OutOfRangeError', 'Beyond the end: of a file, of a queue.')
UnimplementedError = _class_of(UNIMPLEMENTED, 'UnimplementedError', 'Icecore does not do that (yet).')
InternalError = _class_of(INTERNAL, 'InternalError', 'A fault of Icecore itself.')
UnavailableError = _class_of(UNAVAILABLE, 'UnavailableError', 'It is not to be had now.')
DataLossError = _class_of(DATA_LOSS, 'DataLossError', 'Bytes of a file are damaged.')

_NAMES = {number: name for name, number in list(globals().items()) if name.isupper() and isinstance(number, int)}
# The class of each code.
CLASSES = {
    CANCELLED: CancelledError, UNKNOWN: UnknownError, INVALID_ARGUMENT: InvalidArgumentError,
    DEADLINE_EXCEEDED: DeadlineExceededError, NOT_FOUND: NotFoundError, ALREADY_EXISTS: AlreadyExistsError,
    PERMISSION_DENIED: PermissionDeniedError, UNAUTHENTICATED: UnauthenticatedError,
    RESOURCE_EXHAUSTED: ResourceExhaustedError, FAILED_PRECONDITION: FailedPreconditionError, ABORTED: AbortedError,
    OUT_OF_RANGE: OutOfRangeError, UNIMPLEMENTED: UnimplementedError, INTERNAL: InternalError,
    UNAVAILABLE: UnavailableError, DATA_LOSS: DataLossError,
}


def error_of_code(code: int, message: str) -> Error:
    """The exception for a code's number."""
    made = CLASSES.get(code)
    return made(None, None, message) if made else Error(None, None, message, code)
