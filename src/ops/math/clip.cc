// ClipByValue.
#include <icecore/error.h>
#include <icecore/shape_context.h>

#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

Kernel clip_kernel(const NodeInfo& node) {
  Kernel clip = elementwise_kernel(node, RowOp::kClip);
  return [compute = std::move(clip.compute)](KernelContext& context) {
    const Shape& shape = context.input(0).shape();
    for (int i = 1; i < 3; ++i) {
      const Shape& bound = context.input(i).shape();
      if (bound.rank() == 0 || bound == shape) continue;
      throw Error(Code::kInvalidArgument,
                  "'" + context.node().name() +
                      "': clip_value_min and clip_value_max must be either of the same shape as "
                      "input, or a scalar. Input shape: " +
                      to_string(shape) + (i == 1 ? " clip_value_min" : " clip_value_max") +
                      " shape: " + to_string(bound));
    }
    compute(context);
  };
}

constexpr OpImplementation kOps[] = {
    {"ClipByValue", unchanged_shape, clip_kernel},
};

}  // namespace

OpTable clip_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
