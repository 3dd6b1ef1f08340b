"""Ops that move values about."""
import numpy as np

from op_cases import case, floats, ints, shape

NUMBERS = ['float16', 'float32', 'float64', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'bool', 'complex64', 'complex128']
SIZES = ['int8', 'float16', 'float32', 'float64', 'complex128']  # one of each size


def values(*dims, dtype='float32'):
    if dtype == 'str':
        return np.array(['s%d' % i * (i % 4) for i in range(int(np.prod(dims)))], dtype=object).reshape(dims)
    if dtype == 'bool':
        return ints(*dims, low=0, high=2).astype(bool)
    if dtype.startswith('complex'):
        return (floats(*dims) + 1j * floats(*dims, seed=1)).astype(dtype)
    return (ints(*dims, low=0 if dtype.startswith('u') else -5) if 'int' in dtype else floats(*dims)).astype(dtype)


i32, i64 = np.int32, np.int64
STRINGS = values(2, 3, dtype='str')

# --- Shapes ------------------------------------------------------------------------------------------
for name, x in [('scalar', floats()), ('vector', floats(3)), ('empty', floats(2, 0, 3)), ('strings', STRINGS)]:
    case('shape_' + name, 'Shape', x)
    case('shape_' + name + '_64', 'Shape', x, out_type='int64')
    case('size_' + name, 'Size', x)
    case('rank_' + name, 'Rank', x)
case('shape_n', 'ShapeN', [floats(2), floats(3, 4), floats()], out_type='int64')

# --- Reshaping ---------------------------------------------------------------------------------------
for dtype in SIZES + ['str', 'bool']:
    case('reshape_' + dtype, 'Reshape', values(2, 6, dtype=dtype), i32([3, -1]))
case('reshape_grad', 'Reshape', floats(2, 6), i64([3, 4]), grad=True)
case('reshape_scalar', 'Reshape', floats(1, 1), i32([]), grad=True)
case('reshape_empty', 'Reshape', floats(0, 3), i32([2, -1, 0]))
case('reshape_empty_open', 'Reshape', floats(0, 3), i32([-1, 3]))
case('reshape_too_large', 'Reshape', floats(2), i32([3]), error='INVALID_ARGUMENT')
case('reshape_not_a_multiple', 'Reshape', floats(5), i32([2, -1]), error='INVALID_ARGUMENT')
case('reshape_two_open', 'Reshape', floats(4), i32([-1, -1]), error='INVALID_ARGUMENT')
case('reshape_negative', 'Reshape', floats(4), i32([-2, 2]), error='INVALID_ARGUMENT')
case('reshape_matrix', 'Reshape', floats(4), i32([[2, 2]]), error='INVALID_ARGUMENT')
case('expand_dims', 'ExpandDims', floats(2, 3), i32(1), grad=True)
case('expand_dims_last', 'ExpandDims', floats(2, 3), i64(-1))
case('expand_dims_strings', 'ExpandDims', STRINGS, i32(0))
case('expand_dims_beyond', 'ExpandDims', floats(2, 3), i32(3), error='INVALID_ARGUMENT')
case('expand_dims_two', 'ExpandDims', floats(2, 3), i32([0, 1]), error='INVALID_ARGUMENT')
case('squeeze', 'Squeeze', floats(1, 2, 1, 3), grad=True)
case('squeeze_one', 'Squeeze', floats(1, 2, 1, 3), axis=[2])
case('squeeze_from_back', 'Squeeze', floats(1, 2, 1), axis=[-1, 0])
case('squeeze_not_one', 'Squeeze', floats(1, 2), axis=[1], error='INVALID_ARGUMENT')
case('squeeze_beyond', 'Squeeze', floats(1, 2), axis=[2], error='INVALID_ARGUMENT')
case('ensure_shape', 'EnsureShape', floats(2, 3), shape=[None, 3], grad=True)
case('ensure_shape_other', 'EnsureShape', floats(2, 3), shape=[2, 4], error='INVALID_ARGUMENT')

# --- Filling -----------------------------------------------------------------------------------------
for dtype in NUMBERS + ['str']:
    case('fill_' + dtype, 'Fill', i32([2, 3]), values(dtype=dtype)[()])
    if dtype in SIZES + ['str', 'bool']:
        case('zeros_like_' + dtype, 'ZerosLike', values(2, 2, dtype=dtype))
    if dtype != 'str':
        case('ones_like_' + dtype, 'OnesLike', values(2, 2, dtype=dtype))
case('fill_scalar', 'Fill', i32([]), np.float32(3))
case('fill_empty', 'Fill', i64([3, 0]), np.float32(3))
case('fill_grad', 'Fill', i32([2, 3]), np.float32(3), grad=True)
case('fill_negative', 'Fill', i32([-1]), np.float32(3), error='INVALID_ARGUMENT')
case('fill_matrix', 'Fill', i32([[1]]), np.float32(3), error='INVALID_ARGUMENT')
case('fill_with_vector', 'Fill', i32([2]), floats(3), error='INVALID_ARGUMENT')
case('fill_with_one', 'Fill', i32([2]), floats(1), error='INVALID_ARGUMENT')
case('fill_of_scalar', 'Fill', i32(2), floats(), error='INVALID_ARGUMENT')
case('empty', 'Empty', i32([2, 2]), dtype='float32', init=True)

# --- Joining and splitting ---------------------------------------------------------------------------
for dtype in SIZES + ['str']:
    case('concat_' + dtype, 'ConcatV2', [values(2, 3, dtype=dtype), values(2, 1, dtype=dtype), values(2, 2, dtype=dtype)], i32(1))
    case('pack_' + dtype, 'Pack', [values(2, 3, dtype=dtype), values(2, 3, dtype=dtype)], axis=1)
    case('unpack_' + dtype, 'Unpack', values(2, 3, dtype=dtype), num=3, axis=1)
    case('split_' + dtype, 'Split', i32(1), values(2, 4, dtype=dtype), num_split=2)
    case('split_v_' + dtype, 'SplitV', values(2, 6, dtype=dtype), i64([1, -1, 2]), i32(1), num_split=3)
case('concat_first', 'ConcatV2', [floats(1, 3), floats(2, 3)], i32(0), grad=True)
case('concat_64', 'ConcatV2', [floats(1, 3), floats(2, 3)], i64(0))
case('concat_last', 'ConcatV2', [floats(2, 2, 1), floats(2, 2, 3)], i32(-1), grad=True)
case('concat_empty', 'ConcatV2', [floats(2, 0), floats(2, 3)], i32(1))
case('concat_all_empty', 'ConcatV2', [floats(0, 2), floats(0, 3)], i32(1))
case('concat_many', 'ConcatV2', [floats(2, 1 + i % 3) for i in range(18)], i32(1), grad=True)
case('concat_axis_of_one', 'ConcatV2', [floats(2), floats(2)], i32([0]), error='INVALID_ARGUMENT')
case('concat_old_axis_vector', 'Concat', i32([0]), [floats(2), floats(2)], error='INVALID_ARGUMENT')
case('concat_old', 'Concat', i32(1), [floats(2, 1), floats(2, 3)], grad=True)
case('concat_scalars', 'ConcatV2', [floats(), floats()], i32(0), error='INVALID_ARGUMENT')
case('concat_scalar_and_vector', 'ConcatV2', [floats(), floats(2)], i32(0), error='INVALID_ARGUMENT')
case('concat_beyond', 'ConcatV2', [floats(2), floats(2)], i32(1), error='INVALID_ARGUMENT')
case('concat_other_rank', 'ConcatV2', [floats(2), floats(2, 2)], i32(0), error='INVALID_ARGUMENT')
case('concat_other_dim', 'ConcatV2', [floats(2, 3), floats(2, 2)], i32(0), error='INVALID_ARGUMENT')
case('concat_axis_vector', 'ConcatV2', [floats(2), floats(2)], i32([0, 0]), error='INVALID_ARGUMENT')
case('concat_offset', 'ConcatOffset', i32(1), [i32([2, 3]), i32([2, 4]), i32([2, 1])])
case('concat_offset_back', 'ConcatOffset', i32(-2), [i32([2, 3]), i32([5, 3])])
case('concat_offset_other', 'ConcatOffset', i32(1), [i32([2, 3]), i32([3, 4])], error='INVALID_ARGUMENT')
case('concat_offset_beyond', 'ConcatOffset', i32(2), [i32([2, 3]), i32([2, 4])], error='INVALID_ARGUMENT')
case('pack_scalars', 'Pack', [np.float32(1), np.float32(2)], grad=True)
case('pack_last', 'Pack', [floats(2, 3), floats(2, 3, seed=1)], axis=-1, grad=True)
case('pack_one', 'Pack', [floats(2, 3)], axis=1)
case('pack_empty', 'Pack', [floats(0, 3), floats(0, 3)])
case('pack_other_shape', 'Pack', [floats(2), floats(3)], error='INVALID_ARGUMENT')
case('pack_beyond', 'Pack', [floats(2), floats(2)], axis=2, error='INVALID_ARGUMENT')
case('unpack_first', 'Unpack', floats(3, 2), num=3, grad=True)
case('unpack_vector', 'Unpack', floats(3), num=3)
case('unpack_wrong', 'Unpack', floats(3, 2), num=2, error='INVALID_ARGUMENT')
case('unpack_beyond', 'Unpack', floats(3), num=3, axis=1, error='INVALID_ARGUMENT')
case('split_first', 'Split', i32(0), floats(4, 3), num_split=2, grad=True)
case('split_back', 'Split', i32(-2), floats(2, 4, 3), num_split=4)
case('split_one', 'Split', i32(0), floats(4, 3), num_split=1)
case('split_uneven', 'Split', i32(0), floats(4), num_split=3, error='INVALID_ARGUMENT')
case('split_beyond', 'Split', i32(1), floats(4), num_split=2, error='INVALID_ARGUMENT')
case('split_v_grad', 'SplitV', floats(5, 2), i32([2, 3]), i32(0), num_split=2, grad=True)
case('split_v_empty_part', 'SplitV', floats(5, 2), i32([0, 5]), i32(0), num_split=2)
case('split_v_short', 'SplitV', floats(5), i32([2, 2]), i32(0), num_split=2, error='INVALID_ARGUMENT')
case('split_v_long', 'SplitV', floats(5), i32([6, -1]), i32(0), num_split=2, error='INVALID_ARGUMENT')
case('split_v_two_open', 'SplitV', floats(5), i32([-1, -1]), i32(0), num_split=2, error='INVALID_ARGUMENT')
case('split_v_count', 'SplitV', floats(5), i32([2, 3]), i32(0), num_split=3, error='INVALID_ARGUMENT')

# --- Slicing -----------------------------------------------------------------------------------------
for dtype in SIZES + ['str', 'bool']:
    case('slice_' + dtype, 'Slice', values(3, 4, 2, dtype=dtype), i32([1, 0, 1]), i32([2, -1, 1]))
    case('strided_' + dtype, 'StridedSlice', values(4, 5, dtype=dtype), i32([3, 1]), i32([0, 5]), i32([-1, 2]))
case('slice_grad', 'Slice', floats(3, 4), i32([1, 1]), i32([2, 2]), grad=True)
case('slice_all', 'Slice', floats(3, 4), i32([0, 0]), i32([-1, 4]), grad=True)
case('slice_none', 'Slice', floats(3, 4), i32([3, 0]), i32([0, 4]))
case('slice_scalar', 'Slice', floats(), i32([]), i32([]))
case('slice_of_empty', 'Slice', floats(0, 2), i32([0, 1]), i32([0, 1]))
case('slice_beyond', 'Slice', floats(3), i32([1]), i32([3]), error='INVALID_ARGUMENT')
case('slice_before', 'Slice', floats(3), i32([-1]), i32([1]), error='INVALID_ARGUMENT')
case('slice_rank', 'Slice', floats(3), i32([0, 0]), i32([1, 1]), error='INVALID_ARGUMENT')

SPECS = {
    'plain': ([1, 0], [3, 2], [1, 1], {}),
    'begin': ([0, 1], [2, 3], [1, 1], dict(begin_mask=1)),
    'end': ([1, 1], [0, 0], [1, 1], dict(end_mask=3)),
    'reversed': ([0, 0], [0, 0], [-1, -1], dict(begin_mask=3, end_mask=3)),
    'steps': ([0, 4], [4, 0], [3, -2], {}),
    'shrink': ([1, 0], [2, 3], [1, 1], dict(shrink_axis_mask=1)),
    'shrink_back': ([-1, 0], [0, 3], [1, 1], dict(shrink_axis_mask=1)),
    'shrink_both': ([-1, 2], [0, 3], [1, 1], dict(shrink_axis_mask=3)),
    'new_axis': ([0, 1, 0], [0, 3, 2], [1, 1, 1], dict(new_axis_mask=1)),
    'new_axis_last': ([1, 0, 0], [3, 2, 0], [1, 1, 1], dict(new_axis_mask=4)),
    'ellipsis': ([0, 1], [0, 3], [1, 1], dict(ellipsis_mask=1)),
    'ellipsis_middle': ([1, 0, 1], [3, 0, 3], [1, 1, 1], dict(ellipsis_mask=2)),
    'ellipsis_new_shrink': ([0, 0, -1], [0, 0, 0], [1, 1, 1], dict(ellipsis_mask=1, new_axis_mask=2, shrink_axis_mask=4)),
    'short': ([1], [3], [1], {}),
    'far': ([-9, 2], [9, -9], [1, -1], {}),
    'none': ([2, 0], [1, 5], [1, 1], {}),
    'all_items': ([0], [0], [1], dict(ellipsis_mask=1)),
    'no_items': ([], [], [], {}),
}
for name, (begin, end, strides, masks) in SPECS.items():
    case('strided_%s' % name, 'StridedSlice', floats(4, 5), i32(begin), i32(end), i32(strides), grad=True, **masks)
    shape('strided_%s' % name, 'StridedSlice', ('float32', [4, None]), i32(begin), i32(end), i32(strides), **masks)
case('strided_64', 'StridedSlice', floats(4, 5, 2), i64([1, 0, 1]), i64([3, 5, 2]), i64([1, 2, 1]), grad=True)
case('strided_scalar', 'StridedSlice', floats(), i32([0]), i32([0]), i32([1]), new_axis_mask=1)
case('strided_zero', 'StridedSlice', floats(4), i32([0]), i32([1]), i32([0]), error='INVALID_ARGUMENT')
case('strided_beyond', 'StridedSlice', floats(4), i32([4]), i32([5]), i32([1]), shrink_axis_mask=1, error='INVALID_ARGUMENT')
case('strided_too_many', 'StridedSlice', floats(4), i32([0, 0]), i32([1, 1]), i32([1, 1]), error='INVALID_ARGUMENT')
case('strided_two_ellipses', 'StridedSlice', floats(4), i32([0, 0]), i32([1, 1]), i32([1, 1]), ellipsis_mask=3, error='INVALID_ARGUMENT')
case('strided_shrink_negative', 'StridedSlice', floats(4), i32([1]), i32([0]), i32([-1]), shrink_axis_mask=1, error='INVALID_ARGUMENT')
case('strided_lengths', 'StridedSlice', floats(4), i32([1]), i32([0, 1]), i32([1]), error='INVALID_ARGUMENT')
case('strided_grad_op', 'StridedSliceGrad', i32([3, 4]), i32([2, 0]), i32([0, 4]), i32([-1, 2]), floats(2, 2), grad=True)
case('strided_grad_strings', 'StridedSliceGrad', i32([3]), i32([1]), i32([3]), i32([1]), values(2, dtype='str'))
case('strided_grad_other', 'StridedSliceGrad', i32([3, 4]), i32([0, 0]), i32([1, 4]), i32([1, 1]), floats(2, 4), error='INVALID_ARGUMENT')

# --- Gathering and scattering ------------------------------------------------------------------------
for dtype in SIZES + ['str', 'bool']:
    case('gather_' + dtype, 'GatherV2', values(4, 3, dtype=dtype), i32([2, 0, 2]), i32(0))
    case('gather_axis_' + dtype, 'GatherV2', values(2, 4, 3, dtype=dtype), i64([[3, 1]]), i32(1))
    case('gather_nd_' + dtype, 'GatherNd', values(3, 2, 2, dtype=dtype), i32([[2, 1], [0, 0]]))
case('gather_rows_grad', 'GatherV2', floats(4, 3), i32([2, 0, 2]), i32(0), grad=True)
case('gather_axis_grad', 'GatherV2', floats(2, 4, 3), i32([3, 1, 3]), i32(1), grad=True)
case('gather_last_grad', 'GatherV2', floats(2, 4), i64([[3, 1], [0, 0]]), i32(-1), grad=True)
case('gather_scalar', 'GatherV2', floats(4), i32(2), i32(0), grad=True)
case('gather_nothing', 'GatherV2', floats(4, 3), i32([]), i32(0))
case('gather_batch', 'GatherV2', floats(2, 3, 2), i32([[2, 0], [1, 1]]), i32(1), batch_dims=1, grad=True)
case('gather_batch_later', 'GatherV2', floats(2, 3, 4), i32([[2, 0], [1, 1]]), i32(2), batch_dims=1, grad=True)
case('gather_batch_back', 'GatherV2', floats(2, 3), i32([[2, 0], [1, 1]]), i32(1), batch_dims=-1)
case('gather_old', 'Gather', floats(4, 3), i64([1, 3]), grad=True)
case('gather_beyond', 'GatherV2', floats(2), i32([5]), i32(0), error='INVALID_ARGUMENT')
case('gather_negative', 'GatherV2', floats(2), i32([[-1]]), i32(0), error='INVALID_ARGUMENT')
case('gather_axis_beyond', 'GatherV2', floats(2), i32([0]), i32(1), error='INVALID_ARGUMENT')
case('gather_of_scalar', 'GatherV2', floats(), i32([0]), i32(0), error='INVALID_ARGUMENT')
case('gather_nd_elements', 'GatherNd', floats(3, 2), i64([[[2, 1]], [[0, 0]]]), grad=True)
case('gather_nd_rows', 'GatherNd', floats(3, 2), i32([[2], [2]]), grad=True)
case('gather_nd_whole', 'GatherNd', floats(3, 2), np.zeros((2, 0), i32))
case('gather_nd_none', 'GatherNd', floats(3, 2), np.zeros((0, 2), i32))
case('gather_nd_beyond', 'GatherNd', floats(3, 2), i32([[2, 2]]), error='INVALID_ARGUMENT')
case('gather_nd_deep', 'GatherNd', floats(3), i32([[0, 0]]), error='INVALID_ARGUMENT')
case('gather_nd_of_empty', 'GatherNd', floats(0, 3), i32([[0]]), error='INVALID_ARGUMENT')
for dtype in NUMBERS + ['str']:
    if dtype != 'bool':
        case('scatter_nd_' + dtype, 'ScatterNd', i32([[1], [3], [1]]), values(3, 2, dtype=dtype), i32([4, 2]))
case('scatter_nd_elements', 'ScatterNd', i64([[1, 0], [3, 1]]), floats(2), i64([4, 2]), grad=True)
case('scatter_nd_none', 'ScatterNd', np.zeros((0, 1), i32), floats(0, 2), i32([4, 2]))
case('scatter_nd_beyond', 'ScatterNd', i32([[4]]), floats(1), i32([4]), error='INVALID_ARGUMENT')
case('scatter_nd_into_empty', 'ScatterNd', i32([[0]]), floats(1), i32([0]), error='INVALID_ARGUMENT')
case('scatter_nd_other_rows', 'ScatterNd', i32([[0], [1]]), floats(1), i32([4]), error='INVALID_ARGUMENT')
case('scatter_nd_other_columns', 'ScatterNd', i32([[0]]), floats(1, 3), i32([4, 2]), error='INVALID_ARGUMENT')

# --- Repeating, turning, padding ---------------------------------------------------------------------
for dtype in SIZES + ['str', 'bool']:
    case('tile_' + dtype, 'Tile', values(2, 3, dtype=dtype), i32([2, 2]))
    case('transpose_' + dtype, 'Transpose', values(2, 3, 4, dtype=dtype), i32([2, 0, 1]))
    case('reverse_' + dtype, 'ReverseV2', values(2, 3, 2, dtype=dtype), i32([0, -1]))
    if dtype != 'str':
        case('reverse_sequence_' + dtype, 'ReverseSequence', values(3, 4, dtype=dtype), i32([0, 4, 3]), seq_dim=1)
    if dtype != 'bool':
        case('broadcast_to_' + dtype, 'BroadcastTo', values(3, 1, dtype=dtype), i32([2, 3, 2]))
for dtype in SIZES:
    case('pad_' + dtype, 'Pad', values(2, 3, dtype=dtype), i32([[1, 0], [0, 2]]))
    case('pad_v2_' + dtype, 'PadV2', values(2, 3, dtype=dtype), i64([[1, 0], [0, 2]]), values(dtype=dtype)[()])
    case('mirror_' + dtype, 'MirrorPad', values(2, 3, dtype=dtype), i32([[1, 0], [2, 1]]), mode='REFLECT')
case('tile_grad', 'Tile', floats(2, 1, 3), i64([2, 3, 1]), grad=True)
case('tile_none', 'Tile', floats(2, 3), i32([0, 2]))
case('tile_scalar', 'Tile', floats(), i32([]))
case('tile_negative', 'Tile', floats(2), i32([-1]), error='INVALID_ARGUMENT')
case('tile_length', 'Tile', floats(2), i32([1, 1]), error='INVALID_ARGUMENT')
case('transpose_grad', 'Transpose', floats(2, 3, 4), i64([1, 2, 0]), grad=True)
case('transpose_large', 'Transpose', floats(40, 37), i32([1, 0]))
case('transpose_pictures', 'Transpose', floats(2, 3, 5, 4), i32([0, 3, 1, 2]))
case('transpose_scalar', 'Transpose', floats(), i32([]))
case('transpose_empty', 'Transpose', floats(0, 3), i32([1, 0]))
case('transpose_same', 'Transpose', floats(2, 3), i32([0, 1]))
case('transpose_beyond', 'Transpose', floats(2, 3), i32([0, 2]), error='INVALID_ARGUMENT')
case('transpose_twice', 'Transpose', floats(2, 3), i32([0, 0]), error='INVALID_ARGUMENT')
case('transpose_length', 'Transpose', floats(2, 3), i32([0]), error='INVALID_ARGUMENT')
for dtype in ['complex64', 'complex128', 'float32']:
    case('conjugate_' + dtype, 'ConjugateTranspose', values(2, 3, dtype=dtype), i32([1, 0]), grad=dtype != 'complex128')
case('conjugate_same', 'ConjugateTranspose', values(2, 3, dtype='complex64'), i32([0, 1]))
case('invert_permutation', 'InvertPermutation', i32([2, 0, 1]))
case('invert_permutation_64', 'InvertPermutation', i64([2, 0, 1, 3]))
case('invert_permutation_twice', 'InvertPermutation', i32([0, 0]), error='INVALID_ARGUMENT')
case('invert_permutation_beyond', 'InvertPermutation', i32([0, 2]), error='INVALID_ARGUMENT')
case('pad_grad', 'Pad', floats(2, 3), i32([[1, 0], [0, 2]]), grad=True)
case('pad_v2_grad', 'PadV2', floats(2, 3), i32([[1, 0], [0, 2]]), np.float32(7), grad=True)
case('pad_none', 'Pad', floats(2, 3), i32([[0, 0], [0, 0]]))
case('pad_scalar', 'Pad', floats(), np.zeros((0, 2), i32))
case('pad_empty', 'Pad', floats(0, 2), i32([[1, 1], [0, 1]]))
case('pad_negative', 'Pad', floats(2), i32([[-1, 0]]), error='INVALID_ARGUMENT')
case('pad_rows', 'Pad', floats(2), i32([[0, 0], [1, 1]]), error='INVALID_ARGUMENT')
case('pad_columns', 'Pad', floats(2), i32([[1]]), error='INVALID_ARGUMENT')
for mode in ['REFLECT', 'SYMMETRIC']:
    case('mirror_grad_' + mode, 'MirrorPad', floats(3, 4), i64([[2, 1], [0, 3]]), mode=mode, grad=True)
    case('mirror_deep_' + mode, 'MirrorPad', floats(2, 2, 2, 3), i32([[1, 0], [0, 1], [1, 1], [2, 2]]), mode=mode)
    case('mirror_grad_op_' + mode, 'MirrorPadGrad', floats(6, 7), i32([[2, 1], [1, 2]]), mode=mode, grad=True)
    case('mirror_too_far_' + mode, 'MirrorPad', floats(2), i32([[3, 0]]), mode=mode, error='INVALID_ARGUMENT')
case('mirror_strings', 'MirrorPad', values(3, dtype='str'), i32([[1, 1]]), mode='SYMMETRIC')
case('mirror_negative', 'MirrorPad', floats(2), i32([[-1, 0]]), mode='REFLECT', error='INVALID_ARGUMENT')
case('reverse_grad', 'ReverseV2', floats(2, 3), i64([1]), grad=True)
case('reverse_none', 'ReverseV2', floats(2, 3), i32([]))
case('reverse_twice', 'ReverseV2', floats(2, 3), i32([0, -2]), error='INVALID_ARGUMENT')
case('reverse_beyond', 'ReverseV2', floats(2, 3), i32([2]), error='INVALID_ARGUMENT')
case('reverse_old', 'Reverse', floats(2, 3), np.array([True, False]), grad=True)
case('reverse_old_length', 'Reverse', floats(2, 3), np.array([True]), error='INVALID_ARGUMENT')
case('reverse_sequence_grad', 'ReverseSequence', floats(4, 2, 3), i64([2, 4]), seq_dim=0, batch_dim=1, grad=True)
case('reverse_sequence_later', 'ReverseSequence', floats(2, 3, 4), i64([2, 0, 1]), seq_dim=2, batch_dim=1)
case('reverse_sequence_long', 'ReverseSequence', floats(2, 3), i64([1, 4]), seq_dim=1, error='INVALID_ARGUMENT')
case('reverse_sequence_negative', 'ReverseSequence', floats(2, 3), i64([1, -1]), seq_dim=1, error='INVALID_ARGUMENT')
case('reverse_sequence_same', 'ReverseSequence', floats(3, 3), i64([1, 1, 1]), seq_dim=0, error='INVALID_ARGUMENT')
case('reverse_sequence_count', 'ReverseSequence', floats(2, 3), i64([1]), seq_dim=1, error='INVALID_ARGUMENT')

# --- Broadcasting ------------------------------------------------------------------------------------
case('broadcast_to_grad', 'BroadcastTo', floats(1, 3), i32([2, 2, 3]), grad=True)
case('broadcast_to_from_scalar', 'BroadcastTo', floats(), i64([2, 2]))
case('broadcast_to_empty', 'BroadcastTo', floats(1, 3), i32([0, 3]))
case('broadcast_to_other', 'BroadcastTo', floats(2, 3), i32([3, 3]), error='INVALID_ARGUMENT')
case('broadcast_to_smaller', 'BroadcastTo', floats(2, 3), i32([3]), error='INVALID_ARGUMENT')
for name, x, y in [('spread', [2, 1, 3], [4, 1]), ('same', [2, 3], [2, 3]), ('ones', [2, 1], [3, 1, 1]), ('scalar', [], [3]),
                   ('empty', [0, 1], [1, 2]), ('both', [3, 1], [1, 4])]:
    case('broadcast_args_' + name, 'BroadcastArgs', i32(x), i32(y))
    case('broadcast_gradient_args_' + name, 'BroadcastGradientArgs', i64(x), i64(y))
case('broadcast_args_other', 'BroadcastArgs', i32([2]), i32([3]), error='INVALID_ARGUMENT')
case('broadcast_gradient_args_other', 'BroadcastGradientArgs', i32([2, 2]), i32([3, 2]), error='INVALID_ARGUMENT')

# --- Making numbers ----------------------------------------------------------------------------------
case('range', 'Range', i32(2), i32(11), i32(3))
case('range_down', 'Range', i64(5), i64(-5), i64(-4))
case('range_floats', 'Range', np.float32(0), np.float32(1), np.float32(0.1))
case('range_doubles', 'Range', 0.5, 2.5, 0.25)
case('range_empty', 'Range', i32(3), i32(3), i32(1))
case('range_of_vector', 'Range', i32([2]), i32(11), i32(3), error='INVALID_ARGUMENT')
case('range_zero', 'Range', i32(0), i32(3), i32(0), error='INVALID_ARGUMENT')
case('range_backwards', 'Range', i32(3), i32(0), i32(1), error='INVALID_ARGUMENT')
case('lin_space', 'LinSpace', np.float32(1), np.float32(2), i32(5))
case('lin_space_one', 'LinSpace', np.float64(1), np.float64(2), i64(1))
case('lin_space_none', 'LinSpace', np.float32(1), np.float32(2), i32(0), error='INVALID_ARGUMENT')
for axis in [-1, 0, 1]:
    case('one_hot_%d' % (axis + 1), 'OneHot', i32([[1, -1], [3, 0]]), i32(3), np.float32(5), np.float32(-1), axis=axis)
for dtype in SIZES + ['str', 'bool']:
    on, off = values(2, dtype=dtype)
    case('one_hot_' + dtype, 'OneHot', i64([1, 0]), i32(2), on, off)
case('one_hot_bytes', 'OneHot', np.uint8([1, 7]), i32(2), np.float32(1), np.float32(0))
case('one_hot_scalar', 'OneHot', i32(1), i32(3), np.float32(1), np.float32(0))
case('one_hot_no_depth', 'OneHot', i32([1]), i32(0), np.float32(1), np.float32(0))
case('one_hot_negative', 'OneHot', i32([1]), i32(-1), np.float32(1), np.float32(0), error='INVALID_ARGUMENT')
case('one_hot_axis', 'OneHot', i32([1]), i32(2), np.float32(1), np.float32(0), axis=2, error='INVALID_ARGUMENT')
for dtype in ['float32', 'float64', 'int8', 'int32', 'int64', 'uint8', 'bool', 'complex64']:
    x = values(3, 4, dtype=dtype)
    x[1] = 0
    case('where_' + dtype, 'Where', x)
case('where_zeros', 'Where', np.float32([0., -0., np.nan, 1e-30]))
case('where_scalar', 'Where', np.float32(1), error='INVALID_ARGUMENT')
case('where_deep', 'Where', values(2, 1, 2, 2, dtype='bool'))
case('where_none', 'Where', np.zeros(3, bool))
case('where_empty', 'Where', np.zeros((0, 2), bool))
for dtype in ['float32', 'float64', 'int32', 'int64']:
    case('bincount_' + dtype, 'Bincount', i32([1, 3, 1, 9]), i32(4), values(4, dtype=dtype))
    case('bincount_ones_' + dtype, 'Bincount', i32([[1, 3], [1, 9]]), i32(4), values(0, dtype=dtype))
case('bincount_negative', 'Bincount', i32([-1]), i32(4), values(0), error='INVALID_ARGUMENT')

# --- By indices --------------------------------------------------------------------------------------
for dtype in SIZES + ['str']:
    case('stitch_' + dtype, 'DynamicStitch', [i32([2, 0]), i32(1)], [values(2, 2, dtype=dtype), values(2, dtype=dtype)])
    case('partition_' + dtype, 'DynamicPartition', values(4, 2, dtype=dtype), i32([1, 0, 1, 1]), num_partitions=3)
case('stitch_later_wins', 'DynamicStitch', [i32([0, 1]), i32([1])], [floats(2, 2), floats(1, 2)])
case('stitch_grad', 'DynamicStitch', [i32([0, 3]), i32([[1], [2]])], [floats(2, 2), floats(2, 1, 2)], grad=True)
case('stitch_nothing', 'DynamicStitch', [i32([])], [floats(0, 2)])
case('stitch_parallel', 'ParallelDynamicStitch', [i32([0, 3]), i32([1, 2])], [floats(2, 2), floats(2, 2, seed=1)], grad=True)
case('stitch_negative', 'DynamicStitch', [i32([-1, 0])], [floats(2)], error='INVALID_ARGUMENT')
case('stitch_other_shape', 'DynamicStitch', [i32([0, 1])], [floats(3)], error='INVALID_ARGUMENT')
case('stitch_other_rows', 'DynamicStitch', [i32([0]), i32([1])], [floats(1, 2), floats(1, 3)], error='INVALID_ARGUMENT')
case('partition_grad', 'DynamicPartition', floats(4, 2), i32([1, 0, 1, 1]), num_partitions=2, grad=True)
case('partition_matrix', 'DynamicPartition', floats(2, 2), i32([[1, 0], [0, 0]]), num_partitions=2)
case('partition_beyond', 'DynamicPartition', floats(2), i32([0, 2]), num_partitions=2, error='INVALID_ARGUMENT')
case('partition_other_shape', 'DynamicPartition', floats(3), i32([0, 1]), num_partitions=2, error='INVALID_ARGUMENT')
for dtype in ['float16', 'float32', 'float64', 'int8', 'int64', 'str']:
    case('unique_' + dtype, 'Unique', np.concatenate([values(5, dtype=dtype)] * 2))
    case('unique_counts_' + dtype, 'UniqueWithCounts', np.concatenate([values(5, dtype=dtype)] * 2), out_idx='int64')
    case('list_diff_' + dtype, 'ListDiff', values(6, dtype=dtype), values(6, dtype=dtype)[1:4:2])
case('unique_zeros', 'Unique', np.float32([0., -0., np.nan, np.nan]))
case('unique_empty', 'Unique', floats(0))
case('unique_matrix', 'Unique', floats(2, 2), error='INVALID_ARGUMENT')
case('list_diff_none', 'ListDiff', i32([1, 2]), i32([2, 1]), out_idx='int64')
case('list_diff_matrix', 'ListDiff', i32([[1, 2]]), i32([2, 1]), error='INVALID_ARGUMENT')

# --- Blocks ------------------------------------------------------------------------------------------
for dtype in SIZES:
    case('space_to_batch_nd_' + dtype, 'SpaceToBatchND', values(2, 3, 4, 2, dtype=dtype), i32([2, 3]), i32([[1, 0], [0, 2]]))
    case('batch_to_space_nd_' + dtype, 'BatchToSpaceND', values(6, 2, 2, 2, dtype=dtype), i32([2, 3]), i32([[1, 0], [0, 2]]))
    case('space_to_depth_' + dtype, 'SpaceToDepth', values(1, 4, 6, 2, dtype=dtype), block_size=2)
    case('depth_to_space_' + dtype, 'DepthToSpace', values(1, 2, 3, 8, dtype=dtype), block_size=2)
case('space_to_batch_nd_grad', 'SpaceToBatchND', floats(1, 3, 4), i64([2, 2]), i64([[1, 0], [0, 0]]), grad=True)
case('batch_to_space_nd_grad', 'BatchToSpaceND', floats(4, 2, 2), i64([2, 2]), i64([[1, 0], [0, 1]]), grad=True)
case('space_to_batch_one', 'SpaceToBatchND', floats(3, 4), i32([1]), i32([[0, 0]]))
case('space_to_batch_far', 'SpaceToBatchND', floats(1, 2, 1), i32([3]), i32([[5, 2]]))
case('batch_to_space_far', 'BatchToSpaceND', floats(3, 3, 1), i32([3]), i32([[4, 2]]))
case('space_to_batch', 'SpaceToBatch', floats(1, 4, 2, 3), i32([[0, 0], [1, 1]]), block_size=2, grad=True)
case('batch_to_space', 'BatchToSpace', floats(4, 2, 2, 1), i32([[0, 1], [1, 0]]), block_size=2, grad=True)
case('space_to_depth_grad', 'SpaceToDepth', floats(2, 4, 2, 1), block_size=2, grad=True)
case('depth_to_space_grad', 'DepthToSpace', floats(2, 1, 2, 9), block_size=3, grad=True)
case('space_to_depth_uneven', 'SpaceToDepth', floats(1, 3, 2, 1), block_size=2, error='INVALID_ARGUMENT')
case('depth_to_space_uneven', 'DepthToSpace', floats(1, 3, 2, 3), block_size=2, error='INVALID_ARGUMENT')

# --- Diagonals ---------------------------------------------------------------------------------------
for dtype in ['float16', 'float32', 'float64', 'int32', 'complex128']:
    case('diag_' + dtype, 'Diag', values(3, dtype=dtype))
    case('diag_part_' + dtype, 'DiagPart', values(3, 3, dtype=dtype))
    case('matrix_diag_' + dtype, 'MatrixDiag', values(2, 3, dtype=dtype))
    case('matrix_diag_part_' + dtype, 'MatrixDiagPart', values(2, 3, 4, dtype=dtype))
    case('matrix_set_diag_' + dtype, 'MatrixSetDiag', values(2, 3, 4, dtype=dtype), values(2, 3, dtype=dtype))
    case('band_' + dtype, 'MatrixBandPart', values(2, 3, 4, dtype=dtype), i64(1), i64(0))
case('diag_matrix', 'Diag', floats(2, 3), grad=True)
case('diag_part_grad', 'DiagPart', floats(2, 3, 2, 3), grad=True)
case('diag_part_other', 'DiagPart', floats(2, 3), error='INVALID_ARGUMENT')
case('diag_part_odd', 'DiagPart', floats(2, 2, 2), error='INVALID_ARGUMENT')
case('matrix_diag_grad', 'MatrixDiag', floats(2, 3), grad=True)
case('matrix_diag_part_grad', 'MatrixDiagPart', floats(2, 3, 4), grad=True)
case('matrix_diag_part_square', 'MatrixDiagPart', floats(3, 3), grad=True)
case('matrix_set_diag_grad', 'MatrixSetDiag', floats(2, 4, 3), floats(2, 3), grad=True)
case('matrix_set_diag_other', 'MatrixSetDiag', floats(2, 4, 3), floats(2, 4), error='INVALID_ARGUMENT')
case('matrix_diag_scalar', 'MatrixDiag', floats(), error='INVALID_ARGUMENT')
case('band_grad', 'MatrixBandPart', floats(4, 4), i32(-1), i32(1), grad=True)
case('band_all', 'MatrixBandPart', floats(3, 4), i64(-1), i64(-1))
case('band_too_many', 'MatrixBandPart', floats(3, 4), i64(4), i64(0), error='INVALID_ARGUMENT')

# --- Patches -----------------------------------------------------------------------------------------
PATCHES = dict(ksizes=[1, 2, 3, 1], strides=[1, 2, 1, 1], rates=[1, 1, 2, 1])
for dtype in ['float16', 'float64', 'uint8']:
    for padding in ['SAME', 'VALID']:
        case('patches_%s_%s' % (padding, dtype), 'ExtractImagePatches', values(2, 5, 6, 2, dtype=dtype), padding=padding, **PATCHES)

# --- Static shapes -----------------------------------------------------------------------------------
f = 'float32'
shape('shape', 'Shape', (f, [None, 3]))
shape('shape_unknown', 'Shape', (f, None))
shape('size', 'Size', (f, None))
shape('reshape', 'Reshape', (f, [None, 6]), i32([-1, 3]))
shape('reshape_known', 'Reshape', (f, [4, 6]), i32([-1, 3]))
shape('reshape_open', 'Reshape', (f, [None, None]), i32([-1, 3]))
shape('reshape_unknown', 'Reshape', (f, [4, 6]), ('int32', [2]))
shape('reshape_nothing', 'Reshape', (f, None), ('int32', None))
shape('expand_dims', 'ExpandDims', (f, [None, 6]), i32(-1))
shape('expand_dims_unknown', 'ExpandDims', (f, [None, 6]), ('int32', []))
shape('squeeze', 'Squeeze', (f, [1, 3, 1]))
shape('squeeze_unknown', 'Squeeze', (f, [1, None, 1]))
shape('squeeze_named', 'Squeeze', (f, [1, None, 2]), axis=[1])
shape('ensure_shape', 'EnsureShape', (f, [2, None]), shape=[None, 3])
# Vectors of one are no scalars, and scalars no vectors. (Of Range, Fill, Concat and Reshape they are since TensorFlow 2, and here.)
one = i32([1])
for name, op, inputs, attrs in (
        ('concat_offset', 'ConcatOffset', [i32([0]), [i32([2]), i32([2])]], {}), ('split', 'Split', [i32([0]), floats(4)], dict(num_split=2)),
        ('one_hot', 'OneHot', [i32([0]), one, np.float32(1), np.float32(0)], {}),
        ('lin_space', 'LinSpace', [floats(1), np.float32(1), i32(3)], {}),
        ('arg_max', 'ArgMax', [floats(3, 4), one], {}), ('gather', 'GatherV2', [floats(3, 2), one, one], {}),
        ('broadcast', 'BroadcastTo', [floats(1), i32(4)], {}),
        ('tile', 'Tile', [floats(3), i32(2)], {}), ('slice', 'Slice', [floats(3), i32(0), i32(1)], {}),
        ('strided_slice', 'StridedSlice', [floats(3), i32(0), i32(1), i32(1)], {}), ('transpose', 'Transpose', [floats(3), i32(0)], {}),
        ('reverse', 'Reverse', [floats(3), np.array(True)], {}), ('diag', 'Diag', [np.float32(1)], {})):
    case('rank_of_' + name, op, *inputs, error='INVALID_ARGUMENT', **attrs)

shape('fill', 'Fill', i32([2, 3]), np.float32(0))
shape('fill_unknown', 'Fill', ('int32', [2]), np.float32(0))
shape('concat', 'ConcatV2', [(f, [None, 2]), (f, [3, None]), (f, None)], i32(1))
shape('concat_sum', 'ConcatV2', [(f, [3, 2]), (f, [None, 4])], i32(-1))
shape('concat_unknown_axis', 'ConcatV2', [(f, [3, 2]), (f, None)], ('int32', []))
shape('concat_offset', 'ConcatOffset', i32(0), [('int32', [2]), ('int32', None)])
shape('pack', 'Pack', [(f, [None, 2]), (f, [3, None])], axis=1)
shape('pack_unknown', 'Pack', [(f, None), (f, None)])
shape('unpack', 'Unpack', (f, [None, 2]), num=3)
shape('unpack_last', 'Unpack', (f, [4, None]), num=3, axis=-1)
shape('split', 'Split', i32(1), (f, [None, 4]), num_split=2)
shape('split_unknown', 'Split', ('int32', []), (f, [None, 4]), num_split=2)
shape('split_unknown_dim', 'Split', i32(0), (f, [None, 4]), num_split=2)
shape('split_v', 'SplitV', (f, [None, 6]), i64([1, -1, 2]), i32(1), num_split=3)
shape('split_v_unknown', 'SplitV', (f, [None, 6]), ('int64', [3]), i32(1), num_split=3)
shape('slice', 'Slice', (f, [5, None]), i32([1, 1]), i32([-1, 2]))
shape('slice_rest', 'Slice', (f, [5, None]), i32([1, 1]), i32([2, -1]))
shape('slice_unknown', 'Slice', (f, [5, None]), ('int32', [2]), ('int32', [2]))
shape('strided_unknown', 'StridedSlice', (f, [5, None]), ('int32', [1]), ('int32', [1]), i32([1]), shrink_axis_mask=1)
shape('strided_unknown_range', 'StridedSlice', (f, [5, 4]), ('int32', [2]), ('int32', [2]), i32([1, 1]), begin_mask=2, end_mask=2)
shape('strided_nothing', 'StridedSlice', (f, None), i32([1]), i32([2]), i32([1]))
shape('strided_grad', 'StridedSliceGrad', i32([3, 4]), i32([1]), i32([2]), i32([1]), (f, None))
shape('gather', 'GatherV2', (f, [None, 2, 3]), ('int32', [None, 4]), i32(1))
shape('gather_last', 'GatherV2', (f, [None, 2, 3]), ('int32', [4]), i32(-1))
shape('gather_unknown_axis', 'GatherV2', (f, [None, 2, 3]), ('int32', [4]), ('int32', []))
shape('gather_batch', 'GatherV2', (f, [2, 3, 4]), ('int32', [2, 5]), i32(1), batch_dims=1)
shape('gather_old', 'Gather', (f, None), ('int32', [4]))
shape('gather_nd', 'GatherNd', (f, [2, 3, 4]), ('int32', [None, 2]))
shape('gather_nd_unknown', 'GatherNd', (f, [2, 3, 4]), ('int32', [5, None]))
shape('scatter_nd', 'ScatterNd', ('int32', [None, 1]), (f, [None, 3]), i32([4, 3]))
shape('tile', 'Tile', (f, [None, 2]), i32([2, 3]))
shape('tile_unknown', 'Tile', (f, [4, 2]), ('int32', [2]))
shape('transpose', 'Transpose', (f, [None, 2, 3]), i32([2, 0, 1]))
shape('transpose_unknown', 'Transpose', (f, [None, 2, 3]), ('int32', [3]))
shape('transpose_nothing', 'Transpose', (f, None), ('int32', None))
shape('pad', 'Pad', (f, [None, 2]), i32([[1, 0], [2, 2]]))
shape('pad_unknown', 'Pad', (f, [None, 2]), ('int32', None))
shape('mirror_pad', 'MirrorPad', (f, [None, 2]), i32([[1, 0], [1, 1]]), mode='REFLECT')
shape('mirror_pad_grad', 'MirrorPadGrad', (f, [None, 5]), i32([[1, 0], [1, 1]]), mode='REFLECT')
shape('reverse', 'ReverseV2', (f, [None, 2]), i32([0]))
shape('reverse_sequence', 'ReverseSequence', (f, [None, None]), ('int64', [3]), seq_dim=1)
shape('broadcast_to', 'BroadcastTo', (f, [3, 1]), i32([2, 3, 4]))
shape('broadcast_args', 'BroadcastArgs', ('int32', [3]), ('int32', [1]))
shape('broadcast_gradient_args', 'BroadcastGradientArgs', ('int32', [3]), ('int32', [1]))
shape('range', 'Range', i32(1), i32(9), i32(3))
shape('range_unknown', 'Range', i32(1), ('int32', []), i32(3))
shape('lin_space', 'LinSpace', (f, []), (f, []), i32(4))
shape('where', 'Where', ('bool', [2, None]))
shape('where_unknown', 'Where', ('bool', None))
shape('one_hot', 'OneHot', ('int32', [None, 2]), i32(5), np.float32(1), np.float32(0), axis=1)
shape('one_hot_unknown', 'OneHot', ('int32', [None]), ('int32', []), np.float32(1), np.float32(0))
shape('stitch', 'DynamicStitch', [i32([0, 3]), i32([1])], [(f, [2, None]), (f, [1, 4])])
shape('stitch_unknown', 'DynamicStitch', [('int32', [None]), i32([1])], [(f, [2, None]), (f, [1, 4])])
shape('partition', 'DynamicPartition', (f, [None, 3]), ('int32', [None]), num_partitions=2)
shape('unique', 'Unique', (f, [None]))
shape('unique_counts', 'UniqueWithCounts', (f, [4]))
shape('list_diff', 'ListDiff', (f, [4]), (f, [2]))
shape('space_to_batch_nd', 'SpaceToBatchND', (f, [2, 3, None, 5]), i32([2, 2]), i32([[1, 0], [0, 0]]))
shape('batch_to_space_nd', 'BatchToSpaceND', (f, [8, 3, None, 5]), i32([2, 2]), i32([[1, 0], [0, 0]]))
shape('batch_to_space_nd_unknown', 'BatchToSpaceND', (f, [8, 3, None, 5]), ('int32', [2]), i32([[1, 0], [0, 0]]))
shape('space_to_depth', 'SpaceToDepth', (f, [None, 4, None, 3]), block_size=2)
shape('depth_to_space', 'DepthToSpace', (f, [None, 4, None, 8]), block_size=2)
shape('diag', 'Diag', (f, [None, 3]))
shape('diag_part', 'DiagPart', (f, [None, 3, 2, 3]))
shape('matrix_diag', 'MatrixDiag', (f, [None, 3]))
shape('matrix_diag_part', 'MatrixDiagPart', (f, [None, 3, 2]))
shape('matrix_set_diag', 'MatrixSetDiag', (f, [None, 3, 2]), (f, [4, None]))
shape('patches', 'ExtractImagePatches', (f, [None, 5, 6, 2]), padding='SAME', **PATCHES)
shape('patches_unknown', 'ExtractImagePatches', (f, [2, None, 6, 2]), padding='VALID', **PATCHES)
shape('bincount', 'Bincount', ('int32', None), i32(4), (f, None))
