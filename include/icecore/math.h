// Arithmetic on symbolic tensors: operators, reductions, matrix products, as TensorFlow's Python
// makes them.
//
//   Output y = matmul(graph, x, w) + b;   // MatMul, then AddV2 named "add".
//   Output loss = reduce_mean(graph, y * y, {.axis = 1});
//
// The functions of one op each are in icecore/ops.h (ops::add, ops::exp, …). As there, `name` is a
// name scope's; empty, it is the function's own.
#pragma once

#include <icecore/export.h>
#include <icecore/graph_builder.h>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace icecore::inline v0 {

// x + y (AddV2; of strings Add), x - y, x * y and x / y (of ints a float64 or float32, as Python 3
// divides) under the names of Python's operators: "add", "sub", "mul", "truediv". One of them is
// symbolic; a plain number takes its dtype.
ICECORE_API Output add_operator(const Input& x, const Input& y);
ICECORE_API Output subtract_operator(const Input& x, const Input& y);
ICECORE_API Output multiply_operator(const Input& x, const Input& y);
ICECORE_API Output divide_operator(const Input& x, const Input& y);
ICECORE_API Output negate_operator(const Input& x);

template <typename T>
concept Symbolic = std::same_as<T, Output> || std::same_as<T, Variable>;
template <typename X, typename Y>
concept Operands = (Symbolic<X> || Symbolic<Y>)&&std::convertible_to<const X&, Input> &&
                   std::convertible_to<const Y&, Input>;

template <typename X, typename Y>
  requires Operands<X, Y>
Output operator+(const X& x, const Y& y) {
  return add_operator(x, y);
}
template <typename X, typename Y>
  requires Operands<X, Y>
Output operator-(const X& x, const Y& y) {
  return subtract_operator(x, y);
}
template <typename X, typename Y>
  requires Operands<X, Y>
Output operator*(const X& x, const Y& y) {
  return multiply_operator(x, y);
}
template <typename X, typename Y>
  requires Operands<X, Y>
Output operator/(const X& x, const Y& y) {
  return divide_operator(x, y);
}
template <Symbolic X>
Output operator-(const X& x) {
  return negate_operator(x);
}

// tf.cast: a tensor of that dtype is itself.
ICECORE_API Output cast(GraphBuilder& graph, const Input& x, DType dtype,
                        std::string_view name = {});
// tf.conj: a tensor that isn't complex is itself.
ICECORE_API Output conj(GraphBuilder& graph, const Output& x);
// tf.range(start, limit, delta); tf.range(limit).
ICECORE_API Output range(GraphBuilder& graph, const Input& start, const Input& limit,
                         const Input& delta = 1, std::string_view name = {});
ICECORE_API Output range(GraphBuilder& graph, const Input& limit);

struct MatmulOptions {
  bool transpose_a = false, transpose_b = false;
  bool adjoint_a = false, adjoint_b = false;  // Transposed, and of complex numbers conjugated.
  std::string name = {};
};
// tf.matmul: MatMul, or BatchMatMulV2 where one has more than two dimensions or may have.
ICECORE_API Output matmul(GraphBuilder& graph, const Input& a, const Input& b,
                          const MatmulOptions& options = {});

struct ReduceOptions {
  std::optional<Input> axis = {};  // A number, or a vector of them; all where there is none.
  bool keepdims = false;
  std::string name = {};
};
ICECORE_API Output reduce_sum(GraphBuilder& graph, const Input& x,
                              const ReduceOptions& options = {});
ICECORE_API Output reduce_mean(GraphBuilder& graph, const Input& x,
                               const ReduceOptions& options = {});
ICECORE_API Output reduce_max(GraphBuilder& graph, const Input& x,
                              const ReduceOptions& options = {});
ICECORE_API Output reduce_min(GraphBuilder& graph, const Input& x,
                              const ReduceOptions& options = {});
ICECORE_API Output reduce_prod(GraphBuilder& graph, const Input& x,
                               const ReduceOptions& options = {});
ICECORE_API Output reduce_all(GraphBuilder& graph, const Input& x,
                              const ReduceOptions& options = {});
ICECORE_API Output reduce_any(GraphBuilder& graph, const Input& x,
                              const ReduceOptions& options = {});

}  // namespace icecore::inline v0
