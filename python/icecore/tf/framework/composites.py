"""tf.IndexedSlices and tf.SparseTensor: tensors that stand for one larger tensor."""
import collections

from icecore.tf.framework import conversion, dtypes, tensor_util
from icecore.tf.framework.name_scope import graph_of_inputs, name_scope
from icecore.tf.framework.tensor import Tensor

IndexedSlicesValue = collections.namedtuple('IndexedSlicesValue', ['values', 'indices', 'dense_shape'])
_SparseTensorValue = collections.namedtuple('SparseTensorValue', ['indices', 'values', 'dense_shape'])


class CompositeTensor:
    """What is made of several tensors."""

    def __init__(self, indices, values, dense_shape):
        self._indices = indices
        self._values = values
        self._dense_shape = dense_shape

    @property
    def indices(self):
        """Where in the whole tensor the values stand."""
        return self._indices

    @property
    def values(self):
        return self._values

    @property
    def dense_shape(self):
        """The shape of the whole tensor; None where IndexedSlices don't say it."""
        return self._dense_shape

    @property
    def name(self):
        return self._values.name

    @property
    def op(self):
        return self._values.op

    @property
    def dtype(self):
        return self._values.dtype


class IndexedSlices(CompositeTensor):
    """Some rows of a tensor: values[i] belongs to row indices[i], and rows may repeat (tf.IndexedSlices)."""

    def __init__(self, values, indices, dense_shape=None):
        graph_of_inputs([value for value in (values, indices, dense_shape) if value is not None])
        super().__init__(indices, values, dense_shape)

    @property
    def device(self):
        return self._values.device

    @property
    def graph(self):
        return self._values.graph

    def __str__(self):
        return 'IndexedSlices(indices=%s, values=%s%s)' % (
            self._indices, self._values,
            ', dense_shape=%s' % self._dense_shape if self._dense_shape is not None else '')

    def __neg__(self):
        return IndexedSlices(-self._values, self._indices, self._dense_shape)


class SparseTensor(CompositeTensor):
    """A tensor of few values that aren't zero: values[i] stands at indices[i] (tf.SparseTensor).

    Args:
      indices: an int64 matrix [N, rank].
      values: a vector of N values.
      dense_shape: an int64 vector [rank].
    """

    def __init__(self, indices, values, dense_shape):
        with name_scope(None, 'SparseTensor', [v for v in (indices, values, dense_shape) if isinstance(v, Tensor)]):
            super().__init__(
                indices=conversion.convert_to_tensor(indices, name='indices', dtype=dtypes.int64),
                values=conversion.internal_convert_to_tensor(values, name='values'),
                dense_shape=conversion.convert_to_tensor(dense_shape, name='dense_shape', dtype=dtypes.int64))
        self._indices.shape.with_rank(2)
        self._values.shape.with_rank(1)
        self._dense_shape.shape.with_rank(1)

    @classmethod
    def from_value(cls, value):
        """Of a SparseTensor, or of a SparseTensorValue.

        Raises:
          TypeError: where it is neither.
        """
        if isinstance(value, SparseTensor):
            return value
        if not is_sparse_value(value):
            raise TypeError('Neither a SparseTensor nor SparseTensorValue: %s.' % value)
        return cls(value.indices, value.values, value.dense_shape)

    @property
    def shape(self):
        """What is known of the shape, as a tf.TensorShape."""
        return tensor_util.constant_value_as_shape(self._dense_shape)

    def get_shape(self):
        return self.shape

    @property
    def graph(self):
        return self._indices.graph

    def eval(self, feed_dict=None, session=None):
        """Its SparseTensorValue, in the session given or the default one."""
        from icecore.tf.framework import defaults
        session = defaults.session_for(session, self.graph, 'evaluate', 'tensor', 'eval')
        return session.run(self, feed_dict)

    def __str__(self):
        return 'SparseTensor(indices=%s, values=%s, dense_shape=%s)' % (self._indices, self._values, self._dense_shape)


class SparseTensorValue(_SparseTensorValue):
    """The values of a SparseTensor, as a Session gives and takes them."""


def is_sparse_value(value):
    return all(hasattr(value, part) for part in ('indices', 'values', 'dense_shape')) and isinstance(value, tuple)


def is_sparse(x):
    """Whether it is a SparseTensor or the value of one."""
    return isinstance(x, (SparseTensor, SparseTensorValue))


def convert_to_tensor_or_sparse_tensor(value, dtype=None, name=None):
    """A SparseTensor as it is, or of its value; else convert_to_tensor."""
    if is_sparse_value(value):
        value = SparseTensor.from_value(value)
    if isinstance(value, SparseTensor):
        if dtype is not None and not dtypes.as_dtype(dtype).is_compatible_with(value.dtype):
            raise RuntimeError('Sparse dtype: requested = %s, actual = %s' %
                               (dtypes.as_dtype(dtype).name, value.dtype.name))
        return value
    return conversion.internal_convert_to_tensor(value, dtype=dtype, name=name)


def _dense(slices, dtype=None, name=None, as_ref=False):
    from icecore.tf.framework import op_def_library
    del as_ref
    if dtype is not None and not dtype.is_compatible_with(slices.dtype):
        raise ValueError('Tensor conversion requested dtype %s for IndexedSlices with dtype %s' %
                         (dtype.name, slices.dtype.name))
    if slices.dense_shape is None:
        raise ValueError('Tensor conversion requested for IndexedSlices without dense_shape: %s' % slices)
    rows = slices.dense_shape[0]
    return op_def_library.apply_op('UnsortedSegmentSum', data=slices.values, segment_ids=slices.indices,
                                   num_segments=rows, name=name)


conversion.register_tensor_conversion_function(IndexedSlices, _dense)

