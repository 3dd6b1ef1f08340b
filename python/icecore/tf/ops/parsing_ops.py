"""tf.io: Examples, rows of text and bytes as tensors."""
from icecore.tf.framework import ops
from icecore.tf.framework.composites import SparseTensor
from icecore.tf.ops import array_ops, control_flow_ops, math_ops, plain, sparse_ops
from icecore.tf.ops.deprecated import argument
from icecore.tf.ops.parsing_features import (
    FixedLenFeature, FixedLenSequenceFeature, SparseFeature, VarLenFeature, dense_shapes_and_defaults, node_name_of,
    told_of, with_lengths)

__getattr__ = plain.fallback(__name__)

_OF_EXAMPLES = (VarLenFeature, SparseFeature, FixedLenFeature, FixedLenSequenceFeature)


def _tensors(told, parsed):
    """Keys and tensors, of what an op gives."""
    indices, values, shapes, dense = parsed
    sparse = [SparseTensor(*parts) for parts in zip(indices, values, shapes)]
    return dict(zip(told.sparse_keys + told.dense_keys, sparse + list(dense)))


def _with_sparse_features(features, tensors):
    """One SparseTensor for each SparseFeature, instead of those of its indices and values."""
    for key in sorted(features):
        feature = features[key]
        if isinstance(feature, SparseFeature):
            index = feature.index_key
            ids = tensors[index] if isinstance(index, str) else [tensors[one] for one in index]
            tensors[key] = sparse_ops.sparse_merge(ids, tensors[feature.value_key], vocab_size=feature.size,
                                                   already_sorted=feature.already_sorted)
    return {key: tensor for key, tensor in tensors.items() if key in features}


def _parse(serialized, names, told, name):
    with ops.name_scope(name, 'ParseExample', [serialized, names]):
        shapes, defaults = dense_shapes_and_defaults(told)
        return _tensors(told, plain.parse_example(
            serialized=serialized, names=[] if names is None else names, dense_defaults=defaults,
            sparse_keys=told.sparse_keys, sparse_types=told.sparse_types, dense_keys=told.dense_keys,
            dense_shapes=shapes, name=name))


def parse_example(serialized, features, name=None, example_names=None):
    """The features of a batch of Examples.

    Args:
      serialized: a vector of strings [N], each an encoded tf.train.Example.
      features: a dictionary of names and FixedLenFeature, VarLenFeature, SparseFeature or FixedLenSequenceFeature.
      example_names: a vector of N names, which errors mention.

    Returns:
      A dictionary of the same names: of a FixedLenFeature a tensor [N] + shape, of a FixedLenSequenceFeature
      [N, longest] + shape, of the others a SparseTensor of the dense shape [N, longest], or [N] + size.

    Raises:
      ValueError: where there are no features, or one isn't what it should be.
    """
    return parse_example_v2(serialized, features, example_names, name)


def parse_example_v2(serialized, features, example_names=None, name=None):
    """parse_example() with its arguments in the order of TensorFlow 2."""
    if not features:
        raise ValueError('Missing: features was %s.' % features)
    features = with_lengths(features)
    told = told_of(features, _OF_EXAMPLES)
    return _with_sparse_features(features, _parse(serialized, example_names, told, name))


def parse_single_example(serialized, features, name=None, example_names=None):
    """The features of one Example.

    Args:
      serialized: a string.
      features: as in parse_example().
      example_names: a scalar, which errors mention.

    Returns:
      A dictionary of tensors and SparseTensors, which lack the axis that parse_example() has for the batch.

    Raises:
      ValueError: where there are no features, one isn't what it should be, or serialized is no scalar.
    """
    return parse_single_example_v2_unoptimized(serialized, features, example_names, name)


def parse_single_example_v2_unoptimized(serialized, features, example_names=None, name=None):
    """parse_single_example() with its arguments in the order of TensorFlow 2."""
    if not features:
        raise ValueError('Missing features.')
    features = with_lengths(features)
    told = told_of(features, _OF_EXAMPLES)
    if example_names is None:
        tensors = _parse_single(serialized, told, name)
    else:
        tensors = _parse_named(serialized, example_names, told, name)
    return _with_sparse_features(features, tensors)


def _parse_single(serialized, told, name):
    with ops.name_scope(name, 'ParseSingleExample', [serialized]):
        serialized = ops.convert_to_tensor(serialized, name='serialized')
        shapes, defaults = dense_shapes_and_defaults(told)
        return _tensors(told, plain.parse_single_example(
            serialized=serialized, dense_defaults=defaults, num_sparse=len(told.sparse_keys),
            sparse_keys=told.sparse_keys, sparse_types=told.sparse_types, dense_keys=told.dense_keys,
            dense_shapes=shapes, name=name))


def _scalar(value, what, name):
    """It, which is a scalar: where its rank isn't known, it is checked in the run."""
    value = ops.convert_to_tensor(value)
    rank = value.get_shape().ndims
    message = 'Input %s must be a scalar' % what
    if rank is None:
        is_scalar = control_flow_ops.Assert(math_ops.equal(array_ops.rank(value), 0), [message],
                                            name=name + 'IsScalar')
        value = control_flow_ops.with_dependencies([is_scalar], value, name=name + 'Dependencies')
    elif rank != 0:
        raise ValueError(message)
    return array_ops.expand_dims(value, 0)


def _parse_named(serialized, names, told, name):
    """An Example with a name is a batch of one."""
    with ops.name_scope(name, 'ParseSingleExample', [serialized, names]):
        serialized = _scalar(serialized, 'serialized', 'Serialized')
        names = _scalar(names, 'names', 'Names')
        tensors = _parse(serialized, names, told, name)
        for key in told.dense_keys:
            tensors[key] = array_ops.squeeze(tensors[key], [0], name='Squeeze_' + node_name_of(key))
        for key in told.sparse_keys:
            of_batch, last = tensors[key], node_name_of(key)
            tensors[key] = SparseTensor(
                array_ops.slice(of_batch.indices, [0, 1], [-1, -1], name='Slice_Indices_' + last), of_batch.values,
                array_ops.slice(of_batch.dense_shape, [1], [-1], name='Squeeze_Shape_' + last))
        return tensors


def decode_csv(records, record_defaults, field_delim=',', use_quote_delim=True, name=None, na_value='',
               select_cols=None):
    """The columns of rows of text (no session of ours runs it: docs/ops.md).

    Args:
      records: strings, each a row.
      record_defaults: for each column a tensor of one value, or of none where the column must have one; of the
        column's dtype.
      field_delim: what stands between two fields.
      use_quote_delim: whether double quotes hold fields together.
      na_value: what stands for no value, too.
      select_cols: the columns that are wanted, ascending; None: all.

    Returns:
      A list of tensors, one a column, of the shape of records.

    Raises:
      ValueError: where select_cols don't ascend from 0, or aren't as many as record_defaults.
    """
    if select_cols is not None:
        if any(first >= second for first, second in zip(select_cols, select_cols[1:])):
            raise ValueError('select_cols is not strictly increasing.')
        if select_cols[0] < 0:
            raise ValueError('select_cols contains negative values.')
        if len(select_cols) != len(record_defaults):
            raise ValueError('Length of select_cols and record_defaults do not match.')
    return plain.decode_csv(records=records, record_defaults=record_defaults, field_delim=field_delim,
                            use_quote_delim=use_quote_delim, na_value=na_value, name=name, select_cols=select_cols)


def decode_raw_v1(input_bytes=None, out_type=None, little_endian=True, name=None, bytes=None):
    """The bytes of each string as numbers."""
    return plain.decode_raw(argument('input_bytes', input_bytes, 'bytes', bytes), out_type, little_endian=little_endian,
                            name=name)
