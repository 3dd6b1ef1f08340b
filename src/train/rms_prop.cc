// rmsprop.py.
#include <icecore/array.h>
#include <icecore/math.h>
#include <icecore/optimizers.h>

namespace icecore::inline v0 {

RmsPropOptimizer::RmsPropOptimizer(Input learning_rate, const RmsPropOptions& options)
    : Optimizer(options.name, options.use_locking),
      learning_rate_(std::move(learning_rate)),
      decay_(options.decay),
      momentum_(options.momentum),
      epsilon_(options.epsilon),
      centered_(options.centered) {}

void RmsPropOptimizer::create_slots(GraphBuilder& graph, const std::vector<Variable>& variables) {
  for (const Variable& variable : variables) {
    if (variable.shape().is_fully_defined()) {
      slot_with_initializer(variable, ones_initializer(), "rms");
    } else {
      slot_with_value(variable, ones_like(graph, variable), "rms");
    }
    if (centered_) zeros_slot(variable, "mg");
    zeros_slot(variable, "momentum");
  }
}

void RmsPropOptimizer::prepare(GraphBuilder& graph) {
  learning_rate_tensor_ = graph.convert_to_tensor(learning_rate_, {}, "learning_rate");
  decay_tensor_ = graph.convert_to_tensor(decay_, {}, "decay");
  momentum_tensor_ = graph.convert_to_tensor(momentum_, {}, "momentum");
  epsilon_tensor_ = graph.convert_to_tensor(epsilon_, {}, "epsilon");
}

Operation RmsPropOptimizer::apply(const Variable& variable, const Output& gradient,
                                  const std::optional<Output>& indices) {
  GraphBuilder graph = variable.graph();
  std::vector<UpdateInput> inputs;
  if (centered_) inputs.emplace_back(slot(variable, "mg"));
  inputs.emplace_back(slot(variable, "rms"));
  inputs.emplace_back(slot(variable, "momentum"));
  for (const Output& tensor :
       {learning_rate_tensor_, decay_tensor_, momentum_tensor_, epsilon_tensor_}) {
    inputs.emplace_back(cast(graph, tensor, variable.dtype()));
  }
  inputs.emplace_back(gradient);
  if (indices) inputs.emplace_back(*indices);
  const std::string op = centered_ ? "ApplyCenteredRMSProp" : "ApplyRMSProp";
  return update_op(indices ? "Sparse" + op : op, variable, inputs);
}

Operation RmsPropOptimizer::apply_dense(const Output& gradient, const Variable& variable) {
  return apply(variable, gradient, std::nullopt);
}

Operation RmsPropOptimizer::apply_sparse(const IndexedSlices& slices, const Variable& variable) {
  return apply(variable, slices.values, slices.indices);
}

}  // namespace icecore::inline v0
