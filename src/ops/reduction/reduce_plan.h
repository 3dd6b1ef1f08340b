// What a reduction does with the dimensions of its input.
#pragma once

#include <icecore/shape.h>
#include <icecore/shape_context.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <vector>

namespace icecore::inline v0 {

// One pass over the input seen as [outer, count, inner], of which [outer, inner] is left.
struct ReduceStep {
  std::int64_t outer = 1, count = 1, inner = 1;
};

struct ReducePlan {
  Shape output;
  std::int64_t reduced = 1;  // How many elements each output stands for.
  // Innermost first; neighbouring dimensions of one fate are taken together. None: the output has
  // the input's elements.
  std::vector<ReduceStep> steps;
};

// INVALID_ARGUMENT where an axis doesn't exist. As in TensorFlow, the axes may be a tensor of any
// rank, and one may be there twice.
ReducePlan plan_reduction(const Shape& input, const Tensor& axes, bool keep_dims);

// The shape function of all of them.
void reduction_shape(ShapeContext& c);

}  // namespace icecore::inline v0
