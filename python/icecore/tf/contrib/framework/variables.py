"""Making variables, and finding them by scope, suffix or name."""
import functools
import re

from icecore.tf.contrib.framework.arg_scopes import add_arg_scope
from icecore.tf.framework import device_spec, dtypes, ops
from icecore.tf.ops import variable_scope, variables
from icecore.tf.training.training_util import (  # noqa: F401
    assert_global_step, create_global_step, get_global_step, get_or_create_global_step)


def assert_or_get_global_step(graph=None, global_step_tensor=None):
    """The tensor, once it is known to be a global step; the graph's where it is None."""
    if global_step_tensor is None:
        return get_global_step(graph)
    assert_global_step(global_step_tensor)
    return global_step_tensor


def _untrained(initial_value, key, validate_shape, name, use_resource):
    return variable_scope.variable(initial_value, trainable=False, collections=[key], validate_shape=validate_shape,
                                   use_resource=use_resource, name=name)


def local_variable(initial_value, validate_shape=True, name=None, use_resource=None):
    """A variable of LOCAL_VARIABLES."""
    return _untrained(initial_value, ops.GraphKeys.LOCAL_VARIABLES, validate_shape, name, use_resource)


def global_variable(initial_value, validate_shape=True, name=None, use_resource=None):
    """A variable of GLOBAL_VARIABLES that isn't trained."""
    return _untrained(initial_value, ops.GraphKeys.GLOBAL_VARIABLES, validate_shape, name, use_resource)


@add_arg_scope
def variable(name, shape=None, dtype=None, initializer=None, regularizer=None, trainable=True, collections=None,
             caching_device=None, device=None, partitioner=None, custom_getter=None, use_resource=None,
             synchronization=variables.VariableSynchronization.AUTO,
             aggregation=variables.VariableAggregation.NONE):
    """tf.get_variable() with a device and a getter of its own."""
    keys = [ops.GraphKeys.GLOBAL_VARIABLES] if collections is None else collections
    getter = variable_scope.get_variable
    if custom_getter is not None:
        getter = functools.partial(custom_getter, reuse=variable_scope.get_variable_scope().reuse)
    with ops.device(device or ''):
        return getter(name, shape=shape, dtype=dtype, initializer=initializer, regularizer=regularizer,
                      trainable=trainable, collections=list(dict.fromkeys(keys)), caching_device=caching_device,
                      partitioner=partitioner, use_resource=use_resource, synchronization=synchronization,
                      aggregation=aggregation)


@add_arg_scope
def model_variable(name, shape=None, dtype=dtypes.float32, initializer=None, regularizer=None, trainable=True,
                   collections=None, caching_device=None, device=None, partitioner=None, custom_getter=None,
                   use_resource=None, synchronization=variables.VariableSynchronization.AUTO,
                   aggregation=variables.VariableAggregation.NONE):
    """variable() that is also in MODEL_VARIABLES."""
    keys = list(collections or []) + [ops.GraphKeys.GLOBAL_VARIABLES, ops.GraphKeys.MODEL_VARIABLES]
    return variable(name, shape=shape, dtype=dtype, initializer=initializer, regularizer=regularizer,
                    trainable=trainable, collections=keys, caching_device=caching_device, device=device,
                    partitioner=partitioner, custom_getter=custom_getter, use_resource=use_resource,
                    synchronization=synchronization, aggregation=aggregation)


def add_model_variable(var):
    """Puts a variable into MODEL_VARIABLES, where it isn't there."""
    if not any(var is known for known in ops.get_collection(ops.GraphKeys.MODEL_VARIABLES)):
        ops.add_to_collection(ops.GraphKeys.MODEL_VARIABLES, var)


def get_variables(scope=None, suffix=None, collection=ops.GraphKeys.GLOBAL_VARIABLES):
    """Variables of a collection whose names begin with the scope and have the suffix."""
    if isinstance(scope, variable_scope.VariableScope):
        scope = scope.name
    if suffix is not None:
        scope = '%s.*%s' % (scope or '', suffix if ':' in suffix else suffix + ':')
    return ops.get_collection(collection, scope)


def get_model_variables(scope=None, suffix=None):
    """get_variables() of MODEL_VARIABLES."""
    return get_variables(scope, suffix, ops.GraphKeys.MODEL_VARIABLES)


def get_local_variables(scope=None, suffix=None):
    """get_variables() of LOCAL_VARIABLES."""
    return get_variables(scope, suffix, ops.GraphKeys.LOCAL_VARIABLES)


def get_trainable_variables(scope=None, suffix=None):
    """get_variables() of TRAINABLE_VARIABLES."""
    return get_variables(scope, suffix, ops.GraphKeys.TRAINABLE_VARIABLES)


def _of_scopes(scopes, what):
    if not isinstance(scopes, (list, tuple)):
        raise TypeError('%s is provided but is not a list or a tuple.' % what)
    return [v for scope in scopes for v in get_variables(scope)]


def get_variables_to_restore(include=None, exclude=None):
    """Global variables of the scopes of `include` (None: all), without those of `exclude`. TypeError for no lists."""
    found = get_variables() if include is None else _of_scopes(include, 'include')
    left_out = {id(v) for v in _of_scopes(exclude, 'exclude')} if exclude is not None else ()
    return [v for v in found if id(v) not in left_out]


def get_variables_by_suffix(suffix, scope=None):
    """get_variables() by its suffix."""
    return get_variables(scope=scope, suffix=suffix)


def get_variables_by_name(given_name, scope=None):
    """Variables with that last part of their names."""
    return get_variables(scope=scope, suffix='/' + given_name + ':|^' + given_name + ':')


def get_unique_variable(var_op_name):
    """The variable of that name. ValueError where there is none."""
    found = get_variables(scope=var_op_name)
    if not found:
        raise ValueError("Couldn't find variable %s" % var_op_name)
    for variable_ in found:
        if variable_.op.name == var_op_name:
            return variable_
    raise ValueError('Variable %s does not uniquely identify a variable' % var_op_name)


def get_variable_full_name(var):
    """The name that checkpoints have for it: of a part, the whole variable's."""
    info = var._get_save_slice_info()
    return info.full_name if info else var.op.name


def filter_variables(var_list, include_patterns=None, exclude_patterns=None, reg_search=True):
    """The variables whose names match one of the patterns to include, and none of those to exclude."""
    matches = re.search if reg_search else re.match

    def any_of(patterns, v):
        return any(matches(pattern, v.name) for pattern in patterns)

    return [v for v in var_list if (include_patterns is None or any_of(include_patterns, v)) and
            not (exclude_patterns is not None and any_of(exclude_patterns, v))]


class VariableDeviceChooser:
    """A function for tf.device() that deals variables out to parameter servers in turn."""

    def __init__(self, num_tasks=0, job_name='ps', device_type='CPU', device_index=0, replica=None):
        self._num_tasks = num_tasks
        self._job_name = job_name
        self._device_type = device_type
        self._device_index = device_index
        self._replica = replica
        self._next_task_id = 0

    def __call__(self, op):
        spec = device_spec.DeviceSpec(replica=self._replica, device_type=self._device_type,
                                      device_index=self._device_index)
        if self._num_tasks > 0:
            spec.job, spec.task = self._job_name, self._next_task_id
            self._next_task_id = (self._next_task_id + 1) % self._num_tasks
        return spec.to_string()
