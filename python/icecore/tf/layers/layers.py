"""tensorflow.python.layers.layers: all layers."""
from icecore.tf.layers.base import Layer  # noqa: F401
from icecore.tf.layers.convolutional import *  # noqa: F401,F403
from icecore.tf.layers.core import *  # noqa: F401,F403
from icecore.tf.layers.normalization import *  # noqa: F401,F403
from icecore.tf.layers.pooling import *  # noqa: F401,F403
