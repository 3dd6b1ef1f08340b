"""Slots: variables that an optimizer or a moving average keeps beside another one."""
import contextlib

from icecore.tf.framework import ops
from icecore.tf.ops import init_ops, variable_scope, variables


def _make(primary, value, name, validate_shape, shape, dtype, colocate):
    with variable_scope.variable_scope(None, primary.op.name + '/' + name):
        with ops.colocate_with(primary) if colocate else contextlib.nullcontext():
            scope = variable_scope.get_variable_scope()
            partitioner = scope.partitioner
            # A slot has the parts of its variable, and none of its own.
            scope.set_partitioner(None)
            use_resource = None
            if isinstance(primary, variables.VariableV1):
                use_resource = variables.is_resource_variable(primary)
            slot = variable_scope.get_variable('', initializer=value, trainable=False, use_resource=use_resource,
                                               shape=shape if callable(value) else None, dtype=dtype,
                                               validate_shape=validate_shape)
            scope.set_partitioner(partitioner)
    info = primary._get_save_slice_info() if isinstance(primary, variables.VariableV1) else None
    if info is not None:
        own_name = slot.name[len(primary.op.name + '/'):-2]
        slot._set_save_slice_info(variables.Variable.SaveSliceInfo(
            info.full_name + '/' + own_name, info.full_shape[:], info.var_offset[:], info.var_shape[:]))
    return slot


def create_slot(primary, val, name, colocate_with_primary=True):
    """A slot that begins as a tensor."""
    return _make(primary, val, name, val.get_shape().is_fully_defined(), None, None, colocate_with_primary)


def create_slot_with_initializer(primary, initializer, shape, dtype, name, colocate_with_primary=True):
    """A slot of an initializer."""
    return _make(primary, initializer, name, shape.is_fully_defined(), shape, dtype, colocate_with_primary)


def create_zeros_slot(primary, name, dtype=None, colocate_with_primary=True):
    """A slot of zeros in the variable's shape."""
    from icecore.tf.ops import array_ops
    dtype = primary.dtype if dtype is None else dtype
    shape = primary.get_shape()
    if shape.is_fully_defined():
        return create_slot_with_initializer(primary, init_ops.zeros_initializer(), shape, dtype, name,
                                            colocate_with_primary)
    source = primary.initialized_value() if isinstance(primary, variables.VariableV1) else primary
    return create_slot(primary, array_ops.zeros(array_ops.shape(source), dtype=dtype), name, colocate_with_primary)
