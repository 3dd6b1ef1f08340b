#include <gtest/gtest.h>
#include <icecore/error.h>

#include "graph/constant_values.h"
#include "graph/functions.h"
#include "graph/graph_data.h"
#include "graph/graph_writer.h"
#include "graph/node_def.h"
#include "graph/node_text.h"
#include "graph/tensor_def.h"
#include "io/memory_file_system.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

TEST(Graph, KnowsItsOperations) {
  const Graph graph = graph_of(R"(
    node { name: "x" op: "Placeholder" device: "/gpu:0" }
    node { name: "y" op: "MyCustomOp" input: "x" input: "^x" }
  )");
  ASSERT_EQ(graph.size(), 2u);
  EXPECT_EQ(graph.node(0).device, "/gpu:0");
  EXPECT_EQ(graph.node(1).op, "MyCustomOp");
  EXPECT_EQ(graph.node(1).inputs, (std::vector<std::string>{"x", "^x"}));
  EXPECT_EQ(graph.find("y"), 1u);
  EXPECT_EQ(graph.find("z"), std::nullopt);
}

TEST(Graph, GoesOutByteForByteAsItCameIn) {
  // Unknown fields in the GraphDef (15) and in a node (14), versions before the nodes, a second
  // node after the library.
  Piece node;
  node.text(pb::NodeDef::name, "a").varint(14, 7).text(pb::NodeDef::op, "Op");
  Piece graph_def;
  graph_def.message(pb::GraphDef::versions, Piece().varint(1, 27));
  graph_def.message(pb::GraphDef::node, node);
  graph_def.text(15, "unknown").message(pb::GraphDef::library, Piece());
  graph_def.message(pb::GraphDef::node, node);
  const std::string bytes = graph_def.bytes();
  EXPECT_EQ(encode_graph(parse_graph(Span::of(bytes))).read(), bytes);
}

TEST(Graph, LargeConstantsAreStreamedFromWhereTheyLie) {
  const std::string values(1 << 20, 'v');
  const Piece tensor =
      tensor_of_content(DType::kUInt8, Shape({1 << 20}), ByteSource::memory(values));
  Piece value;
  value.message(pb::AttrValue::tensor, tensor);
  const Span node = NodeWriter("c", "Const")
                        .attr("dtype", type_value(DType::kUInt8))
                        .attr("value", value)
                        .finish();
  const Graph graph = make_graph({node, node}, {});
  MemoryFileSystem files;
  std::uint64_t last = 0;
  write_graph(files, "g.pb", graph, Durability::kRename,
              [&](std::uint64_t done, std::uint64_t) { last = done; });
  EXPECT_EQ(files.get("g.pb").size(), encoded_size(graph));
  EXPECT_EQ(last, encoded_size(graph));
  const Graph again = parse_graph(Span::of(files.get("g.pb")));
  const Span copy = *attr_tensor(decode_node(again.data().nodes[1]).attr("value"));
  EXPECT_EQ(decode_tensor(copy).bytes().size(), values.size());
}

TEST(Graph, RefusesTwoGibibytesBeforeItWrites) {
  const ByteSource huge = ByteSource::deferred(std::uint64_t{1} << 31, []() -> std::string {
    ADD_FAILURE() << "values were made";
    return {};
  });
  Piece value;
  value.message(pb::AttrValue::tensor,
                tensor_of_content(DType::kUInt8, Shape({std::int64_t{1} << 31}), huge));
  const Graph graph = make_graph({NodeWriter("c", "Const").attr("value", value).finish()}, {});
  MemoryFileSystem files;
  try {
    write_graph(files, "g.pb", graph, Durability::kRename);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kResourceExhausted) << error.what();
  }
  EXPECT_TRUE(files.list("").empty());
}

TEST(Graph, AFailureWhileWritingLeavesTheOldFile) {
  const ByteSource broken = ByteSource::deferred(
      1 << 20, []() -> std::string { throw Error(Code::kDataLoss, "tensor w is damaged"); });
  Piece value;
  value.message(pb::AttrValue::tensor, tensor_of_content(DType::kUInt8, Shape({1 << 20}), broken));
  const Graph graph = make_graph({NodeWriter("c", "Const").attr("value", value).finish()}, {});
  MemoryFileSystem files;
  files.put("g.pb", "old");
  EXPECT_THROW(write_graph(files, "g.pb", graph, Durability::kRename), Error);
  EXPECT_EQ(files.get("g.pb"), "old");
  EXPECT_EQ(files.list("").size(), 1u);
}

TEST(Graph, CountsTheOpsOfReachableFunctionsOnce) {
  const Graph graph = graph_of(R"(
    node { name: "a" op: "outer" }
    node { name: "b" op: "outer" }
    node { name: "c" op: "While" attr { key: "body" value { func { name: "body" } } } }
    library {
      function { signature { name: "outer" } node_def { name: "n" op: "inner" } }
      function { signature { name: "inner" } node_def { name: "n" op: "Relu" } }
      function { signature { name: "body" } node_def { name: "n" op: "inner" }
                 node_def { name: "m" op: "body" } }
      function { signature { name: "unused" } node_def { name: "n" op: "Tanh" } }
    })");
  EXPECT_EQ(count_ops(graph),
            (std::map<std::string, std::size_t>{
                {"outer", 2}, {"While", 1}, {"inner", 2}, {"Relu", 1}, {"body", 1}}));
}

TEST(Graph, InputsAreNamesWithAnOutputOrAControlMark) {
  EXPECT_EQ(parse_input("a:2").node, "a");
  EXPECT_EQ(parse_input("a:2").output, 2);
  EXPECT_TRUE(parse_input("^a").control);
  EXPECT_EQ(parse_input("a").output, 0);
  EXPECT_EQ(parse_input("f:out:0").node, "f:out");
}

TEST(Graph, TheLastOfARepeatedAttributeCounts) {
  const Span node = parse_text(
      R"(attr { key: "T" value { type: DT_FLOAT } } attr { key: "T" value { type: DT_INT32 } })",
      message_schema("NodeDef"));
  EXPECT_EQ(attr_type(decode_node(node).attr("T")), DType::kInt32);
}

TEST(Graph, DamagedNodesAreDataLoss) {
  try {
    parse_graph(Span::of("\x0a\x05\x0a\x7f"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kDataLoss);
  }
}

}  // namespace
}  // namespace icecore::inline v0
