"""Parts of tensors: slices, rows, what a mask says (names of array_ops)."""
from icecore.tf.framework import dtypes, ops, tensor_util
from icecore.tf.ops import plain
from icecore.tf.ops.array_joins import concat
from icecore.tf.ops.array_shapes import reshape, shape, squeeze
from icecore.tf.ops.array_values import ones_like
from icecore.tf.ops.static import is_tensor


def slice(input_, begin, size, name=None):
    """The part that begins at `begin`, of that size; -1 is up to the end."""
    return plain._slice(input_, begin, size, name=name)


def strided_slice(input_, begin, end, strides=None, begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0,
                  shrink_axis_mask=0, var=None, name=None):
    """What Python's x[begin:end:stride, …] is; of a variable the part can be assigned to (.assign)."""
    if strides is None:
        strides = ones_like(begin)
    masks = dict(begin_mask=begin_mask, end_mask=end_mask, ellipsis_mask=ellipsis_mask, new_axis_mask=new_axis_mask,
                 shrink_axis_mask=shrink_axis_mask)
    made = plain.strided_slice(input=input_, begin=begin, end=end, strides=strides, name=name, **masks)

    def assign(val, name_=None):
        if var is None:
            raise ValueError('Sliced assignment is only supported for variables')
        return var._strided_slice_assign(begin=begin, end=end, strides=strides, value=val,
                                         name=name_ or (name or made.op.name) + '_assign', **masks)

    made.assign = assign
    return made


def gather(params, indices, validate_indices=None, name=None, axis=None, batch_dims=0):
    """The slices of `params` at those indices along the axis."""
    del validate_indices
    if axis is None:
        axis = batch_dims
    if tensor_util.constant_value(axis) == 0 if is_tensor(axis) else axis == 0:
        read = getattr(params, 'sparse_read', None)
        if read is not None:
            return read(indices, name=name)
        return plain.gather_v2(params, indices, axis, name=name)
    return plain.gather_v2(params, indices, axis, batch_dims=batch_dims, name=name)


def gather_v2(params, indices, validate_indices=None, axis=None, batch_dims=0, name=None):
    return gather(params, indices, validate_indices=validate_indices, name=name, axis=axis, batch_dims=batch_dims)


def batch_gather(params, indices, name=None):
    """gather() of each element of a batch."""
    with ops.name_scope(name, 'BatchGather', [params, indices]):
        indices = ops.convert_to_tensor(indices, name='indices')
        params = ops.convert_to_tensor(params, name='params')
        if indices.shape.ndims is None:
            raise ValueError('batch_gather does not allow indices with unknown shape.')
        batch_dims = indices.shape.ndims - 1
        return plain.gather_v2(params, indices, batch_dims, batch_dims=batch_dims)


def gather_nd(params, indices, name=None, batch_dims=0):
    """Elements or slices at tuples of indices."""
    if batch_dims != 0:
        raise NotImplementedError('tf.gather_nd with batch_dims')
    read = getattr(params, 'gather_nd', None)
    return read(indices, name=name) if read is not None else plain.gather_nd(params, indices, name=name)


def gather_nd_v2(params, indices, batch_dims=0, name=None):
    return gather_nd(params, indices, name=name, batch_dims=batch_dims)


def boolean_mask(tensor, mask, name='boolean_mask', axis=None):
    """The elements (or slices) where the mask is true."""
    with ops.name_scope(name, values=[tensor, mask]):
        tensor = ops.convert_to_tensor(tensor, name='tensor')
        mask = ops.convert_to_tensor(mask, name='mask')
        n = mask.get_shape().ndims
        dims = tensor.get_shape()
        if n == 0:
            raise ValueError('mask cannot be scalar.')
        if n is None:
            raise ValueError('Number of mask dimensions must be specified, even if some dimensions are None.  E.g. '
                             'shape=[None] is ok, but shape=None is not.')
        axis = 0 if axis is None else axis
        dims[axis:axis + n].assert_is_compatible_with(mask.get_shape())
        leading = plain.prod(shape(tensor)[axis:axis + n], [0])
        tensor = reshape(tensor, concat([shape(tensor)[:axis], [leading], shape(tensor)[axis + n:]], 0))
        first = dims[axis:axis + n].num_elements()
        tensor.set_shape(dims[:axis].concatenate([first]).concatenate(dims[axis + n:]))
        mask = reshape(mask, [-1])
        indices = squeeze(where(mask), axis=[1])
        return gather(tensor, indices, axis=axis)


def boolean_mask_v2(tensor, mask, axis=None, name='boolean_mask'):
    return boolean_mask(tensor, mask, name, axis)


def where(condition, x=None, y=None, name=None):
    """x where the condition is true, else y; without them the indices where it is."""
    return _where(condition, x, y, name, lambda: plain.select(condition=condition, x=x, y=y, name=name))


def where_v2(condition, x=None, y=None, name=None):
    """The same, broadcasting."""
    return _where(condition, x, y, name, lambda: plain.select_v2(condition=condition, t=x, e=y, name=name))


def _where(condition, x, y, name, select):
    if (x is None) != (y is None):
        raise ValueError('x and y must both be non-None or both be None.')
    if x is not None:
        return select()
    with ops.name_scope(name, 'Where', [condition]) as name:
        condition = ops.convert_to_tensor(condition, preferred_dtype=dtypes.bool, name='condition')
        return plain.where(condition=condition, name=name)
