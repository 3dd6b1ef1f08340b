// Learning rates against TensorFlow 1.15.5 (tests/golden/training.py).
#include <gtest/gtest.h>
#include <icecore/learning_rates.h>

#include "graph/failure.h"
#include "train/training_golden.h"

namespace icecore::inline v0 {
namespace {

std::vector<Output> all_rates(GraphBuilder& graph, const Variable& step) {
  std::vector<Output> rates = {
      exponential_decay(graph, 0.5, step, 10, 0.9),
      exponential_decay(graph, 0.5, step, 10, 0.9, {.staircase = true, .name = "stairs"}),
      piecewise_constant(graph, step, {9, 25, 100}, {1.0, 0.5, 0.25, 0.125}),
      polynomial_decay(graph, 0.5, step, 100),
      polynomial_decay(graph, 0.5, step, 100,
                       {.end_learning_rate = 0.1, .power = 0.5, .cycle = true, .name = "cycling"}),
      natural_exp_decay(graph, 0.5, step, 10, 0.25),
      natural_exp_decay(graph, 0.5, step, 10, 0.25, {.staircase = true}),
      inverse_time_decay(graph, 0.5, step, 10, 0.5),
      inverse_time_decay(graph, 0.5, step, 10, 0.5, {.staircase = true}),
      cosine_decay(graph, 0.5, step, 100),
      cosine_decay(graph, 0.5, step, 100, {.alpha = 0.1, .name = "cosine"})};
  return rates;
}

void follow_schedules(bool use_resource) {
  const std::string name = use_resource ? "schedules_resource" : "schedules_ref";
  GraphBuilder graph(standard_ops());
  const Variable step = get_variable(graph, "global_step", Tensor::scalar(std::int64_t{0}),
                                     {.trainable = false, .use_resource = use_resource});
  const std::vector<Output> rates = all_rates(graph, step);
  add_random_op(graph, 1);
  EXPECT_EQ(difference_from_golden(name, graph), "");

  constexpr std::array<std::int64_t, 7> kSteps = {0, 1, 9, 10, 25, 100, 120};
  Session session(graph);
  session.run(step.initializer());
  std::vector<Tensor> found;
  for (std::size_t k = 0; k < rates.size(); ++k) found.emplace_back(DType::kFloat32, Shape({7}));
  for (std::size_t i = 0; i < kSteps.size(); ++i) {
    session.assign("global_step", Tensor::scalar(kSteps[i]));
    for (std::size_t k = 0; k < rates.size(); ++k) {
      found[k].mutable_values<float>()[i] = session.run(rates[k]).values<float>()[0];
    }
  }
  for (std::size_t k = 0; k < rates.size(); ++k) {
    EXPECT_EQ(difference_from_value(name, "rate_" + std::to_string(k), found[k]), "");
  }
}

TEST(LearningRates, FollowAReferenceVariableAsTensorFlows) {
  follow_schedules(false);
}

TEST(LearningRates, FollowAResourceVariableAsTensorFlows) {
  follow_schedules(true);
}

TEST(LearningRates, InPiecesSayWhatDoesNotFit) {
  GraphBuilder graph(standard_ops());
  const Output step = graph.placeholder(DType::kFloat32, Shape({}), "step");
  EXPECT_EQ(failure([&] {
              piecewise_constant(graph, step, {1}, {1.0, 2.0});
            }),
            "ValueError: Boundaries (<dtype: 'int32'>) must have the same dtype as x (<dtype: "
            "'float32'>).");
  EXPECT_EQ(failure([&] {
              piecewise_constant(graph, step, {1.0}, {1.0, 2});
            }),
            "ValueError: Values must have elements all with the same dtype (<dtype: 'float32'> vs "
            "<dtype: 'int32'>).");
  EXPECT_EQ(failure([&] { piecewise_constant(graph, step, {1.0}, {1.0}); }),
            "ValueError: The length of boundaries should be 1 less than the length of values");
}

}  // namespace
}  // namespace icecore::inline v0
