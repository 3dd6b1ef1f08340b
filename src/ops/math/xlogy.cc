// Xlogy, Xdivy: x log(y) and x / y, which are 0 where x is, whatever y is.
#include <icecore/gradient_context.h>
#include <icecore/math.h>
#include <icecore/shape_context.h>

#include <cmath>
#include <complex>

#include "ops/array/array_functions.h"
#include "ops/math/math_functions.h"
#include "ops/number_types.h"
#include "ops/standard_ops.h"
#include "ops/strided/elementwise.h"
#include "ops/strided/spread_walk.h"

namespace icecore::inline v0 {
namespace {

template <typename T>
T x_log_y(T x, T y) {
  using std::log;
  if (x == T(0)) return T(0);
  return x * static_cast<T>(log(y));
}
template <typename T>
T x_div_y(T x, T y) {
  return x == T(0) ? T(0) : x / y;
}

Kernel zero_kernel(bool logarithm) {
  return Kernel([logarithm](KernelContext& c) {
    const Tensor& x = c.input(0);
    const Tensor& y = c.input(1);
    const Shape shape = spread_shape(c, x, y);
    Tensor out = c.allocate(x.dtype(), shape);
    visit_numbers(FloatTypes() + ComplexTypes(), x.dtype(), [&]<typename T>(std::type_identity<T>) {
      const T* const of_x = x.values<T>().data();
      const T* const of_y = y.values<T>().data();
      SpreadWalk at_x(shape, x.shape()), at_y(shape, y.shape());
      for (T& to : out.mutable_values<T>()) {
        const T a = of_x[at_x.place()], b = of_y[at_y.place()];
        to = logarithm ? x_log_y(a, b) : x_div_y(a, b);
        at_x.advance();
        at_y.advance();
      }
    });
    c.set_output(0, std::move(out));
  });
}

Kernel xlogy_kernel(const NodeInfo&) {
  return zero_kernel(true);
}
Kernel xdivy_kernel(const NodeInfo&) {
  return zero_kernel(false);
}

// 1 where x isn't 0.
Output where_not_zero(GraphBuilder& graph, const Output& x) {
  const Output zero = cast(graph, Input(0.0f), x.dtype());
  return cast(graph, Input(MathNodes(graph).call("NotEqual", x, zero)), x.dtype());
}

// Of z = x f(y), from the two partial derivatives.
void set_gradients(GradientContext& c, bool logarithm) {
  GraphBuilder& graph = c.graph();
  const MathNodes nodes(graph);
  const Output gradient = c.gradient(), x = c.input(0), y = c.input(1);
  const auto [to_x, to_y] = spread_back(graph, x, y);
  const ScopeGuard guard = after(gradient);
  const Output not_zero = where_not_zero(graph, x);
  Output partial_x, partial_y;
  if (logarithm) {
    partial_x = nodes.call("Xlogy", not_zero, y);
    partial_y = nodes.call("Xdivy", x, y);
  } else {
    partial_x = nodes.call("Xdivy", not_zero, y);
    const Output minus_x = nodes.neg(x);
    partial_y = nodes.call("Xdivy", minus_x, nodes.call("Pow", y, 2, "pow"));
  }
  c.set(0, spread_back(graph, nodes.mul(partial_x, gradient), to_x));
  c.set(1, spread_back(graph, nodes.mul(partial_y, gradient), to_y));
}

void xlogy_gradient(GradientContext& c) {
  set_gradients(c, true);
}
void xdivy_gradient(GradientContext& c) {
  set_gradients(c, false);
}

constexpr OpImplementation kOps[] = {
    {"Xdivy", broadcast_shape, xdivy_kernel, xdivy_gradient},
    {"Xlogy", broadcast_shape, xlogy_kernel, xlogy_gradient},
};

}  // namespace

OpTable xlogy_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
