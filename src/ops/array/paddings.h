// How much is put before and behind each dimension: what Pad and MirrorPad read alike.
#pragma once

#include <icecore/shape_context.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

// before and after of each dimension. INVALID_ARGUMENT where the tensor isn't a matrix of two
// columns with a row a dimension; the message puts `separator` between the two shapes.
std::vector<std::int64_t> paddings_of(const Tensor& paddings, const Shape& shape,
                                      std::string_view separator);

// Of the ops that enlarge by their input 1.
void pad_shape(ShapeContext& c);

}  // namespace icecore::inline v0
