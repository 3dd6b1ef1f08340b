#include "graph/prune.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include "graph/node_text.h"

namespace icecore::inline v0 {
namespace {

std::vector<std::string> names(const Graph& graph) {
  std::vector<std::string> all;
  for (const GraphNode& node : graph.nodes()) all.push_back(node.name);
  return all;
}

const char* const kGraph = R"(
  node { name: "unused" op: "Const" }
  node { name: "c" op: "Add" input: "a:1" input: "b" input: "^first" }
  node { name: "a" op: "Split" }
  node { name: "b" op: "Relu" attr { key: "_class" value { list { s: "loc:@held" } } } }
  node { name: "held" op: "Variable" }
  node { name: "first" op: "NoOp" }
  versions { producer: 27 }
)";

TEST(Prune, KeepsInputsControlInputsAndColocatedNodesInTheGraphsOrder) {
  EXPECT_EQ(names(prune(graph_of(kGraph), {"c"})),
            (std::vector<std::string>{"c", "a", "b", "held", "first"}));
}

TEST(Prune, KeepsVersions) {
  EXPECT_EQ(prune(graph_of(kGraph), {"a"}).data().others.size(), 1u);
}

TEST(Prune, NamesEveryMissingOutputAndTheNearestNodes) {
  try {
    prune(graph_of(kGraph), {"hold", "zzzzzz", "a"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kNotFound);
    const std::string message = error.what();
    EXPECT_NE(message.find("'hold' in the graph (nearest: 'held' Variable"), std::string::npos)
        << message;
    EXPECT_NE(message.find("'zzzzzz'"), std::string::npos) << message;
  }
}

TEST(Prune, SaysWhichNodeTakesAnInputThatIsNotThere) {
  try {
    prune(graph_of(R"(node { name: "a" op: "Relu" input: "gone:0" })"), {"a"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kDataLoss);
    EXPECT_STREQ(error.what(), "node 'a' takes 'gone', which isn't in the graph");
  }
}

TEST(Prune, GoesRoundLoops) {
  const Graph graph = graph_of(R"(
    node { name: "merge" op: "Merge" input: "next" }
    node { name: "next" op: "NextIteration" input: "merge" }
  )");
  EXPECT_EQ(prune(graph, {"next"}).size(), 2u);
}

}  // namespace
}  // namespace icecore::inline v0
