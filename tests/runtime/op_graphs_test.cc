// Ops that keep something, write files or steer the flow, against TensorFlow 1.15.5's values
// (tests/golden/op_graphs.py).
#include <gtest/gtest.h>
#include <icecore/checkpoint.h>
#include <icecore/error.h>
#include <icecore/load_graph.h>
#include <icecore/session.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "graph/graph_data.h"
#include "ops/golden_family.h"

namespace icecore::inline v0 {
namespace {

class OpGraphs : public testing::TestWithParam<std::string> {
 protected:
  OpGraphs() : folder_(testing::TempDir() + "op_graphs_" + GetParam()) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~OpGraphs() override { std::filesystem::remove_all(folder_); }

  const std::string prefix_ = ICECORE_TEST_DATA "/golden/" + GetParam();
  const std::string folder_;
  const Graph graph_ = load_graph(prefix_ + ".pb");
  const Checkpoint wanted_ = Checkpoint::open(prefix_);

  void run_step(Session& session, const std::string& name, const std::string& step) {
    SCOPED_TRACE(step);
    std::vector<TensorName> fetches;
    for (;;) {
      const std::string fetch = step + "_" + std::to_string(fetches.size());
      if (!graph_.find(fetch)) break;
      fetches.emplace_back(fetch + ":0");
    }
    std::vector<Feed> feeds;
    if (graph_.find(name + "/folder")) {
      feeds.push_back({name + "/folder:0", Tensor::scalar(folder_)});
    }
    std::vector<Tensor> values;
    try {
      values = session.run(feeds, fetches, {step});
    } catch (const Error& error) {
      ASSERT_TRUE(wanted_.contains(step + "/error")) << error.message();
      EXPECT_EQ(code_name(error.code()), wanted_.read(step + "/error").strings()[0])
          << error.message();
      return;
    }
    ASSERT_FALSE(wanted_.contains(step + "/error")) << "no error";
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Tensor expected = wanted_.read(step + "_" + std::to_string(i));
      EXPECT_EQ(difference(values[i], expected, std::nullopt), "") << "value " << i;
    }
  }
};

TEST_P(OpGraphs, GiveTensorFlowsValues) {
  std::set<std::string> cases;
  for (std::size_t i = 0; i < graph_.size(); ++i) {
    const std::string_view name = graph_.data().names[i];
    cases.emplace(name.substr(0, name.find('/')));
  }
  EXPECT_GT(cases.size(), 2U);
  for (const std::string& name : cases) {
    SessionOptions options;
    options.allow_io = folder_;
    Session session(graph_, options);
    for (int k = 0;; ++k) {
      const std::string step = name + "/step" + std::to_string(k);
      if (!graph_.find(step)) break;
      run_step(session, name, step);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Goldens, OpGraphs, testing::Values("op_graphs", "old_op_graphs"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace icecore::inline v0
