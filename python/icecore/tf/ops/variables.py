"""The variables of a graph: finding them and initializing them. Their classes stand in modules of their own."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import array_ops, control_flow_ops, plain, state_ops
from icecore.tf.ops.ref_variable import RefVariable  # noqa: F401
from icecore.tf.ops.resource_variable_ops import is_resource_variable  # noqa: F401
from icecore.tf.ops.variable_class import Variable, VariableV1  # noqa: F401
from icecore.tf.ops.variable_creators import default_variable_creator, variable_creator_scope  # noqa: F401
from icecore.tf.ops.variable_modes import (  # noqa: F401
    VariableAggregation, VariableSynchronization, validate_synchronization_aggregation_trainable)
from icecore.tf.ops.variable_parts import PartitionedVariable  # noqa: F401


def global_variables(scope=None):
    """The variables of the graph that belong to the whole program; with a scope those whose name it begins."""
    return ops.get_collection(ops.GraphKeys.GLOBAL_VARIABLES, scope)


def all_variables():
    """The old name of global_variables()."""
    return global_variables()


def _all_saveable_objects(scope=None):
    return (ops.get_collection(ops.GraphKeys.GLOBAL_VARIABLES, scope) +
            ops.get_collection(ops.GraphKeys.SAVEABLE_OBJECTS, scope))


def local_variables(scope=None):
    """Those that belong to one process only."""
    return ops.get_collection(ops.GraphKeys.LOCAL_VARIABLES, scope)


def model_variables(scope=None):
    """Those that inference needs."""
    return ops.get_collection(ops.GraphKeys.MODEL_VARIABLES, scope)


def trainable_variables(scope=None):
    """Those that optimizers change."""
    return ops.get_collection(ops.GraphKeys.TRAINABLE_VARIABLES, scope)


def moving_average_variables(scope=None):
    """Those that have a moving average."""
    return ops.get_collection(ops.GraphKeys.MOVING_AVERAGE_VARIABLES, scope)


def variables_initializer(var_list, name='init'):
    """An operation that gives the variables their initial values."""
    if var_list:
        return control_flow_ops.group(*[v.initializer for v in var_list], name=name)
    return control_flow_ops.no_op(name=name)


def initialize_variables(var_list, name='init'):
    """The old name of variables_initializer()."""
    return variables_initializer(var_list, name=name)


def global_variables_initializer():
    """An operation that gives all global variables their initial values."""
    return variables_initializer(global_variables())


def initialize_all_variables():
    """The old name of global_variables_initializer()."""
    return global_variables_initializer()


def local_variables_initializer():
    """An operation that gives all local variables their initial values."""
    return variables_initializer(local_variables())


def initialize_local_variables():
    """The old name of local_variables_initializer()."""
    return local_variables_initializer()


def is_variable_initialized(variable):
    """A tensor: whether the variable has a value."""
    return state_ops.is_variable_initialized(variable)


def _variables_of_nodes():
    return [op.outputs[0] for op in ops.get_default_graph().get_operations() if op.type in ('Variable', 'VariableV2')]


def assert_variables_initialized(var_list=None):
    """An operation that fails where a variable has no value; None where there are no variables."""
    if var_list is None:
        var_list = global_variables() + local_variables()
    if not var_list:
        var_list = _variables_of_nodes()
    if not var_list:
        return None
    ranks = []
    for variable in var_list:
        with ops.colocate_with(variable.op):
            ranks.append(array_ops.rank_internal(variable, optimize=False))
    return ranks[0] if len(ranks) == 1 else array_ops.stack(ranks)


def report_uninitialized_variables(var_list=None, name='report_uninitialized_variables'):
    """A tensor of the names of the variables that have no value."""
    if var_list is None:
        var_list = global_variables() + local_variables()
        if not var_list:
            var_list = _variables_of_nodes()
    with ops.name_scope(name):
        flags = [state_ops.is_variable_initialized(v) for v in var_list]
        with ops.device('/cpu:0'):
            if not var_list:
                return array_ops.constant([], dtype=dtypes.string)
            missing = plain.logical_not(array_ops.stack(flags))
            names = array_ops.constant([v.op.name for v in var_list])
            return array_ops.boolean_mask(names, missing)
