#include <gtest/gtest.h>

#include "graph/built_graphs.h"
#include "graph/graph_data.h"

namespace icecore::inline v0 {
namespace {

TEST(BuiltGraphs, AreTensorFlowsNodeForNode) {
  for (const BuiltGraph& built : built_graphs()) {
    GraphBuilder graph{OpSet()};
    built.build(graph);
    const std::vector<std::string> expected = node_texts(golden_graph(built.name), false);
    const std::vector<std::string> got = node_texts(graph.graph(), false);
    for (std::size_t i = 0; i < std::min(expected.size(), got.size()); ++i) {
      EXPECT_EQ(got[i], expected[i]) << built.name << ", node " << i;
      if (got[i] != expected[i]) break;
    }
    EXPECT_EQ(got.size(), expected.size()) << built.name;
    EXPECT_TRUE(graph.current_name_scope().empty()) << built.name;
  }
}

TEST(BuiltGraphs, SayWhichVersionOfGraphsTheyAre) {
  GraphBuilder graph{OpSet()};
  EXPECT_EQ(producer_version(graph.graph()), 134);
}

}  // namespace
}  // namespace icecore::inline v0
