"""How features of Examples are described (tf.FixedLenFeature and its kin), and what the ops are told of them."""
import collections
import re

from icecore.tf.framework import constant_op, dtypes, ops, tensor_shape
from icecore.tf.ops import array_ops
from icecore.tf.platform import tf_logging


class VarLenFeature(collections.namedtuple('VarLenFeature', ['dtype'])):
    """A feature of any number of values: a SparseTensor.

    Fields:
      dtype: float32, int64 or string.
    """


class SparseFeature(collections.namedtuple(
        'SparseFeature', ['index_key', 'value_key', 'dtype', 'size', 'already_sorted'])):
    """Features that together are a SparseTensor: of its values, and of where they stand.

    Fields:
      index_key: the name of the int64 feature of indices; a list of such, one for each axis.
      value_key: the name of the feature of values.
      dtype: of the values: float32, int64 or string.
      size: the length of the axis; a list where index_key is one.
      already_sorted: whether values stand in the order of their indices.
    """

    def __new__(cls, index_key, value_key, dtype, size, already_sorted=False):
        return super().__new__(cls, index_key, value_key, dtype, size, already_sorted)


class FixedLenFeature(collections.namedtuple('FixedLenFeature', ['shape', 'dtype', 'default_value'])):
    """A feature of as many values in each Example: a tensor.

    Fields:
      shape: of one Example's tensor.
      dtype: float32, int64 or string.
      default_value: what an Example has that lacks the feature; None: that is an error.
    """

    def __new__(cls, shape, dtype, default_value=None):
        return super().__new__(cls, shape, dtype, default_value)


class FixedLenSequenceFeature(collections.namedtuple(
        'FixedLenSequenceFeature', ['shape', 'dtype', 'allow_missing', 'default_value'])):
    """A feature of any number of equal pieces: a tensor [..., None] + shape, padded to the longest in the batch.

    Fields:
      shape: of one piece.
      dtype: float32, int64 or string.
      allow_missing: whether it may lack; must be true where Examples are parsed.
      default_value: a scalar that pads; None: 0, or '' of strings.
    """

    def __new__(cls, shape, dtype, allow_missing=False, default_value=None):
        return super().__new__(cls, shape, dtype, allow_missing, default_value)


class _Told:
    """What an op is told: keys and dtypes of sparse ones; keys, dtypes, shapes and defaults of dense ones."""

    def __init__(self):
        self.sparse_keys, self.sparse_types = [], []
        self.dense_keys, self.dense_types, self.dense_shapes = [], [], []
        self.dense_defaults = {}

    def add_sparse(self, key, dtype, shown):
        if key not in self.sparse_keys:
            self.sparse_keys.append(key)
            self.sparse_types.append(dtype)
            return
        known = self.sparse_types[self.sparse_keys.index(key)]
        if known != dtype:
            raise ValueError('Conflicting type %s vs %s for feature %s.' % (known, shown, key))

    def add_dense(self, key, feature):
        self.dense_keys.append(key)
        self.dense_shapes.append(feature.shape)
        self.dense_types.append(feature.dtype)
        if feature.default_value is not None:
            self.dense_defaults[key] = feature.default_value


def _need_type(key, feature):
    if not feature.dtype:
        raise ValueError('Missing type for feature %s.' % key)


def _add_var_len(told, key, feature):
    _need_type(key, feature)
    told.sparse_keys.append(key)
    told.sparse_types.append(feature.dtype)


def _add_sparse(told, key, feature):
    if not feature.index_key:
        raise ValueError('Missing index_key for SparseFeature %s.' % (feature,))
    if not feature.value_key:
        raise ValueError('Missing value_key for SparseFeature %s.' % (feature,))
    _need_type(key, feature)
    indices = [feature.index_key] if isinstance(feature.index_key, str) else feature.index_key
    if len(indices) > 1:
        tf_logging.warning('SparseFeature is a complicated feature config and should only be used after careful '
                           'consideration of VarLenFeature.')
    for index in sorted(indices):
        told.add_sparse(index, dtypes.int64, 'int64')
    told.add_sparse(feature.value_key, feature.dtype, feature.dtype)


def _add_fixed_len(told, key, feature):
    _need_type(key, feature)
    if feature.shape is None:
        raise ValueError('Missing shape for feature %s.' % key)
    shape = tensor_shape.as_shape(feature.shape)
    if feature.shape and shape.ndims and shape.dims[0].value is None:
        raise ValueError('First dimension of shape for feature %s unknown. Consider using FixedLenSequenceFeature.' %
                         key)
    if not shape.is_fully_defined():
        raise ValueError('All dimensions of shape for feature %s need to be known but received %s.' %
                         (key, str(feature.shape)))
    told.add_dense(key, feature)


def _add_sequence(told, key, feature):
    _need_type(key, feature)
    if feature.shape is None:
        raise ValueError('Missing shape for feature %s.' % key)
    told.add_dense(key, feature)


_ADD = {VarLenFeature: _add_var_len, SparseFeature: _add_sparse, FixedLenFeature: _add_fixed_len,
        FixedLenSequenceFeature: _add_sequence}


def told_of(features, kinds):
    """What an op is told of a dictionary of features, which are of these kinds only.

    Raises:
      ValueError: where one is of another kind, or lacks what it must have.
    """
    told = _Told()
    for key in sorted(features or ()):
        feature = features[key]
        kind = next((one for one in _ADD if isinstance(feature, one)), None)
        if kind is None:
            raise ValueError('Invalid feature %s:%s.' % (key, feature))
        if kind not in kinds:
            raise ValueError('Unsupported %s %s.' % (kind.__name__, feature))
        _ADD[kind](told, key, feature)
    return told


def with_lengths(features):
    """The features of Examples: those of sequences get the axis of their pieces."""
    result = dict(features)
    for key, feature in features.items():
        if isinstance(feature, FixedLenSequenceFeature):
            if not feature.allow_missing:
                raise ValueError('Unsupported: FixedLenSequenceFeature requires allow_missing to be True.')
            result[key] = feature._replace(shape=[None] + list(feature.shape))
    return result


def node_name_of(key):
    """The key as a part of a node's name."""
    return re.sub('[^A-Za-z0-9_.\\-/]', '_', key)


def dense_shapes_and_defaults(told):
    """The shapes, and a tensor for each default; an empty one where there is none.

    Raises:
      ValueError: where there are no features, or a key is both sparse and dense.
    """
    if not told.dense_keys and not told.sparse_keys:
        raise ValueError('Must provide at least one sparse key or dense key')
    both = set(told.dense_keys) & set(told.sparse_keys)
    if both:
        raise ValueError('Dense and sparse keys must not intersect; intersection: %s' % both)
    shapes = [tensor_shape.as_shape(shape) for shape in told.dense_shapes]
    defaults = [_default(key, dtype, shape, told.dense_defaults.get(key))
                for key, dtype, shape in zip(told.dense_keys, told.dense_types, shapes)]
    return shapes, defaults


def _default(key, dtype, shape, value):
    if shape.ndims and shape.dims[0].value is None:
        if value is None:
            return ops.convert_to_tensor('' if dtype == dtypes.string else 0, dtype=dtype)
        padding = ops.convert_to_tensor(value, dtype=dtype, name='padding_' + node_name_of(key))
        return array_ops.reshape(padding, [])
    if value is None:
        return constant_op.constant([], dtype=dtype)
    if isinstance(value, ops.Tensor):
        return value
    return array_ops.reshape(ops.convert_to_tensor(value, dtype=dtype, name='key_' + node_name_of(key)), shape)
