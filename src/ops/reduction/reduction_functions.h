// What TensorFlow's gradient functions of reductions call: the same nodes under the same names.
#pragma once

#include <icecore/gradient_context.h>
#include <icecore/graph_builder.h>

#include <string_view>

namespace icecore::inline v0 {

// math_ops.reduced_shape: the shape of a reduction's result, had it kept its dimensions.
Output reduced_shape(GraphBuilder& graph, const Input& input_shape, const Input& axes);
// math_grad._safe_shape_div: x / y, where 0 / 0 is 0.
Output safe_shape_div(GraphBuilder& graph, const Input& x, const Input& y);
// math_grad._SumGrad.
Output spread_sum_gradient(GradientContext& c);

// Python's operators, and generated functions of two arguments.
Output binary(GraphBuilder& graph, std::string_view op, const Input& x, const Input& y,
              std::string_view name = {});
// array_ops.where(condition, x, y).
Output select(GraphBuilder& graph, const Output& condition, const Output& x, const Output& y);

}  // namespace icecore::inline v0
