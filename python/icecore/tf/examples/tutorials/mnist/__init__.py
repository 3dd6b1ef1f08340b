"""tensorflow.examples.tutorials.mnist."""
from icecore.tf.examples.tutorials.mnist import input_data  # noqa: F401
