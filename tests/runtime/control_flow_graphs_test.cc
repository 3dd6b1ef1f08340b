// Branches and loops as TensorFlow's Python builds them, with what TensorFlow computed beside
// (tests/golden/make_control_flow_graphs.py).
#include <gtest/gtest.h>
#include <icecore/load_graph.h>
#include <icecore/session.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

namespace icecore::inline v0 {
namespace {

std::vector<std::string> graph_files() {
  std::vector<std::string> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(ICECORE_TEST_DATA "/golden/control_flow")) {
    files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  return files;
}

void expect_equal(const Tensor& value, const Tensor& expected) {
  ASSERT_EQ(value.dtype(), expected.dtype());
  ASSERT_EQ(to_string(value.shape()), to_string(expected.shape()));
  for (std::int64_t i = 0; i < value.num_elements(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (value.dtype() == DType::kFloat32) {
      const float wanted = expected.values<float>()[at];
      EXPECT_NEAR(value.values<float>()[at], wanted, 1e-5F * std::max(1.0F, std::abs(wanted)));
    } else {
      EXPECT_EQ(value.values<std::int32_t>()[at], expected.values<std::int32_t>()[at]);
    }
  }
}

class ControlFlowGraphs : public testing::TestWithParam<std::string> {};

TEST_P(ControlFlowGraphs, GiveWhatTensorFlowComputes) {
  const Graph graph = load_graph(GetParam());
  Session session(graph);
  std::vector<TensorName> results, expected;
  while (graph.find("result_" + std::to_string(results.size()))) {
    const std::string i = std::to_string(results.size());
    results.emplace_back("result_" + i + ":0");
    expected.emplace_back("expected_" + i + ":0");
  }
  ASSERT_FALSE(results.empty());
  const std::vector<Tensor> wanted = session.run({}, expected);
  for (int run = 0; run < 2; ++run) {
    const std::vector<Tensor> values = session.run({}, results);
    for (std::size_t i = 0; i < values.size(); ++i) expect_equal(values[i], wanted[i]);
  }
}

INSTANTIATE_TEST_SUITE_P(Golden, ControlFlowGraphs, testing::ValuesIn(graph_files()),
                         [](const auto& info) {
                           return std::filesystem::path(info.param).stem().string();
                         });

}  // namespace
}  // namespace icecore::inline v0
