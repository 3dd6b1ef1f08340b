// What a strided slice takes: x[1:, ..., newaxis, ::-1, 3].
#pragma once

#include <icecore/node_info.h>
#include <icecore/shape.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "ops/array/box_copy.h"

namespace icecore::inline v0 {

// One bit for each item of a slice's specification.
struct SliceMasks {
  std::uint64_t begin = 0, end = 0, ellipsis = 0, new_axis = 0, shrink_axis = 0;
  explicit SliceMasks(const NodeInfo& node);
};

struct SlicePlan {
  // Of the slice, before dimensions are added and taken away, and after. Dimensions that aren't
  // known are -1.
  std::vector<std::int64_t> sizes;
  Shape shape;
  // For each dimension of the input, counted from the front.
  std::vector<std::int64_t> begin, strides;
  bool whole = false;  // All of the input, in its order.
};

// begin and end may be unknown, the input may have unknown dimensions: then so has the plan.
// INVALID_ARGUMENT, as TensorFlow says it, where the specification makes no sense.
SlicePlan plan_slice(const Shape& input, const std::optional<std::vector<std::int64_t>>& begin,
                     const std::optional<std::vector<std::int64_t>>& end,
                     const std::vector<std::int64_t>& strides, const SliceMasks& masks);

// The slice's elements in the input ("from") and, row-major, in its result ("to").
Box box_of(const SlicePlan& plan, const Shape& input);

}  // namespace icecore::inline v0
