// The shapes that the standard ops infer while a graph is built or imported.
#include <gtest/gtest.h>
#include <icecore/op_set.h>

#include <algorithm>

#include "graph/built_graphs.h"

namespace icecore::inline v0 {
namespace {

// Whether the op, and all that its shape hangs on, are implemented.
std::vector<bool> known_nodes(const GraphBuilder& graph) {
  std::vector<bool> known;
  for (const Operation& operation : graph.operations()) {
    const OpImplementation* op = graph.ops().find(operation.type());
    const std::vector<Output> inputs = operation.inputs();
    known.push_back(op != nullptr && op->shape != nullptr &&
                    std::ranges::all_of(inputs, [&](const Output& input) {
                      const auto id = static_cast<std::size_t>(input.op().id());
                      return id >= known.size() || known[id];
                    }));
  }
  return known;
}

TEST(BuiltGraphs, HaveTensorFlowsShapes) {
  std::size_t compared = 0;
  for (const BuiltGraph& built : built_graphs()) {
    GraphBuilder graph;
    built.build(graph);
    const std::vector<bool> known = known_nodes(graph);
    const std::vector<std::string> expected = node_texts(golden_graph(built.name), true);
    const std::vector<std::string> got = node_texts(graph.graph(true), true);
    ASSERT_EQ(got.size(), expected.size()) << built.name;
    for (std::size_t i = 0; i < got.size(); ++i) {
      if (!known[i]) continue;
      ++compared;
      EXPECT_EQ(got[i], expected[i]) << built.name << ", node " << i;
    }
  }
  EXPECT_GT(compared, 150U);
}

}  // namespace
}  // namespace icecore::inline v0
