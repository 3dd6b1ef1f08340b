// momentum.py.
#include <icecore/math.h>
#include <icecore/optimizers.h>

namespace icecore::inline v0 {

MomentumOptimizer::MomentumOptimizer(Input learning_rate, Input momentum,
                                     const MomentumOptions& options)
    : Optimizer(options.name, options.use_locking),
      learning_rate_(std::move(learning_rate)),
      momentum_(std::move(momentum)),
      use_nesterov_(options.use_nesterov) {}

void MomentumOptimizer::create_slots(GraphBuilder&, const std::vector<Variable>& variables) {
  for (const Variable& variable : variables) zeros_slot(variable, "momentum");
}

void MomentumOptimizer::prepare(GraphBuilder& graph) {
  learning_rate_tensor_ = graph.convert_to_tensor(learning_rate_, {}, "learning_rate");
  momentum_tensor_ = graph.convert_to_tensor(momentum_, {}, "momentum");
}

Operation MomentumOptimizer::apply_dense(const Output& gradient, const Variable& variable) {
  GraphBuilder graph = variable.graph();
  const Output rate = cast(graph, learning_rate_tensor_, variable.dtype());
  const Output momentum = cast(graph, momentum_tensor_, variable.dtype());
  return update_op("ApplyMomentum", variable,
                   {slot(variable, "momentum"), rate, gradient, momentum},
                   {{"use_nesterov", use_nesterov_}});
}

Operation MomentumOptimizer::apply_sparse(const IndexedSlices& slices, const Variable& variable) {
  GraphBuilder graph = variable.graph();
  const Output rate = cast(graph, learning_rate_tensor_, variable.dtype());
  const Output momentum = cast(graph, momentum_tensor_, variable.dtype());
  return update_op("SparseApplyMomentum", variable,
                   {slot(variable, "momentum"), rate, slices.values, slices.indices, momentum},
                   {{"use_nesterov", use_nesterov_}});
}

}  // namespace icecore::inline v0
