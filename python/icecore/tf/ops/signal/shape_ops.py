"""A signal cut into frames, which may overlap."""
import math

from icecore.tf.framework import control_flow, ops, tensor_util
from icecore.tf.ops import array_ops, math_ops, plain


def _known_shape(signal, frame_length, frame_step, pad_end, axis):
    """What is known of the frames' shape; None where nothing is."""
    frame_length, frame_step, axis = (tensor_util.constant_value(one) for one in (frame_length, frame_step, axis))
    rank = signal.shape.ndims
    if rank is None:
        return None
    if axis is None:
        return [None] * (rank + 1)
    sizes = signal.shape.as_list()
    size, count = sizes[axis], None
    if size is not None and frame_step is not None:
        if pad_end:
            count = max(0, -(-size // frame_step))
        elif frame_length is not None:
            count = max(0, (size - frame_length + frame_step) // frame_step)
    return sizes[:axis] + [count, frame_length] + sizes[axis:][1:]


def _gcd(a, b):
    """The greatest common divisor of two integers: a constant, or a loop."""
    with ops.name_scope(None, 'gcd', [a, b]):
        for what, value in (('a', a), ('b', b)):
            value.shape.assert_has_rank(0)
            if not value.dtype.is_integer:
                raise ValueError('%s must be an integer type. Got: %s' % (what, value.dtype))
        known = [tensor_util.constant_value(value) for value in (a, b)]
        if None not in known:
            return ops.convert_to_tensor(math.gcd(*map(int, known)))
        return control_flow.while_loop(
            lambda _, b: plain.greater(b, array_ops.zeros_like(b)), lambda a, b: [b, plain.floor_mod(a, b)], [a, b],
            back_prop=False)[0]


def _padded(signal, length, frame_length, frame_step, pad_value, outer_rank, inner_rank):
    """The signal with what its last frame lacks, and how many frames there are."""
    pad_value = ops.convert_to_tensor(pad_value, signal.dtype)
    pad_value.shape.assert_has_rank(0)
    count = -(-length // frame_step)
    missing = plain.maximum(0, frame_length + frame_step * (count - 1) - length)
    paddings = array_ops.concat([array_ops.zeros([outer_rank, 2], dtype=missing.dtype), [[0, missing]],
                                 array_ops.zeros([inner_rank, 2], dtype=missing.dtype)], 0)
    return array_ops.pad(signal, paddings, constant_values=pad_value), count


def frame(signal, frame_length, frame_step, pad_end=False, pad_value=0, axis=-1, name=None):
    """Pieces of a signal, each frame_step behind the one before it.

    Args:
      signal: a tensor [..., samples, ...].
      frame_length: an integer scalar: how many samples a frame has.
      frame_step: an integer scalar: how far the next one is.
      pad_end: whether frames that end behind the signal are there, filled up with pad_value.
      pad_value: a scalar of the signal's dtype.
      axis: of the samples, an integer scalar.
      name: of the scope.

    Returns:
      A tensor [..., frames, frame_length, ...] of its dtype.
    """
    with ops.name_scope(name, 'frame', [signal, frame_length, frame_step, pad_value]):
        signal = ops.convert_to_tensor(signal, name='signal')
        frame_length = ops.convert_to_tensor(frame_length, name='frame_length')
        frame_step = ops.convert_to_tensor(frame_step, name='frame_step')
        axis = ops.convert_to_tensor(axis, name='axis')
        signal.shape.with_rank_at_least(1)
        for scalar in (frame_length, frame_step, axis):
            scalar.shape.assert_has_rank(0)
        known = _known_shape(signal, frame_length, frame_step, pad_end, axis)
        rank = array_ops.rank(signal)
        axis = math_ops.range(rank)[axis]
        shape = array_ops.shape(signal)
        outer, length, inner = array_ops.split(shape, [axis, 1, rank - 1 - axis])
        length = array_ops.reshape(length, [])
        outer_rank, inner_rank = array_ops.size(outer), array_ops.size(inner)
        if pad_end:
            signal, count = _padded(signal, length, frame_length, frame_step, pad_value, outer_rank, inner_rank)
            shape = array_ops.shape(signal)
            length = shape[axis]
        else:
            count = plain.maximum(0, 1 + (length - frame_length) // frame_step)
        # Frames are put together of the largest pieces that all of them begin and end with.
        piece = _gcd(frame_length, frame_step)
        in_frame, in_step, pieces = frame_length // piece, frame_step // piece, length // piece
        used = array_ops.concat([outer, [pieces * piece], inner], 0)
        cut = array_ops.concat([outer, [pieces, piece], inner], 0)
        cut = array_ops.reshape(array_ops.strided_slice(signal, array_ops.zeros_like(shape), used), cut)
        first = array_ops.reshape(math_ops.range(count) * in_step, [count, 1])
        within = array_ops.reshape(math_ops.range(in_frame), [1, in_frame])
        frames = array_ops.gather(cut, first + within, axis=axis)
        frames = array_ops.reshape(frames, array_ops.concat([outer, [count, frame_length], inner], 0))
        if known:
            frames.set_shape(known)
        return frames
