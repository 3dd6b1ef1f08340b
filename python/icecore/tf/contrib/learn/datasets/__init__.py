"""tf.contrib.learn.datasets: MNIST."""
from icecore.tf import names as _names

__getattr__, __dir__ = _names.lazy(__name__)
