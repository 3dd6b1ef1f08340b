"""Frames that overlap, as one signal again."""
from icecore.tf.framework import dtypes, ops, tensor_util
from icecore.tf.ops import array_ops, math_ops, plain
from icecore.tf.ops.signal import window_ops


def overlap_and_add(signal, frame_step, name=None):
    """The sum of frames, each frame_step behind the one before it.

    Args:
      signal: a tensor [..., frames, frame_length].
      frame_step: an integer scalar, frame_length at most.
      name: of the scope.

    Returns:
      A tensor [..., samples] of its dtype, where samples are (frames - 1) * frame_step + frame_length.

    Raises:
      ValueError: where frame_step is no integer, or the signal has less than two axes.
    """
    with ops.name_scope(name, 'overlap_and_add', [signal, frame_step]):
        signal = ops.convert_to_tensor(signal, name='signal')
        signal.shape.with_rank_at_least(2)
        step = ops.convert_to_tensor(frame_step, name='frame_step')
        step.shape.assert_has_rank(0)
        if not step.dtype.is_integer:
            raise ValueError('frame_step must be an integer. Got %s' % step.dtype)
        shape = array_ops.shape(signal)
        outer = shape[:-2]
        outer_rank = array_ops.size(outer)

        def shaped(value, inner, name=None):
            return array_ops.reshape(value, array_ops.concat([outer, inner], 0), name=name)

        frame_length, frames = shape[-1], shape[-2]
        samples = frame_length + step * (frames - 1)
        known = tensor_util.constant_value(step)
        if known is not None and signal.shape.dims is not None and known == signal.shape.dims[-1].value:
            return shaped(signal, [samples], name='fast_path')
        # Frames are padded to whole steps. Then the steps that stand first in theirs are a row, those that stand second the
        # next one, which begins a step later, and so on: the rows' sum is the signal.
        steps = -(-frame_length // step)
        paddings = [[0, steps], [0, steps * step - frame_length]]
        paddings = array_ops.concat([array_ops.zeros([outer_rank, 2], dtypes.int32), paddings], 0)
        value = shaped(array_ops.pad(signal, paddings), [frames + steps, steps, step])
        value = array_ops.transpose(value, array_ops.concat([math_ops.range(outer_rank), outer_rank + [1, 0, 2]], 0))
        value = shaped(value, [(frames + steps) * steps, step])
        value = value[..., :(frames + steps - 1) * steps, :]
        value = math_ops.reduce_sum(shaped(value, [steps, (frames + steps - 1), step]), -3)
        return shaped(value, [(frames + steps - 1) * step])[..., :samples]


def inverse_stft_window_fn(frame_step, forward_window_fn=window_ops.hann_window, name=None):
    """The window by which frames are multiplied before they are added up, so that the signal comes out as it was.

    Args:
      frame_step: an integer scalar: how far the next frame is.
      forward_window_fn: the window by which they were multiplied first: a function of a length, and of `dtype=`.
      name: of the scope.

    Returns:
      A function of a length and a dtype: the window, a tensor [length].
    """
    with ops.name_scope(name, 'inverse_stft_window_fn', [forward_window_fn]):
        frame_step = ops.convert_to_tensor(frame_step, name='frame_step')
        frame_step.shape.assert_has_rank(0)

    def inverse_stft_window_fn_inner(frame_length, dtype):
        with ops.name_scope(name, 'inverse_stft_window_fn', [forward_window_fn]):
            frame_length = ops.convert_to_tensor(frame_length, name='frame_length')
            frame_length.shape.assert_has_rank(0)
            window = forward_window_fn(frame_length, dtype=dtype)
            squares = plain.square(window)
            overlaps = -(-frame_length // frame_step)
            squares = array_ops.pad(squares, [(0, overlaps * frame_step - frame_length)])
            squares = array_ops.reshape(squares, [overlaps, frame_step])
            squares = math_ops.reduce_sum(squares, 0, keepdims=True)
            squares = plain.tile(squares, [overlaps, 1])
            squares = array_ops.reshape(squares, [overlaps * frame_step])
            return window / squares[:frame_length]

    return inverse_stft_window_fn_inner
