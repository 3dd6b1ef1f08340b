"""Shapes, values, pieces and arrangements of tensors: all that tensorflow.python.ops.array_ops has."""
import builtins

import numpy as np

from icecore.tf.framework import dtypes, ops, tensor_util
from icecore.tf.framework.constant_op import constant  # noqa: F401
from icecore.tf.framework.control_flow import identity  # noqa: F401
from icecore.tf.framework.gradients import stop_gradient  # noqa: F401
from icecore.tf.framework.placeholders import (  # noqa: F401
    placeholder, placeholder_with_default, sparse_placeholder)
from icecore.tf.ops import plain
from icecore.tf.ops.array_joins import (  # noqa: F401
    concat, parallel_stack, split, stack, unstack)
from icecore.tf.ops.array_pieces import (  # noqa: F401
    batch_gather, boolean_mask, boolean_mask_v2, gather, gather_nd, gather_nd_v2, gather_v2, slice, strided_slice,
    where, where_v2)
from icecore.tf.ops.array_shapes import (  # noqa: F401
    broadcast_dynamic_shape, broadcast_static_shape, expand_dims, expand_dims_v2, rank, rank_internal, reshape,
    shape, shape_internal, shape_n, shape_v2, size, size_internal, size_v2, squeeze, squeeze_v2)
from icecore.tf.ops.array_values import (  # noqa: F401
    fill, one_hot, ones, ones_like, ones_like_v2, sequence_mask, zeros, zeros_like, zeros_like_v2)
from icecore.tf.ops.deprecated import argument
from icecore.tf.ops.static import is_tensor

__getattr__ = plain.fallback(__name__)

newaxis = None


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
