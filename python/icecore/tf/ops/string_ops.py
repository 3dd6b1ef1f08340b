"""tf.strings."""
import numpy as np

from icecore.tf.framework import constant_op, dtypes, ops
from icecore.tf.framework.composites import SparseTensor
from icecore.tf.ops import array_ops, math_ops, plain, raw_ops, static
from icecore.tf.ops.deprecated import argument

__getattr__ = plain.fallback(__name__)


def string_length(input, name=None, unit='BYTE'):
    """How many bytes (or characters) each has."""
    return plain.string_length(input, unit=unit, name=name)


def string_length_v2(input, unit='BYTE', name=None):
    return string_length(input, name, unit)


def string_to_number_v1(string_tensor=None, out_type=dtypes.float32, name=None, input=None):
    """The numbers that the strings spell."""
    return plain.string_to_number(argument('input', input, 'string_tensor', string_tensor), out_type, name)


def string_to_number(input, out_type=dtypes.float32, name=None):
    return plain.string_to_number(input, out_type, name)


def string_to_hash_bucket_v1(string_tensor=None, num_buckets=None, name=None, input=None):
    """A number below num_buckets for each string."""
    return plain.string_to_hash_bucket(argument('input', input, 'string_tensor', string_tensor), num_buckets, name)


def string_split(source, sep=None, skip_empty=True, delimiter=None, result_type='SparseTensor', name=None):
    """The parts of each string, as a SparseTensor."""
    _check_result_type(result_type)
    with ops.name_scope(name, 'StringSplit', [source]):
        delimiter = argument('sep', sep, 'delimiter', delimiter)
        delimiter = ops.convert_to_tensor(' ' if delimiter is None else delimiter, dtype=dtypes.string)
        source = ops.convert_to_tensor(source, dtype=dtypes.string)
        return _sparse(plain.string_split(source, delimiter=delimiter, skip_empty=skip_empty))


def strings_split(input=None, sep=None, maxsplit=-1, result_type='SparseTensor', source=None, name=None):
    """The parts of each string, as a SparseTensor; without sep, the words between blanks."""
    _check_result_type(result_type)
    input = argument('input', input, 'source', source)
    with ops.name_scope(name, 'StringSplit', [input]):
        input = ops.convert_to_tensor(input, dtype=dtypes.string, name='input')
        sep = ops.convert_to_tensor('' if sep is None else sep, dtype=dtypes.string)
        return _sparse(plain.string_split_v2(input, sep=sep, maxsplit=maxsplit))


def _check_result_type(result_type):
    if result_type != 'SparseTensor':
        raise ValueError("result_type must be 'SparseTensor', the one that Icecore has, not %r" % (result_type,))


def _sparse(parts):
    indices, values, shape = parts
    indices.set_shape([None, 2])
    values.set_shape([None])
    shape.set_shape([2])
    return SparseTensor(indices, values, shape)


def reduce_join(inputs, axis=None, keep_dims=None, separator='', name=None, reduction_indices=None, keepdims=None):
    """Strings joined over the axes given, or all."""
    keepdims = bool(argument('keepdims', keepdims, 'keep_dims', keep_dims))
    axis = argument('axis', axis, 'reduction_indices', reduction_indices)
    with ops.name_scope(None, 'ReduceJoin', [inputs, axis]):
        inputs = ops.convert_to_tensor(inputs)
        if axis is None:
            rank = inputs.get_shape().ndims
            axis = (constant_op.constant(np.arange(rank - 1, -1, -1), dtype=dtypes.int32) if rank is not None else
                    math_ops.range(array_ops.rank(inputs) - 1, -1, -1))
        return plain.reduce_join(inputs=inputs, reduction_indices=axis, keep_dims=keepdims, separator=separator,
                                 name=name)


def regex_replace(input, pattern, rewrite, replace_global=True, name=None):
    """The strings with what matches the pattern replaced."""
    if isinstance(pattern, (str, bytes)) and isinstance(rewrite, (str, bytes)):
        return raw_ops.StaticRegexReplace(input=input, pattern=pattern, rewrite=rewrite, replace_global=replace_global,
                                          name=name)
    return raw_ops.RegexReplace(input=input, pattern=pattern, rewrite=rewrite, replace_global=replace_global, name=name)


def regex_full_match(input, pattern, name=None):
    """Whether each string matches the pattern."""
    if isinstance(pattern, (str, bytes)):
        return raw_ops.StaticRegexFullMatch(input=input, pattern=pattern, name=name)
    return raw_ops.RegexFullMatch(input=input, pattern=pattern, name=name)


def substr(input, pos, len, name=None, unit='BYTE'):
    """A part of each string."""
    return raw_ops.Substr(input=input, pos=pos, len=len, unit=unit, name=name)


substr_deprecated = substr


def string_format(template, inputs, placeholder='{}', summarize=3, name=None):
    """The template with tensors printed in the place of its placeholders."""
    inputs = [inputs] if static.is_tensor(inputs) else inputs
    if template.count(placeholder) != len(inputs):
        raise ValueError('%s placeholder(s) in template does not match %s tensor(s) provided as input' %
                         (template.count(placeholder), len(inputs)))
    return raw_ops.StringFormat(inputs=inputs, template=template, placeholder=placeholder, summarize=summarize,
                                name=name)
