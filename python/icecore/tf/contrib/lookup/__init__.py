"""tf.contrib.lookup: tables, and functions that look up in one call."""
from icecore.tf import names as _names

__getattr__, __dir__ = _names.lazy(__name__)
