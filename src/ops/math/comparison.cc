// Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual.
#include <algorithm>

#include <icecore/shape_context.h>
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"
#include "ops/strided/spread_walk.h"

namespace icecore::inline v0 {
namespace {

// With incompatible_shape_error false, shapes that don't fit are an answer, a scalar: nothing is
// known of the output until all dimensions are known to fit.
void equality_shape(ShapeContext& c) {
  const Shape &x = c.input(0), &y = c.input(1);
  if (c.node().bool_attr("incompatible_shape_error")) {
    broadcast_shape(c);
    return;
  }
  if (!x.has_rank() || !y.has_rank()) return;
  for (int i = 1; i <= std::min(x.rank(), y.rank()); ++i) {
    const std::int64_t a = x.dim(x.rank() - i), b = y.dim(y.rank() - i);
    if ((a < 0 && b != 1) || (b < 0 && a != 1)) return;
    if (a == b || a == 1 || b == 1) continue;
    c.set_output(0, Shape());
    return;
  }
  broadcast_shape(c);
}

template <bool kWanted>
void compare_strings(KernelContext& context) {
  const Tensor &x = context.input(0), &y = context.input(1);
  const Shape shape = spread_shape(context, x, y);
  Tensor output = context.allocate(DType::kBool, shape);
  SpreadWalk at_x(shape, x.shape()), at_y(shape, y.shape());
  for (bool& result : output.mutable_values<bool>()) {
    result = (x.strings()[at_x.place()] == y.strings()[at_y.place()]) == kWanted;
    at_x.advance();
    at_y.advance();
  }
  context.set_output(0, std::move(output));
}

template <RowOp kOp>
Kernel equality(const NodeInfo& node) {
  constexpr bool kWanted = kOp == RowOp::kEqual;
  Kernel kernel = node.inputs().at(0).dtype == DType::kString ? Kernel(compare_strings<kWanted>)
                                                              : elementwise_kernel(node, kOp);
  if (node.bool_attr("incompatible_shape_error")) return kernel;
  return [compute = std::move(kernel.compute)](KernelContext& context) {
    if (spread_shape(context.input(0).shape(), context.input(1).shape())) {
      compute(context);
    } else {
      context.set_output(0, Tensor::scalar<bool>(!kWanted));
    }
  };
}

constexpr OpImplementation kOps[] = {
    {"Equal", equality_shape, equality<RowOp::kEqual>, not_differentiable},
    {"NotEqual", equality_shape, equality<RowOp::kNotEqual>, not_differentiable},
    {"Less", broadcast_shape, elementwise<RowOp::kLess>, not_differentiable},
    {"LessEqual", broadcast_shape, elementwise<RowOp::kLessEqual>, not_differentiable},
    {"Greater", broadcast_shape, elementwise<RowOp::kGreater>, not_differentiable},
    {"GreaterEqual", broadcast_shape, elementwise<RowOp::kGreaterEqual>, not_differentiable},
};

}  // namespace

OpTable comparison_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
