// Kernels of element-wise ops.
#pragma once

#include <icecore/kernel.h>
#include <icecore/node_info.h>
#include <icecore/op_set.h>
#include <icecore/shape.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ops/rows/row_functions.h"

namespace icecore::inline v0 {

// Output 0 from all inputs by one function, over the shape that they spread to; in the memory of an
// input where that may be. UNIMPLEMENTED where there is none for the dtype of the last input.
Kernel elementwise_kernel(const NodeInfo& node, RowOp op,
                          std::shared_ptr<const void> parameter = nullptr);
// The same where the inputs must have equal shapes, as gradients with their tensors.
Kernel same_shape_kernel(const NodeInfo& node, RowOp op,
                         std::shared_ptr<const void> parameter = nullptr);
// Integers are divided (or raised to a power) by it: INVALID_ARGUMENT with this message where that
// can't be.
Kernel integer_kernel(const NodeInfo& node, RowOp op, std::string message);

// As kernel factories.
template <RowOp kOp>
Kernel elementwise(const NodeInfo& node) {
  return elementwise_kernel(node, kOp);
}
template <RowOp kOp>
Kernel same_shape(const NodeInfo& node) {
  return same_shape_kernel(node, kOp);
}

// The shape that tensors are spread to; INVALID_ARGUMENT "Incompatible shapes: [2] vs. [3]", with
// the node's name, where there is none.
Shape spread_shape(const KernelContext& context, const Tensor& x, const Tensor& y);
// Null instead.
std::optional<Shape> spread_shape(const Shape& x, const Shape& y);

[[noreturn]] void refuse_dtype(const NodeInfo& node, DType dtype);

}  // namespace icecore::inline v0
