// Branches and loops in meta graphs: control_flow() of tests/golden/saver.py.
#include <gtest/gtest.h>
#include <icecore/control_flow.h>
#include <icecore/meta_graph.h>

#include "proto/schema.h"
#include "proto/text_printer.h"
#include "saver/golden_metas.h"

namespace icecore::inline v0 {
namespace {

std::string text_of(const std::string& meta_graph) {
  return print_text(Span::of(meta_graph), message_schema("MetaGraphDef"));
}

GraphBuilder imported(const std::string& file, const std::string& scope = "") {
  GraphBuilder graph(standard_ops());
  ImportMetaGraphOptions options;
  options.import_scope = scope;
  import_meta_graph_def(golden_file(file), graph, options);
  return graph;
}

SaverDef saver_of(const GraphBuilder& graph) {
  return decode_saver_def(std::get<std::string>(graph.collection("savers").at(0).value));
}

TEST(ControlFlowInMetaGraphs, IsExportedAgainAsTensorFlowDoes) {
  const GraphBuilder graph = imported("control_flow.meta");
  ExportMetaGraphOptions options;
  options.saver_def = saver_of(graph);
  EXPECT_EQ(text_of(export_meta_graph(graph, options)),
            text_of(golden_file("control_flow_again.meta")));
}

TEST(ControlFlowInMetaGraphs, GetsTheScopeThatItIsImportedInto) {
  const GraphBuilder graph = imported("control_flow.meta", "in");
  EXPECT_EQ(text_of(export_meta_graph(graph)), text_of(golden_file("control_flow_within.meta")));
}

TEST(ControlFlowInMetaGraphs, IsExportedOfOneScopeAlone) {
  const GraphBuilder graph = imported("control_flow.meta");
  ExportMetaGraphOptions options;
  options.saver_def = saver_of(graph);
  options.export_scope = "part";
  options.clear_devices = true;
  const std::string part = export_meta_graph(graph, options);
  EXPECT_EQ(text_of(part), text_of(golden_file("part.meta")));

  // What it lacks must be given.
  GraphBuilder other(standard_ops());
  const Error unbound = refusal([&] { import_meta_graph_def(part, other); });
  EXPECT_TRUE(unbound.message().starts_with("Graph contains unbound inputs: $unbound_inputs_"));
}

TEST(ControlFlowInMetaGraphs, LosesItsScopeInContextsWithinContextsToo) {
  GraphBuilder graph(standard_ops());
  {
    const ScopeGuard part = graph.name_scope("part");
    const auto next = [&](const std::vector<Output>& v) {
      const Output few = graph.apply_op("Less", {v[0], 3}).output();
      const auto same = [&] { return std::vector<BranchResult>{Input(v[0])}; };
      const auto other = [&] {
        return std::vector<BranchResult>{Input(graph.apply_op("AddV2", {v[0], 1}).output())};
      };
      return std::vector<Input>{cond(graph, few, other, same)[0]};
    };
    while_loop(graph,
               [&](const std::vector<Output>& v) {
                 return Input(graph.apply_op("Less", {v[0], 9}).output());
               },
               next, {0});
  }
  ExportMetaGraphOptions options;
  options.export_scope = "part";
  GraphBuilder alone(standard_ops());
  import_meta_graph_def(export_meta_graph(graph, options), alone);
  ASSERT_EQ(while_contexts(alone).size(), 1U);
  const auto nested = while_contexts(alone)[0]->nested_contexts();
  ASSERT_EQ(nested.size(), 2U);
  EXPECT_EQ(nested[0]->name(), "while/cond/cond_text");
}

TEST(ControlFlowInMetaGraphs, KnowsContextsInContexts) {
  const GraphBuilder graph = imported("control_flow.meta");
  const auto loops = while_contexts(graph);
  ASSERT_EQ(loops.size(), 2U);
  EXPECT_EQ(loops[0]->name(), "loop/while_context");
  EXPECT_TRUE(loops[0]->swap_memory());
  EXPECT_EQ(loops[0]->maximum_iterations(graph)->name(), "loop/maximum_iterations:0");
  ASSERT_EQ(loops[0]->nested_contexts().size(), 3U);  // A loop, and both sides of a cond.
  EXPECT_TRUE(loops[0]->nested_contexts()[0]->is_while());
  EXPECT_TRUE(loops[0]->nested_contexts()[1]->is_cond());
  EXPECT_EQ(loops[0]->nested_contexts()[1]->outer(), loops[0]);
  EXPECT_EQ(cond_contexts(graph).size(), 4U);
}

// Nodes that are added to an imported branch, or to what it gives, are as if it had been built
// here.
TEST(ControlFlowInMetaGraphs, CanBeBuiltOn) {
  GraphBuilder graph = imported("control_flow.meta");
  const auto branch = cond_contexts(graph).back();
  const ScopeGuard inside = enter_context(graph, branch);
  const Output outside = graph.get_tensor_by_name("x/read:0");
  const Output seen = graph.identity(outside).op().input(0);
  EXPECT_EQ(seen.op().type(), "Switch");
  EXPECT_EQ(seen.op().input(1), branch->pred(graph));
}

TEST(ControlFlowInMetaGraphs, RefusesWhatNamesNodesThatAreNotThere) {
  GraphBuilder graph(standard_ops());
  const Error missing = refusal([&] {
    cond_context_from_def(graph,
                          "\x0a\x01"
                          "c\x12\x03p:0\x1a\x03q:0");
  });
  EXPECT_EQ(missing.code(), Code::kNotFound);
  // A context within a context within …
  std::string nested;
  const Output pred = graph.placeholder(DType::kBool, {}, "p");
  for (int i = 0; i < 200; ++i) {
    std::string def = "\x12\x03p:0\x1a\x03p:0";
    const auto wrap = [](char tag, const std::string& bytes) {
      std::string field(1, tag);
      for (std::size_t size = bytes.size(); true; size >>= 7) {
        field += static_cast<char>((size & 127) | (size > 127 ? 128 : 0));
        if (size <= 127) break;
      }
      return field + bytes;
    };
    if (!nested.empty()) def += wrap('\x32', wrap('\x0a', nested));
    nested = def;
  }
  const Error deep = refusal([&] { cond_context_from_def(graph, nested); });
  EXPECT_EQ(deep.code(), Code::kInvalidArgument);
}

}  // namespace
}  // namespace icecore::inline v0
