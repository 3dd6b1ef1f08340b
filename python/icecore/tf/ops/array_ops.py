"""Shapes, pieces and arrangements of tensors."""
import builtins
import functools
import operator

import numpy as np

from icecore.tf.framework import constant_op, dtypes, ops, tensor_shape, tensor_util
from icecore.tf.framework.control_flow import identity
from icecore.tf.framework.gradients import stop_gradient  # noqa: F401
from icecore.tf.framework.placeholders import (  # noqa: F401
    placeholder, placeholder_with_default, sparse_placeholder)
from icecore.tf.ops import plain
from icecore.tf.ops.deprecated import argument
from icecore.tf.ops.static import is_tensor

__getattr__ = plain.fallback(__name__)

newaxis = None
constant = constant_op.constant


# --- Shapes ----------------------------------------------------------------------------------------------------------


def reshape(tensor, shape, name=None):
    """The same elements in another shape; a -1 stands for what is left."""
    return plain.reshape(tensor, shape, name)


def expand_dims(input, axis=None, name=None, dim=None):
    """A dimension of size 1 put in before `axis`."""
    axis = argument('axis', axis, 'dim', dim)
    if axis is None:
        raise ValueError('Must specify an axis argument to tf.expand_dims()')
    return plain.expand_dims(input, axis, name)


def expand_dims_v2(input, axis, name=None):
    return plain.expand_dims(input, axis, name)


def squeeze(input, axis=None, name=None, squeeze_dims=None):
    """Leaves out dimensions of size 1: those given, or all."""
    axis = argument('axis', axis, 'squeeze_dims', squeeze_dims)
    return plain.squeeze(input, [axis] if np.isscalar(axis) else axis, name)


def squeeze_v2(input, axis=None, name=None):
    return squeeze(input, axis, name)


def shape(input, name=None, out_type=dtypes.int32):
    """The shape as a tensor; a constant where it is known."""
    return shape_internal(input, name, optimize=True, out_type=out_type)


def shape_v2(input, out_type=dtypes.int32, name=None):
    return shape(input, name, out_type)


def shape_internal(input, name=None, optimize=True, out_type=dtypes.int32):
    with ops.name_scope(name, 'Shape', [input]) as name:
        dims = ops.convert_to_tensor(input).get_shape()
        if optimize and dims.is_fully_defined():
            return constant(dims.as_list(), out_type, name=name)
        return plain.shape(input, name=name, out_type=out_type)


def shape_n(input, out_type=dtypes.int32, name=None):
    """The shapes of several tensors."""
    return plain.shape_n(input, out_type=out_type, name=name)


def size(input, name=None, out_type=dtypes.int32):
    """How many elements; a constant where it is known."""
    return size_internal(input, name, optimize=True, out_type=out_type)


def size_v2(input, out_type=dtypes.int32, name=None):
    return size(input, name, out_type)


def size_internal(input, name=None, optimize=True, out_type=dtypes.int32):
    with ops.name_scope(name, 'Size', [input]) as name:
        dims = ops.convert_to_tensor(input).get_shape()
        if optimize:
            if dims.is_fully_defined():
                return constant(dims.num_elements(), out_type, name=name)
            if dims.dims and any(dim == 0 for dim in dims.dims):
                return constant(0, out_type, name=name)
        return plain.size(input, name=name, out_type=out_type)


def rank(input, name=None):
    """How many dimensions; a constant where it is known."""
    return rank_internal(input, name, optimize=True)


def rank_internal(input, name=None, optimize=True):
    with ops.name_scope(name, 'Rank', [input]) as name:
        dims = ops.convert_to_tensor(input).get_shape()
        if optimize and dims.ndims is not None:
            return constant(dims.ndims, dtypes.int32, name=name)
        return plain.rank(input, name=name)


def broadcast_dynamic_shape(shape_x, shape_y):
    """The shape that two shapes broadcast to."""
    return plain.broadcast_args(shape_x, shape_y)


def broadcast_static_shape(shape_x, shape_y):
    """The same of TensorShapes. ValueError where they don't fit."""
    shape_x, shape_y = tensor_shape.as_shape(shape_x), tensor_shape.as_shape(shape_y)
    if shape_x.ndims is None or shape_y.ndims is None:
        return tensor_shape.unknown_shape()
    rank_ = max(shape_x.ndims, shape_y.ndims)
    x = [1] * (rank_ - shape_x.ndims) + shape_x.as_list()
    y = [1] * (rank_ - shape_y.ndims) + shape_y.as_list()
    dims = []
    for a, b in zip(x, y):
        if a is None or b is None:
            known = a if b is None else b
            dims.append(known if known is not None and known > 1 else None)
        elif a == b or b == 1:
            dims.append(a)
        elif a == 1:
            dims.append(b)
        else:
            raise ValueError('Incompatible shapes for broadcasting: %s and %s' % (shape_x, shape_y))
    return tensor_shape.TensorShape(dims)


# --- Values ----------------------------------------------------------------------------------------------------------


def fill(dims, value, name=None):
    """A tensor of that shape, full of the value."""
    return plain.fill(dims, value, name=name)


def _filled(one, shape, dtype, name, what):
    dtype = dtypes.as_dtype(dtype).base_dtype
    value = {dtypes.bool: one, dtypes.string: ''}.get(dtype, int(one))
    with ops.name_scope(name, what, [shape]) as name:
        if not isinstance(shape, ops.Tensor):
            try:
                # Of a list that holds tensors TensorFlow multiplies them, before it sees that they aren't known.
                if isinstance(shape, (list, tuple)) and any(isinstance(d, ops.Tensor) for d in shape):
                    bool(functools.reduce(operator.mul, shape) < 1000)
                known = tensor_shape.TensorShape(shape)
                if known.is_fully_defined() and known.num_elements() < 1000:
                    return constant(value, shape=known, dtype=dtype, name=name)
                shape = ops.convert_to_tensor(known, dtype=dtypes.int32)
            except (TypeError, ValueError):
                shape = ops.convert_to_tensor(shape, dtype=dtypes.int32)
        if not shape._shape_tuple():
            shape = reshape(shape, [-1])
        return fill(shape, constant(value, dtype=dtype), name=name)


def zeros(shape, dtype=dtypes.float32, name=None):
    """A tensor of zeros (false, '')."""
    return _filled(False, shape, dtype, name, 'zeros')


def ones(shape, dtype=dtypes.float32, name=None):
    """A tensor of ones (true)."""
    return _filled(True, shape, dtype, name, 'ones')


def zeros_like(tensor, dtype=None, name=None, optimize=True):
    """Zeros in the shape of the tensor, and of its dtype where no other is given."""
    with ops.name_scope(name, 'zeros_like', [tensor]) as name:
        tensor = ops.convert_to_tensor(tensor, name='tensor')
        dtype = dtypes.as_dtype(dtype) if dtype is not None else None
        if optimize and tensor.shape.is_fully_defined() and tensor.dtype != dtypes.variant:
            return zeros(tensor.shape, dtype=dtype or tensor.dtype, name=name)
        if dtype is not None and dtype != tensor.dtype and dtype != dtypes.variant:
            return zeros(shape_internal(tensor, optimize=optimize), dtype=dtype, name=name)
        return plain.zeros_like(tensor, name=name)


def zeros_like_v2(input, dtype=None, name=None):
    return zeros_like(input, dtype, name)


def ones_like(tensor, dtype=None, name=None, optimize=True):
    """Ones in the shape of the tensor, and of its dtype where no other is given."""
    with ops.name_scope(name, 'ones_like', [tensor]) as name:
        tensor = ops.convert_to_tensor(tensor, name='tensor')
        made = ones(shape_internal(tensor, optimize=optimize), dtype=tensor.dtype if dtype is None else dtype, name=name)
        made.set_shape(tensor.get_shape())
        return made


def ones_like_v2(input, dtype=None, name=None):
    return ones_like(input, dtype, name)


def one_hot(indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name=None):
    """on_value where the new dimension's index is the given one, off_value elsewhere."""
    with ops.name_scope(name, 'one_hot', [indices, depth, on_value, off_value, axis, dtype]) as name:
        dtype = dtypes.as_dtype(dtype) if dtype is not None else None
        on_dtype = None if on_value is None else ops.convert_to_tensor(on_value).dtype.base_dtype
        off_dtype = None if off_value is None else ops.convert_to_tensor(off_value).dtype.base_dtype
        for given, what in ((on_dtype, 'on_value'), (off_dtype, 'off_value')):
            if given is not None and dtype is not None and given != dtype:
                raise TypeError('dtype {0} of {1} does not match dtype parameter {2}'.format(given, what, dtype))
        dtype = dtype or on_dtype or off_dtype or dtypes.float32
        if on_value is None:
            on_value, on_dtype = ops.convert_to_tensor(1, dtype, name='on_value'), dtype
        if off_value is None:
            off_value, off_dtype = ops.convert_to_tensor(0, dtype, name='off_value'), dtype
        if on_dtype != off_dtype:
            raise TypeError('dtype {0} of on_value does not match dtype {1} of off_value'.format(on_dtype, off_dtype))
        return plain.one_hot(indices, depth, on_value, off_value, axis, name)


def sequence_mask(lengths, maxlen=None, dtype=dtypes.bool, name=None):
    """Rows that are true in their first `lengths` columns."""
    with ops.name_scope(name, 'SequenceMask', [lengths, maxlen]):
        lengths = ops.convert_to_tensor(lengths)
        if maxlen is None:
            maxlen = _longest(lengths)
        else:
            maxlen = ops.convert_to_tensor(maxlen)
        if maxlen.get_shape().ndims not in (None, 0):
            raise ValueError('maxlen must be scalar for sequence_mask')
        columns = plain._range(constant(0, maxlen.dtype), maxlen, constant(1, maxlen.dtype))
        rows = plain.cast(expand_dims(lengths, -1), maxlen.dtype)
        result = columns < rows
        return result if dtype is None or result.dtype == dtypes.as_dtype(dtype).base_dtype else plain.cast(result, dtype)


def _longest(lengths):
    longest = plain._max(lengths, _all_dimensions(lengths))
    return plain.maximum(constant(0, longest.dtype), longest)


def _all_dimensions(x):
    if x.get_shape().ndims is not None:
        return constant(np.arange(x.get_shape().ndims), dtype=dtypes.int32)
    return plain._range(0, rank(x), 1)


# --- Pieces ----------------------------------------------------------------------------------------------------------


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


# --- Arrangement -----------------------------------------------------------------------------------------------------


def stack(values, axis=0, name='stack'):
    """Tensors of one shape put together along a new axis."""
    if axis == 0:
        try:
            return ops.convert_to_tensor(values, name=name)
        except (TypeError, ValueError):
            pass  # Not all of them are known.
    dims = ops.convert_to_tensor(values[0], name=name)._shape_tuple()
    if dims is not None and not -(len(dims) + 1) <= axis < len(dims) + 1:
        raise ValueError('axis = %d not in [%d, %d)' % (axis, -(len(dims) + 1), len(dims) + 1))
    return plain.pack(values, axis=axis, name=name)


def parallel_stack(values, name='parallel_stack'):
    """stack() along the first axis."""
    with ops.name_scope(name):
        first = ops.convert_to_tensor(values[0])
        whole = tensor_shape.TensorShape([len(values)]).concatenate(first.get_shape())
        return plain.parallel_concat([expand_dims(value, 0) for value in values], shape=whole)


def unstack(value, num=None, axis=0, name='unstack'):
    """The slices along the axis, as a list. ValueError where their number isn't known."""
    if num is None:
        value = ops.convert_to_tensor(value)
        dims = value.get_shape()
        if dims.ndims is not None:
            if not -dims.ndims <= axis < dims.ndims:
                raise ValueError('axis = %d not in [%d, %d)' % (axis, -dims.ndims, dims.ndims))
            num = dims.dims[axis].value
        if num is None:
            raise ValueError('Cannot infer num from shape %s' % dims)
    return plain.unpack(value, num=num, axis=axis, name=name)


def concat(values, axis, name='concat'):
    """Tensors joined along the axis."""
    if not isinstance(values, (list, tuple)):
        values = [values]
    if len(values) == 1:
        with ops.name_scope(name):
            ops.convert_to_tensor(axis, name='concat_dim', dtype=dtypes.int32).get_shape().assert_has_rank(0)
            return identity(values[0], name=name)
    return plain.concat_v2(values=values, axis=axis, name=name)


def split(value, num_or_size_splits, axis=0, num=None, name='split'):
    """Parts along the axis: so many equal ones, or of the sizes given."""
    sizes = ops.convert_to_tensor(num_or_size_splits)
    if isinstance(num_or_size_splits, (int, tensor_shape.Dimension)):
        return plain.split(axis=axis, num_split=int(num_or_size_splits), value=value, name=name)
    if sizes._rank() == 0:
        raise ValueError('Rank-0 tensors are not supported as the num_or_size_splits argument to split. Argument '
                         'provided: %s' % (num_or_size_splits,))
    if num is None:
        dims = sizes._shape_tuple()
        num = dims[0] if dims else None
        if num is None:
            raise ValueError('Cannot infer num from shape %s' % num_or_size_splits)
    return plain.split_v(value=value, size_splits=sizes, axis=axis, num_split=num, name=name)


def transpose(a, perm=None, name='transpose', conjugate=False):
    """The axes in another order; without one reversed."""
    with ops.name_scope(name, 'transpose', [a]) as name:
        function = plain.conjugate_transpose if conjugate and a.dtype.is_complex else plain.transpose
        if perm is not None:
            return function(a, perm, name=name)
        a = ops.convert_to_tensor(a, name='a')
        if not a.get_shape().ndims:
            n = plain.rank(a)
            perm = (n - 1) - plain._range(0, n, 1)
        else:
            n = a.get_shape().ndims
            perm = (n - 1) - np.arange(n)
        made = function(a, perm, name=name)
        dims = a.get_shape().dims
        if dims is not None:
            made.set_shape(dims[::-1])
        return made


def transpose_v2(a, perm=None, conjugate=False, name='transpose'):
    return transpose(a=a, perm=perm, name=name, conjugate=conjugate)


def matrix_transpose(a, name='matrix_transpose', conjugate=False):
    """The last two axes exchanged."""
    with ops.name_scope(name, values=[a]):
        a = ops.convert_to_tensor(a, name='a')
        n = a.get_shape().ndims
        if n is not None:
            if n < 2:
                raise ValueError("Argument 'a' should be a (batch) matrix, with rank >= 2.  Found: %s" % a.get_shape())
            perm = list(builtins.range(n - 2)) + [n - 1, n - 2]
        else:
            n = rank(a)
            perm = concat((plain._range(0, n - 2, 1), [n - 1, n - 2]), 0)
        return transpose(a, perm=perm, conjugate=conjugate)


def matrix_diag(diagonal, name='diag', k=0, num_rows=-1, num_cols=-1, padding_value=0):
    """Matrices with that main diagonal."""
    return plain.matrix_diag(diagonal=diagonal, name=name)


def matrix_diag_part(input, name='diag_part', k=0, padding_value=0):
    """The main diagonals of matrices."""
    return plain.matrix_diag_part(input=input, name=name)


def matrix_set_diag(input, diagonal, name='set_diag', k=0):
    """The matrices with another main diagonal."""
    return plain.matrix_set_diag(input=input, diagonal=diagonal, name=name)


def pad(tensor, paddings, mode='CONSTANT', name=None, constant_values=0):
    """Rows and columns added around it: of a value, or mirrored (REFLECT, SYMMETRIC)."""
    mode = mode.upper()
    if mode == 'CONSTANT':
        if not is_tensor(constant_values) and constant_values == 0:
            made = plain.pad(tensor, paddings, name=name)
        else:
            made = plain.pad_v2(tensor, paddings, constant_values, name=name)
    elif mode in ('REFLECT', 'SYMMETRIC'):
        made = plain.mirror_pad(tensor, paddings, mode=mode, name=name)
    else:
        raise ValueError('Unknown padding mode: %s' % mode)
    known = tensor_util.constant_value(made.op.inputs[1])
    dims = made.op.inputs[0].shape
    if dims.ndims is not None and not made.shape.is_fully_defined() and known is not None:
        made.set_shape([None if d is None else int(sum(p)) + d for p, d in zip(known, dims.as_list())])
    return made


def pad_v2(tensor, paddings, mode='CONSTANT', constant_values=0, name=None):
    return pad(tensor, paddings, mode, name, constant_values)


def meshgrid(*args, **kwargs):
    """Coordinates of a grid, one tensor for each vector given."""
    indexing = kwargs.pop('indexing', 'xy')
    name = kwargs.pop('name', 'meshgrid')
    if kwargs:
        raise TypeError("'{}' is an invalid keyword argument for this function".format(list(kwargs)[0]))
    if indexing not in ('xy', 'ij'):
        raise ValueError("indexing parameter must be either 'xy' or 'ij'")
    with ops.name_scope(name, 'meshgrid', args) as name:
        n = len(args)
        one = (1,) * n
        output = [reshape(stack(x), one[:i] + (-1,) + one[i + 1:]) for i, x in enumerate(args)]
        shapes = [size(x) for x in args]
        dtype = ops.convert_to_tensor(args[0]).dtype.base_dtype
        if indexing == 'xy' and n > 1:
            output[0] = reshape(output[0], (1, -1) + (1,) * (n - 2))
            output[1] = reshape(output[1], (-1, 1) + (1,) * (n - 2))
            shapes[0], shapes[1] = shapes[1], shapes[0]
        factor = ones(shapes, dtype)
        return [x * factor for x in output]


def setdiff1d(x, y, index_dtype=dtypes.int32, name=None):
    """What of x isn't in y, and where it stood."""
    return plain.list_diff(x, y, index_dtype, name)


listdiff = setdiff1d


def unique(x, out_idx=dtypes.int32, name=None):
    """The different values in the order met, and for each element which it is."""
    return plain.unique(x, out_idx, name)


def unique_with_counts(x, out_idx=dtypes.int32, name=None):
    """The same, and how often each stands there."""
    return plain.unique_with_counts(x, out_idx, name)


def reverse_sequence(input, seq_lengths, seq_axis=None, batch_axis=None, name=None, seq_dim=None, batch_dim=None):
    """The first `seq_lengths` elements of each row reversed."""
    seq_axis = argument('seq_axis', seq_axis, 'seq_dim', seq_dim)
    batch_axis = argument('batch_axis', batch_axis, 'batch_dim', batch_dim)
    return plain.reverse_sequence(input=input, seq_lengths=seq_lengths, seq_dim=seq_axis, batch_dim=batch_axis,
                                  name=name)


def space_to_depth(input, block_size, name=None, data_format='NHWC'):
    """Blocks of rows and columns as channels."""
    return plain.space_to_depth(input, block_size, data_format, name=name)


def depth_to_space(input, block_size, name=None, data_format='NHWC'):
    """Channels as blocks of rows and columns."""
    return plain.depth_to_space(input, block_size, data_format, name=name)


def space_to_batch(input, paddings, block_size=None, name=None, block_shape=None):
    """Blocks of rows and columns as batch elements."""
    block = argument('block_shape', block_shape, 'block_size', block_size)
    made = plain.space_to_batch_nd(input, paddings=paddings, block_shape=np.array([block, block], dtype=np.int64),
                                   name=name)
    made.set_shape(made.get_shape().with_rank(4))
    return made


def batch_to_space(input, crops, block_size, name=None, block_shape=None):
    """Batch elements as blocks of rows and columns."""
    block = argument('block_shape', block_shape, 'block_size', block_size)
    made = plain.batch_to_space_nd(input, crops=crops, block_shape=np.array([block, block], dtype=np.int64), name=name)
    made.set_shape(made.get_shape().with_rank(4))
    return made


def required_space_to_batch_paddings(input_shape, block_shape, base_paddings=None, name=None):
    """The paddings and crops that make rows and columns fit whole blocks."""
    with ops.name_scope(name, 'required_space_to_batch_paddings', [input_shape, block_shape]):
        input_shape = ops.convert_to_tensor(input_shape, dtype=dtypes.int32, name='input_shape')
        block_shape = ops.convert_to_tensor(block_shape, dtype=dtypes.int32, name='block_shape')
        block_shape.get_shape().assert_is_fully_defined()
        block_shape.get_shape().assert_has_rank(1)
        n = block_shape.get_shape().dims[0].value
        if n == 0:
            return zeros([0, 2], dtypes.int32), zeros([0, 2], dtypes.int32)
        input_shape.get_shape().assert_is_compatible_with([n])
        if base_paddings is not None:
            base_paddings = ops.convert_to_tensor(base_paddings, dtype=dtypes.int32, name='base_paddings')
            base_paddings.get_shape().assert_is_compatible_with([n, 2])
        else:
            base_paddings = zeros([n, 2], dtypes.int32)
        known = [tensor_util.constant_value(t) for t in (block_shape, input_shape, base_paddings)]
        if all(value is not None for value in known):
            block_shape, input_shape, base_paddings = known
        start = base_paddings[:, 0]
        old_end = base_paddings[:, 1]
        full = input_shape + start + old_end
        more = (block_shape - full % block_shape) % block_shape
        end = old_end + more
        paddings = stack([[start[i], end[i]] for i in builtins.range(n)], name='paddings')
        crops = stack([[0, more[i]] for i in builtins.range(n)], name='crops')
        return paddings, crops


def searchsorted(sorted_sequence, values, side='left', out_type=dtypes.int32, name=None):
    """Where in the sorted rows the values would stand."""
    n = shape_internal(sorted_sequence)[-1]
    m = shape_internal(values)[-1]
    rows = reshape(sorted_sequence, [-1, n])
    wanted = reshape(values, [-1, m])
    if side not in ('left', 'right'):
        raise ValueError("side must be either 'right' or 'left'.  Saw: %s." % side)
    found = (plain.upper_bound if side == 'right' else plain.lower_bound)(rows, wanted, out_type, name)
    return reshape(found, shape_internal(values))


def extract_image_patches(images, ksizes=None, strides=None, rates=None, padding=None, name=None, sizes=None):
    """Patches of pictures as channels."""
    return plain.extract_image_patches(images, argument('sizes', sizes, 'ksizes', ksizes), strides, rates, padding,
                                       name)


def repeat(input, repeats, axis=None, name=None):
    """Each element (or slice) so many times."""
    if axis is None:
        input, axis = reshape(input, [-1]), 0
    with ops.name_scope(name, 'Repeat', [input, repeats]):
        data = ops.convert_to_tensor(input, name='data')
        repeats = plain.cast(ops.convert_to_tensor(repeats, name='repeats', preferred_dtype=dtypes.int32), dtypes.int32)
        n = data.shape.ndims
        axis = axis + n if axis < 0 else axis
        if repeats.shape.ndims != 0:
            raise NotImplementedError('tf.repeat of different numbers of times')
        multiples = [1] * (n + 1)
        multiples[axis + 1] = repeats
        dims = shape(data)
        tiled = plain.tile(expand_dims(data, axis + 1), multiples)
        return reshape(tiled, concat([dims[:axis], [-1], dims[axis + 1:]], axis=0))
