"""Recurrent nets."""
_CELLS = 'BasicLSTMCell BasicRNNCell GRUCell LSTMCell LSTMStateTuple RNNCell'.split()
_WRAPPERS = 'DeviceWrapper DropoutWrapper MultiRNNCell ResidualWrapper'.split()


def _both(names):
    return ' '.join('%s.%s' % (space, name) for space in ('nn.rnn_cell', 'contrib.rnn') for name in names)


TABLE = {
    'ops.rnn': 'contrib.rnn.static_rnn nn.dynamic_rnn nn.static_rnn',
    'ops.rnn_bidirectional': '''
        contrib.rnn.static_bidirectional_rnn nn.bidirectional_dynamic_rnn nn.static_bidirectional_rnn
    ''',
    'ops.rnn_cell_impl': _both(_CELLS),
    'ops.rnn_cell_wrappers': _both(_WRAPPERS),
    'ops.rnn_projections': '''
        contrib.rnn.EmbeddingWrapper contrib.rnn.InputProjectionWrapper contrib.rnn.OutputProjectionWrapper
    ''',
}
