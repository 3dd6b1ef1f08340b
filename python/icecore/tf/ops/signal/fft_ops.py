"""Where the zero of a spectrum stands: in the middle, or first."""
from icecore.tf.framework import ops
from icecore.tf.ops import plain


def _rolled(x, axes, name, scope, sign):
    with ops.name_scope(name, scope) as name:
        x = ops.convert_to_tensor(x)
        if axes is None:
            axes = tuple(range(x.shape.ndims))
        if isinstance(axes, int):
            shift = sign * int(x.shape[axes] // 2)
        else:
            shift = [sign * int(x.shape[axis] // 2) for axis in axes]
        return plain.roll(x, shift, axes, name)


def fftshift(x, axes=None, name=None):
    """The halves of axes in exchange, so that what stood first stands in the middle.

    Args:
      x: a tensor, whose axes have known lengths.
      axes: a number, or several; None: all.
      name: of the node.

    Returns:
      A tensor of the same dtype and shape.
    """
    return _rolled(x, axes, name, 'fftshift', 1)


def ifftshift(x, axes=None, name=None):
    """What fftshift() has moved, where it was.

    Args:
      x: a tensor, whose axes have known lengths.
      axes: a number, or several; None: all.
      name: of the node.

    Returns:
      A tensor of the same dtype and shape.
    """
    return _rolled(x, axes, name, 'ifftshift', -1)
