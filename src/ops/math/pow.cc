// Pow.
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>
#include "ops/array/array_functions.h"
#include "ops/math/math_functions.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"

namespace icecore::inline v0 {
namespace {

Kernel pow_kernel(const NodeInfo& node) {
  const DType dtype = node.inputs().at(0).dtype;
  if (dtype != DType::kInt32 && dtype != DType::kInt64) {
    return elementwise_kernel(node, RowOp::kPow);
  }
  return integer_kernel(node, RowOp::kPow, "Integers to negative integer powers are not allowed");
}

void pow_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const MathNodes nodes(graph);
  const Output gradient = c.gradient();
  const auto [to_x, to_y] = smart_spread_back(graph, c.input(0), c.input(1), gradient);
  const Output x = nodes.conj(c.input(0)), y = nodes.conj(c.input(1));
  // gradient * y * x^(y - 1)
  const Output by_y = nodes.mul(gradient, y);
  const Output power = nodes.call("Pow", x, nodes.sub(y, 1));
  c.set(0, spread_back(graph, nodes.mul(by_y, power), to_x));
  // gradient * z * log(x), where that is something: the logarithm's singularity is left out.
  const Output z = nodes.conj(c.output(0));
  const bool complex = x.dtype() == DType::kComplex64 || x.dtype() == DType::kComplex128;
  const Output mask = nodes.call(complex ? "NotEqual" : "Greater", x, 0);
  const Output safe = nodes.where(mask, x, nodes.ones_like(x));
  const Output logarithm = nodes.call("Log", safe);
  const Output log_x = nodes.where(mask, logarithm, zeros_like(graph, x));
  c.set(1, spread_back(graph, nodes.mul(nodes.mul(gradient, z), log_x), to_y));
}

constexpr OpImplementation kOps[] = {
    {"Pow", broadcast_shape, pow_kernel, pow_gradient},
};

}  // namespace

OpTable pow_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
