"""tf.errors: the classes of what fails at run time, with TensorFlow's codes. They are those of icecore.errors."""
import warnings

from icecore.errors import (  # noqa: F401
    ABORTED, ALREADY_EXISTS, CANCELLED, DATA_LOSS, DEADLINE_EXCEEDED, FAILED_PRECONDITION, INTERNAL, INVALID_ARGUMENT,
    NOT_FOUND, OK, OUT_OF_RANGE, PERMISSION_DENIED, RESOURCE_EXHAUSTED, UNAUTHENTICATED, UNAVAILABLE, UNIMPLEMENTED, UNKNOWN,
    AbortedError, AlreadyExistsError, CancelledError, DataLossError, DeadlineExceededError, FailedPreconditionError,
    InternalError, InvalidArgumentError, NotFoundError, OutOfRangeError, PermissionDeniedError, ResourceExhaustedError,
    UnauthenticatedError, UnavailableError, UnimplementedError, UnknownError)
from icecore.errors import CLASSES as _CLASS_OF
from icecore.errors import Error as OpError  # noqa: F401

_CODE_OF = {kind: code for code, kind in _CLASS_OF.items()}


def exception_type_from_error_code(error_code):
    """The class of a code. KeyError where there is none."""
    return _CLASS_OF[error_code]


def error_code_from_exception_type(cls):
    """The code of a class. Of any other, as in TensorFlow, an UnknownError, with a warning."""
    if cls in _CODE_OF:
        return _CODE_OF[cls]
    warnings.warn('Unknown class exception')
    return UnknownError(None, None, 'Unknown class exception')


class raise_exception_on_not_ok_status(object):
    """A `with` block; Icecore's calls raise their errors themselves, so that nothing is left to do."""

    def __enter__(self):
        return None

    def __exit__(self, *exception):
        return False

