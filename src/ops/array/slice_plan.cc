#include "ops/array/slice_plan.h"

#include <algorithm>
#include <bit>
#include <string>

#include "ops/array/arguments.h"

namespace icecore::inline v0 {
namespace {

// The specification of one dimension of the input.
struct DimSlice {
  std::int64_t begin = 0, end = 0, stride = 1;
  bool from_first = true, to_last = true;  // begin or end is left out.
  bool shrink = false;
};

bool bit(std::uint64_t mask, std::size_t i) {
  return (mask >> i & 1) != 0;
}

// Where a position lies within [least, most], which an index counted from the back may not.
std::int64_t clamp_index(std::int64_t x, std::int64_t dim, std::int64_t least, std::int64_t most) {
  return std::clamp(x < 0 ? dim + x : x, least, most);
}

std::int64_t count_steps(std::int64_t interval, std::int64_t stride) {
  if (interval == 0 || (interval < 0) != (stride < 0)) return 0;
  return interval / stride + (interval % stride != 0 ? 1 : 0);
}

}  // namespace

SliceMasks::SliceMasks(const NodeInfo& node)
    : begin(static_cast<std::uint64_t>(node.int_attr("begin_mask"))),
      end(static_cast<std::uint64_t>(node.int_attr("end_mask"))),
      ellipsis(static_cast<std::uint64_t>(node.int_attr("ellipsis_mask"))),
      new_axis(static_cast<std::uint64_t>(node.int_attr("new_axis_mask"))),
      shrink_axis(static_cast<std::uint64_t>(node.int_attr("shrink_axis_mask"))) {}

SlicePlan plan_slice(const Shape& input, const std::optional<std::vector<std::int64_t>>& begin,
                     const std::optional<std::vector<std::int64_t>>& end,
                     const std::vector<std::int64_t>& strides, const SliceMasks& masks) {
  const std::size_t items = strides.size();
  // Masks have 32 bits.
  if ((begin && begin->size() != items) || (end && end->size() != items) || items >= 32) {
    const auto shape = [](std::size_t size) { return "[" + std::to_string(size) + "]"; };
    refuse("Expected begin, end, and strides to be 1D equal size tensors, but got shapes " +
           shape(begin ? begin->size() : items) + ", " + shape(end ? end->size() : items) +
           ", and " + shape(items) + " instead.");
  }
  if (std::popcount(masks.ellipsis) > 1) refuse("Multiple ellipses in slice spec not allowed");

  // Which item is for which dimension. Without an ellipsis there is one at the end.
  const int rank = input.rank();
  std::size_t ellipsis = items;
  for (std::size_t i = 0; i < items; ++i) {
    if (bit(masks.ellipsis, i)) ellipsis = i;
  }
  std::int64_t behind_ellipsis = 0;  // Dimensions that items behind it are for.
  for (std::size_t i = ellipsis + 1; i < items; ++i) {
    if (!bit(masks.new_axis, i)) ++behind_ellipsis;
  }
  constexpr int kNewAxis = -1;
  std::vector<DimSlice> dims;
  std::vector<int> kept;  // For each dimension of the result: the input's, or kNewAxis.
  for (std::size_t i = 0; i <= std::max(items, ellipsis); ++i) {
    if (i == ellipsis) {
      while (static_cast<std::int64_t>(dims.size()) < rank - behind_ellipsis) {
        kept.push_back(static_cast<int>(dims.size()));
        dims.emplace_back();
      }
    } else if (i == items) {
      break;
    } else if (bit(masks.new_axis, i)) {
      kept.push_back(kNewAxis);
    } else {
      const auto d = static_cast<int>(dims.size());
      if (d == rank) {
        refuse("Index out of range using input dim " + std::to_string(d) + "; input has only " +
               std::to_string(rank) + " dims");
      }
      const bool shrink = bit(masks.shrink_axis, i);
      dims.push_back({begin ? (*begin)[i] : 0, end ? (*end)[i] : 0, strides[i], bit(masks.begin, i),
                      bit(masks.end, i), shrink});
      if (!shrink) kept.push_back(d);
    }
  }

  SlicePlan plan;
  plan.whole = true;
  for (int d = 0; d < rank; ++d) {
    const DimSlice& slice = dims[static_cast<std::size_t>(d)];
    const std::int64_t dim = input.dim(d), stride = slice.stride;
    if (stride == 0) refuse("strides[" + std::to_string(d) + "] must be non-zero");
    plan.strides.push_back(stride);
    if (dim < 0) {
      plan.begin.push_back(0);
      plan.sizes.push_back(slice.shrink ? 1 : -1);
      plan.whole = false;
      continue;
    }
    if (slice.shrink && stride <= 0) refuse("only stride 1 allowed on non-range indexing.");
    std::int64_t first = 0;
    std::int64_t size = -1;
    const bool all = slice.from_first && slice.to_last;
    if (begin && end) {
      if (slice.shrink) {
        first = slice.begin < 0 ? dim + slice.begin : slice.begin;
        if (first < 0 || first >= dim) {
          refuse("slice index " + std::to_string(first) + " of dimension " + std::to_string(d) +
                 " out of bounds.");
        }
        size = 1;
      } else {
        const std::int64_t least = stride > 0 ? 0 : -1;
        const std::int64_t most = stride > 0 ? dim : dim - 1;
        first = slice.from_first ? (stride > 0 ? least : most)
                                 : clamp_index(slice.begin, dim, least, most);
        const std::int64_t last =
            slice.to_last ? (stride > 0 ? most : least) : clamp_index(slice.end, dim, least, most);
        size = count_steps(last - first, stride);
      }
    } else if (slice.shrink) {
      size = 1;
    } else if (all) {
      size = count_steps(stride < 0 ? -dim : dim, stride);
    }
    plan.whole = plan.whole && first == 0 && size == dim && stride == 1;
    plan.begin.push_back(first);
    plan.sizes.push_back(size);
  }
  std::vector<std::int64_t> shape;
  for (const int d : kept) {
    shape.push_back(d == kNewAxis ? 1 : plan.sizes[static_cast<std::size_t>(d)]);
  }
  plan.shape = Shape(shape);
  return plan;
}

Box box_of(const SlicePlan& plan, const Shape& input) {
  Box box;
  const std::vector<std::int64_t> from = row_major_strides(input);
  const std::vector<std::int64_t> to = row_major_strides(Shape(plan.sizes));
  for (std::size_t d = 0; d < from.size(); ++d) {
    // A stride that leaves the input at once is never taken.
    const std::int64_t stride = plan.sizes[d] > 1 ? plan.strides[d] : 1;
    if (plan.sizes[d] > 0) box.from += plan.begin[d] * from[d];
    box.dims.push_back({plan.sizes[d], from[d] * stride, to[d]});
  }
  return box;
}

}  // namespace icecore::inline v0
