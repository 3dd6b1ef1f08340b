#include "ops/gradient_nodes.h"

#include <icecore/tensor.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace icecore::inline v0 {
namespace {

Tensor ints(const std::vector<std::int32_t>& values) {
  return Tensor::of<std::int32_t>(Shape{static_cast<std::int64_t>(values.size())}, values);
}

Output binary(GraphBuilder& graph, std::string_view op, std::string_view name, const Output& x,
              const Output& y) {
  return graph.apply_op(op, {x, y}, {}, name).output();
}

}  // namespace

Output shape_node(GraphBuilder& graph, const Output& tensor) {
  const Shape shape = tensor.shape();
  if (!shape.has_rank() || !shape.is_fully_defined()) {
    return graph.apply_op("Shape", {tensor}, {{"out_type", DType::kInt32}}).output();
  }
  return graph.constant(ints({shape.dims().begin(), shape.dims().end()}), "Shape");
}

Output mul_node(GraphBuilder& graph, const Output& x, const Output& y) {
  return binary(graph, "Mul", "mul", x, y);
}

Output sub_node(GraphBuilder& graph, const Output& x, const Output& y) {
  return binary(graph, "Sub", "sub", x, y);
}

Output add_node(GraphBuilder& graph, const Output& x, const Output& y) {
  return binary(graph, "AddV2", "add", x, y);
}

Output sum_node(GraphBuilder& graph, const Output& x, const Input& axes, bool keep_dims) {
  return graph.apply_op("Sum", {x, axes}, {{"keep_dims", keep_dims}}).output();
}

Output zeros_node(GraphBuilder& graph, const Output& like) {
  const Output shape = shape_node(graph, like);
  ScopeGuard scope = graph.name_scope("zeros");
  const std::string name = scope.name();
  Tensor zero(like.dtype(), Shape());
  std::ranges::fill(zero.mutable_bytes(), std::byte{0});
  const Output value = graph.constant(zero);
  return graph.apply_op("Fill", {shape, value}, {{"index_type", DType::kInt32}}, name).output();
}

Output conj_node(GraphBuilder& graph, const Output& x) {
  if (x.dtype() != DType::kComplex64 && x.dtype() != DType::kComplex128) return x;
  return graph.apply_op("Conj", {x}).output();
}

Output matmul_node(GraphBuilder& graph, Output a, Output b, bool adjoint_a, bool adjoint_b) {
  ScopeGuard scope = graph.name_scope("MatMul");
  const std::string name = scope.name();
  const auto may_be_batch = [](const Output& x) {
    return !x.shape().has_rank() || x.shape().rank() > 2;
  };
  if (may_be_batch(a) || may_be_batch(b)) {
    return graph
        .apply_op("BatchMatMulV2", {a, b}, {{"adj_x", adjoint_a}, {"adj_y", adjoint_b}}, name)
        .output();
  }
  if (adjoint_a) a = conj_node(graph, a);
  if (adjoint_b) b = conj_node(graph, b);
  return graph
      .apply_op("MatMul", {a, b}, {{"transpose_a", adjoint_a}, {"transpose_b", adjoint_b}}, name)
      .output();
}

Output slice_node(GraphBuilder& graph, const Output& x, std::int32_t begin, std::int32_t end,
                  std::int64_t begin_mask, std::int64_t end_mask) {
  ScopeGuard scope = graph.name_scope("strided_slice");
  const std::string name = scope.name();
  const Output stack = graph.constant(ints({begin}), "stack");
  const Output stack_1 = graph.constant(ints({end}), "stack_1");
  const Output stack_2 = graph.constant(ints({1}), "stack_2");
  return graph
      .apply_op("StridedSlice", {x, stack, stack_1, stack_2},
                {{"begin_mask", begin_mask}, {"end_mask", end_mask}}, name)
      .output();
}

Output transpose_node(GraphBuilder& graph, const Output& x, const std::vector<int>& permutation) {
  ScopeGuard scope = graph.name_scope("transpose");
  const std::string name = scope.name();
  return graph.apply_op("Transpose", {x, permutation}, {}, name).output();
}

}  // namespace icecore::inline v0
