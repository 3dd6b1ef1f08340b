// What the functions of this module are made of.
#pragma once

#include <icecore/graph_builder.h>

#include <string_view>
#include <vector>

#include "graph/builder_data.h"

namespace icecore::inline v0 {

// A node of one output, as its generated Python function makes it.
inline Output add_node(GraphBuilder& graph, std::string_view op, const std::vector<OpInput>& inputs,
                       const AttrList& attrs = {}, std::string_view name = {}) {
  return graph.apply_op(op, inputs, attrs, name).output();
}

// `with ops.name_scope(name, default_name)`.
[[nodiscard]] inline ScopeGuard scope_or(GraphBuilder& graph, std::string_view name,
                                         std::string_view default_name) {
  return graph.name_scope(name.empty() ? default_name : name);
}

// A shape as TensorFlow makes a tensor of it: int32, or int64 where a dimension needs it.
// ValueError where it isn't fully known.
ICECORE_API Tensor shape_tensor(const Shape& shape);
ICECORE_API Tensor vector_of(const std::vector<int>& values);

// math_ops.cast: a resource variable of the dtype stays one, to be read where it is used.
ICECORE_API Input as_dtype(GraphBuilder& graph, const Input& x, DType dtype);

}  // namespace icecore::inline v0
