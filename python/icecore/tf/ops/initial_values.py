"""Initial values of variables that depend on other variables."""
from icecore.tf.framework import ops


def guarded_initial_value(name, initial_value):
    """The initial value where it depends on other variables: made of their initialized values instead."""
    if _has_cycle(initial_value.op, {}):
        return initial_value
    return _safe_tensor(name, initial_value, {})


def _has_cycle(op, state):
    # A walk without recursion: graphs are deep.
    stack = [(op, None)]
    while stack:
        current, sources = stack[-1]
        if sources is None:
            if state.get(current) is not None:
                if state[current] == 1:
                    return True
                stack.pop()
                continue
            state[current] = 1
            sources = iter([t.op for t in current.inputs] + list(current.control_inputs))
            stack[-1] = (current, sources)
        following = next(sources, None)
        if following is None:
            state[current] = 2
            stack.pop()
        elif state.get(following) == 1:
            return True
        elif following not in state:
            stack.append((following, None))
    return False


def _safe_tensor(name, tensor, cache):
    op = tensor.op
    made = cache.get(op)
    if made is None:
        made = cache[op] = _safe_op(name, op, cache)
    return made.outputs[tensor.value_index]


def _safe_op(name, op, cache):
    if op.type in ('IsVariableInitialized', 'VarIsInitializedOp', 'ReadVariableOp', 'If'):
        return op
    if op.type in ('Variable', 'VariableV2', 'VarHandleOp'):
        variable = _variable_named(op)
        return op if variable is None else variable.initialized_value().op
    inputs = [_safe_tensor(name, tensor, cache) for tensor in op.inputs]
    if all(a is b for a, b in zip(inputs, op.inputs)):
        return op
    kind = 'Switch' if op.type == 'RefSwitch' else op.type
    return op.graph.create_op(kind, inputs, op._output_types, name=(op.name + '_' + name).replace(':', '_'),
                              attrs=op.node_def.attr)


def _variable_named(op):
    for key in (ops.GraphKeys.GLOBAL_VARIABLES, ops.GraphKeys.LOCAL_VARIABLES):
        for variable in op.graph.get_collection(key):
            if getattr(variable, 'name', None) in (op.name, op.name + ':0'):
                return variable
    return None
