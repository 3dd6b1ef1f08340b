"""Arguments of layers."""
from icecore.tf.ops import variables


def convert_data_format(data_format, ndim):
    """'channels_last' -> 'NHWC'."""
    if data_format not in ('channels_last', 'channels_first'):
        raise ValueError('Invalid data_format:', data_format)
    formats = {3: ('NWC', 'NCW'), 4: ('NHWC', 'NCHW'), 5: ('NDHWC', 'NCDHW')}
    if ndim not in formats:
        raise ValueError('Input rank not supported:', ndim)
    return formats[ndim][data_format == 'channels_first']


def normalize_tuple(value, n, name):
    """n whole numbers: one for all, or those given."""
    if isinstance(value, int):
        return (value,) * n
    message = 'The `%s` argument must be a tuple of %d integers. Received: %s' % (name, n, value)
    try:
        numbers = tuple(value)
    except TypeError:
        raise ValueError(message) from None
    if len(numbers) != n:
        raise ValueError(message)
    for number in numbers:
        try:
            int(number)
        except (ValueError, TypeError):
            raise ValueError('%s including element %s of type %s' % (message, number, type(number))) from None
    return tuple(int(number) for number in numbers)


def normalize_data_format(value):
    data_format = 'channels_last' if value is None else value.lower()
    if data_format not in ('channels_first', 'channels_last'):
        raise ValueError('The `data_format` argument must be one of "channels_first", "channels_last". Received: %s' %
                         value)
    return data_format


def normalize_padding(value):
    padding = value.lower()
    if padding not in ('valid', 'same'):
        raise ValueError('The `padding` argument must be a list/tuple or one of "valid", "same" (or "causal", only for '
                         '`Conv1D). Received: ' + padding)
    return padding


def conv_output_length(input_length, filter_size, padding, stride, dilation=1):
    """How many places a window has."""
    if input_length is None:
        return None
    length = input_length
    if padding == 'valid':
        length = input_length - (filter_size + (filter_size - 1) * (dilation - 1)) + 1
    return (length + stride - 1) // stride


def deconv_output_length(input_length, filter_size, padding, output_padding=None, stride=0, dilation=1):
    """How long the result of the transpose is; a number or a tensor."""
    if input_length is None:
        return None
    filter_size = filter_size + (filter_size - 1) * (dilation - 1)
    if output_padding is None:
        if padding == 'valid':
            return input_length * stride + max(filter_size - stride, 0)
        return input_length * stride
    pad = filter_size // 2 if padding == 'same' else 0
    return (input_length - 1) * stride + filter_size - 2 * pad + output_padding


def constant_value(pred):
    """True or False where it is known, else None."""
    from icecore.tf.ops import static
    if isinstance(pred, variables.VariableV1):
        return None
    return static.smart_bool(pred)


def smart_cond(pred, true_fn=None, false_fn=None, name=None):
    """cond(); where the answer is known, the branch alone."""
    from icecore.tf.ops import control_flow_ops
    known = constant_value(pred)
    if known is None:
        return control_flow_ops.cond(pred, true_fn=true_fn, false_fn=false_fn, name=name)
    return true_fn() if known else false_fn()
