// Sums and the like (math_ops.py).
#include <icecore/array.h>
#include <icecore/math.h>

#include "compose/nodes.h"

namespace icecore::inline v0 {
namespace {

// All axes: a constant where the rank is known. TensorFlow knows it of tensors only, and so
// computes it of variables.
Output all_axes(GraphBuilder& graph, const Input& x) {
  const auto* tensor = std::get_if<Output>(&x.value());
  if (tensor != nullptr && tensor->valid() && tensor->shape().has_rank()) {
    std::vector<int> axes;
    for (int i = 0; i < tensor->shape().rank(); ++i) axes.push_back(i);
    return graph.constant(vector_of(axes));
  }
  const Output axes = rank(graph, x);
  return range(graph, 0, axes);
}

Output reduce(GraphBuilder& graph, std::string_view op, const Input& x,
              const ReduceOptions& options) {
  const Input axes = options.axis ? *options.axis : Input(all_axes(graph, x));
  const Output result =
      add_node(graph, op, {x, axes}, {{"keep_dims", options.keepdims}}, options.name);
  if (!options.axis && !options.keepdims && !result.shape().is_fully_defined()) {
    graph.set_shape(result, Shape());
  }
  return result;
}

}  // namespace

Output reduce_sum(GraphBuilder& graph, const Input& x, const ReduceOptions& options) {
  return reduce(graph, "Sum", x, options);
}

Output reduce_mean(GraphBuilder& graph, const Input& x, const ReduceOptions& options) {
  return reduce(graph, "Mean", x, options);
}

Output reduce_max(GraphBuilder& graph, const Input& x, const ReduceOptions& options) {
  return reduce(graph, "Max", x, options);
}

Output reduce_min(GraphBuilder& graph, const Input& x, const ReduceOptions& options) {
  return reduce(graph, "Min", x, options);
}

Output reduce_prod(GraphBuilder& graph, const Input& x, const ReduceOptions& options) {
  return reduce(graph, "Prod", x, options);
}

Output reduce_all(GraphBuilder& graph, const Input& x, const ReduceOptions& options) {
  return reduce(graph, "All", x, options);
}

Output reduce_any(GraphBuilder& graph, const Input& x, const ReduceOptions& options) {
  return reduce(graph, "Any", x, options);
}

}  // namespace icecore::inline v0
