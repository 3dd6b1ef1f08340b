// Floor, Ceil, Round, Rint, IsNan, IsInf, IsFinite.
#include <icecore/shape_context.h>

#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

// Integers are round as they are.
Kernel round_kernel(const NodeInfo& node) {
  const DType dtype = node.inputs().at(0).dtype;
  if (dtype == DType::kInt32 || dtype == DType::kInt64) {
    return [](KernelContext& context) { context.set_output(0, context.take_input(0)); };
  }
  return elementwise_kernel(node, RowOp::kRint);
}

constexpr OpImplementation kOps[] = {
    {"Floor", unchanged_shape, elementwise<RowOp::kFloor>, not_differentiable},
    {"Ceil", unchanged_shape, elementwise<RowOp::kCeil>, not_differentiable},
    {"Round", unchanged_shape, round_kernel, not_differentiable},
    {"Rint", unchanged_shape, elementwise<RowOp::kRint>, not_differentiable},
    {"IsNan", unchanged_shape, elementwise<RowOp::kIsNan>},
    {"IsInf", unchanged_shape, elementwise<RowOp::kIsInf>},
    {"IsFinite", unchanged_shape, elementwise<RowOp::kIsFinite>},
};

}  // namespace

OpTable rounding_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
