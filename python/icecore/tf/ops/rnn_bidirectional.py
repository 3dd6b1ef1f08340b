"""Recurrent networks that read a sequence both ways."""
from icecore.tf.framework import tensor_shape
from icecore.tf.ops import array_ops, plain, variable_scope
from icecore.tf.ops.rnn import dynamic_rnn, static_rnn
from icecore.tf.ops.rnn_cell_base import assert_like_rnncell
from icecore.tf.util import nest


def bidirectional_dynamic_rnn(cell_fw, cell_bw, inputs, sequence_length=None, initial_state_fw=None,
                              initial_state_bw=None, dtype=None, parallel_iterations=None, swap_memory=False,
                              time_major=False, scope=None):
    """dynamic_rnn() of one cell from the first step on, and of another from the last one back.

    Args:
      cell_fw, cell_bw: the cells.
      inputs: a tensor [batch, time, ...], or [time, batch, ...] where time_major is true; or nested such.
      sequence_length: integers [batch]: how many steps each has; None: all.
      initial_state_fw, initial_state_bw: states of the cells; None: zeros of dtype.
      dtype: of the states.
      parallel_iterations, swap_memory: as in tf.while_loop().
      time_major: which axis is time.
      scope: of the variables; None: 'bidirectional_rnn'.

    Returns:
      ((outputs forwards, backwards), (last state forwards, backwards)); outputs are in the order of the inputs.
    """
    assert_like_rnncell('cell_fw', cell_fw)
    assert_like_rnncell('cell_bw', cell_bw)
    time_axis, batch_axis = (0, 1) if time_major else (1, 0)
    same = dict(sequence_length=sequence_length, dtype=dtype, parallel_iterations=parallel_iterations,
                swap_memory=swap_memory, time_major=time_major)

    def turned(value):
        if sequence_length is None:
            return plain.reverse_v2(value, axis=[time_axis])
        return array_ops.reverse_sequence(input=value, seq_lengths=sequence_length, seq_axis=time_axis,
                                          batch_axis=batch_axis)

    with variable_scope.variable_scope(scope or 'bidirectional_rnn'):
        with variable_scope.variable_scope('fw') as forwards:
            output_fw, state_fw = dynamic_rnn(cell=cell_fw, inputs=inputs, initial_state=initial_state_fw,
                                              scope=forwards, **same)
        with variable_scope.variable_scope('bw') as backwards:
            output_bw, state_bw = dynamic_rnn(cell=cell_bw, inputs=nest.map_structure(turned, inputs),
                                              initial_state=initial_state_bw, scope=backwards, **same)
    return (output_fw, turned(output_bw)), (state_fw, state_bw)


def _turned_steps(steps, lengths):
    """The steps, the last first; each sequence as far as it is long."""
    if lengths is None:
        return list(reversed(steps))
    results = [[] for _ in steps]
    for parts in zip(*(nest.flatten(step) for step in steps)):
        shape = tensor_shape.unknown_shape(rank=parts[0].get_shape().rank)
        for part in parts:
            shape.merge_with(part.get_shape())
            part.set_shape(shape)
        turned = array_ops.reverse_sequence(array_ops.stack(parts), lengths, 0, 1)
        for result, part in zip(results, array_ops.unstack(turned)):
            part.set_shape(shape)
            result.append(part)
    return [nest.pack_sequence_as(structure=step, flat_sequence=result) for step, result in zip(steps, results)]


def static_bidirectional_rnn(cell_fw, cell_bw, inputs, initial_state_fw=None, initial_state_bw=None, dtype=None,
                             sequence_length=None, scope=None):
    """static_rnn() of one cell from the first step on, and of another from the last one back.

    Args:
      cell_fw, cell_bw: the cells.
      inputs: a list of tensors [batch, size], one a step.
      initial_state_fw, initial_state_bw: states of the cells; None: zeros of dtype.
      dtype: of the states.
      sequence_length: integers [batch]: how many steps each has; None: all.
      scope: of the variables; None: 'bidirectional_rnn'.

    Returns:
      (a list of outputs of both, beside each other; the last state forwards; backwards).

    Raises:
      TypeError: where inputs is no list.
      ValueError: where there are none.
    """
    assert_like_rnncell('cell_fw', cell_fw)
    assert_like_rnncell('cell_bw', cell_bw)
    if not nest.is_sequence(inputs):
        raise TypeError('inputs must be a sequence')
    if not inputs:
        raise ValueError('inputs must not be empty')
    with variable_scope.variable_scope(scope or 'bidirectional_rnn'):
        with variable_scope.variable_scope('fw') as forwards:
            output_fw, state_fw = static_rnn(cell_fw, inputs, initial_state_fw, dtype, sequence_length, scope=forwards)
        with variable_scope.variable_scope('bw') as backwards:
            output_bw, state_bw = static_rnn(cell_bw, _turned_steps(inputs, sequence_length), initial_state_bw, dtype,
                                             sequence_length, scope=backwards)
    output_bw = _turned_steps(output_bw, sequence_length)
    both = tuple(array_ops.concat([forward, backward], 1)
                 for forward, backward in zip(nest.flatten(output_fw), nest.flatten(output_bw)))
    return nest.pack_sequence_as(structure=output_fw, flat_sequence=both), state_fw, state_bw
