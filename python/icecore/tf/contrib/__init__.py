"""tf.contrib: what scripts use of it most."""
from .. import names as _names

__getattr__, __dir__ = _names.lazy(__name__)
