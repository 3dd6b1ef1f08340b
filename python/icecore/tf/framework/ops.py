"""What TensorFlow's python/framework/ops.py has, from where it lives here."""
import contextlib

from icecore.tf.framework import operators as _operators
from icecore.tf.framework import defaults
from icecore.tf.framework import gradient_registry
from icecore.tf.framework.composites import CompositeTensor, IndexedSlices, IndexedSlicesValue
from icecore.tf.framework.conversion import (
    convert_n_to_tensor, convert_n_to_tensor_or_composite, convert_n_to_tensor_or_indexed_slices, convert_to_tensor,
    convert_to_tensor_or_composite, convert_to_tensor_or_indexed_slices, convert_to_tensor_v2,
    internal_convert_n_to_tensor, internal_convert_to_tensor, internal_convert_to_tensor_or_indexed_slices,
    is_dense_tensor_like, register_dense_tensor_like_type, register_tensor_conversion_function)
from icecore.tf.framework.defaults import (
    default_session, get_default_graph, get_default_session, reset_default_graph)
from icecore.tf.framework.gradient_registry import NoGradient, NotDifferentiable, RegisterGradient, no_gradient
from icecore.tf.framework.graph import Graph
from icecore.tf.framework.graph_keys import GraphKeys
from icecore.tf.framework.name_scope import graph_of_inputs as _graph_of_inputs
from icecore.tf.framework.name_scope import name_scope, name_scope_v2
from icecore.tf.framework.operation import Operation
from icecore.tf.framework.random_seed import set_random_seed
from icecore.tf.framework.tensor import Tensor

_get_graph_from_inputs = _graph_of_inputs
assert _operators


def get_name_scope():
    """The current name scope of the default graph, 'a/b', or ''."""
    return get_default_graph().get_name_scope()


def device(device_name_or_function):
    """Graph.device() of the default graph."""
    return get_default_graph().device(device_name_or_function)


def container(container_name):
    """Graph.container() of the default graph."""
    return get_default_graph().container(container_name)


def colocate_with(op, ignore_existing=False):
    """Graph.colocate_with() of the default graph."""
    return get_default_graph().colocate_with(op, ignore_existing)


_colocate_with = colocate_with


def control_dependencies(control_inputs):
    """Graph.control_dependencies() of the default graph."""
    return get_default_graph().control_dependencies(control_inputs)


def add_to_collection(name, value):
    """Graph.add_to_collection() of the default graph."""
    get_default_graph().add_to_collection(name, value)


def add_to_collections(names, value):
    """Graph.add_to_collections() of the default graph."""
    get_default_graph().add_to_collections(names, value)


def get_collection(key, scope=None):
    """Graph.get_collection() of the default graph."""
    return get_default_graph().get_collection(key, scope)


def get_collection_ref(key):
    """Graph.get_collection_ref() of the default graph."""
    return get_default_graph().get_collection_ref(key)


def get_all_collection_keys():
    """Graph.get_all_collection_keys() of the default graph."""
    return get_default_graph().get_all_collection_keys()


def has_default_graph():
    """Whether `with graph.as_default()` stands."""
    return bool(defaults.graphs.items)


@contextlib.contextmanager
def init_scope():
    """Leaves control dependencies and the branches and loops that stand (tf.init_scope)."""
    graph = get_default_graph()
    scope = graph.get_name_scope()
    with graph.name_scope(scope + '/' if scope else ''), graph.control_dependencies(None):
        yield


def executing_eagerly_outside_functions():
    """Never: Icecore has graphs only."""
    return False


def op_scope(values, name, default_name=None):
    """What name_scope was called once, with its arguments in another order."""
    return name_scope(name, default_name, values)


def name_from_scope_name(name):
    """'a/b' of 'a/b/'."""
    return name[:-1] if name and name[-1] == '/' else name


def prepend_name_scope(name, import_scope):
    """The name within the scope."""
    if not import_scope:
        return name
    if import_scope.endswith('/'):
        import_scope = import_scope[:-1]
    for mark in ('loc:@', '^'):
        if name.startswith(mark):
            return mark + import_scope + '/' + name[len(mark):]
    return import_scope + '/' + name


def strip_name_scope(name, export_scope):
    """The name without the scope."""
    if not export_scope:
        return name
    prefix = export_scope.rstrip('/') + '/'
    for mark in ('loc:@', '^', ''):
        if name.startswith(mark + prefix):
            return mark + name[len(mark + prefix):]
    return name


def get_gradient_function(op):
    """The gradient function registered for the operation; None where it has no inputs."""
    if not op.inputs:
        return None
    try:
        name = op.get_attr('_gradient_op_type').decode()
    except ValueError:
        name = op.type
    try:
        return gradient_registry.registered(name)
    except KeyError:
        raise LookupError("No gradient registered for op: %s" % name) from None


__all__ = [name for name in globals() if not name.startswith('_') and name != 'contextlib']
