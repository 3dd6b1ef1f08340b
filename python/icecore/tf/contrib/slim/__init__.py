"""tf.contrib.slim: layers, variables and training steps under one roof."""
from icecore.tf import names as _names

__getattr__, __dir__ = _names.lazy(__name__)
