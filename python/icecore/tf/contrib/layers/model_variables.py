"""How the layers of tf.contrib.layers make their variables: as model variables, under names of their own."""
from icecore.tf.contrib.framework import variables
from icecore.tf.contrib.layers import utils
from icecore.tf.framework import ops
from icecore.tf.ops import variables as tf_variables


def model_variable_getter(getter, name, shape=None, dtype=None, initializer=None, regularizer=None, trainable=True,
                          collections=None, caching_device=None, partitioner=None, rename=None, use_resource=None,
                          synchronization=tf_variables.VariableSynchronization.AUTO,
                          aggregation=tf_variables.VariableAggregation.NONE, **_):
    """A custom getter: a model variable, its last name replaced as `rename` says."""
    begin, slash, last = name.rpartition('/')
    return variables.model_variable(
        begin + slash + (rename or {}).get(last, last), shape=shape, dtype=dtype, initializer=initializer,
        regularizer=regularizer, collections=collections, trainable=trainable, caching_device=caching_device,
        partitioner=partitioner, custom_getter=getter, use_resource=use_resource, synchronization=synchronization,
        aggregation=aggregation)


def renaming_getter(rename=None):
    """model_variable_getter() with new names for 'kernel' and the like."""
    def renamed(getter, *args, **kwargs):
        kwargs['rename'] = rename
        return model_variable_getter(getter, *args, **kwargs)
    return renamed


def add_to_collections(variable, variables_collections, name):
    """Puts a variable, or its parts, into the collections given for that name."""
    parts = list(variable) if isinstance(variable, tf_variables.PartitionedVariable) else [variable]
    for key in utils.get_variable_collections(variables_collections, name) or []:
        for part in parts:
            if not any(part is known for known in ops.get_collection(key)):
                ops.add_to_collection(key, part)
