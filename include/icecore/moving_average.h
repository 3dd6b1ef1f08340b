// Exponential moving averages of variables and tensors.
//
//   ExponentialMovingAverage average(0.999, {.num_updates = step});
//   Operation train;
//   {
//     ScopeGuard after = graph.control_dependencies({descent.minimize(loss)});
//     train = average.apply(graph);
//   }
//
// and to evaluate with the averages in place of the weights:
//
//   Saver saver(graph, {.var_list = ExponentialMovingAverage(0.999).variables_to_restore(graph)});
//
// Names, nodes and collections are TensorFlow 1.15.5's.
#pragma once

#include <icecore/export.h>
#include <icecore/graph_builder.h>
#include <icecore/saver.h>
#include <icecore/variable.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace icecore::inline v0 {

struct AssignMovingAverageOptions {
  // The variable begins at 0, and what that adds to the average is taken out again. That takes two
  // more variables, "biased" and "local_step", below the variable's name.
  bool zero_debias = true;
  std::string name = {};
};
// tf.python.training.moving_averages.assign_moving_average: variable = variable * decay + value *
// (1 - decay). Gives the variable after that.
ICECORE_API Output assign_moving_average(const Variable& variable, const Input& value,
                                         const Input& decay,
                                         const AssignMovingAverageOptions& options = {});

struct ExponentialMovingAverageOptions {
  // With it the decay is at most (1 + num_updates) / (10 + num_updates).
  std::optional<Input> num_updates = {};
  bool zero_debias = false;  // Of averages of tensors, which begin at 0.
  std::string name = "ExponentialMovingAverage";
};

// tf.train.ExponentialMovingAverage.
class ICECORE_API ExponentialMovingAverage {
 public:
  // Of what an average is kept: a variable, whose average begins with its initial value, or a
  // tensor.
  using Averaged = std::variant<Variable, Output>;

  explicit ExponentialMovingAverage(Input decay,
                                    const ExponentialMovingAverageOptions& options = {});

  // Makes the variables that hold the averages, and nodes that update them; the operation that does
  // all. TypeError where something isn't of floats.
  Operation apply(GraphBuilder& graph, const std::vector<Averaged>& averaged);
  // Of the trainable variables.
  Operation apply(GraphBuilder& graph);

  // The variable with the average; none where none is kept.
  std::optional<Variable> average(const Averaged& averaged) const;
  // Its name, or where none is kept yet the one that it would have.
  std::string average_name(const Variable& variable) const;
  // For a Saver: variables with an average (those given; else the trainable ones and those of the
  // collection of moving averages) by the average's name, all others by their own.
  SaveableMap variables_to_restore(
      const GraphBuilder& graph,
      const std::optional<std::vector<Variable>>& moving_average_variables = {}) const;

  const std::string& name() const { return name_; }

 private:
  // A graph's tensor.
  using Key = std::pair<const BuilderData*, std::string>;
  Variable make_average(GraphBuilder& graph, const Averaged& averaged) const;

  Input decay_;
  std::optional<Input> num_updates_;
  bool zero_debias_;
  std::string name_;
  std::map<Key, Variable> averages_;
};

}  // namespace icecore::inline v0
