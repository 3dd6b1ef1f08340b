"""Tables, as far as plain scripts initialize them."""
from icecore.tf.framework import control_flow, ops


def tables_initializer(name='init_all_tables'):
    """An operation that initializes the graph's tables."""
    initializers = ops.get_collection(ops.GraphKeys.TABLE_INITIALIZERS)
    return control_flow.group(*initializers, name=name) if initializers else control_flow.no_op(name=name)


def initialize_all_tables(name='init_all_tables'):
    """tables_initializer(), under its older name."""
    return tables_initializer(name)
