"""tf.quantization: numbers as integers of few bits, and back."""
from icecore.tf.ops import plain


def quantize(input, min_range, max_range, T, mode='MIN_COMBINED', round_mode='HALF_AWAY_FROM_ZERO', name=None):
    """A float32 tensor in few bits, and the range that these stand for.

    Args:
      input: a float32 tensor of any shape.
      min_range, max_range: float32 scalars, between which its values lie.
      T: quint8, qint8, quint16, qint16 or qint32.
      mode: 'MIN_COMBINED', 'MIN_FIRST' or 'SCALED': how the range is laid on the integers.
      round_mode: 'HALF_AWAY_FROM_ZERO', or, where mode is 'SCALED', 'HALF_TO_EVEN'.

    Returns:
      (output, output_min, output_max): of dtype T and the shape of input; float32 scalars.
    """
    return plain.quantize_v2(input, min_range, max_range, T, mode=mode, round_mode=round_mode, name=name)


def quantize_v2(input, min_range, max_range, T, mode='MIN_COMBINED', name=None, round_mode='HALF_AWAY_FROM_ZERO'):
    """quantize(), with its last arguments the other way round."""
    return plain.quantize_v2(input, min_range, max_range, T=T, mode=mode, name=name, round_mode=round_mode)


def quantize_and_dequantize(input, input_min, input_max, signed_input=True, num_bits=8, range_given=False,
                            round_mode='HALF_TO_EVEN', name=None, narrow_range=False):
    """A float tensor as it is after it has been in few bits (no session of ours runs it: docs/ops.md).

    Args:
      input: a tensor of floats, of any shape.
      input_min, input_max: scalars of its dtype: the range, where range_given is true.
      signed_input: whether the integers have a sign.
      num_bits: how many bits they have.
      range_given: False: the range is that of the values.
      round_mode: 'HALF_TO_EVEN' or 'HALF_UP'.
      narrow_range: whether the least of the integers isn't used.

    Returns:
      A tensor of the dtype and shape of input.
    """
    return plain.quantize_and_dequantize_v2(
        input, input_min=input_min, input_max=input_max, signed_input=signed_input, num_bits=num_bits,
        range_given=range_given, round_mode=round_mode, narrow_range=narrow_range, name=name)
