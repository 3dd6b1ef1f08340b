"""tf.train.get_global_step and the like."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.framework.graph_io import write_graph  # noqa: F401
from icecore.tf.ops import variables


def global_step(sess, global_step_tensor):
    """The number that the tensor or variable is now."""
    return int(sess.run(global_step_tensor))


def get_global_step(graph=None):
    """The graph's global step: of its collection, or 'global_step:0'; None where there is none.

    Raises:
      TypeError: where it isn't a scalar of integers.
    """
    graph = graph or ops.get_default_graph()
    found = graph.get_collection(ops.GraphKeys.GLOBAL_STEP)
    if len(found) > 1:
        from icecore.tf.platform import tf_logging
        tf_logging.error('Multiple tensors in global_step collection.')
        return None
    if found:
        step = found[0]
    else:
        try:
            step = graph.get_tensor_by_name('global_step:0')
        except KeyError:
            return None
    assert_global_step(step)
    return step


def create_global_step(graph=None):
    """Makes the graph's global step. ValueError where there is one already."""
    from icecore.tf.ops import init_ops, variable_scope
    graph = graph or ops.get_default_graph()
    if get_global_step(graph) is not None:
        raise ValueError('"global_step" already exists.')
    with graph.as_default() as g, g.name_scope(None):
        return variable_scope.get_variable(
            ops.GraphKeys.GLOBAL_STEP, shape=[], dtype=dtypes.int64, initializer=init_ops.zeros_initializer(),
            trainable=False, aggregation=variables.VariableAggregation.ONLY_FIRST_REPLICA,
            collections=[ops.GraphKeys.GLOBAL_VARIABLES, ops.GraphKeys.GLOBAL_STEP])


def get_or_create_global_step(graph=None):
    """The graph's global step, made where there is none."""
    graph = graph or ops.get_default_graph()
    step = get_global_step(graph)
    return create_global_step(graph) if step is None else step


def assert_global_step(global_step_tensor):
    """Raises TypeError where it isn't a scalar of integers."""
    if not isinstance(global_step_tensor, (variables.VariableV1, ops.Tensor)):
        raise TypeError('Existing "global_step" must be a Variable or Tensor: %s.' % global_step_tensor)
    if not global_step_tensor.dtype.base_dtype.is_integer:
        raise TypeError('Existing "global_step" does not have integer type: %s' % global_step_tensor.dtype)
    shape = global_step_tensor.get_shape()
    if shape.ndims != 0 and shape.is_fully_defined():
        raise TypeError('Existing "global_step" is not scalar: %s' % shape)


GLOBAL_STEP_READ_KEY = 'global_step_read_op_cache'


def _get_or_create_global_step_read(graph=None):
    """A tensor with the global step's value at the beginning of a run; None where the graph has no global step."""
    graph = graph or ops.get_default_graph()
    found = graph.get_collection(GLOBAL_STEP_READ_KEY)
    if len(found) > 1:
        raise RuntimeError('There are multiple items in collection {}. There should be only one.'.format(
            GLOBAL_STEP_READ_KEY))
    if found:
        return found[0]
    step = get_global_step(graph)
    if step is None:
        return None
    with graph.as_default() as g, g.name_scope(None), g.name_scope(step.op.name + '/'):
        read = (step.initialized_value() if isinstance(step, variables.VariableV1) else step) + 0
        graph.add_to_collection(GLOBAL_STEP_READ_KEY, read)
    return read


def _increment_global_step(increment, graph=None):
    from icecore.tf.ops import state_ops
    graph = graph or ops.get_default_graph()
    step = get_global_step(graph)
    if step is None:
        raise ValueError('Global step tensor should be created by tf.train.get_or_create_global_step before calling '
                         'increment.')
    read = _get_or_create_global_step_read(graph)
    with graph.as_default() as g, g.name_scope(None), g.name_scope(step.op.name + '/'), ops.control_dependencies([read]):
        return state_ops.assign_add(step, increment)
