// Nodes that gradient functions add, by the functions that TensorFlow's use, with their names.
#pragma once

#include <icecore/graph_builder.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

// array_ops.shape: a constant where the shape is known.
Output shape_node(GraphBuilder& graph, const Output& tensor);
// x * y, x - y, x + y.
Output mul_node(GraphBuilder& graph, const Output& x, const Output& y);
Output sub_node(GraphBuilder& graph, const Output& x, const Output& y);
Output add_node(GraphBuilder& graph, const Output& x, const Output& y);
// math_ops.reduce_sum over the axes given.
Output sum_node(GraphBuilder& graph, const Output& x, const Input& axes, bool keep_dims);
// array_ops.zeros of the shape of a tensor.
Output zeros_node(GraphBuilder& graph, const Output& like);
// math_ops.conj: the tensor itself unless it is complex.
Output conj_node(GraphBuilder& graph, const Output& x);
// math_ops.matmul.
Output matmul_node(GraphBuilder& graph, Output a, Output b, bool adjoint_a, bool adjoint_b);
// x[begin:end] of a vector; an end beyond the last int32 stands for none.
Output slice_node(GraphBuilder& graph, const Output& x, std::int32_t begin, std::int32_t end,
                  std::int64_t begin_mask, std::int64_t end_mask);
// array_ops.transpose.
Output transpose_node(GraphBuilder& graph, const Output& x, const std::vector<int>& permutation);

}  // namespace icecore::inline v0
