"""tf.assign and the like."""
from icecore.tf.framework import ops
from icecore.tf.ops import array_ops, plain

__getattr__ = plain.fallback(__name__)


def _is_reference(ref):
    return ref.dtype._is_ref_dtype


def is_variable_initialized(ref, name=None):
    """A tensor: whether the variable has a value."""
    if _is_reference(ref):
        return plain.is_variable_initialized(ref=ref, name=name)
    return ref.is_initialized(name=name)


def assign(ref, value, validate_shape=None, use_locking=None, name=None):
    """Sets the variable; gives it (its reference) after the change."""
    if _is_reference(ref):
        return plain.assign(ref, value, use_locking=use_locking, name=name, validate_shape=validate_shape)
    return ref.assign(value, name=name)


def assign_add(ref, value, use_locking=None, name=None):
    """Adds to the variable."""
    if _is_reference(ref):
        return plain.assign_add(ref, value, use_locking=use_locking, name=name)
    return ref.assign_add(value)


def assign_sub(ref, value, use_locking=None, name=None):
    """Subtracts from the variable."""
    if _is_reference(ref):
        return plain.assign_sub(ref, value, use_locking=use_locking, name=name)
    return ref.assign_sub(value)


def count_up_to(ref, limit, name=None):
    """Adds 1 to the variable, and fails with OutOfRange at the limit."""
    if _is_reference(ref):
        return plain.count_up_to(ref, limit=limit, name=name)
    return plain.resource_count_up_to(ref.handle, limit, T=ref.dtype, name=name)


def _scatter(kind, what):
    def scatter(ref, indices, updates, use_locking=kind == 'update', name=None):
        if _is_reference(ref):
            return getattr(plain, 'scatter_' + kind)(ref, indices, updates, use_locking=use_locking, name=name)
        from icecore.tf.framework import ops
        return ref._after(getattr(plain, 'resource_scatter_' + kind)(
            ref.handle, indices, ops.convert_to_tensor(updates, ref.dtype), name=name), True)

    scatter.__name__ = scatter.__qualname__ = 'scatter_' + kind
    scatter.__doc__ = '%s rows of the variable.' % what
    return scatter


scatter_update = _scatter('update', 'Sets')
scatter_add = _scatter('add', 'Adds to')
scatter_sub = _scatter('sub', 'Subtracts from')
scatter_mul = _scatter('mul', 'Multiplies')
scatter_div = _scatter('div', 'Divides')
scatter_max = _scatter('max', 'Raises to at least the updates')
scatter_min = _scatter('min', 'Lowers to at most the updates')


def _scatter_nd(kind, what):
    def scatter(ref, indices, updates, use_locking=kind == 'update', name=None):
        if _is_reference(ref):
            return getattr(plain, 'scatter_nd_' + kind)(ref, indices, updates, use_locking, name)
        return getattr(ref, 'scatter_nd_' + kind)(indices, updates, name=name)

    scatter.__name__ = scatter.__qualname__ = 'scatter_nd_' + kind
    scatter.__doc__ = '%s elements or slices of the variable, at tuples of indices.' % what
    return scatter


scatter_nd_update = _scatter_nd('update', 'Sets')
scatter_nd_add = _scatter_nd('add', 'Adds to')
scatter_nd_sub = _scatter_nd('sub', 'Subtracts from')


def batch_scatter_update(ref, indices, updates, use_locking=True, name=None):
    """Sets slices of each batch of the variable: ref[i, indices[i, j]] = updates[i, j]."""
    with ops.name_scope(name):
        indices = ops.convert_to_tensor(indices, name='indices')
        shape = array_ops.shape(indices)
        rank = indices.get_shape().ndims
        if rank is None:
            raise ValueError('batch_gather does not allow indices with unknown shape.')
        last = array_ops.expand_dims(indices, axis=-1)
        places = []
        for axis in range(rank - 1):
            size = shape[axis]
            dims = [1] * (rank + 1)
            dims[axis] = size
            numbers = array_ops.reshape(plain._range(0, size, 1), dims)
            if numbers.dtype.base_dtype != last.dtype:
                numbers = plain.cast(numbers, last.dtype)
            places.append(numbers * array_ops.ones_like(last))
        return scatter_nd_update(ref, array_ops.concat(places + [last], axis=-1), updates, use_locking=use_locking)


def variable_op_v2(shape, dtype, name='Variable', container='', shared_name=''):
    """A node VariableV2, without initializer."""
    return plain.variable_v2(shape=shape, dtype=dtype, name=name, container=container, shared_name=shared_name)
