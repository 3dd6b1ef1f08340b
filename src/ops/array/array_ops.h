// Ops that move values about: reshape, slice, gather, concatenate, …
#pragma once

#include <icecore/op_set.h>

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable array_ops();

// Each stands in the file that is named after it or its kin.
extern const OpImplementation set_operation_op;                        // set_operation.cc
extern const OpImplementation shape_op, shape_n_op, size_op, rank_op;  // shape.cc
extern const OpImplementation reshape_op, expand_dims_op, squeeze_op,
    ensure_shape_op;  // reshape.cc
extern const OpImplementation fill_op, zeros_like_op, ones_like_op, empty_op,
    deep_copy_op;                                                         // fill.cc
extern const OpImplementation concat_op, concat_v2_op, concat_offset_op;  // concat.cc
extern const OpImplementation pack_op, unpack_op;                         // pack.cc
extern const OpImplementation split_op, split_v_op;                       // split.cc
extern const OpImplementation slice_op;                                   // slice.cc
extern const OpImplementation strided_slice_op, strided_slice_grad_op, strided_slice_assign_op,
    resource_strided_slice_assign_op;                   // strided_slice.cc
extern const OpImplementation gather_op, gather_v2_op;  // gather.cc
extern const OpImplementation gather_nd_op;             // gather_nd.cc
extern const OpImplementation scatter_nd_op;            // scatter_nd.cc
extern const OpImplementation tensor_scatter_update_op, tensor_scatter_add_op,
    tensor_scatter_sub_op;                                 // tensor_scatter.cc
extern const OpImplementation sparse_tensor_dense_add_op;  // sparse_tensor_dense_add.cc
extern const OpImplementation sparse_to_dense_op;          // sparse_to_dense.cc
extern const OpImplementation roll_op;                     // roll.cc
extern const OpImplementation lower_bound_op, upper_bound_op,
    unravel_index_op;                                 // search_sorted.cc
extern const OpImplementation tile_op, tile_grad_op;  // tile.cc
extern const OpImplementation transpose_op, conjugate_transpose_op,
    invert_permutation_op;                                        // transpose.cc
extern const OpImplementation pad_op, pad_v2_op;                  // pad.cc
extern const OpImplementation mirror_pad_op, mirror_pad_grad_op;  // mirror_pad.cc
extern const OpImplementation reverse_op, reverse_v2_op;          // reverse.cc
extern const OpImplementation reverse_sequence_op;                // reverse_sequence.cc
extern const OpImplementation broadcast_to_op, broadcast_args_op,
    broadcast_gradient_args_op;                        // broadcast.cc
extern const OpImplementation range_op, lin_space_op;  // range.cc
extern const OpImplementation where_op, one_hot_op;    // where.cc, one_hot.cc
extern const OpImplementation dynamic_stitch_op, parallel_dynamic_stitch_op;  // dynamic_stitch.cc
extern const OpImplementation dynamic_partition_op;  // dynamic_partition.cc
extern const OpImplementation space_to_batch_nd_op, space_to_batch_op, batch_to_space_nd_op,
    batch_to_space_op;                                               // space_to_batch.cc
extern const OpImplementation space_to_depth_op, depth_to_space_op;  // space_to_depth.cc
extern const OpImplementation diag_op, diag_part_op;                 // diag.cc
extern const OpImplementation matrix_diag_op, matrix_diag_part_op, matrix_set_diag_op,
    matrix_band_part_op;                                                       // matrix_diag.cc
extern const OpImplementation unique_op, unique_with_counts_op, list_diff_op;  // unique.cc
extern const OpImplementation extract_image_patches_op;  // extract_image_patches.cc
extern const OpImplementation bincount_op;               // bincount.cc

}  // namespace icecore::inline v0
