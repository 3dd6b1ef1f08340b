"""tf.nn.static_rnn and dynamic_rnn: a cell along time."""
from icecore.tf.framework import constant_op, control_flow, dtypes, ops, tensor_shape
from icecore.tf.ops import array_ops, math_ops, plain, tensor_array_ops, variable_scope
from icecore.tf.ops.rnn_cell_base import assert_like_rnncell, concat_shapes
from icecore.tf.util import nest


def __getattr__(name):
    if name in ('bidirectional_dynamic_rnn', 'static_bidirectional_rnn'):
        from icecore.tf.ops import rnn_bidirectional
        return getattr(rnn_bidirectional, name)
    raise AttributeError("module '%s' has no attribute '%s'" % (__name__, name))


def _transpose_batch_time(x):
    """The first two axes exchanged."""
    shape = x.get_shape()
    if shape.ndims is not None and shape.ndims < 2:
        return x
    rank = array_ops.rank(x)
    turned = array_ops.transpose(x, array_ops.concat(([1, 0], math_ops.range(2, rank)), axis=0))
    turned.set_shape(tensor_shape.TensorShape([shape.dims[1].value, shape.dims[0].value]).concatenate(shape[2:]))
    return turned


def _batch_size(flat_input):
    for tensor in flat_input:
        if tensor.shape.ndims is None:
            continue
        if tensor.shape.ndims < 2:
            raise ValueError('Expected input tensor %s to have rank at least 2' % tensor)
        if tensor.shape.dims[1].value is not None:
            return tensor.shape.dims[1].value
    return array_ops.shape(flat_input[0])[1]


def _state_dtype(explicit, state):
    if explicit is not None:
        return explicit
    found = [element.dtype for element in nest.flatten(state)]
    if not found:
        raise ValueError('Unable to infer dtype from empty state.')
    if any(dtype != found[0] for dtype in found):
        raise ValueError('State has tensors of different inferred_dtypes. Unable to infer a single representative dtype.')
    return found[0]


def _cache_in(scope):
    if ops.get_default_graph()._get_control_flow_context() is None and scope.caching_device is None:
        scope.set_caching_device(lambda op: op.device)


def _initial(cell, state, batch_size, dtype, missing):
    if state is not None:
        return state
    if not dtype:
        raise ValueError(missing)
    if getattr(cell, 'get_initial_state', None) is not None:
        return cell.get_initial_state(inputs=None, batch_size=batch_size, dtype=dtype)
    return cell.zero_state(batch_size, dtype)


def _rnn_step(time, sequence_length, shortest, longest, zero_output, state, call_cell, skip_conditionals=False):
    """A step of which sequences that have ended keep their state, and give zeros."""
    flat_zero, flat_state = nest.flatten(zero_output), nest.flatten(state)
    ended = time >= sequence_length

    def kept(old, new):
        if new.shape.ndims == 0:
            return new
        with ops.colocate_with(new):
            return array_ops.where(ended, old, new)

    def called():
        output, new_state = call_cell()
        nest.assert_same_structure(zero_output, output)
        nest.assert_same_structure(state, new_state)
        return nest.flatten(output), nest.flatten(new_state)

    def some(output, new_state):
        output = [kept(zero, new) for zero, new in zip(flat_zero, output)]
        return output + [kept(old, new) for old, new in zip(flat_state, new_state)]

    def called_or_kept():
        output, new_state = called()
        return control_flow.cond(time < shortest, lambda: output + new_state, lambda: some(output, new_state))

    if skip_conditionals:
        results = some(*called())
    else:
        results = control_flow.cond(time >= longest, lambda: flat_zero + flat_state, called_or_kept)
    for result, old in zip(results, flat_zero + flat_state):
        result.set_shape(old.get_shape())
    count = len(flat_zero)
    return nest.pack_sequence_as(zero_output, results[:count]), nest.pack_sequence_as(state, results[count:])


def static_rnn(cell, inputs, initial_state=None, dtype=None, sequence_length=None, scope=None):
    """(the outputs, the last state) of a cell called for each tensor [batch, depth] of a list.

    Args:
      initial_state: None: zeros of `dtype`.
      sequence_length: [batch]: where sequences end; their outputs are zeros then.

    Raises:
      TypeError, ValueError: where the inputs are no list, or don't fit.
    """
    assert_like_rnncell('cell', cell)
    if not nest.is_sequence(inputs):
        raise TypeError('inputs must be a sequence')
    if not inputs:
        raise ValueError('inputs must not be empty')
    outputs = []
    with variable_scope.variable_scope(scope or 'rnn') as varscope:
        _cache_in(varscope)
        first = nest.flatten(inputs)[0]
        fixed = first.get_shape().with_rank_at_least(1).dims[0]
        if first.get_shape().ndims != 1:
            for tensor in nest.flatten(inputs):
                shape = tensor.get_shape().with_rank_at_least(2)
                fixed.merge_with(shape.dims[0])
                for number, size in enumerate(shape.as_list()[1:]):
                    if size is None:
                        raise ValueError('Input size (dimension %d of inputs) must be accessible via shape inference, but '
                                         'saw value None.' % number)
        batch_size = fixed.value or array_ops.shape(first)[0]
        state = _initial(cell, initial_state, batch_size, dtype,
                         'If no initial_state is provided, dtype must be specified')
        if sequence_length is not None:
            sequence_length = ops.convert_to_tensor(sequence_length, name='sequence_length')
            if sequence_length.get_shape().ndims not in (None, 1):
                raise ValueError('sequence_length must be a vector of length batch_size')

            def zeros(size):
                output = array_ops.zeros(array_ops.stack(concat_shapes(batch_size, size)), _state_dtype(dtype, state))
                output.set_shape(tensor_shape.TensorShape(concat_shapes(fixed.value, size, static=True)))
                return output
            zero_output = nest.map_structure(zeros, cell.output_size)
            sequence_length = math_ops.cast(sequence_length, dtypes.int32)
            shortest, longest = math_ops.reduce_min(sequence_length), math_ops.reduce_max(sequence_length)
        for time, input_ in enumerate(inputs):
            if time > 0:
                varscope.reuse_variables()
            if sequence_length is None:
                output, state = cell(input_, state)
            else:
                output, state = _rnn_step(time, sequence_length, shortest, longest, zero_output, state,
                                          lambda input_=input_, state=state: cell(input_, state))
            outputs.append(output)
        return outputs, state


def dynamic_rnn(cell, inputs, sequence_length=None, initial_state=None, dtype=None, parallel_iterations=None,
                swap_memory=False, time_major=False, scope=None):
    """(the outputs [batch, time, ...], the last state) of a cell called in a loop along time.

    Args:
      inputs: [batch, time, ...]; [time, batch, ...] where it is time_major; the outputs alike.
      sequence_length: [batch]: where sequences end; their outputs are zeros then.
      initial_state: None: zeros of `dtype`.

    Raises:
      ValueError: where the inputs or the lengths don't fit.
    """
    assert_like_rnncell('cell', cell)
    with variable_scope.variable_scope(scope or 'rnn') as varscope:
        _cache_in(varscope)
        flat_input = nest.flatten(inputs)
        if not time_major:
            flat_input = [ops.convert_to_tensor(tensor) for tensor in flat_input]
            flat_input = [_transpose_batch_time(tensor) for tensor in flat_input]
        if sequence_length is not None:
            sequence_length = math_ops.cast(sequence_length, dtypes.int32)
            if sequence_length.get_shape().ndims not in (None, 1):
                raise ValueError('sequence_length must be a vector of length batch_size, but saw shape: %s' %
                                 sequence_length.get_shape())
            sequence_length = array_ops.identity(sequence_length, name='sequence_length')
        batch_size = _batch_size(flat_input)
        state = _initial(cell, initial_state, batch_size, dtype,
                         'If there is no initial_state, you must give a dtype.')
        if sequence_length is not None:
            shape, wanted = array_ops.shape(sequence_length), array_ops.stack([batch_size])
            fits = control_flow.Assert(math_ops.reduce_all(math_ops.equal(shape, wanted)), [
                'Expected shape for Tensor %s is ' % sequence_length.name, wanted, ' but saw shape: ', shape])
            with ops.control_dependencies([fits]):
                sequence_length = array_ops.identity(sequence_length, name='CheckSeqLen')
        outputs, state = _loop(cell, nest.pack_sequence_as(inputs, flat_input), state, parallel_iterations or 32,
                               swap_memory, sequence_length, dtype)
        if not time_major:
            outputs = nest.map_structure(_transpose_batch_time, outputs)
        return outputs, state


def _loop(cell, inputs, state, parallel_iterations, swap_memory, sequence_length, dtype):
    flat_input, sizes = nest.flatten(inputs), nest.flatten(cell.output_size)
    steps = array_ops.shape(flat_input[0])[0]
    batch_size = _batch_size(flat_input)
    shapes = [tensor.get_shape().with_rank_at_least(3) for tensor in flat_input]
    known_steps, known_batch = shapes[0].as_list()[:2]
    for shape in shapes:
        if not shape[2:].is_fully_defined():
            raise ValueError('Input size (depth of inputs) must be accessible via shape inference, but saw value None.')
        if shape.dims[0].value != known_steps:
            raise ValueError('Time steps is not the same for all the elements in the input in a batch.')
        if shape.dims[1].value != known_batch:
            raise ValueError('Batch_size is not the same for all the elements in the input.')
    zeros = [array_ops.zeros(array_ops.stack(concat_shapes(batch_size, size)), _state_dtype(dtype, state))
             for size in sizes]
    zero_output = nest.pack_sequence_as(cell.output_size, zeros)
    longest = steps
    if sequence_length is not None:
        shortest, longest = math_ops.reduce_min(sequence_length), math_ops.reduce_max(sequence_length)
    time = constant_op.constant(0, dtype=dtypes.int32, name='time')
    with ops.name_scope('dynamic_rnn') as base_name:
        pass

    def array(name, element_shape, dtype):
        return tensor_array_ops.TensorArray(dtype=dtype, size=steps, element_shape=element_shape,
                                            tensor_array_name=base_name + name)

    output_arrays = tuple(
        array('output_%d' % number, tensor_shape.TensorShape([known_batch]).concatenate(size), _state_dtype(dtype, state))
        for number, size in enumerate(sizes))
    input_arrays = [array('input_%d' % number, tensor.shape[1:], tensor.dtype) for number, tensor in enumerate(flat_input)]
    input_arrays = [one.unstack(tensor) for one, tensor in zip(input_arrays, flat_input)]

    def step(time, arrays, state):
        parts = [one.read(time) for one in input_arrays]
        for part, shape in zip(parts, shapes):
            part.set_shape(shape[1:])
        now = nest.pack_sequence_as(inputs, parts)
        if sequence_length is None:
            output, new_state = cell(now, state)
        else:
            output, new_state = _rnn_step(time, sequence_length, shortest, longest, zero_output, state,
                                          lambda: cell(now, state), skip_conditionals=True)
        arrays = tuple(one.write(time, out) for one, out in zip(arrays, nest.flatten(output)))
        return time + 1, arrays, new_state

    # As many steps as the longest sequence has, one at least.
    bound = plain.minimum(steps, plain.maximum(1, longest))
    _, arrays, state = control_flow.while_loop(
        lambda time, *_: time < bound, step, (time, output_arrays, state), parallel_iterations=parallel_iterations,
        maximum_iterations=steps, swap_memory=swap_memory)
    outputs = [one.stack() for one in arrays]
    for output, size in zip(outputs, sizes):
        output.set_shape(concat_shapes([known_steps, known_batch], size, static=True))
    return nest.pack_sequence_as(cell.output_size, outputs), state
