// Indices of several dimensions at once, of GatherNd and its kin.
#pragma once

#include <icecore/shape.h>
#include <icecore/shape_context.h>
#include <icecore/tensor.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "ops/array/box_copy.h"

namespace icecore::inline v0 {

// `indices` has `rows` rows of `depth` indices into the first dimensions of a tensor: which slice
// of it (of the remaining dimensions, counted row-major) each row means. INVALID_ARGUMENT where one
// lies outside; the message calls the tensor's shape `what`.
std::vector<std::int64_t> nd_places(const Tensor& indices, const Shape& shape, std::int64_t rows,
                                    std::int64_t depth, std::string_view what);

// The row-major element's index in a tensor of that shape, dimension by dimension.
std::vector<std::int64_t> index_of_element(std::int64_t element, const Shape& shape);

// The output of a GatherNd from params of that shape; the indices are input 1.
void set_gather_nd_shape(ShapeContext& c, const Shape& params);

// What indices choose of a tensor: how many slices, how deep an index reaches, and how many
// elements a slice has.
struct NdSlices {
  std::int64_t count = 1, depth = 0, width = 1;
};
// Of the shapes of a run. INVALID_ARGUMENT where updates of those slices can't be so.
NdSlices check_nd_run(const Shape& target, const Shape& indices, const Shape& updates);

// Shape functions' check of indices and updates of a tensor of shape `target`: what is known of the
// three must go together. INVALID_ARGUMENT otherwise, and for indices of rank 0.
void check_nd_updates(const Shape& target, const Shape& indices, const Shape& updates);

}  // namespace icecore::inline v0
