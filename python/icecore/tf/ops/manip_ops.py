"""tf.roll."""
from icecore.tf.ops import plain


def roll(input, shift, axis, name=None):
    """The elements moved along the axis or axes; what leaves at one end comes in at the other."""
    return plain.roll(input, shift, axis, name)
