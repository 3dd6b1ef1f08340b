"""tensorflow.python.ops.logging_ops: tf.Print and tf.print."""
import logging
import os
import pprint
import random
import sys

from icecore.tf.framework import dtypes, tensor_util
from icecore.tf.framework.composites import SparseTensor
from icecore.tf.ops import plain, string_ops
from icecore.tf.ops.checks import Print  # noqa: F401
from icecore.tf.platform import tf_logging
from icecore.tf.util import nest

__getattr__ = plain.fallback(__name__)


def _placeholder_for(text):
    """Something that doesn't stand in the text."""
    placeholder, numbers = '{}', random.Random(5)
    while placeholder in text:
        placeholder = placeholder + str(numbers.randint(0, 9))
    return placeholder


def _stream_name(stream):
    if isinstance(stream, str) and stream.startswith('file://'):
        return stream
    levels = {'info': (tf_logging.INFO, tf_logging.info, logging.INFO, logging.info),
              'warning': (tf_logging.WARN, tf_logging.warning, tf_logging.warn, logging.WARNING, logging.warning),
              'error': (tf_logging.ERROR, tf_logging.error, logging.ERROR, logging.error)}
    names = {key: 'log(%s)' % level for level, keys in levels.items() for key in keys}
    names.update({sys.stdout: 'stdout', sys.stderr: 'stderr'})
    name = names.get(stream)
    if name is None:
        raise ValueError('Unsupported output stream, logging level, or file.%s. Supported streams are sys.stdout, '
                         'sys.stderr, tf.logging.info, tf.logging.warning, tf.logging.error. File needs to be in the '
                         "form of 'file://<filepath>'." % (stream,))
    return name


def _template(inputs, sep):
    """(the text with placeholders, the placeholder, the tensors that go there)."""
    without_tensors = nest.map_structure(lambda x: '' if tensor_util.is_tensor(x) else x, inputs)
    placeholder = _placeholder_for(' '.join(pprint.pformat(x) for x in without_tensors))
    tensors, parts = [], []
    for value in inputs:
        shown = []
        for x in nest.flatten(value):
            if isinstance(x, SparseTensor):
                tensors.extend([x.indices, x.values, x.dense_shape])
                shown.append('SparseTensor(indices={0}, values={0}, shape={0})'.replace('{0}', placeholder))
            elif tensor_util.is_tensor(x):
                tensors.append(x)
                shown.append(placeholder)
            else:
                shown.append(x)
        parts.append(value if isinstance(value, str) else pprint.pformat(nest.pack_sequence_as(value, shown)))
    return sep.join(parts).replace("'%s'" % placeholder, placeholder), placeholder, tensors


def print_v2(*inputs, **kwargs):
    """An operation that prints values, tensors among them, when it is run (tf.print).

    Keyword arguments:
      output_stream: sys.stderr, sys.stdout, a level of tf.logging, or 'file://' and a path.
      summarize: how many items of each dimension are printed at its beginning and at its end; -1 for all.
      sep, end: as Python's print() has them.
      name: of the operation.
    """
    stream = kwargs.pop('output_stream', sys.stderr)
    name = kwargs.pop('name', None)
    summarize = kwargs.pop('summarize', 3)
    sep = kwargs.pop('sep', ' ')
    end = kwargs.pop('end', os.linesep)
    if kwargs:
        raise ValueError('Unrecognized keyword arguments for tf.print: %s' % kwargs)
    stream = _stream_name(stream)
    first = inputs[0] if len(inputs) == 1 and tensor_util.is_tensor(inputs[0]) else None
    if first is not None and not isinstance(first, SparseTensor) and first.shape.ndims == 0 and first.dtype == dtypes.string:
        text = first
    else:
        template, placeholder, tensors = _template(inputs, sep)
        text = string_ops.string_format(inputs=tensors, template=template, placeholder=placeholder, summarize=summarize,
                                        name=name + '_format' if name else None)
    return plain.print_v2(text, output_stream=stream, name=name, end=end)
