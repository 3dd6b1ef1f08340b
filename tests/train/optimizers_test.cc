// Optimizers against TensorFlow 1.15.5: nodes, names, slots, seeds afterwards, and values after
// some steps (tests/golden/training.py).
#include <gtest/gtest.h>
#include <icecore/optimizers.h>

#include <functional>
#include <memory>

#include "train/training_golden.h"

namespace icecore::inline v0 {
namespace {

struct OptimizerCase {
  std::string name;
  std::function<std::unique_ptr<Optimizer>()> make;
  std::string operation;  // Name of the training operation; empty: the optimizer's.
};

void PrintTo(const OptimizerCase& test, std::ostream* out) {
  *out << test.name;
}

class GoldenOptimizer : public testing::TestWithParam<OptimizerCase> {
 protected:
  static void check(bool use_resource) {
    const OptimizerCase& test = GetParam();
    const std::string name = test.name + (use_resource ? "_resource" : "_ref");
    GraphBuilder graph(standard_ops());
    graph.set_random_seed(7);
    const Output loss = golden_network(graph, use_resource);
    const Variable step = get_or_create_global_step(graph);
    const std::unique_ptr<Optimizer> optimizer = test.make();
    const Operation train =
        optimizer->minimize(loss, {.global_step = step, .name = test.operation});
    add_random_op(graph);
    EXPECT_EQ(difference_from_golden(name, graph), "");
    EXPECT_EQ(difference_after_training(name, graph, 4, {train}), "");
  }
};

TEST_P(GoldenOptimizer, TrainsReferenceVariablesAsTensorFlowDoes) {
  check(false);
}

TEST_P(GoldenOptimizer, TrainsResourceVariablesAsTensorFlowDoes) {
  check(true);
}

template <typename T, typename... Arguments>
std::function<std::unique_ptr<Optimizer>()> made(Arguments... arguments) {
  return [=] { return std::make_unique<T>(arguments...); };
}

INSTANTIATE_TEST_SUITE_P(
    All, GoldenOptimizer,
    testing::Values(
        OptimizerCase{"gradient_descent", made<GradientDescentOptimizer>(0.1), ""},
        OptimizerCase{"momentum", made<MomentumOptimizer>(0.1, 0.9), ""},
        OptimizerCase{"nesterov",
                      made<MomentumOptimizer>(0.1, 0.9,
                                              MomentumOptions{.use_locking = true,
                                                              .name = "Nesterov",
                                                              .use_nesterov = true}),
                      ""},
        OptimizerCase{"adam", made<AdamOptimizer>(0.1, AdamOptions{.epsilon = 1e-6}), "train"},
        OptimizerCase{"rms_prop", made<RmsPropOptimizer>(0.05, RmsPropOptions{.momentum = 0.5}),
                      ""},
        OptimizerCase{
            "centered_rms_prop",
            made<RmsPropOptimizer>(0.05,
                                   RmsPropOptions{.decay = 0.8, .epsilon = 1e-3, .centered = true}),
            ""},
        OptimizerCase{"adagrad", made<AdagradOptimizer>(0.2), ""}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace icecore::inline v0
