"""tf.Print."""
from icecore.tf.ops import plain

__getattr__ = plain.fallback(__name__)


def Print(input_, data, message=None, first_n=None, summarize=None, name=None):
    """The tensor, which prints the data to standard error when it is computed."""
    return plain._print(input_, data, message, first_n, summarize, name)
