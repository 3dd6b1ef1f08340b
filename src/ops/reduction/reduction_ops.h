// Reductions: sums, extremes and their kin, over dimensions, along them, and over segments.
#pragma once

#include <icecore/op_set.h>

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable reduction_ops();

// Each stands in the file that is named after it or its kin.
extern const OpImplementation all_op, any_op;          // all_any.cc
extern const OpImplementation arg_max_op, arg_min_op;  // arg_max.cc
extern const OpImplementation max_op, min_op;          // max_min.cc
extern const OpImplementation prod_op;                 // prod.cc
extern const OpImplementation cumsum_op, cumprod_op;   // scan.cc
extern const OpImplementation segment_sum_op, segment_mean_op, segment_prod_op, segment_max_op,
    segment_min_op;  // segment.cc
extern const OpImplementation sparse_segment_sum_op, sparse_segment_sum_with_num_segments_op,
    sparse_segment_mean_op, sparse_segment_mean_with_num_segments_op, sparse_segment_mean_grad_op,
    sparse_segment_sqrt_n_op, sparse_segment_sqrt_n_with_num_segments_op,
    sparse_segment_sqrt_n_grad_op;                                 // sparse_segment.cc
extern const OpImplementation sum_op, mean_op, euclidean_norm_op;  // sum.cc
extern const OpImplementation unsorted_segment_sum_op, unsorted_segment_prod_op,
    unsorted_segment_max_op, unsorted_segment_min_op;  // unsorted_segment.cc

}  // namespace icecore::inline v0
