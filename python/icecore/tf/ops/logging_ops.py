"""tensorflow.python.ops.logging_ops: tf.Print."""
from icecore.tf.ops import plain
from icecore.tf.ops.checks import Print  # noqa: F401

__getattr__ = plain.fallback(__name__)
