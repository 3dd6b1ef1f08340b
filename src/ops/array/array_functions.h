// The functions of TensorFlow's array_ops.py and math_ops.py that its gradient functions call: they
// add the same nodes under the same names. A "name" is a name scope's, as there.
#pragma once

#include <icecore/graph_builder.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

// tf.shape, tf.rank, tf.size: a constant where it is known.
Output shape_of(GraphBuilder& graph, const Output& x, DType out_type = DType::kInt32,
                std::string_view name = "Shape");
Output rank_of(GraphBuilder& graph, const Output& x, std::string_view name = "Rank");
Output size_of(GraphBuilder& graph, const Output& x, DType out_type = DType::kInt32,
               std::string_view name = "Size");

// A node of an op with one output, made as its generated Python function makes it.
Output call(GraphBuilder& graph, std::string_view op, const std::vector<OpInput>& inputs,
            const AttrList& attrs = {}, std::string_view name = {});

Output reshape(GraphBuilder& graph, const Output& x, const Input& shape);
// tf.concat of two or more.
Output concat(GraphBuilder& graph, const std::vector<Input>& values, const Input& axis);
// tf.stack along the first axis: what isn't a tensor becomes a constant named by its place.
// Scalars.
Output stack_scalars(GraphBuilder& graph, const std::vector<Input>& values,
                     std::string_view name = "stack");
// tf.stack of tensors.
Output stack(GraphBuilder& graph, const std::vector<Output>& values, std::int64_t axis);
Output expand_dims(GraphBuilder& graph, const Output& x, std::int64_t axis);
Output transpose(GraphBuilder& graph, const Output& x, const Input& permutation,
                 bool conjugate = false);
Output gather(GraphBuilder& graph, const Output& params, const Output& indices);
// tf.cast: x itself where it is of that dtype.
Output cast(GraphBuilder& graph, const Output& x, DType dtype);
// tf.range(start, limit, delta).
Output range(GraphBuilder& graph, const Input& start, const Input& limit, const Input& delta);
// tf.zeros of a known shape, tf.zeros of a computed one, tf.zeros_like.
Output zeros(GraphBuilder& graph, const Shape& shape, DType dtype);
Output zeros(GraphBuilder& graph, const Output& shape, DType dtype);
Output zeros_like(GraphBuilder& graph, const Output& x);
// tf.reduce_sum over all dimensions.
Output reduce_sum(GraphBuilder& graph, const Output& x);

// x[i], and x[begin:end] where either may be left out, along the first axis.
Output element(GraphBuilder& graph, const Output& x, const Input& i);
Output part(GraphBuilder& graph, const Output& x, const std::optional<Input>& begin,
            const std::optional<Input>& end);

// A scalar: any value of floats, int32, int64 and complex numbers, else zero (strings: "") or one.
Tensor scalar_of(DType dtype, double value);

}  // namespace icecore::inline v0
