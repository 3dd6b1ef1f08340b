// BitwiseAnd, BitwiseOr, BitwiseXor, Invert.
#include <icecore/shape_context.h>

#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

constexpr OpImplementation kOps[] = {
    {"BitwiseAnd", broadcast_shape, elementwise<RowOp::kBitwiseAnd>, not_differentiable},
    {"BitwiseOr", broadcast_shape, elementwise<RowOp::kBitwiseOr>, not_differentiable},
    {"BitwiseXor", broadcast_shape, elementwise<RowOp::kBitwiseXor>, not_differentiable},
    {"Invert", unchanged_shape, elementwise<RowOp::kInvert>, not_differentiable},
};

}  // namespace

OpTable bitwise_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
