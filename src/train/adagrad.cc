// adagrad.py.
#include <icecore/array.h>
#include <icecore/math.h>
#include <icecore/optimizers.h>

#include "base/float_text.h"
#include "graph/builder_data.h"

namespace icecore::inline v0 {

AdagradOptimizer::AdagradOptimizer(Input learning_rate, const AdagradOptions& options)
    : Optimizer(options.name, options.use_locking),
      learning_rate_(std::move(learning_rate)),
      initial_accumulator_value_(options.initial_accumulator_value) {
  if (!(initial_accumulator_value_ > 0)) {
    refuse_as(Misuse::kValue, "initial_accumulator_value must be positive: " +
                                  python_repr(initial_accumulator_value_));
  }
}

void AdagradOptimizer::create_slots(GraphBuilder& graph, const std::vector<Variable>& variables) {
  for (const Variable& variable : variables) {
    if (variable.shape().is_fully_defined()) {
      slot_with_initializer(variable, constant_initializer(initial_accumulator_value_),
                            "accumulator");
      continue;
    }
    const auto filled = [&] {
      const Output dims = shape(graph, variable);
      const Output value =
          graph.apply_op("Fill", {Input(dims), Input(initial_accumulator_value_)}).output();
      return cast(graph, value, variable.dtype());
    };
    slot_with_function(variable, filled, "accumulator");
  }
}

void AdagradOptimizer::prepare(GraphBuilder& graph) {
  learning_rate_tensor_ = graph.convert_to_tensor(learning_rate_, {}, "learning_rate");
}

Operation AdagradOptimizer::apply_dense(const Output& gradient, const Variable& variable) {
  GraphBuilder graph = variable.graph();
  const Output rate = cast(graph, learning_rate_tensor_, variable.dtype());
  return update_op("ApplyAdagrad", variable, {slot(variable, "accumulator"), rate, gradient});
}

Operation AdagradOptimizer::apply_sparse(const IndexedSlices& slices, const Variable& variable) {
  GraphBuilder graph = variable.graph();
  const Output rate = cast(graph, learning_rate_tensor_, variable.dtype());
  return update_op("SparseApplyAdagrad", variable,
                   {slot(variable, "accumulator"), rate, slices.values, slices.indices});
}

}  // namespace icecore::inline v0
