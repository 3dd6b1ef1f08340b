// Moving averages against TensorFlow 1.15.5 (tests/golden/training.py).
#include <gtest/gtest.h>
#include <icecore/math.h>
#include <icecore/moving_average.h>
#include <icecore/optimizers.h>

#include "graph/failure.h"
#include "train/training_golden.h"

namespace icecore::inline v0 {
namespace {

void keep_averages(bool use_resource) {
  const std::string name = use_resource ? "averages_resource" : "averages_ref";
  GraphBuilder graph(standard_ops());
  graph.set_random_seed(3);
  const Output loss = golden_network(graph, use_resource);
  const Variable step = get_or_create_global_step(graph);
  const Operation train = GradientDescentOptimizer(0.1).minimize(loss, {.global_step = step});
  ExponentialMovingAverage counted(0.95, {.num_updates = step});
  ExponentialMovingAverage plain(0.5, {.name = "Plain"});
  ExponentialMovingAverage debiased(0.9, {.zero_debias = true, .name = "debiased"});
  std::vector<Operation> averages;
  {
    const ScopeGuard after = graph.control_dependencies({train});
    averages = {counted.apply(graph), plain.apply(graph, {loss}), debiased.apply(graph, {loss})};
  }
  add_random_op(graph);
  EXPECT_EQ(difference_from_golden(name, graph), "");
  EXPECT_EQ(difference_after_training(name, graph, 3, averages), "");
  EXPECT_EQ(graph.collection(GraphKeys::kMovingAverageVariables).size(), 3u);
  EXPECT_EQ(debiased.average(loss)->op().name(), "loss/debiased");
  EXPECT_EQ(debiased.average(step), std::nullopt);
}

TEST(MovingAverages, OfReferenceVariablesAreTensorFlows) {
  keep_averages(false);
}

TEST(MovingAverages, OfResourceVariablesAreTensorFlows) {
  keep_averages(true);
}

void assign_averages(bool use_resource) {
  const std::string name = use_resource ? "moving_resource" : "moving_ref";
  GraphBuilder graph(standard_ops());
  std::optional<Variable> v, d;
  {
    const ScopeGuard scope = variable_scope(graph, "s", {.use_resource = use_resource});
    v = get_variable(graph, "v", std::vector<double>{0, 0}, {.trainable = false});
    d = get_variable(graph, "d", Tensor::scalar(0.0), {.trainable = false});
  }
  const Output x = graph
                       .apply_op("PlaceholderWithDefault", {Input(std::vector<double>{1, -2})},
                                 {{"shape", Shape({2})}}, "x")
                       .output();
  std::vector<Operation> updates = {
      assign_moving_average(*v, x, 0.75, {.zero_debias = false}).op(),
      assign_moving_average(*v, x, 0.75, {.zero_debias = false, .name = "named"}).op()};
  {
    const ScopeGuard scope = variable_scope(graph, "t", {.use_resource = use_resource});
    updates.push_back(assign_moving_average(*v, x, 0.5).op());
    const Output decay = graph
                             .apply_op("PlaceholderWithDefault", {Input(0.25)},
                                       {{"shape", Shape({})}}, "PlaceholderWithDefault")
                             .output();
    updates.push_back(assign_moving_average(*v, x, decay, {.name = "again"}).op());
    updates.push_back(assign_moving_average(*d, Tensor::scalar(3.0), 0.9).op());
  }
  EXPECT_EQ(difference_from_golden(name, graph), "");
  EXPECT_EQ(difference_after_training(name, graph, 2, updates), "");
}

TEST(MovingAverages, AreAssignedToReferenceVariablesAsTensorFlowDoes) {
  assign_averages(false);
}

TEST(MovingAverages, AreAssignedToResourceVariablesAsTensorFlowDoes) {
  assign_averages(true);
}

TEST(MovingAverages, StandWhereTheVariablesDo) {
  GraphBuilder graph(standard_ops());
  std::optional<Variable> a, b;
  {
    const ScopeGuard device = graph.device("/job:ps/task:0/cpu:0");
    a = get_variable(graph, "a", std::vector<double>{1, 2});
  }
  {
    const ScopeGuard device = graph.device("/job:ps/task:1/cpu:0");
    b = get_variable(graph, "b", std::vector<double>{1, 2}, {.use_resource = true});
  }
  const ScopeGuard device = graph.device("/job:worker");
  const Output loss = reduce_sum(graph, *a * *b);
  const Variable step = get_or_create_global_step(graph);
  AdamOptimizer(0.1).minimize(loss, {.global_step = step});
  ExponentialMovingAverage(0.9, {.num_updates = step}).apply(graph);
  EXPECT_EQ(difference_from_golden("devices", graph), "");
}

TEST(MovingAverages, AreRestoredByTheNamesOfTheAverages) {
  GraphBuilder graph(standard_ops());
  const Variable w = get_variable(graph, "w", 1.0);
  const Variable idle = get_variable(graph, "idle", 1.0, {.trainable = false});
  const Variable step = get_or_create_global_step(graph);
  ExponentialMovingAverage average(0.9);
  EXPECT_EQ(average.average_name(w), "w/ExponentialMovingAverage");
  const auto keys = [&](const SaveableMap& map) {
    std::vector<std::string> names;
    for (const auto& [name, saveable] : map) {
      names.push_back(name + " " + std::get<Variable>(saveable).name());
    }
    return names;
  };
  EXPECT_EQ(keys(average.variables_to_restore(graph)),
            (std::vector<std::string>{"global_step global_step:0", "idle idle:0",
                                      "w/ExponentialMovingAverage w:0"}));
  EXPECT_EQ(keys(average.variables_to_restore(graph, std::vector<Variable>{idle})),
            (std::vector<std::string>{"global_step global_step:0",
                                      "idle/ExponentialMovingAverage idle:0", "w w:0"}));
  EXPECT_EQ(failure([&] {
              average.apply(graph, {w, step});
            }),
            "TypeError: The variables must be half, float, or double: global_step:0");
}

}  // namespace
}  // namespace icecore::inline v0
