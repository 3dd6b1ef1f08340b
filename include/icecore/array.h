// Tensors of a shape, and shapes of tensors: functions of TensorFlow's Python that add several
// nodes.
//
// The functions of one op each are in icecore/ops.h (ops::transpose, ops::pad, …). As there, `name`
// is a name scope's; empty, it is the function's own.
#pragma once

#include <icecore/export.h>
#include <icecore/graph_builder.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

// tf.zeros, tf.ones: a Const below 1000 elements, else a Fill.
ICECORE_API Output zeros(GraphBuilder& graph, const Shape& shape, DType dtype = DType::kFloat32,
                         std::string_view name = {});
ICECORE_API Output zeros(GraphBuilder& graph, const Output& shape, DType dtype = DType::kFloat32,
                         std::string_view name = {});
ICECORE_API Output ones(GraphBuilder& graph, const Shape& shape, DType dtype = DType::kFloat32,
                        std::string_view name = {});
ICECORE_API Output ones(GraphBuilder& graph, const Output& shape, DType dtype = DType::kFloat32,
                        std::string_view name = {});
// tf.zeros_like, tf.ones_like.
ICECORE_API Output zeros_like(GraphBuilder& graph, const Input& x,
                              std::optional<DType> dtype = std::nullopt,
                              std::string_view name = {});
ICECORE_API Output ones_like(GraphBuilder& graph, const Input& x,
                             std::optional<DType> dtype = std::nullopt, std::string_view name = {});
ICECORE_API Output fill(GraphBuilder& graph, const Input& dims, const Input& value,
                        std::string_view name = {});

// tf.shape, tf.rank, tf.size: a constant where it is known.
ICECORE_API Output shape(GraphBuilder& graph, const Input& x, DType out_type = DType::kInt32,
                         std::string_view name = {});
ICECORE_API Output rank(GraphBuilder& graph, const Input& x, std::string_view name = {});
ICECORE_API Output size(GraphBuilder& graph, const Input& x, DType out_type = DType::kInt32,
                        std::string_view name = {});

ICECORE_API Output reshape(GraphBuilder& graph, const Input& x, const Input& shape,
                           std::string_view name = {});
// tf.concat; of one tensor the tensor's Identity.
ICECORE_API Output concat(GraphBuilder& graph, const std::vector<Input>& values, const Input& axis,
                          std::string_view name = {});
// tf.slice.
ICECORE_API Output slice(GraphBuilder& graph, const Input& x, const Input& begin, const Input& size,
                         std::string_view name = {});
// tf.stack: what isn't a tensor becomes a constant named by its place, of the others' dtype.
ICECORE_API Output stack(GraphBuilder& graph, const std::vector<Input>& values,
                         std::int64_t axis = 0, std::string_view name = {});
// x[i], and x[begin:end] where either may be left out, along the first axis, as Python writes them:
// plain ints, or scalars of the graph.
ICECORE_API Output subscript(GraphBuilder& graph, const Output& x, const Input& i);
ICECORE_API Output subscript(GraphBuilder& graph, const Output& x,
                             const std::optional<Input>& begin, const std::optional<Input>& end);
ICECORE_API Output squeeze(GraphBuilder& graph, const Input& x,
                           const std::vector<std::int64_t>& axis, std::string_view name = {});
// tf.boolean_mask along the first axes. ValueError where the mask's rank is unknown or 0.
ICECORE_API Output boolean_mask(GraphBuilder& graph, const Input& x, const Input& mask,
                                std::string_view name = {});

}  // namespace icecore::inline v0
