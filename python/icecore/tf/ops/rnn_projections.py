"""Recurrent cells around another one, whose inputs or outputs they change: tf.contrib.rnn's wrappers."""
import math

from icecore.tf.framework import ops
from icecore.tf.ops import array_ops, embedding_ops, init_ops, math_ops, nn_ops, variable_scope
from icecore.tf.ops.rnn_cell_base import RNNCell, assert_like_rnncell


class _Linear:
    """inputs x kernel + bias; the variables are made in the current scope."""

    def __init__(self, inputs, size):
        shape = inputs.get_shape()
        if shape.ndims != 2:
            raise ValueError('linear is expecting 2D arguments: %s' % [shape])
        width = shape.as_list()[1]
        if width is None:
            raise ValueError('linear expects shape[1] to be provided for shape %s, but saw %s' % (shape, shape[1]))
        with variable_scope.variable_scope(variable_scope.get_variable_scope()) as outer:
            self._kernel = variable_scope.get_variable('kernel', [width, size], dtype=inputs.dtype)
            with variable_scope.variable_scope(outer) as inner:
                inner.set_partitioner(None)
                zeros = init_ops.constant_initializer(0.0, dtype=inputs.dtype)
                self._bias = variable_scope.get_variable('bias', [size], dtype=inputs.dtype, initializer=zeros)

    def __call__(self, inputs):
        return nn_ops.bias_add(math_ops.matmul(inputs, self._kernel), self._bias)


class _Wrapper(RNNCell):
    """A cell whose state is the inner one's."""

    def __init__(self, cell, reuse):
        super().__init__(_reuse=reuse)
        assert_like_rnncell('cell', cell)
        self._cell = cell

    @property
    def state_size(self):
        return self._cell.state_size

    @property
    def output_size(self):
        return self._cell.output_size

    def zero_state(self, batch_size, dtype):
        with ops.name_scope(type(self).__name__ + 'ZeroState', values=[batch_size]):
            return self._cell.zero_state(batch_size, dtype)


class EmbeddingWrapper(_Wrapper):
    """A cell whose inputs are numbers of classes, of which it learns embeddings."""

    def __init__(self, cell, embedding_classes, embedding_size, initializer=None, reuse=None):
        super().__init__(cell, reuse)
        if embedding_classes <= 0 or embedding_size <= 0:
            raise ValueError('Both embedding_classes and embedding_size must be > 0: %d, %d.' %
                             (embedding_classes, embedding_size))
        self._embedding_shape = [embedding_classes, embedding_size]
        self._initializer = initializer

    def call(self, inputs, state):
        with ops.device('/cpu:0'):
            initializer = self._initializer or variable_scope.get_variable_scope().initializer
            if not initializer:  # The variance is one.
                initializer = init_ops.random_uniform_initializer(-math.sqrt(3), math.sqrt(3))
            dtype = (state[0] if isinstance(state, tuple) else state).dtype
            embedding = variable_scope.get_variable('embedding', self._embedding_shape, initializer=initializer,
                                                    dtype=dtype)
            embedded = embedding_ops.embedding_lookup(embedding, array_ops.reshape(inputs, [-1]))
            return self._cell(embedded, state)


class InputProjectionWrapper(_Wrapper):
    """A cell whose inputs go through a layer first."""

    def __init__(self, cell, num_proj, activation=None, input_size=None, reuse=None):
        super().__init__(cell, reuse)
        self._num_proj = num_proj
        self._activation = activation
        self._linear = None

    def call(self, inputs, state):
        if self._linear is None:
            self._linear = _Linear(inputs, self._num_proj)
        projected = self._linear(inputs)
        return self._cell(self._activation(projected) if self._activation else projected, state)


class OutputProjectionWrapper(_Wrapper):
    """A cell whose outputs go through a layer."""

    def __init__(self, cell, output_size, activation=None, reuse=None):
        super().__init__(cell, reuse)
        if output_size < 1:
            raise ValueError('Parameter output_size must be > 0: %d.' % output_size)
        self._output_size = output_size
        self._activation = activation
        self._linear = None

    @property
    def output_size(self):
        return self._output_size

    def call(self, inputs, state):
        output, state = self._cell(inputs, state)
        if self._linear is None:
            self._linear = _Linear(output, self._output_size)
        projected = self._linear(output)
        return self._activation(projected) if self._activation else projected, state
