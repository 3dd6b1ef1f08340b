// The twin of 08_mlp_adam_resume: a small network under Adam, stopped in the middle, and gone on
// with from its checkpoint exactly there.
#include <gtest/gtest.h>
#include <icecore/checkpoint_state.h>
#include <icecore/math.h>
#include <icecore/nn.h>
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

class MlpAdamResume : public testing::Test {
 protected:
  MlpAdamResume() : points_(NumpyRandom(5).uniform(-1, 1, Shape({200, 2}))) {
    for (std::size_t i = 0; i < 200; ++i) {
      const float x = points_.values<float>()[2 * i], y = points_.values<float>()[2 * i + 1];
      inside_.mutable_values<float>()[i] = x * x + y * y < 0.5F ? 1.0F : 0.0F;
    }
    graph_.set_random_seed(42);
    x_ = graph_.placeholder(DType::kFloat32, Shape({-1, 2}));
    t_ = graph_.placeholder(DType::kFloat32, Shape({-1, 1}));
    const Output h1 = dense(x_, 16, "h1"), h2 = dense(h1, 8, "h2"), logits = dense(h2, 1, "out");
    loss_ = reduce_mean(graph_, sigmoid_cross_entropy_with_logits(graph_, t_, logits));
    step_ = get_or_create_global_step(graph_);
    AdamOptimizer optimizer(0.02);
    train_ = optimizer.minimize(loss_, {.global_step = *step_});
    saver_ = Saver(graph_, {.max_to_keep = 1});
  }

  Output dense(const Output& inputs, std::int64_t size, const std::string& name) {
    const ScopeGuard scope = variable_scope(graph_, name);
    const Variable w = get_variable(graph_, "w", Shape({inputs.shape().dim(1), size}),
                                    {.initializer = truncated_normal_initializer(0, 0.3)});
    const Variable b =
        get_variable(graph_, "b", Shape({size}), {.initializer = constant_initializer(0.0)});
    const Output out = xw_plus_b(graph_, inputs, w, b);
    if (name == "h1") return ops::relu(graph_, out);
    if (name == "h2") return ops::tanh(graph_, out);
    return out;
  }

  // Rows from `first` on, 50 of them.
  static Tensor batch(const Tensor& rows, std::int64_t first) {
    const std::int64_t width = rows.shape().dim(1);
    Tensor part(DType::kFloat32, Shape({50, width}));
    for (std::int64_t i = 0; i < 50 * width; ++i) {
      part.mutable_values<float>()[static_cast<std::size_t>(i)] =
          rows.values<float>()[static_cast<std::size_t>(first * width + i)];
    }
    return part;
  }

  // The losses of every sixth step.
  std::vector<float> train_up_to(Session& session, std::int64_t steps) {
    std::vector<float> losses;
    for (;;) {
      const std::int64_t n = session.run(*step_).values<std::int64_t>()[0];
      if (n >= steps) return losses;
      const std::int64_t first = n * 50 % 200;
      const std::vector<Tensor> found =
          session.run({{x_, batch(points_, first)}, {t_, batch(inside_, first)}}, {train_, loss_});
      if (n % 6 == 5) losses.push_back(found[1].values<float>()[0]);
    }
  }

  static void expect_near(const std::vector<float>& found, const std::vector<double>& expected) {
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_NEAR(found[i], expected[i], 1e-5 + 1e-3 * expected[i]) << i;
    }
  }

  Tensor points_, inside_ = Tensor(DType::kFloat32, Shape({200, 1}));
  GraphBuilder graph_{standard_ops()};
  Output x_, t_, loss_;
  std::optional<Variable> step_;
  Operation train_;
  std::optional<Saver> saver_;
};

TEST_F(MlpAdamResume, HasTheScriptsGraphsAndGoesOnWhereItStopped) {
  const ScriptFolder folder("mlp_adam_resume");
  // The run that resumes makes no initializer.
  EXPECT_EQ(difference_from_file("../scripts/expected/08_mlp_adam_resume/graphs/1.pb", graph_), "");
  const Operation init = global_variables_initializer(graph_);
  EXPECT_EQ(difference_from_file("../scripts/expected/08_mlp_adam_resume/graphs/0.pb", graph_), "");
  EXPECT_EQ(global_variables(graph_).back().name(), "out/b/Adam_1:0");

  const std::vector<double> first = {0.636138, 0.510882, 0.423201, 0.336570, 0.213445};
  const std::vector<double> second = {0.192440, 0.112309, 0.123088, 0.067124, 0.089682};
  std::string path;
  {
    Session session(graph_);
    session.run(init);
    EXPECT_NEAR(session.run(trainable_variables(graph_)[0]).values<float>()[1], -0.472629, 1e-5);
    expect_near(train_up_to(session, 30), first);
    EXPECT_NEAR(session.run("beta1_power:0").values<float>()[0], 0.0381520, 1e-6);
    path = saver_->save(session, "run/mlp", {.global_step = *step_});
  }
  EXPECT_EQ(path, "run/mlp-30");
  Session session(graph_);
  saver_->restore(session, latest_checkpoint("run").value());
  expect_near(train_up_to(session, 60), second);
  EXPECT_NEAR(session.run("beta2_power:0").values<float>()[0], 0.9407953, 1e-5);
}

}  // namespace
}  // namespace icecore::inline v0
