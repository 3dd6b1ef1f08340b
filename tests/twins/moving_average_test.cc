// The twin of 15_moving_average: averages of weights and of a loss, and evaluation with them.
#include <gtest/gtest.h>
#include <icecore/checkpoint_state.h>
#include <icecore/losses.h>
#include <icecore/math.h>
#include <icecore/moving_average.h>
#include <icecore/ops.h>
#include <icecore/optimizers.h>
#include <icecore/saver.h>
#include <icecore/session.h>

#include <cmath>

#include "../examples/numpy_random.h"
#include "twins/graph_compare.h"
#include "twins/script_folder.h"

namespace icecore::inline v0 {
namespace {

using Names = std::vector<std::string>;

Names names_of(const std::vector<Variable>& variables) {
  Names names;
  for (const Variable& variable : variables) names.push_back(variable.name());
  return names;
}

Output net(GraphBuilder& graph, const Output& x) {
  const ScopeGuard scope = variable_scope(graph, "net");
  const Variable w1 =
      get_variable(graph, "w1", Shape({3, 6}), {.initializer = random_normal_initializer(0, 1, 1)});
  const Variable b1 =
      get_variable(graph, "b1", Shape({6}), {.initializer = constant_initializer(0.2)});
  const Variable w2 =
      get_variable(graph, "w2", Shape({6, 1}), {.initializer = random_normal_initializer(0, 1, 2)});
  return matmul(graph, ops::sin(graph, matmul(graph, x, w1) + b1), w2);
}

void expect_near(const Tensor& found, const std::vector<double>& expected) {
  ASSERT_EQ(found.num_elements(), static_cast<std::int64_t>(expected.size()));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_NEAR(found.values<float>()[i], expected[i], 1e-5 + 1e-3 * std::abs(expected[i])) << i;
  }
}

class MovingAverageScript : public testing::Test {
 protected:
  MovingAverageScript() : data_(NumpyRandom(15).normal(Shape({50, 3}))) {
    for (std::size_t i = 0; i < 50; ++i) {
      const auto row = data_.values<float>().subspan(3 * i, 3);
      goal_.mutable_values<float>()[i] = std::sin(row[0] + row[1] + row[2]);
    }
  }

  float error_of(Session& session, const Output& x, const Output& out) const {
    const Tensor found = session.run({{x, data_}}, out);
    float sum = 0;
    for (std::size_t i = 0; i < 50; ++i) {
      const float error = found.values<float>()[i] - goal_.values<float>()[i];
      sum += error * error;
    }
    return sum / 50;
  }

  void train();
  void evaluate() const;

  const std::vector<double> average_of_w2_ = {-0.300601, 0.040950, 0.121257,
                                              -0.349707, 0.311195, -0.882909};
  Tensor data_, goal_ = Tensor(DType::kFloat32, Shape({50, 1}));
};

void MovingAverageScript::train() {
  GraphBuilder graph(standard_ops());
  const Output x = graph.placeholder(DType::kFloat32, Shape({-1, 3}));
  const Output y = graph.placeholder(DType::kFloat32, Shape({-1, 1}));
  const Output loss = losses::mean_squared_error(graph, y, net(graph, x));
  const Variable step = make_variable(graph, 0, {.name = "global_step", .trainable = false});
  ExponentialMovingAverage average(0.95, {.num_updates = step});
  ExponentialMovingAverage watch(0.9, {.zero_debias = true, .name = "watch"});
  const Operation watching = watch.apply(graph, {loss});
  const Operation descent = GradientDescentOptimizer(0.05).minimize(loss, {.global_step = step});
  Operation train;
  {
    const ScopeGuard after = graph.control_dependencies({descent, watching});
    train = average.apply(graph);
  }
  EXPECT_EQ(train.name(), "ExponentialMovingAverage");
  EXPECT_EQ(
      names_of(global_variables(graph)),
      (Names{"net/w1:0", "net/b1:0", "net/w2:0", "global_step:0",
             "mean_squared_error/value/watch:0", "mean_squared_error/value/watch/biased:0",
             "mean_squared_error/value/watch/local_step:0", "net/w1/ExponentialMovingAverage:0",
             "net/b1/ExponentialMovingAverage:0", "net/w2/ExponentialMovingAverage:0"}));
  EXPECT_EQ(average.average(trainable_variables(graph)[1])->name(),
            "net/b1/ExponentialMovingAverage:0");
  Saver saver(graph, {.max_to_keep = 1});
  const Operation init = global_variables_initializer(graph);
  EXPECT_EQ(difference_from_file("../scripts/expected/15_moving_average/graphs/0.pb", graph), "");

  Session session(graph);
  session.run(init);
  const std::vector<double> losses = {2.989792, 0.833053, 0.462391, 0.348431, 0.290301};
  const std::vector<double> watched = {2.989792, 1.444219, 0.840269, 0.559744, 0.412798};
  for (std::size_t i = 0; i < 40; ++i) {
    const std::vector<Tensor> found = session.run({{x, data_}, {y, goal_}}, {train, loss});
    if (i % 8 != 0) continue;
    expect_near(found[1], {losses[i / 8]});
    expect_near(session.run(*watch.average(loss)), {watched[i / 8]});
    saver.save(session, "average", {.global_step = step});
  }
  expect_near(session.run("net/w2:0"),
              {-0.281698, 0.049316, 0.140432, -0.334566, 0.334919, -0.863206});
  expect_near(session.run("net/w2/ExponentialMovingAverage:0"), average_of_w2_);
  EXPECT_EQ(saver.save(session, "average", {.global_step = step}), "average-40");
}

void MovingAverageScript::evaluate() const {
  GraphBuilder graph(standard_ops());
  const Output x = graph.placeholder(DType::kFloat32, Shape({-1, 3}));
  const Output out = net(graph, x);
  const SaveableMap names = ExponentialMovingAverage(0.95).variables_to_restore(graph);
  EXPECT_EQ(names.size(), 3U);
  EXPECT_EQ(std::get<Variable>(names.at("net/b1/ExponentialMovingAverage")).name(), "net/b1:0");
  Session session(graph);
  Saver(graph, {.var_list = names}).restore(session, latest_checkpoint(".").value());
  expect_near(session.run("net/w2:0"), average_of_w2_);
  EXPECT_NEAR(error_of(session, x, out), 0.269729, 1e-4);
  Saver(graph).restore(session, latest_checkpoint(".").value());
  EXPECT_NEAR(error_of(session, x, out), 0.248967, 1e-4);
  const std::vector<Variable> trained = trainable_variables(graph);
  Saver(graph, {.var_list = SaveableList(trained.begin(), trained.end())}).save(session, "plain");
  EXPECT_EQ(difference_from_file("../scripts/expected/15_moving_average/graphs/1.pb", graph), "");
}

TEST_F(MovingAverageScript, TrainsAndEvaluatesAsTheScriptDoes) {
  const ScriptFolder folder("moving_average");
  train();
  evaluate();
}

TEST(MovingAverage, OfACountedQuantityIsTheScripts) {
  GraphBuilder graph(standard_ops());
  const Variable v = make_variable(graph, 0.0, {.name = "v"});
  ExponentialMovingAverage average(0.5);
  const Operation apply = average.apply(graph, {v});
  const Operation init = global_variables_initializer(graph);
  std::vector<double> found;
  Session session(graph);
  session.run(init);
  for (const double value : {1.0, 2.0, 4.0}) {
    session.run(graph.apply_op("Assign", {Input(v.ref()), Input(value)}, {{"use_locking", false}}));
    session.run(apply);
    found.push_back(session.run(*average.average(v)).values<float>()[0]);
  }
  EXPECT_EQ(found, (std::vector<double>{0.5, 1.25, 2.625}));
  EXPECT_EQ(difference_from_file("../scripts/expected/15_moving_average/graphs/2.pb", graph), "");
}

}  // namespace
}  // namespace icecore::inline v0
