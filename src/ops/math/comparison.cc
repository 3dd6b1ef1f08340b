// Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual.
#include <algorithm>

#include <icecore/shape_context.h>
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"
#include "ops/strided/strided_loop.h"

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
  const std::vector<std::ptrdiff_t> x_strides = spread_strides(x.shape(), shape.rank(), 1);
  const std::vector<std::ptrdiff_t> y_strides = spread_strides(y.shape(), shape.rank(), 1);
  const std::span<bool> results = output.mutable_values<bool>();
  for (std::size_t i = 0; i < results.size(); ++i) {
    auto rest = static_cast<std::int64_t>(i);
    std::ptrdiff_t at_x = 0, at_y = 0;
    for (int d = shape.rank() - 1; d >= 0; --d) {
      const std::int64_t index = rest % shape.dim(d);
      rest /= shape.dim(d);
      at_x += index * x_strides[static_cast<std::size_t>(d)];
      at_y += index * y_strides[static_cast<std::size_t>(d)];
    }
    results[i] = (x.strings()[static_cast<std::size_t>(at_x)] ==
                  y.strings()[static_cast<std::size_t>(at_y)]) == kWanted;
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
