// The graphs of tests/golden/builder_graphs.py, built with a GraphBuilder.
#pragma once

#include <icecore/graph_builder.h>

#include <span>
#include <string>

namespace icecore::inline v0 {

struct BuiltGraph {
  const char* name;
  void (*build)(GraphBuilder& graph);
};
std::span<const BuiltGraph> built_graphs();

// Those with loops.
void build_loops(GraphBuilder& graph);
void build_loops_in_loops(GraphBuilder& graph);
void build_loops_and_branches(GraphBuilder& graph);
void build_loops_over_references(GraphBuilder& graph);
void build_tuples(GraphBuilder& graph);

// The nodes of a file of tests/data/golden/builder.
Graph golden_graph(const std::string& name);

// Node by node as text; `_output_shapes` left out where they aren't to be compared.
std::vector<std::string> node_texts(const Graph& graph, bool shapes);

}  // namespace icecore::inline v0
