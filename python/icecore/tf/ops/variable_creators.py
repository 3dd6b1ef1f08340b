"""Which variable tf.Variable(...) makes: a reference or a resource variable, or what a creator scope says."""
import functools

from icecore.tf.framework import ops
from icecore.tf.ops.ref_variable import RefVariable
from icecore.tf.ops.resource_variable_ops import ResourceVariable
from icecore.tf.ops.variable_modes import VariableAggregation, VariableSynchronization


def default_variable_creator(next_creator=None, **kwargs):
    """What tf.Variable makes where no creator scope says otherwise."""
    del next_creator
    from icecore.tf.ops import variable_scope
    use_resource = kwargs.pop('use_resource', None)
    if use_resource is None:
        use_resource = variable_scope.get_variable_scope().use_resource
    if use_resource is None:
        use_resource = variable_scope.resource_variables_enabled()
    if use_resource:
        kwargs.pop('validate_shape', None)
        kwargs.pop('expected_shape', None)
        return ResourceVariable(**kwargs)
    return RefVariable(**kwargs)


def _creators():
    return vars(ops.get_default_graph()).setdefault('_variable_creators', [])


class variable_creator_scope:
    """`with tf.variable_creator_scope(creator)`: variables are made by creator(next_creator, **kwargs)."""

    def __init__(self, variable_creator):
        self._creator = variable_creator

    def __enter__(self):
        _creators().append(self._creator)

    def __exit__(self, *_):
        _creators().remove(self._creator)
        return False


def make(initial_value=None, trainable=None, collections=None, validate_shape=True, caching_device=None, name=None,
         variable_def=None, dtype=None, expected_shape=None, import_scope=None, constraint=None, use_resource=None,
         synchronization=VariableSynchronization.AUTO, aggregation=VariableAggregation.NONE, shape=None):
    creator = functools.partial(default_variable_creator, None)
    for one in _creators():
        creator = functools.partial(one, creator)
    if aggregation is None:
        aggregation = VariableAggregation.NONE
    return creator(
        initial_value=initial_value, trainable=trainable, collections=collections, validate_shape=validate_shape,
        caching_device=caching_device, name=name, variable_def=variable_def, dtype=dtype, expected_shape=expected_shape,
        import_scope=import_scope, constraint=constraint, use_resource=use_resource, synchronization=synchronization,
        aggregation=aggregation, shape=shape)


def make_v2(initial_value=None, trainable=None, validate_shape=True, caching_device=None, name=None, variable_def=None,
            dtype=None, import_scope=None, constraint=None, synchronization=VariableSynchronization.AUTO,
            aggregation=VariableAggregation.NONE, shape=None):
    """What the class that TensorFlow 2 calls tf.Variable makes: a resource variable, whatever the scope says."""
    return make(initial_value, trainable, None, validate_shape, caching_device, name, variable_def, dtype,
                import_scope=import_scope, constraint=constraint, use_resource=True, synchronization=synchronization,
                aggregation=aggregation, shape=shape)
