"""From frequencies to mels, as ears hear them."""
from icecore.tf.framework import dtypes, ops, tensor_util
from icecore.tf.ops import array_ops, math_ops, plain
from icecore.tf.ops.signal import shape_ops


def _mel(hertz):
    with ops.name_scope(None, 'hertz_to_mel', [hertz]):
        return 1127.0 * plain.log(1.0 + ops.convert_to_tensor(hertz) / 700.0)


def _check(num_mel_bins, sample_rate, lower, upper, dtype):
    if num_mel_bins <= 0:
        raise ValueError('num_mel_bins must be positive. Got: %s' % num_mel_bins)
    if sample_rate <= 0.0:
        raise ValueError('sample_rate must be positive. Got: %s' % sample_rate)
    if lower < 0.0:
        raise ValueError('lower_edge_hertz must be non-negative. Got: %s' % lower)
    if lower >= upper:
        raise ValueError('lower_edge_hertz %.1f >= upper_edge_hertz %.1f' % (lower, upper))
    if upper > sample_rate / 2:
        raise ValueError('upper_edge_hertz must not be larger than the Nyquist frequency (sample_rate / 2). Got: %s for '
                         'sample_rate: %s' % (upper, sample_rate))
    if not dtype.is_floating:
        raise ValueError('dtype must be a floating point type. Got: %s' % dtype)


def linear_to_mel_weight_matrix(num_mel_bins=20, num_spectrogram_bins=129, sample_rate=8000, lower_edge_hertz=125.0,
                                upper_edge_hertz=3800.0, dtype=dtypes.float32, name=None):
    """The matrix by which spectrograms are multiplied to have mels in their last axis.

    Args:
      num_mel_bins: how many bands of mels there are.
      num_spectrogram_bins: how many frequencies the spectrograms have.
      sample_rate: of the signal, a number or a constant tensor.
      lower_edge_hertz, upper_edge_hertz: where the first band begins, and the last one ends.
      dtype: a float type.
      name: of the matrix.

    Returns:
      A tensor [num_spectrogram_bins, num_mel_bins] of dtype.

    Raises:
      ValueError: where a number, or dtype, isn't what it should be.
    """
    with ops.name_scope(name, 'linear_to_mel_weight_matrix') as name:
        if isinstance(sample_rate, ops.Tensor):
            sample_rate = tensor_util.constant_value(sample_rate)
            if sample_rate is None:
                raise ValueError('`sample_rate` was a non-constant Tensor. Must be a Python float or a constant Tensor.')
        _check(num_mel_bins, sample_rate, lower_edge_hertz, upper_edge_hertz, dtype)
        sample_rate = ops.convert_to_tensor(sample_rate, dtype, name='sample_rate')
        lower = ops.convert_to_tensor(lower_edge_hertz, dtype, name='lower_edge_hertz')
        upper = ops.convert_to_tensor(upper_edge_hertz, dtype, name='upper_edge_hertz')
        zero = ops.convert_to_tensor(0.0, dtype)
        # The first frequency, 0, has no mels.
        frequencies = plain.lin_space(zero, sample_rate / 2.0, num_spectrogram_bins)[1:]
        mels = array_ops.expand_dims(_mel(frequencies), 1)
        edges = shape_ops.frame(plain.lin_space(_mel(lower), _mel(upper), num_mel_bins + 2), frame_length=3,
                                frame_step=1)
        begin, middle, end = (array_ops.reshape(part, [1, num_mel_bins])
                              for part in array_ops.split(edges, 3, axis=1))
        rising = (mels - begin) / (middle - begin)
        falling = (end - mels) / (end - middle)
        weights = plain.maximum(zero, plain.minimum(rising, falling))
        return array_ops.pad(weights, [[1, 0], [0, 0]], name=name)
