// The twin of 06_linear_regression: a line fitted by gradient descent, saved now and then, restored
// and trained on.
#include <gtest/gtest.h>
#include <icecore/array.h>
#include <icecore/checkpoint_state.h>
#include <icecore/gradients.h>
#include <icecore/math.h>
#include <icecore/ops.h>
#include <icecore/optimizers.h>
#include <icecore/random.h>
#include <icecore/saver.h>
#include <icecore/session.h>

#include "../examples/numpy_random.h"
#include "twins/graph_compare.h"
#include "twins/script_folder.h"

namespace icecore::inline v0 {
namespace {

float scalar_of(const Tensor& tensor) {
  return tensor.values<float>()[0];
}

TEST(LinearRegression, HasTheScriptsGraphAndValues) {
  const ScriptFolder folder("linear_regression");
  Tensor train_x(DType::kFloat32, Shape({40})), train_y(DType::kFloat32, Shape({40}));
  const Tensor noise = NumpyRandom(1).normal(Shape({40}));
  for (std::size_t i = 0; i < 40; ++i) {
    const auto x = static_cast<float>(-1 + 2.0 * static_cast<double>(i) / 39);
    train_x.mutable_values<float>()[i] = x;
    train_y.mutable_values<float>()[i] = 3.0F * x - 0.75F + 0.05F * noise.values<float>()[i];
  }

  GraphBuilder graph(standard_ops());
  graph.set_random_seed(12);
  const Output x = graph.placeholder(DType::kFloat32, Shape::unknown_rank(), "X");
  const Output y = graph.placeholder(DType::kFloat32, Shape::unknown_rank(), "Y");
  const Variable w = make_variable(graph, random_normal(graph, Shape({1}), 0.0, 1.0, {.seed = 1}),
                                   {.name = "weight"});
  const Variable b = make_variable(graph, zeros(graph, Shape({1})), {.name = "bias"});
  const Output pred = ops::add(graph, ops::mul(graph, x, w), b, "pred");
  const Output square = graph.apply_op("Pow", {Input(pred - y), Input(2)}).output();
  const Output cost = reduce_sum(graph, square) / 80;
  const std::vector<Gradient> grads = gradients(graph, {cost}, {w.ref(), b.ref()});
  const Output dw = std::get<Output>(grads[0]), db = std::get<Output>(grads[1]);
  EXPECT_EQ(dw.name(), "gradients/Mul_grad/Reshape_1:0");
  EXPECT_EQ(db.name(), "gradients/pred_grad/Reshape_1:0");
  GradientDescentOptimizer optimizer(0.2);
  const Operation train = optimizer.minimize(cost, {.name = "train"});
  Saver saver(graph, {.max_to_keep = 2});
  const Operation init = global_variables_initializer(graph);
  EXPECT_EQ(difference_from_file("../scripts/expected/06_linear_regression/graphs/0.pb", graph),
            "");

  const std::vector<Feed> feeds = {{x, train_x}, {y, train_y}};
  std::vector<float> costs, dws, dbs;
  {
    Session session(graph);
    session.run(init);
    EXPECT_NEAR(scalar_of(session.run(w)), -0.518156, 1e-5);
    for (int epoch = 0; epoch < 60; ++epoch) {
      session.run(feeds, {}, {train});
      if (epoch % 15 != 0) continue;
      const std::vector<Tensor> found = session.run(feeds, {cost, dw, db});
      costs.push_back(scalar_of(found[0]));
      dws.push_back(scalar_of(found[1]));
      dbs.push_back(scalar_of(found[2]));
      saver.save(session, "./line", {.global_step = epoch});
    }
    EXPECT_NEAR(scalar_of(session.run(w)), 2.956957, 1e-4);
    EXPECT_NEAR(scalar_of(session.run(b)), -0.754479, 1e-4);
    saver.save(session, "./line");
  }
  const std::vector<double> expected_costs = {2.060756, 0.213642, 0.025159, 0.003875};
  const std::vector<double> expected_dws = {-1.147088, -0.385693, -0.129684, -0.043605};
  const std::vector<double> expected_dbs = {0.603584, 0.021237, 0.000747, 0.000026};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(costs.at(i), expected_costs[i], 1e-5 + 1e-4 * expected_costs[i]);
    EXPECT_NEAR(dws.at(i), expected_dws[i], 1e-4);
    EXPECT_NEAR(dbs.at(i), expected_dbs[i], 1e-5);
  }
  EXPECT_EQ(latest_checkpoint("."), "./line");
  EXPECT_EQ(saver.last_checkpoints(), (std::vector<std::string>{"./line-45", "./line"}));

  Session session(graph);
  saver.restore(session, "./line");
  const Tensor some = Tensor::of<float>(Shape({3}), {0, 1, 10});
  const Tensor predicted = session.run({{x, some}}, pred);
  EXPECT_NEAR(predicted.values<float>()[1], 2.202479, 1e-4);
  EXPECT_NEAR(predicted.values<float>()[2], 28.815094, 1e-3);
  for (std::size_t i = 0; i < 10; ++i) {
    session.run({{x, Tensor::scalar(train_x.values<float>()[i])},
                 {y, Tensor::scalar(train_y.values<float>()[i])}},
                {}, {train});
  }
  EXPECT_NEAR(scalar_of(session.run(w)), 2.958214, 1e-4);
  EXPECT_NEAR(scalar_of(session.run(b)), -0.756095, 1e-4);
  EXPECT_NEAR(scalar_of(session.run(feeds, cost)), 0.0014989, 1e-6);
}

}  // namespace
}  // namespace icecore::inline v0
