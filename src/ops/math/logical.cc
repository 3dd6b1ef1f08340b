// LogicalAnd, LogicalOr, LogicalNot.
#include <icecore/shape_context.h>

#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

constexpr OpImplementation kOps[] = {
    {"LogicalAnd", broadcast_shape, elementwise<RowOp::kBitwiseAnd>, not_differentiable},
    {"LogicalOr", broadcast_shape, elementwise<RowOp::kBitwiseOr>, not_differentiable},
    {"LogicalNot", unchanged_shape, elementwise<RowOp::kLogicalNot>, not_differentiable},
};

}  // namespace

OpTable logical_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
