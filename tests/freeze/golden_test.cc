// Frozen graphs equal those of TensorFlow 1.15.5's convert_variables_to_constants.
#include <gtest/gtest.h>
#include <icecore/freeze.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "freeze/graph_difference.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "io/file_system.h"
#include "model/model_file.h"
#include "proto/schema.h"
#include "proto/text_printer.h"

namespace icecore::inline v0 {
namespace {

const std::string kFolder = std::string(ICECORE_TEST_DATA) + "/golden/freeze/";

struct Case {
  std::string name;
  FreezeOptions options;
  std::string frozen;
};

std::vector<Case> cases() {
  const auto document = nlohmann::json::parse(std::ifstream(kFolder + "expected.json"));
  std::vector<Case> all;
  for (const auto& [name, facts] : document.at("cases").items()) {
    const std::string folder = kFolder + name + "/";
    Case golden{name, {}, folder + facts.at("frozen").get<std::string>()};
    golden.options.input_graph = folder + facts.at("meta").get<std::string>();
    if (facts.contains("checkpoint") && !facts["checkpoint"].is_null()) {
      golden.options.input_checkpoint = folder + facts["checkpoint"].get<std::string>();
    }
    golden.options.output_node_names = facts.at("outputs").get<std::vector<std::string>>();
    all.push_back(std::move(golden));
  }
  return all;
}

class Golden : public testing::TestWithParam<Case> {};

TEST_P(Golden, FreezesAsTensorFlowDoes) {
  FreezeOptions options = GetParam().options;
  options.output_graph =
      testing::TempDir() + "icecore_frozen_" + std::to_string(::getpid()) + GetParam().name + ".pb";
  const FreezeResult result = freeze_graph(options);
  const Graph expected = load_model(posix_file_system(), GetParam().frozen).meta_graph().graph;
  EXPECT_EQ(graph_difference(result.graph, expected), "");
  const Graph written = load_model(posix_file_system(), options.output_graph).meta_graph().graph;
  EXPECT_EQ(graph_difference(written, expected), "");
  EXPECT_EQ(std::filesystem::file_size(options.output_graph), result.bytes);
  std::filesystem::remove(options.output_graph);
}

INSTANTIATE_TEST_SUITE_P(TensorFlow115, Golden, testing::ValuesIn(cases()),
                         [](const auto& info) { return info.param.name; });

// How the value of a node is stored, in text format.
std::string stored_value(const Graph& graph, std::string_view name) {
  const NodeDef node = decode_node(graph.data().nodes[*graph.find(name)]);
  return print_text(*node.attr("value"), *find_message("AttrValue"));
}

// The graphs are compared by values above; how TensorFlow's own new constants are stored counts
// too.
TEST(Gathers, HaveAnAxisThatIsStoredAsTensorFlowStoresIt) {
  std::size_t axes = 0;
  for (const Case& golden : cases()) {
    if (golden.name != "resource" && golden.name != "resource_in_cond") continue;
    const Graph frozen = freeze_graph(golden.options).graph;
    const Graph expected = load_model(posix_file_system(), golden.frozen).meta_graph().graph;
    for (const GraphNode& op : expected.nodes()) {
      if (op.op != "Const" || !op.name.ends_with("/axis")) continue;
      EXPECT_EQ(stored_value(frozen, op.name), stored_value(expected, op.name));
      ++axes;
    }
  }
  EXPECT_GE(axes, 2U);
}

TEST(KeepDevices, LeavesDeviceStringsAlone) {
  for (const Case& golden : cases()) {
    FreezeOptions options = golden.options;
    options.clear_devices = false;
    const Graph kept = freeze_graph(options).graph;
    const Graph original = load_model(posix_file_system(), options.input_graph).meta_graph().graph;
    for (const GraphNode& op : kept.nodes()) {
      if (op.device.empty()) continue;
      EXPECT_EQ(op.device, original.node(*original.find(op.name)).device) << op.name;
    }
  }
}

}  // namespace
}  // namespace icecore::inline v0
