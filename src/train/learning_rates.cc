// learning_rate_decay.py, learning_rate_schedule.py.
#include <icecore/control_flow.h>
#include <icecore/learning_rates.h>
#include <icecore/math.h>

#include <numbers>

#include "compose/nodes.h"

namespace icecore::inline v0 {
namespace {

// How many times decay_steps the step is.
Output progress(GraphBuilder& graph, const Input& step, const Output& decay_steps, DType dtype,
                bool staircase) {
  const Output periods = divide_operator(as_dtype(graph, step, dtype), decay_steps);
  return staircase ? add_node(graph, "Floor", {Input(periods)}) : periods;
}

// The arguments that rates falling by a factor share, as tensors of the rate's dtype.
struct Decay {
  Output initial, rate, periods;

  Decay(GraphBuilder& graph, const Input& learning_rate, const Input& global_step,
        const Input& decay_steps, const Input& decay_rate, bool staircase)
      : initial(graph.convert_to_tensor(learning_rate, {}, "initial_learning_rate")) {
    const DType dtype = initial.dtype();
    const Output steps = cast(graph, decay_steps, dtype);
    rate = cast(graph, decay_rate, dtype);
    periods = progress(graph, global_step, steps, dtype, staircase);
  }
};

}  // namespace

Output exponential_decay(GraphBuilder& graph, const Input& learning_rate, const Input& global_step,
                         const Input& decay_steps, const Input& decay_rate,
                         const DecayOptions& options) {
  const ScopeGuard scope = scope_or(graph, options.name, "ExponentialDecay");
  const Decay decay(graph, learning_rate, global_step, decay_steps, decay_rate, options.staircase);
  const Output factor = add_node(graph, "Pow", {Input(decay.rate), Input(decay.periods)});
  return add_node(graph, "Mul", {Input(decay.initial), Input(factor)}, {}, scope.name());
}

Output natural_exp_decay(GraphBuilder& graph, const Input& learning_rate, const Input& global_step,
                         const Input& decay_steps, const Input& decay_rate,
                         const DecayOptions& options) {
  const Output negative = add_node(graph, "Neg", {decay_rate});
  const Output rate = add_node(graph, "Exp", {Input(negative)});
  return exponential_decay(graph, learning_rate, global_step, decay_steps, rate, options);
}

Output inverse_time_decay(GraphBuilder& graph, const Input& learning_rate, const Input& global_step,
                          const Input& decay_steps, const Input& decay_rate,
                          const DecayOptions& options) {
  const ScopeGuard scope = scope_or(graph, options.name, "InverseTimeDecay");
  const Decay decay(graph, learning_rate, global_step, decay_steps, decay_rate, options.staircase);
  const Output one = cast(graph, graph.constant(Tensor::scalar(1)), decay.initial.dtype());
  const Output growth = add_node(graph, "Mul", {Input(decay.rate), Input(decay.periods)});
  const Output divisor = add_node(graph, "Add", {Input(one), Input(growth)});
  return add_node(graph, "RealDiv", {Input(decay.initial), Input(divisor)}, {}, scope.name());
}

Output polynomial_decay(GraphBuilder& graph, const Input& learning_rate, const Input& global_step,
                        const Input& decay_steps, const PolynomialDecayOptions& options) {
  const ScopeGuard scope = scope_or(graph, options.name, "PolynomialDecay");
  const Output initial = graph.convert_to_tensor(learning_rate, {}, "initial_learning_rate");
  const DType dtype = initial.dtype();
  const Output end = cast(graph, options.end_learning_rate, dtype);
  const Output power = cast(graph, options.power, dtype);
  Input step = as_dtype(graph, global_step, dtype);
  Output steps = cast(graph, decay_steps, dtype);
  if (options.cycle) {
    // As many times decay_steps as the step has begun; once at step 0.
    const Output at_start = add_node(graph, "Equal", {step, Input(0)});
    const auto begun = [&]() -> std::vector<BranchResult> {
      return {Input(add_node(graph, "Ceil", {Input(divide_operator(step, decay_steps))}))};
    };
    const Output times = cond(
        graph, at_start, []() -> std::vector<BranchResult> { return {Input(1.0)}; }, begun)[0];
    steps = add_node(graph, "Mul", {Input(steps), Input(times)});
  } else {
    step = add_node(graph, "Minimum", {step, decay_steps});
  }
  const Output done = divide_operator(step, steps);
  const Output range = initial - end;
  const Output remaining = add_node(graph, "Pow", {Input(1 - done), Input(power)});
  const Output part = add_node(graph, "Mul", {Input(range), Input(remaining)});
  return add_node(graph, "Add", {Input(part), Input(end)}, {}, scope.name());
}

Output cosine_decay(GraphBuilder& graph, const Input& learning_rate, const Input& global_step,
                    const Input& decay_steps, const CosineDecayOptions& options) {
  const ScopeGuard scope = scope_or(graph, options.name, "CosineDecay");
  const Output initial = graph.convert_to_tensor(learning_rate, {}, "initial_learning_rate");
  const DType dtype = initial.dtype();
  const Output steps = cast(graph, decay_steps, dtype);
  const Output step =
      add_node(graph, "Minimum", {as_dtype(graph, global_step, dtype), Input(steps)});
  const Output done = step / steps;
  const Output pi = graph.convert_to_tensor(std::numbers::pi);
  const Output cosine = add_node(graph, "Cos", {Input(pi * done)});
  const Output half = 0.5 * (1.0 + cosine);
  const Output decayed = (1 - options.alpha) * half + options.alpha;
  return add_node(graph, "Mul", {Input(initial), Input(decayed)});
}

}  // namespace icecore::inline v0
