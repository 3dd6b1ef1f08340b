"""tf.nn.rnn_cell: plain, gated and LSTM cells; those made of others are in rnn_cell_wrappers.py."""
import collections

from icecore.tf.framework import constant_op, dtypes
from icecore.tf.layers import activations, base
from icecore.tf.ops import array_ops, clip_ops, init_ops, math_ops, nn_ops, partitioned_variables, plain
from icecore.tf.ops.rnn_cell_base import (  # noqa: F401
    LayerRNNCell, RNNCell, assert_like_rnncell, check_dtypes)


def _activation(given):
    return activations.get_activation(given) if given else plain.tanh


class _Cell(LayerRNNCell):
    """What the cells share: a number of units, and an activation."""

    def __init__(self, num_units, activation, reuse, name, dtype, **kwargs):
        super().__init__(_reuse=reuse, name=name, dtype=dtype, **kwargs)
        check_dtypes(self.dtype)
        self.input_spec = base.InputSpec(ndim=2)
        self._num_units = num_units
        self._activation = _activation(activation)

    @property
    def state_size(self):
        return self._num_units

    @property
    def output_size(self):
        return self._num_units


class BasicRNNCell(_Cell):
    """activation([inputs, state] * kernel + bias)."""

    def __init__(self, num_units, activation=None, reuse=None, name=None, dtype=None, **kwargs):
        super().__init__(num_units, activation, reuse, name, dtype, **kwargs)

    def build(self, inputs_shape):
        depth = self._depth(inputs_shape)
        self._kernel = self.add_variable('kernel', shape=[depth + self._num_units, self._num_units])
        self._bias = self.add_variable('bias', shape=[self._num_units],
                                       initializer=init_ops.zeros_initializer(dtype=self.dtype))
        self.built = True

    def call(self, inputs, state):
        check_dtypes(inputs, state)
        gates = math_ops.matmul(array_ops.concat([inputs, state], 1), self._kernel)
        output = self._activation(nn_ops.bias_add(gates, self._bias))
        return output, output


class GRUCell(_Cell):
    """A gated recurrent unit."""

    def __init__(self, num_units, activation=None, reuse=None, kernel_initializer=None, bias_initializer=None, name=None,
                 dtype=None, **kwargs):
        super().__init__(num_units, activation, reuse, name, dtype, **kwargs)
        self._kernel_initializer = activations.get_initializer(kernel_initializer)
        self._bias_initializer = activations.get_initializer(bias_initializer)

    def build(self, inputs_shape):
        depth = self._depth(inputs_shape)
        n, bias = self._num_units, self._bias_initializer
        self._gate_kernel = self.add_variable('gates/kernel', shape=[depth + n, 2 * n],
                                              initializer=self._kernel_initializer)
        self._gate_bias = self.add_variable(
            'gates/bias', shape=[2 * n],
            initializer=init_ops.constant_initializer(1.0, dtype=self.dtype) if bias is None else bias)
        self._candidate_kernel = self.add_variable('candidate/kernel', shape=[depth + n, n],
                                                   initializer=self._kernel_initializer)
        self._candidate_bias = self.add_variable(
            'candidate/bias', shape=[n], initializer=init_ops.zeros_initializer(dtype=self.dtype) if bias is None else bias)
        self.built = True

    def call(self, inputs, state):
        check_dtypes(inputs, state)
        gates = math_ops.matmul(array_ops.concat([inputs, state], 1), self._gate_kernel)
        value = math_ops.sigmoid(nn_ops.bias_add(gates, self._gate_bias))
        r, u = array_ops.split(value=value, num_or_size_splits=2, axis=1)
        r_state = r * state
        candidate = math_ops.matmul(array_ops.concat([inputs, r_state], 1), self._candidate_kernel)
        c = self._activation(nn_ops.bias_add(candidate, self._candidate_bias))
        new_h = u * state + (1 - u) * c
        return new_h, new_h


class LSTMStateTuple(collections.namedtuple('LSTMStateTuple', ('c', 'h'))):
    """The state of an LSTM cell."""

    __slots__ = ()

    @property
    def dtype(self):
        """Of both. TypeError where they differ."""
        c, h = self
        if c.dtype != h.dtype:
            raise TypeError('Inconsistent internal state: %s vs %s' % (str(c.dtype), str(h.dtype)))
        return c.dtype


class BasicLSTMCell(_Cell):
    """A long short-term memory cell without extras."""

    def __init__(self, num_units, forget_bias=1.0, state_is_tuple=True, activation=None, reuse=None, name=None,
                 dtype=None, **kwargs):
        super().__init__(num_units, activation, reuse, name, dtype, **kwargs)
        self._forget_bias = forget_bias
        self._state_is_tuple = state_is_tuple

    @property
    def state_size(self):
        return LSTMStateTuple(self._num_units, self._num_units) if self._state_is_tuple else 2 * self._num_units

    def build(self, inputs_shape):
        depth = self._depth(inputs_shape)
        self._kernel = self.add_variable('kernel', shape=[depth + self._num_units, 4 * self._num_units])
        self._bias = self.add_variable('bias', shape=[4 * self._num_units],
                                       initializer=init_ops.zeros_initializer(dtype=self.dtype))
        self.built = True

    def call(self, inputs, state):
        check_dtypes(inputs, state)
        sigmoid, add, multiply = math_ops.sigmoid, math_ops.add, math_ops.multiply
        one = constant_op.constant(1, dtype=dtypes.int32)
        c, h = state if self._state_is_tuple else array_ops.split(value=state, num_or_size_splits=2, axis=one)
        gates = nn_ops.bias_add(math_ops.matmul(array_ops.concat([inputs, h], 1), self._kernel), self._bias)
        i, j, f, o = array_ops.split(value=gates, num_or_size_splits=4, axis=one)
        forget = constant_op.constant(self._forget_bias, dtype=f.dtype)
        new_c = add(multiply(c, sigmoid(add(f, forget))), multiply(sigmoid(i), self._activation(j)))
        new_h = multiply(self._activation(new_c), sigmoid(o))
        return new_h, LSTMStateTuple(new_c, new_h) if self._state_is_tuple else array_ops.concat([new_c, new_h], 1)


class LSTMCell(_Cell):
    """A long short-term memory cell with peepholes, clipping and a projection, where they are asked for."""

    def __init__(self, num_units, use_peepholes=False, cell_clip=None, initializer=None, num_proj=None, proj_clip=None,
                 num_unit_shards=None, num_proj_shards=None, forget_bias=1.0, state_is_tuple=True, activation=None,
                 reuse=None, name=None, dtype=None, **kwargs):
        super().__init__(num_units, activation, reuse, name, dtype, **kwargs)
        self._use_peepholes = use_peepholes
        self._cell_clip = cell_clip
        self._initializer = activations.get_initializer(initializer)
        self._num_proj = num_proj
        self._proj_clip = proj_clip
        self._num_unit_shards = num_unit_shards
        self._num_proj_shards = num_proj_shards
        self._forget_bias = forget_bias
        self._state_is_tuple = state_is_tuple

    @property
    def state_size(self):
        sizes = LSTMStateTuple(self._num_units, self.output_size)
        return sizes if self._state_is_tuple else sum(sizes)

    @property
    def output_size(self):
        return self._num_proj or self._num_units

    def _partitioner(self, shards):
        return None if shards is None else partitioned_variables.fixed_size_partitioner(shards)

    def build(self, inputs_shape):
        depth, n = self._depth(inputs_shape), self._num_units
        self._kernel = self.add_variable('kernel', shape=[depth + self.output_size, 4 * n], initializer=self._initializer,
                                         partitioner=self._partitioner(self._num_unit_shards))
        self._bias = self.add_variable('bias', shape=[4 * n], initializer=init_ops.zeros_initializer(dtype=self.dtype))
        if self._use_peepholes:
            self._w_f_diag, self._w_i_diag, self._w_o_diag = [
                self.add_variable(name, shape=[n], initializer=self._initializer)
                for name in ('w_f_diag', 'w_i_diag', 'w_o_diag')]
        if self._num_proj is not None:
            self._proj_kernel = self.add_variable(
                'projection/kernel', shape=[n, self._num_proj], initializer=self._initializer,
                partitioner=self._partitioner(self._num_proj_shards))
        self.built = True

    def call(self, inputs, state):
        check_dtypes(inputs, state)
        sigmoid = math_ops.sigmoid
        if self._state_is_tuple:
            c_prev, m_prev = state
        else:
            c_prev = array_ops.slice(state, [0, 0], [-1, self._num_units])
            m_prev = array_ops.slice(state, [0, self._num_units], [-1, self.output_size])
        gates = nn_ops.bias_add(math_ops.matmul(array_ops.concat([inputs, m_prev], 1), self._kernel), self._bias)
        i, j, f, o = array_ops.split(value=gates, num_or_size_splits=4, axis=1)
        if self._use_peepholes:
            c = (sigmoid(f + self._forget_bias + self._w_f_diag * c_prev) * c_prev +
                 sigmoid(i + self._w_i_diag * c_prev) * self._activation(j))
        else:
            c = sigmoid(f + self._forget_bias) * c_prev + sigmoid(i) * self._activation(j)
        if self._cell_clip is not None:
            c = clip_ops.clip_by_value(c, -self._cell_clip, self._cell_clip)
        if self._use_peepholes:
            m = sigmoid(o + self._w_o_diag * c) * self._activation(c)
        else:
            m = sigmoid(o) * self._activation(c)
        if self._num_proj is not None:
            m = math_ops.matmul(m, self._proj_kernel)
            if self._proj_clip is not None:
                m = clip_ops.clip_by_value(m, -self._proj_clip, self._proj_clip)
        return m, LSTMStateTuple(c, m) if self._state_is_tuple else array_ops.concat([c, m], 1)
