"""Recurrent cells made of others: one above the other, with dropout, with a way around."""
import hashlib

from icecore.tf.framework import ops, tensor_util
from icecore.tf.ops import array_ops, nn_ops, variable_scope
from icecore.tf.ops.rnn_cell_base import RNNCell, assert_like_rnncell
from icecore.tf.ops.rnn_cell_impl import LSTMStateTuple
from icecore.tf.util import nest


class MultiRNNCell(RNNCell):
    """Cells one above the other.

    Raises:
      ValueError, TypeError: where there are none, or it is no list; where states are tuples and that wasn't said.
    """

    def __init__(self, cells, state_is_tuple=True):
        super().__init__()
        if not cells:
            raise ValueError('Must specify at least one cell for MultiRNNCell.')
        if not nest.is_sequence(cells):
            raise TypeError('cells must be a list or tuple, but saw: %s.' % cells)
        self._cells = cells
        self._state_is_tuple = state_is_tuple
        if not state_is_tuple and any(nest.is_sequence(c.state_size) for c in cells):
            raise ValueError('Some cells return tuples of states, but the flag state_is_tuple is not set.  State sizes are: '
                             '%s' % str([c.state_size for c in cells]))

    @property
    def state_size(self):
        sizes = tuple(cell.state_size for cell in self._cells)
        return sizes if self._state_is_tuple else sum(sizes)

    @property
    def output_size(self):
        return self._cells[-1].output_size

    def zero_state(self, batch_size, dtype):
        with ops.name_scope(type(self).__name__ + 'ZeroState', values=[batch_size]):
            if self._state_is_tuple:
                return tuple(cell.zero_state(batch_size, dtype) for cell in self._cells)
            return super().zero_state(batch_size, dtype)

    @property
    def trainable_weights(self):
        return [w for cell in self._cells for w in cell.trainable_weights] if self.trainable else []

    @property
    def non_trainable_weights(self):
        weights = [w for cell in self._cells for w in cell.non_trainable_weights]
        return weights if self.trainable else [w for cell in self._cells for w in cell.trainable_weights] + weights

    def call(self, inputs, state):
        at, new_states = 0, []
        if self._state_is_tuple and not nest.is_sequence(state):
            raise ValueError('Expected state to be a tuple of length %d, but received: %s' % (len(self.state_size), state))
        for number, cell in enumerate(self._cells):
            with variable_scope.variable_scope('cell_%d' % number):
                if self._state_is_tuple:
                    part = state[number]
                else:
                    part = array_ops.slice(state, [0, at], [-1, cell.state_size])
                    at += cell.state_size
                inputs, new_state = cell(inputs, part)
                new_states.append(new_state)
        return inputs, tuple(new_states) if self._state_is_tuple else array_ops.concat(new_states, 1)


class _Wrapper(RNNCell):
    """A cell around another."""

    def __init__(self, cell, **kwargs):
        super().__init__(**kwargs)
        assert_like_rnncell('cell', cell)
        self.cell = cell

    @property
    def wrapped_cell(self):
        return self.cell

    @property
    def state_size(self):
        return self.cell.state_size

    @property
    def output_size(self):
        return self.cell.output_size

    def zero_state(self, batch_size, dtype):
        with ops.name_scope(type(self).__name__ + 'ZeroState', values=[batch_size]):
            return self.cell.zero_state(batch_size, dtype)


def _probability(name, value):
    """A float where it is known, else the tensor. ValueError outside [0, 1]."""
    tensor = ops.convert_to_tensor(value)
    known = tensor_util.constant_value(tensor)
    if known is None:
        return tensor
    if known < 0 or known > 1:
        raise ValueError('Parameter %s must be between 0 and 1: %d' % (name, known))
    return float(known)


class DropoutWrapper(_Wrapper):
    """Dropout of a cell's inputs, outputs, and states (of an LSTM's only h)."""

    def __init__(self, cell, input_keep_prob=1.0, output_keep_prob=1.0, state_keep_prob=1.0, variational_recurrent=False,
                 input_size=None, dtype=None, seed=None, dropout_state_filter_visitor=None, **kwargs):
        super().__init__(cell, dtype=dtype, **kwargs)
        if variational_recurrent or dropout_state_filter_visitor is not None:
            from icecore.errors import UnimplementedError
            raise UnimplementedError(None, None, 'DropoutWrapper with variational_recurrent or a visitor is not in Icecore.')
        del input_size
        with ops.name_scope('DropoutWrapperInit'):
            self._input_keep_prob = _probability('input_keep_prob', input_keep_prob)
            self._state_keep_prob = _probability('state_keep_prob', state_keep_prob)
            self._output_keep_prob = _probability('output_keep_prob', output_keep_prob)
        self._seed = seed

    def _seed_of(self, salt, index):
        if self._seed is None:
            return None
        text = '%s%s_%d' % (self._seed, salt, index)
        return int(hashlib.md5(text.encode('utf-8')).hexdigest()[:8], 16) & 0x7FFFFFFF

    def _dropped(self, values, salt, keep_prob):
        if isinstance(keep_prob, float) and keep_prob >= 1:
            return values
        count = 0

        def drop(value):
            nonlocal count
            count += 1
            return nn_ops.dropout_v2(value, rate=1. - keep_prob, seed=self._seed_of(salt, count - 1))

        def visit(part):
            nonlocal count
            if isinstance(part, LSTMStateTuple) and salt == 'state':
                count += 1  # c is counted, and stays.
                return LSTMStateTuple(part.c, drop(part.h))
            if isinstance(part, (list, tuple)):
                return type(part)(visit(inner) for inner in part)
            return drop(part)
        return visit(values)

    def __call__(self, inputs, state, scope=None):
        inputs = self._dropped(inputs, 'input', self._input_keep_prob)
        output, new_state = self.cell(inputs, state, scope=scope)
        new_state = self._dropped(new_state, 'state', self._state_keep_prob)
        return self._dropped(output, 'output', self._output_keep_prob), new_state


class ResidualWrapper(_Wrapper):
    """A cell whose inputs are added to its outputs, or what `residual_fn` makes of both."""

    def __init__(self, cell, residual_fn=None, **kwargs):
        super().__init__(cell, **kwargs)
        self._residual_fn = residual_fn

    def __call__(self, inputs, state, scope=None):
        outputs, new_state = self.cell(inputs, state, scope=scope)
        if self._residual_fn is not None:
            return self._residual_fn(inputs, outputs), new_state
        nest.assert_same_structure(inputs, outputs)

        def added(x, y):
            x.get_shape().assert_is_compatible_with(y.get_shape())
            return x + y
        return nest.map_structure(added, inputs, outputs), new_state


class DeviceWrapper(_Wrapper):
    """A cell on a device."""

    def __init__(self, cell, device, **kwargs):
        super().__init__(cell, **kwargs)
        self._device = device

    def zero_state(self, batch_size, dtype):
        with ops.name_scope(type(self).__name__ + 'ZeroState', values=[batch_size]), ops.device(self._device):
            return self.cell.zero_state(batch_size, dtype)

    def __call__(self, inputs, state, scope=None):
        with ops.device(self._device):
            return self.cell(inputs, state, scope=scope)
