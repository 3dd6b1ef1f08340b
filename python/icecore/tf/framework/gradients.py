"""tf.gradients."""
import enum

from icecore import _core
from icecore.tf.framework import composites, conversion, gradient_registry
from icecore.tf.framework.name_scope import graph_of_inputs
from icecore.tf.framework.op_def_library import apply_op
from icecore.tf.framework.tensor import Tensor


class AggregationMethod:
    """How the gradients of a tensor's several uses are added; all give the same sum."""

    ADD_N = 0
    DEFAULT = ADD_N
    EXPERIMENTAL_TREE = 1
    EXPERIMENTAL_ACCUMULATE_N = 2


class UnconnectedGradients(enum.Enum):
    """What the gradient is where the ys don't depend on an x."""

    NONE = 'none'
    ZERO = 'zero'


def _list(values):
    return list(values) if isinstance(values, (list, tuple)) else [values]


def _source(x):
    # Of a variable: the tensor that stands for it, not its value.
    handle = getattr(x, 'handle', None)
    if handle is not None and not isinstance(x, Tensor):
        return handle
    if isinstance(x, composites.CompositeTensor):
        return x.values
    return conversion.internal_convert_to_tensor(x, name='x', as_ref=True)


def gradients(ys, xs, grad_ys=None, name='gradients', colocate_gradients_with_ops=False, gate_gradients=False,
              aggregation_method=None, stop_gradients=None, unconnected_gradients=UnconnectedGradients.NONE):
    """The sum of the derivatives of the ys with respect to each x (tf.gradients).

    Args:
      ys, xs: a tensor or a list of such; xs may be variables.
      grad_ys: the gradients of the ys; None means ones.
      stop_gradients: tensors that count as constants.

    Returns:
      A list with a tensor, IndexedSlices, or None for each x.

    Raises:
      LookupError: where an operation on the way has no gradient function.
      ValueError: where the arguments don't fit.
    """
    if aggregation_method is None:
        aggregation_method = AggregationMethod.DEFAULT
    if aggregation_method not in (AggregationMethod.ADD_N, AggregationMethod.EXPERIMENTAL_TREE,
                                  AggregationMethod.EXPERIMENTAL_ACCUMULATE_N):
        raise ValueError('Invalid aggregation_method specified %s.' % aggregation_method)
    ys, xs, stops = _list(ys), _list(xs), _list(stop_gradients) if stop_gradients is not None else []
    unconnected_gradients = UnconnectedGradients(unconnected_gradients)
    graph = graph_of_inputs([y for y in ys + xs if not isinstance(y, composites.CompositeTensor)])
    with graph.as_default(), graph.name_scope(name or 'gradients') as scope:
        y_tensors = [conversion.convert_to_tensor(y, name='y_%d' % i) for i, y in enumerate(ys)]
        sources = [_source(x) for x in xs]
        given = [None] * len(ys) if grad_ys is None else _list(grad_ys)
        if len(given) != len(ys):
            raise ValueError('Passed %d grad_ys for %d ys' % (len(given), len(ys)))
        if all(grad is None for grad in given):
            given = []
        else:
            given = [conversion.convert_to_tensor(grad, name='grad_y_%d' % i) if grad is not None else None
                     for i, grad in enumerate(given)]
            given = [_ones(y) if grad is None else _of_kind(grad, y) for y, grad in zip(y_tensors, given)]
        found = _core.gradients(
            graph._builder, [y._output for y in y_tensors], [x._output for x in sources],
            grad_ys=[grad._output for grad in given], name=scope,
            colocate_gradients_with_ops=bool(colocate_gradients_with_ops), gate_gradients=bool(gate_gradients),
            stop_gradients=[_source(stop)._output for stop in stops], **_python_functions(graph))
    with graph.as_default():
        return [_found_gradient(graph, grad, x, unconnected_gradients) for grad, x in zip(found, xs)]


def _found_gradient(graph, grad, x, unconnected):
    from icecore.tf.ops import array_ops
    if grad is None and unconnected is UnconnectedGradients.ZERO:
        return array_ops.zeros_like(conversion.convert_to_tensor(x))
    return _gradient(graph, grad)


def _of_kind(grad, y):
    numbers = y.dtype.is_floating or y.dtype.is_integer
    if numbers and not (grad.dtype.is_floating or grad.dtype.is_integer):
        raise TypeError('Gradient type %s generated for real or integer-valued tensor %s with type %s must be real or '
                        'integer' % (grad.dtype.name, y, y.dtype.name))
    if y.dtype.is_complex and not grad.dtype.is_complex:
        raise TypeError('Gradient type %s generated for complex-valued tensor %s with type %s must be real' %
                        (grad.dtype.name, y, y.dtype.name))
    return grad


def _ones(y):
    return apply_op('OnesLike', x=y)


def _gradient(graph, grad):
    if grad is None:
        return None
    if isinstance(grad, tuple):
        values, indices, shape = grad
        return composites.IndexedSlices(graph._tensor(values), graph._tensor(indices),
                                        None if shape is None else graph._tensor(shape))
    return graph._tensor(grad)


def _core_gradient(grad):
    if grad is None:
        return None
    if isinstance(grad, composites.IndexedSlices):
        shape = None if grad.dense_shape is None else conversion.convert_to_tensor(grad.dense_shape)._output
        return (conversion.convert_to_tensor(grad.values)._output, conversion.convert_to_tensor(grad.indices)._output,
                shape)
    return conversion.convert_to_tensor(grad)._output


def _python_functions(graph):
    """What the core asks for gradient functions that the program has registered."""
    if not gradient_registry.any_registered():
        return {}

    def function_of(core):
        name = core.type
        if core.has_attr('_gradient_op_type'):
            name = core.get_attr('_gradient_op_type')[1].decode()
        if not gradient_registry.is_registered(name):
            return None
        function = gradient_registry.registered(name)

        def call(core, grads):
            op = graph._operation(core)
            if function is None:
                return [None] * len(op.inputs)
            result = function(op, *[_gradient(graph, grad) for grad in grads])
            return [_core_gradient(grad) for grad in _list(result)]
        return call
    return {'custom_gradient': function_of}


def stop_gradient(input, name=None):
    """The value of `input`, through which no gradient flows (tf.stop_gradient)."""
    return apply_op('StopGradient', input=input, name=name)


def hessians(ys, xs, name='hessians', colocate_gradients_with_ops=False, gate_gradients=False, aggregation_method=None):
    """The second derivatives of the ys' sum with respect to each x: of x's shape twice over (tf.hessians).

    The first derivatives are gone through in a loop, one number after the other.
    """
    from icecore.tf.ops import array_ops, control_flow_ops, tensor_array_ops
    how = {'colocate_gradients_with_ops': colocate_gradients_with_ops, 'gate_gradients': gate_gradients,
           'aggregation_method': aggregation_method}
    del name  # TensorFlow leaves it unused as well.
    xs = _list(xs)

    def of(first, x):
        flat = array_ops.reshape(first, [-1])
        n = array_ops.size(x)
        start = [conversion.convert_to_tensor(0), tensor_array_ops.TensorArray(x.dtype, n)]
        _, rows = control_flow_ops.while_loop(lambda i, _: i < n,
                                              lambda i, rows: (i + 1, rows.write(i, gradients(flat[i], x)[0])), start)
        shape = array_ops.shape(x)
        return array_ops.reshape(rows.stack(), array_ops.concat((shape, shape), 0))

    return [of(first, x) for first, x in zip(gradients(ys, xs, **how), xs)]
