// Learning rates that fall as training goes on: nodes that compute a rate from the number of steps.
//
//   Variable step = get_or_create_global_step(graph);
//   Output rate = exponential_decay(graph, 0.1, step, 1000, 0.96, {.staircase = true});
//   Operation train = GradientDescentOptimizer(rate).minimize(loss, {.global_step = step});
//
// The step is a variable or a tensor of the graph; the rest are numbers or tensors. Nodes are
// TensorFlow 1.15.5's. `name` is a name scope's; empty, it is the function's own.
#pragma once

#include <icecore/export.h>
#include <icecore/graph_builder.h>

#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

struct DecayOptions {
  bool staircase = false;  // In steps, each decay_steps long, rather than little by little.
  std::string name = {};
};
// tf.train.exponential_decay: learning_rate * decay_rate ^ (step / decay_steps).
ICECORE_API Output exponential_decay(GraphBuilder& graph, const Input& learning_rate,
                                     const Input& global_step, const Input& decay_steps,
                                     const Input& decay_rate, const DecayOptions& options = {});
// tf.train.natural_exp_decay: learning_rate * exp(-decay_rate * step / decay_steps).
ICECORE_API Output natural_exp_decay(GraphBuilder& graph, const Input& learning_rate,
                                     const Input& global_step, const Input& decay_steps,
                                     const Input& decay_rate, const DecayOptions& options = {});
// tf.train.inverse_time_decay: learning_rate / (1 + decay_rate * step / decay_steps).
ICECORE_API Output inverse_time_decay(GraphBuilder& graph, const Input& learning_rate,
                                      const Input& global_step, const Input& decay_steps,
                                      const Input& decay_rate, const DecayOptions& options = {});

// tf.train.piecewise_constant: values[0] up to the step boundaries[0] and with it, values[1] up to
// boundaries[1], …, and the last one from there on. ValueError unless there is one value more than
// boundaries, the boundaries have the step's type (int32 ones become int64), and the values one
// type.
ICECORE_API Output piecewise_constant(GraphBuilder& graph, const Input& global_step,
                                      const std::vector<Input>& boundaries,
                                      const std::vector<Input>& values, std::string_view name = {});

struct PolynomialDecayOptions {
  Input end_learning_rate = 0.0001;
  Input power = 1.0;
  bool cycle = false;  // Begin anew, more slowly each time, once the end is reached.
  std::string name = {};
};
// tf.train.polynomial_decay: from learning_rate to end_learning_rate within decay_steps.
ICECORE_API Output polynomial_decay(GraphBuilder& graph, const Input& learning_rate,
                                    const Input& global_step, const Input& decay_steps,
                                    const PolynomialDecayOptions& options = {});

struct CosineDecayOptions {
  double alpha = 0;  // What part of the rate remains at the end.
  std::string name = {};
};
// tf.train.cosine_decay: half a cosine from learning_rate down, within decay_steps.
ICECORE_API Output cosine_decay(GraphBuilder& graph, const Input& learning_rate,
                                const Input& global_step, const Input& decay_steps,
                                const CosineDecayOptions& options = {});

}  // namespace icecore::inline v0
