// freeze_graph by its classic arguments, of a graph whose outputs are partly a host function's: the
// message is TensorFlow's, and it runs once the function is there again.
#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/freeze.h>
#include <icecore/import_graph_def.h>
#include <icecore/load_graph.h>
#include <icecore/session.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <numeric>

#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "twins/values.h"

namespace icecore::inline v0 {
namespace {

const std::string kFolder = std::string(ICECORE_TEST_DATA) + "/golden/host_function/";
const std::string kOutputs = "a/BiasAdd,b_prob, rois/PyFunc,count,halves";

// Attributes in any order, as a map of a message has them; else byte for byte.
std::string as_text(const Graph& graph) {
  std::string text;
  for (const Span& encoded : graph.data().nodes) {
    const NodeDef node = decode_node(encoded);
    text += std::string(node.name) + " " + std::string(node.op) + " on " + std::string(node.device);
    for (const std::string_view input : node.inputs) text += " " + std::string(input);
    std::map<std::string, std::string> attrs;
    for (const auto& [key, value] : node.attrs) attrs[std::string(key)] = value.read();
    for (const auto& [key, value] : attrs) {
      text += "\n  " + key;
      for (const char c : value) text += " " + std::to_string(static_cast<unsigned char>(c));
    }
    text += '\n';
  }
  return text + std::to_string(graph.data().others.size()) + " other fields\n";
}

std::vector<Tensor> sorted_rows(std::span<const Tensor> inputs) {
  const auto rows = static_cast<std::size_t>(inputs[0].shape().dim(0));
  const auto columns = static_cast<std::size_t>(inputs[0].shape().dim(1));
  const std::span<const float> values = inputs[0].values<float>();
  std::vector<std::size_t> order(rows);
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::size_t row) { return values[row * columns]; });
  const auto limit = std::min(rows, static_cast<std::size_t>(inputs[1].item<float>()));
  Tensor sorted(DType::kFloat32, {static_cast<std::int64_t>(limit), inputs[0].shape().dim(1)});
  for (std::size_t i = 0; i < limit; ++i) {
    std::ranges::copy(
        values.subspan(order[i] * columns, columns),
        sorted.mutable_values<float>().begin() + static_cast<std::ptrdiff_t>(i * columns));
  }
  return {sorted, Tensor::scalar(static_cast<std::int64_t>(rows))};
}

class FreezeHostFunction : public testing::Test {
 protected:
  ~FreezeHostFunction() override { std::filesystem::remove(written_); }

  Graph freeze(const std::string& blacklist = {}) {
    return freeze_graph(kFolder + "model.pb", "", false, kFolder + "save/model-3", kOutputs,
                        "save/restore_all", "save/Const:0", written_, false, "", "", blacklist);
  }

  const std::string written_ =
      testing::TempDir() + "icecore_host_function_" + std::to_string(::getpid()) + ".pb";
};

TEST_F(FreezeHostFunction, GivesTensorFlowsMessage) {
  EXPECT_EQ(as_text(freeze()), as_text(load_graph(kFolder + "frozen.pb")));
  EXPECT_EQ(as_text(load_graph(written_)), as_text(load_graph(kFolder + "frozen.pb")));
  EXPECT_EQ(as_text(freeze("rois/bias")), as_text(load_graph(kFolder + "frozen_but_bias.pb")));
}

TEST_F(FreezeHostFunction, ComputesTheSameOnceTheFunctionIsThere) {
  GraphBuilder graph(standard_ops());
  freeze();
  import_graph_def(graph, load_graph(written_), {.name = ""});
  Session session(graph);
  const Tensor x = Tensor::of<float>({3, 3}, {1, 2, 3, -1, 0, 1, 0, 0, 0});
  EXPECT_THROW(session.run({{"x:0", x}}, "b_prob:0"), Error);
  const std::string token =
      std::get<std::string>(graph.get_operation_by_name("rois/PyFunc").attr("token"));
  session.set_host_function(token, sorted_rows);
  const std::vector<Tensor> out = session.run(
      {{"x:0", x}}, {"a/BiasAdd:0", "b_prob:0", "rois/PyFunc:0", "count:0", "halves:0"});
  EXPECT_EQ(elements_text(out[0]), "4.5 4.5 1.5 0 0.5 -1");
  EXPECT_EQ(elements_text(out[1]), "0.817574 0.182426 0.817574 0.182426");
  EXPECT_EQ(elements_text(out[2]), "0.75 -0.75 1.75 0.25");
  EXPECT_EQ(elements_text(out[3]), "3");
  EXPECT_EQ(elements_text(out[4]), "1.5");
  session.set_host_function("rois/PyFunc", sorted_rows);
  EXPECT_EQ(elements_text(session.run({{"x:0", x}}, "count:0")), "3");
}

TEST_F(FreezeHostFunction, RefusesWhatTensorFlowRefuses) {
  const auto message = [](auto run) -> std::string {
    try {
      run();
      return "nothing";
    } catch (const Error& error) {
      return error.message();
    }
  };
  EXPECT_EQ(message([] { freeze_graph("", "", false, "gone", "x", "", "", "", false, ""); }),
            "Input checkpoint 'gone' doesn't exist!");
  EXPECT_EQ(message([] {
              freeze_graph(kFolder + "model.pb", "", false, kFolder + "save/model-3", "", "", "",
                           "", false, "");
            }),
            "You need to supply the name of a node to --output_node_names.");
}

}  // namespace
}  // namespace icecore::inline v0
