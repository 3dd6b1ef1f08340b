// Max, Min.
#include <icecore/gradient_context.h>

#include <limits>

#include "ops/array/array_functions.h"
#include "ops/reduction/reduce_kernel.h"
#include "ops/reduction/reduction_functions.h"
#include "ops/reduction/reduction_ops.h"

namespace icecore::inline v0 {
namespace {

// NaN is passed over, unless there is nothing else.
struct MaxOp {
  static constexpr bool kPassesOver = true;
  template <typename T>
  static constexpr T initial() {
    using Limits = std::numeric_limits<T>;
    return Limits::has_infinity ? static_cast<T>(-Limits::infinity()) : Limits::lowest();
  }
  template <typename T>
  static constexpr T combine(T a, T b) {
    return a < b ? b : a;
  }
};

struct MinOp {
  static constexpr bool kPassesOver = true;
  template <typename T>
  static constexpr T initial() {
    using Limits = std::numeric_limits<T>;
    return Limits::has_infinity ? Limits::infinity() : Limits::max();
  }
  template <typename T>
  static constexpr T combine(T a, T b) {
    return b < a ? b : a;
  }
};

template <typename Op>
Kernel extreme_kernel(const NodeInfo& node) {
  const bool keep_dims = node.bool_attr("keep_dims");
  return in_float32(Kernel([keep_dims](KernelContext& c) {
    const ReducePlan plan = plan_reduction(c.input(0).shape(), c.input(1), keep_dims);
    visit_numbers(WideRealTypes(), c.input(0).dtype(), [&]<typename T>(std::type_identity<T>) {
      c.set_output(0, reduce<Op, T>(c, c.input(0), plan));
    });
  }));
}

// Shared out evenly among the elements that are the extreme.
void extreme_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output x = c.input(0);
  const Output input_shape = icecore::shape(graph, x);
  const Output kept_dims = reduced_shape(graph, input_shape, c.input(1));
  const Output y = reshape(graph, c.output(0), kept_dims);
  const Output gradient = reshape(graph, c.gradient(), kept_dims);
  const Output equal = binary(graph, "Equal", y, x);
  const Output indicators = cast(graph, equal, gradient.dtype());
  const Output sum = binary(graph, "Sum", indicators, c.input(1));
  const Output selected = reshape(graph, sum, kept_dims);
  const Output share = binary(graph, "RealDiv", indicators, selected, "truediv");
  c.set(0, binary(graph, "Mul", share, gradient, "mul"));
}

}  // namespace

const OpImplementation max_op = {"Max", reduction_shape, extreme_kernel<MaxOp>, extreme_gradient};
const OpImplementation min_op = {"Min", reduction_shape, extreme_kernel<MinOp>, extreme_gradient};

}  // namespace icecore::inline v0
