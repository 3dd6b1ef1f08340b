"""Resources that are no variables and stand in the collections of such: nothing puts any there, so the operations do nothing."""
from icecore.tf.framework import constant_op, control_flow, dtypes, ops


def shared_resources():
    """Those of the collection RESOURCES."""
    return ops.get_collection(ops.GraphKeys.RESOURCES)


def local_resources():
    """Those of the collection LOCAL_RESOURCES."""
    return ops.get_collection(ops.GraphKeys.LOCAL_RESOURCES)


def report_uninitialized_resources(resource_list=None, name='report_uninitialized_resources'):
    """The names of those that aren't ready."""
    with ops.name_scope(name), ops.device('/cpu:0'):
        return constant_op.constant([], dtype=dtypes.string)


def initialize_resources(resource_list, name='init'):
    """An operation that makes them ready."""
    return control_flow.no_op(name=name)
