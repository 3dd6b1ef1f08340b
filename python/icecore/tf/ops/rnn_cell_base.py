"""What recurrent cells share: their states, and how they are called."""
from icecore.tf.framework import constant_op, dtypes, ops, tensor_shape, tensor_util
from icecore.tf.layers import base
from icecore.tf.ops import array_ops, variable_scope, variables
from icecore.tf.util import nest


def assert_like_rnncell(cell_name, cell):
    """Raises TypeError where it can't be called like a cell."""
    conditions = ((hasattr(cell, 'output_size'), "'output_size' property is missing"),
                  (hasattr(cell, 'state_size'), "'state_size' property is missing"),
                  (hasattr(cell, 'get_initial_state') or hasattr(cell, 'zero_state'),
                   "either 'zero_state' or 'get_initial_state' method is required"),
                  (callable(cell), 'is not callable'))
    errors = [text for good, text in conditions if not good]
    if errors:
        raise TypeError('The argument {!r} ({}) is not an RNNCell: {}.'.format(cell_name, cell, ', '.join(errors)))


def _vector(part):
    """(the part of a shape as a tensor or None, what is known of it)."""
    if isinstance(part, ops.Tensor):
        known = tensor_util.constant_value(part)
        if part.shape.ndims == 0:
            part = array_ops.expand_dims(part, 0)
        elif part.shape.ndims != 1:
            raise ValueError('prefix tensor must be either a scalar or vector, but saw tensor: %s' % part)
        return part, known
    shape = tensor_shape.as_shape(part)
    known = shape.as_list() if shape.ndims is not None else None
    return (constant_op.constant(shape.as_list(), dtype=dtypes.int32) if shape.is_fully_defined() else None), known


def concat_shapes(prefix, suffix, static=False):
    """The shape of both, as a tensor, or as a list where it is static."""
    p, p_known = _vector(prefix)
    s, s_known = _vector(suffix)
    if static:
        shape = tensor_shape.as_shape(p_known).concatenate(s_known)
        return shape.as_list() if shape.ndims is not None else None
    if p is None or s is None:
        raise ValueError('Provided a prefix or suffix of None: %s and %s' % (prefix, suffix))
    return array_ops.concat((p, s), 0)


def _zero_state_tensors(state_size, batch_size, dtype):
    def zeros(size):
        made = array_ops.zeros(concat_shapes(batch_size, size), dtype=dtype)
        made.set_shape(concat_shapes(batch_size, size, static=True))
        return made
    return nest.map_structure(zeros, state_size)


class RNNCell(base.Layer):
    """A cell: (inputs, state) -> (output, new state). Write one by deriving from it: state_size, output_size, call()."""

    def __init__(self, trainable=True, name=None, dtype=None, **kwargs):
        super().__init__(trainable=trainable, name=name, dtype=dtype, **kwargs)
        self._is_tf_rnn_cell = True
        self._rnncell_scope = None

    def __call__(self, inputs, state, scope=None):
        if scope is not None:
            with variable_scope.variable_scope(scope, custom_getter=self._rnn_get_variable) as scope:
                return super().__call__(inputs, state, scope=scope)
        if self._rnncell_scope is None:
            self._rnncell_scope = variable_scope.variable_scope(variable_scope.get_variable_scope(),
                                                                custom_getter=self._rnn_get_variable)
        with self._rnncell_scope:
            return super().__call__(inputs, state)

    def _rnn_get_variable(self, getter, *args, **kwargs):
        variable = getter(*args, **kwargs)
        first = list(variable)[0] if isinstance(variable, variables.PartitionedVariable) else variable
        trained = any(first is v for v in variables.trainable_variables())
        kept = self._trainable_weights if trained else self._non_trainable_weights
        if not any(variable is v for v in kept):
            kept.append(variable)
        return variable

    @property
    def state_size(self):
        """An int, a TensorShape, or nested tuples of such."""
        raise NotImplementedError('Abstract method')

    @property
    def output_size(self):
        raise NotImplementedError('Abstract method')

    def build(self, _):
        pass

    def get_initial_state(self, inputs=None, batch_size=None, dtype=None):
        """zero_state() for those inputs, or of that size. ValueError where neither says both size and dtype."""
        if inputs is not None:
            inputs = ops.convert_to_tensor(inputs, name='inputs')
            batch_size = inputs.shape.as_list()[0] or array_ops.shape(inputs)[0]
            dtype = inputs.dtype
        if batch_size is None or dtype is None:
            raise ValueError('batch_size and dtype cannot be None while constructing initial state: batch_size={}, '
                             'dtype={}'.format(batch_size, dtype))
        return self.zero_state(batch_size, dtype)

    def zero_state(self, batch_size, dtype):
        """A state of zeros."""
        with ops.name_scope(type(self).__name__ + 'ZeroState', values=[batch_size]):
            return _zero_state_tensors(self.state_size, batch_size, dtype)


class LayerRNNCell(RNNCell):
    """A cell whose variables are a layer's."""

    def __call__(self, inputs, state, scope=None, *args, **kwargs):
        return base.Layer.__call__(self, inputs, state, *args, scope=scope, **kwargs)

    def _depth(self, inputs_shape):
        depth = tensor_shape.TensorShape(inputs_shape).as_list()[-1]
        if depth is None:
            raise ValueError('Expected inputs.shape[-1] to be known, saw shape: %s' % str(inputs_shape))
        check_dtypes(self.dtype)
        return depth


def check_dtypes(*tensors):
    """Raises ValueError where one isn't of floating point."""
    for dtype in [t if isinstance(t, (str, dtypes.DType)) else t.dtype for t in nest.flatten(tensors) if t is not None]:
        dtype = dtypes.as_dtype(dtype)
        if not (dtype.is_floating or dtype.is_complex):
            raise ValueError('RNN cell only supports floating point inputs, but saw dtype: %s' % dtype)
