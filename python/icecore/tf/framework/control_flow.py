"""Ops about the order in which others run: groups, tuples, branches, loops."""
import builtins
import collections
import functools

import numpy as np

from icecore import _core
from icecore.tf.framework import composites, constant_op, conversion, defaults, dtypes, tensor_shape
from icecore.tf.framework.name_scope import name_scope
from icecore.tf.framework.op_def_library import apply_op
from icecore.tf.framework.operation import Operation
from icecore.tf.framework.tensor import Tensor
from icecore.tf.framework.tensor_util import is_tensor
from icecore.tf.util import nest

_tuple = builtins.tuple


def no_op(name=None):
    """An operation that does nothing; it is run for what it waits for (tf.no_op)."""
    return apply_op('NoOp', name=name)


def identity(input, name=None):
    """The value of `input`, as a tensor of its own (tf.identity)."""
    if isinstance(input, composites.CompositeTensor):
        return nest.map_structure(identity, input, expand_composites=True)
    return apply_op('Identity', input=input, name=name)


def _control_dependencies(inputs):
    return defaults.get_default_graph().control_dependencies(inputs)


def with_dependencies(dependencies, output_tensor, name=None):
    """`output_tensor`, to be had when the dependencies have run."""
    with name_scope(name, 'control_dependency', list(dependencies) + [output_tensor]) as name:
        graph = defaults.get_default_graph()
        with graph.colocate_with(output_tensor), graph.control_dependencies(dependencies):
            output_tensor = conversion.convert_to_tensor_or_composite(output_tensor)
            if isinstance(output_tensor, Tensor):
                return identity(output_tensor, name=name)
            return composites.IndexedSlices(identity(output_tensor.values, name=name), output_tensor.indices,
                                            output_tensor.dense_shape)


def _group_on(device, deps, name=None):
    with _control_dependencies(deps):
        if device is None:
            return no_op(name=name)
        with defaults.get_default_graph().device(device):
            return no_op(name=name)


def group(*inputs, **kwargs):
    """An operation that has run when all inputs have (tf.group).

    Args:
      *inputs: tensors, operations, variables, and nested lists of such.
      name: of the operation.

    Raises:
      ValueError: for other keywords.
      TypeError: for other inputs.
    """
    name = kwargs.pop('name', None)
    if kwargs:
        raise ValueError('Unknown keyword arguments: ' + ', '.join(kwargs))
    with name_scope(name, 'group_deps', nest.flatten(inputs)) as name:
        if not inputs:
            return no_op(name=name)
        by_device = {}
        for value in nest.flatten(inputs, expand_composites=True):
            if not hasattr(value, 'device'):
                raise TypeError("Expected tf.group() expected Tensor arguments not '%s' with type '%s'" %
                                (value, type(value)))
            by_device.setdefault(value.device, []).append(value)
        if len(by_device) == 1:
            (device, deps), = by_device.items()
            return _group_on(device, deps, name=name)
        deps = [_group_on(device, by_device[device]) for device in sorted(by_device, key=lambda d: d or '')]
        with _control_dependencies(deps):
            return no_op(name=name)


def tuple(tensors, name=None, control_inputs=None):
    """The tensors, each to be had when all have been computed and the control inputs have run (tf.tuple).

    Raises:
      ValueError: where there is no tensor among them.
      TypeError: where a control input isn't a tensor or an operation.
    """
    with name_scope(name, 'tuple', [t for t in tensors if t is not None]):
        tensors = [t if isinstance(t, Operation) or is_tensor(t) or t is None else conversion.convert_to_tensor(t)
                   for t in tensors]
        gates = [t if isinstance(t, Operation) else t.op for t in tensors if t is not None]
        for control in control_inputs or ():
            if isinstance(control, Tensor):
                control = control.op
            elif not isinstance(control, Operation):
                raise TypeError('Control input must be Operation or Tensor: %s' % control)
            gates.append(control)
        gates = sorted(set(gates), key=lambda op: op._id)
        if not gates:
            raise ValueError('Must have at least one Tensor: %s' % tensors)
        gate = group(*gates)
        results = []
        for tensor in tensors:
            if tensor is None:
                results.append(None)
            elif isinstance(tensor, Operation):
                with _control_dependencies([gate]):
                    results.append(group(tensor))
            else:
                results.append(with_dependencies([gate], tensor))
        return results


# --- Branches -------------------------------------------------------------------------------------------------------


def _unpacked(result):
    if isinstance(result, (list, _tuple)) and len(result) == 1 and not hasattr(result, '_fields'):
        return result[0]
    return result


class _Branch:
    """A function of a branch, as the core calls it: gives the leaves of its result."""

    def __init__(self, graph, function, what):
        self._graph = graph
        self._function = function
        self._what = what
        self.result = None

    def __call__(self):
        self.result = self._function()
        if self.result is None:
            raise ValueError('%s must have a return value.' % self._what)
        return [self._core(leaf) for leaf in nest.flatten(self.result, expand_composites=True)]

    def _core(self, value):
        if isinstance(value, Operation):
            return value._core
        return _plain_or_output(_flow(value))


def cond(pred, true_fn=None, false_fn=None, strict=False, name=None, fn1=None, fn2=None):
    """What `true_fn` gives where `pred` is true, else what `false_fn` gives (tf.cond).

    Both are called once, here; only the operations made in the one that is chosen run.

    Args:
      pred: a scalar of bools.
      true_fn, false_fn: functions without arguments that give tensors, or nested lists of such, in one form.
      strict: lists of one item stay lists.

    Raises:
      TypeError: where they aren't functions, `pred` is Python's, or the forms differ.
      ValueError: where the results differ in number or type.
    """
    if fn1 is not None:
        if true_fn is not None:
            raise TypeError('cond(): true_fn and fn1 may not be set simultaneously.')
        true_fn = fn1
    elif true_fn is None:
        raise TypeError('cond(): true_fn argument required')
    if fn2 is not None:
        if false_fn is not None:
            raise TypeError('cond(): false_fn and fn2 may not be set simultaneously.')
        false_fn = fn2
    elif false_fn is None:
        raise TypeError('cond(): false_fn argument required')
    if not callable(true_fn):
        raise TypeError('true_fn must be callable.')
    if not callable(false_fn):
        raise TypeError('false_fn must be callable.')
    if isinstance(pred, bool):
        raise TypeError('pred must not be a Python bool')
    with name_scope(name, 'cond', [pred]) as scope:
        graph = defaults.get_default_graph()
        pred = conversion.convert_to_tensor(pred, name='pred')
        branches = _Branch(graph, true_fn, 'true_fn'), _Branch(graph, false_fn, 'false_fn')
        merged = _core.cond(graph._builder, pred._output, branches[0], branches[1], scope)
        results = [branch.result if strict else _unpacked(branch.result) for branch in branches]
        try:
            nest.assert_same_structure(results[0], results[1], expand_composites=True)
        except TypeError as error:
            raise TypeError('Incompatible return types of true_fn and false_fn: %s' % error) from None
        except ValueError as error:
            raise ValueError('Incompatible return values of true_fn and false_fn: %s' % error) from None
        packed = nest.pack_sequence_as(results[0], [graph._tensor(output) for output in merged], expand_composites=True)
        return packed if strict else _unpacked(packed)


def _case_pairs(pairs, allow_python_preds):
    if not isinstance(pairs, (list, _tuple, dict)):
        raise TypeError('fns must be a list, tuple, or dict')
    if isinstance(pairs, collections.OrderedDict):
        pairs = list(pairs.items())
    elif isinstance(pairs, dict):
        pairs = sorted(pairs.items(), key=lambda item: item[0].name)
    for pair in pairs:
        if not isinstance(pair, _tuple) or len(pair) != 2:
            raise TypeError('Each entry in pred_fn_pairs must be a 2-tuple')
        pred, function = pair
        if isinstance(pred, Tensor):
            if pred.dtype != dtypes.bool:
                raise TypeError('pred must be Tensor of type bool: %s' % pred.name)
        elif not allow_python_preds:
            raise TypeError('pred must be a Tensor, got: %s' % pred)
        if not callable(function):
            raise TypeError('fn for pred %s must be callable.' % pred.name)
    return zip(*pairs)


def case(pred_fn_pairs, default=None, exclusive=False, strict=False, name='case'):
    """What the function of the first predicate that is true gives, else what `default` gives (tf.case).

    Raises:
      TypeError: where the pairs aren't pairs of a tensor of bools and a function.
    """
    predicates, actions = _case_pairs(pred_fn_pairs, False)
    with name_scope(name, 'case', list(predicates)):
        if default is None:
            default, predicates, actions = _default_action(predicates, actions)
        function = default
        for predicate, action in reversed(list(zip(predicates, actions))):
            function = functools.partial(cond, predicate, true_fn=action, false_fn=function, strict=strict)
        if exclusive:
            with _control_dependencies([_assert_at_most(predicates, 1, 'Input error: exclusive=True')]):
                return function()
        return function()


def _stack(values, name):
    return conversion.convert_to_tensor(values, name=name)


def _assert_at_most(predicates, n, msg):
    stacked = _stack(list(predicates), 'preds_c')
    count = apply_op('Sum', input=apply_op('Cast', x=stacked, DstT=dtypes.int32),
                     reduction_indices=constant_op.constant([0]), name='num_true_conds')
    right = apply_op('LessEqual', x=count, y=conversion.convert_to_tensor(n, name='n_true_conds'))
    names = ', '.join(getattr(p, 'name', str(p)) for p in predicates)
    return Assert(right, ['%s: more than %d conditions (%s) evaluated as True:' % (msg, n, names), stacked],
                  summarize=len(predicates))


def _default_action(predicates, actions):
    k = len(predicates) - 1
    predicate, action = predicates[k], actions[k]
    others, other_actions = predicates[:k], actions[:k]

    def chosen():
        message = ('Implementation error: selected default action #%d was called, but some of other predicates are '
                   'True: ' % k)
        data = ['Input error: None of conditions evaluated as True:', _stack(list(predicates), 'preds_c')]
        with _control_dependencies([_assert_at_most(others, 0, message), Assert(predicate, data=data)]):
            return action()

    return chosen, others, other_actions


def Assert(condition, data, summarize=None, name=None):
    """An operation that fails with the data where the condition is false (tf.Assert)."""
    if summarize is None:
        summarize = 3
    with name_scope(name, 'Assert', [t for t in [condition] + list(data) if isinstance(t, Tensor)]):
        tensors = conversion.convert_n_to_tensor(data)
        if all(tensor.dtype.base_dtype in (dtypes.string, dtypes.int32) for tensor in tensors):
            return apply_op('Assert', condition=condition, data=data, summarize=summarize, name='Assert')
        condition = conversion.convert_to_tensor(condition, name='Condition')

        def failing():
            return apply_op('Assert', condition=condition, data=data, summarize=summarize, name='Assert')

        return cond(condition, no_op, failing, name='AssertGuard').op


# --- Loops ----------------------------------------------------------------------------------------------------------


def while_loop(cond, body, loop_vars, shape_invariants=None, parallel_iterations=10, back_prop=True, swap_memory=False,
               name=None, maximum_iterations=None, return_same_structure=False):
    """Runs `body` as long as `cond` is true, and gives the loop variables as they are then (tf.while_loop).

    Args:
      cond: function(*loop_vars) that gives a scalar of bools.
      body: function(*loop_vars) that gives the next loop variables.
      loop_vars: a list, tuple or namedtuple of tensors or nested lists of such.
      shape_invariants: what is known of the shapes in every pass, in the form of `loop_vars`.
      maximum_iterations: the most passes.
      return_same_structure: a single loop variable comes as a list too.

    Raises:
      TypeError, ValueError: where the arguments aren't that, or the body's results don't fit the loop variables.
    """
    if not callable(cond):
        raise TypeError('cond must be callable.')
    if not callable(body):
        raise TypeError('body must be callable.')
    if parallel_iterations < 1:
        raise TypeError('parallel_iterations must be a positive integer.')
    with name_scope(name, 'while', [v for v in nest.flatten(loop_vars) if isinstance(v, Tensor)]) as scope:
        if not loop_vars:
            raise ValueError('No loop variables provided')
        graph = defaults.get_default_graph()
        # Tensor arrays go round as the tensors that stand for their state.
        tensors = [_plain_or_output(_flow(value)) for value in nest.flatten(loop_vars, expand_composites=True)]
        invariants = None
        if shape_invariants is not None:
            flat = _flat_shapes(shape_invariants)
            if len(flat) != len(tensors):
                raise ValueError("`shape_invariants` doesn't have the structure of `loop_vars`.")
            invariants = [tensor_shape.as_shape(shape) for shape in flat]
            invariants = [None if shape.ndims is None else shape.as_list() for shape in invariants]
        loop = _Loop(graph, cond, body, loop_vars)
        limit = None if maximum_iterations is None else _plain_or_output(maximum_iterations)
        results = _core.while_loop(graph._builder, loop.condition, loop.next, tensors,
                                   shape_invariants=invariants, parallel_iterations=parallel_iterations,
                                   back_prop=back_prop, swap_memory=swap_memory, maximum_iterations=limit, name=scope)
        packed = loop.results(results)
        count = len(results) if limit is None else len(loop_vars)
        if isinstance(packed, (list, _tuple)) and count == 1 and not return_same_structure:
            return packed[0]
        return packed


def _plain_or_output(value):
    # Plain values become constants where the core needs them.
    if type(value) in (int, float, bool, np.ndarray):
        return value
    return conversion.internal_convert_to_tensor(value)._output


def _flow(value):
    return value.flow if not isinstance(value, Tensor) and hasattr(value, 'flow') else value


def _flat_shapes(shapes):
    if isinstance(shapes, tensor_shape.TensorShape):
        return [shapes]
    if isinstance(shapes, dict):
        return [one for key in sorted(shapes) for one in _flat_shapes(shapes[key])]
    return [one for shape in shapes for one in _flat_shapes(shape)]


class _Loop:
    """The functions of a loop, as the core calls them."""

    def __init__(self, graph, cond, body, loop_vars):
        self._graph = graph
        self._cond = cond
        self._body = body
        self._form = loop_vars
        self._latest = loop_vars
        self._result = loop_vars

    def results(self, outputs):
        """What the loop gives, in the form in which the body gave it: a body that returns a tuple makes a tuple."""
        return nest.pack_sequence_as(self._result, nest.flatten(self.packed(outputs)))

    def packed(self, outputs):
        tensors = iter([self._graph._tensor(output) for output in outputs])
        leaves = []
        for leaf in nest.flatten(self._latest, expand_composites=True):
            tensor = next(tensors)
            if not isinstance(leaf, Tensor) and hasattr(leaf, '_with_flow'):
                tensor = leaf._with_flow(tensor)
            leaves.append(tensor)
        return nest.pack_sequence_as(self._form, leaves, expand_composites=True)

    def _arguments(self, outputs):
        packed = self.packed(outputs)
        return list(packed.values()) if isinstance(packed, dict) else packed

    def condition(self, outputs):
        value = self._cond(*self._arguments(outputs))
        return conversion.internal_convert_to_tensor(value)._output

    def next(self, outputs):
        result = self._body(*self._arguments(outputs))
        if not nest.is_sequence(result):
            result = [result]
        nest.assert_same_structure(list(self._form) if isinstance(self._form, (list, _tuple)) else self._form,
                                   list(result) if isinstance(self._form, (list, _tuple)) else result,
                                   expand_composites=True)
        leaves = nest.flatten(result, expand_composites=True)
        self._result = result
        self._latest = nest.pack_sequence_as(self._form, leaves, expand_composites=True)
        return [conversion.internal_convert_to_tensor(_flow(leaf))._output for leaf in leaves]
