// Python's operators on tensors, and what TensorFlow's math_grad.py builds its gradients of: the
// same nodes under the same names. See also ops/array/array_functions.h.
#pragma once

#include <icecore/gradient_context.h>
#include <icecore/graph_builder.h>

#include <string_view>
#include <utility>

namespace icecore::inline v0 {

// Makes nodes in a graph; cheap, made where it is needed.
class MathNodes {
 public:
  explicit MathNodes(GraphBuilder& graph) : graph_(graph) {}

  // x + y, x - y, x * y, x / y (of floats), -x.
  Output add(const Input& x, const Input& y) const { return call("AddV2", x, y, "add"); }
  Output sub(const Input& x, const Input& y) const { return call("Sub", x, y, "sub"); }
  Output mul(const Input& x, const Input& y) const { return call("Mul", x, y, "mul"); }
  Output div(const Input& x, const Input& y) const { return call("RealDiv", x, y, "truediv"); }
  Output neg(const Input& x) const { return call("Neg", x); }

  // A generated function of one or two arguments.
  Output call(std::string_view op, const Input& x) const;
  Output call(std::string_view op, const Input& x, const Input& y,
              std::string_view name = {}) const;

  // math_ops.conj: x itself unless it is complex.
  Output conj(const Output& x) const;
  // array_ops.where: x where the condition is true, else y.
  Output where(const Output& condition, const Output& x, const Output& y) const;
  // A scalar.
  Output constant(double value, DType dtype) const;
  Output ones_like(const Output& x) const;

 private:
  GraphBuilder& graph_;
};

// How the gradient of a spread operand gets back to its shape: sum over `axes`, then reshape; not
// at all where nothing was spread.
struct SpreadBack {
  Input shape, axes;
  bool needed = true;
};

// math_grad.SmartBroadcastGradientArgs: known shapes need no nodes for it but the first time that a
// graph meets a pair of them.
std::pair<SpreadBack, SpreadBack> smart_spread_back(GraphBuilder& graph, const Output& x,
                                                    const Output& y, const Output& gradient);
// The older way: Shape of both, BroadcastGradientArgs.
std::pair<SpreadBack, SpreadBack> spread_back(GraphBuilder& graph, const Output& x,
                                              const Output& y);
// Sums and reshapes.
Output spread_back(GraphBuilder& graph, const Output& gradient, const SpreadBack& how);

// math_grad._ShapesFullySpecifiedAndEqual.
bool known_and_equal_shapes(const Output& x, const Output& y, const Output& gradient);

// `with ops.control_dependencies([grad])`.
ScopeGuard after(const Output& gradient);

}  // namespace icecore::inline v0
