// gradient_descent.py.
#include <icecore/math.h>
#include <icecore/optimizers.h>

namespace icecore::inline v0 {

GradientDescentOptimizer::GradientDescentOptimizer(Input learning_rate,
                                                   const GradientDescentOptions& options)
    : Optimizer(options.name, options.use_locking), learning_rate_(std::move(learning_rate)) {}

void GradientDescentOptimizer::prepare(GraphBuilder& graph) {
  learning_rate_tensor_ = graph.convert_to_tensor(learning_rate_, {}, "learning_rate");
}

Operation GradientDescentOptimizer::apply_dense(const Output& gradient, const Variable& variable) {
  GraphBuilder graph = variable.graph();
  const Output rate = cast(graph, learning_rate_tensor_, variable.dtype());
  return update_op("ApplyGradientDescent", variable, {rate, gradient});
}

// Rows that are there twice are subtracted twice, so nothing need be added up.
Operation GradientDescentOptimizer::apply_sparse_duplicate_indices(const IndexedSlices& slices,
                                                                   const Variable& variable) {
  GraphBuilder graph = variable.graph();
  if (variable.is_resource()) {
    const Output step = multiply_operator(negate_operator(slices.values), learning_rate_);
    return graph.apply_op("ResourceScatterAdd",
                          {Input(variable.ref()), Input(slices.indices), Input(step)});
  }
  const Output step = slices.values * cast(graph, learning_rate_tensor_, variable.dtype());
  return graph.apply_op("ScatterSub", {Input(variable.ref()), Input(slices.indices), Input(step)},
                        {{"use_locking", use_locking()}});
}

Operation GradientDescentOptimizer::apply_sparse(const IndexedSlices& slices,
                                                 const Variable& variable) {
  return apply_sparse_duplicate_indices(slices, variable);
}

}  // namespace icecore::inline v0
