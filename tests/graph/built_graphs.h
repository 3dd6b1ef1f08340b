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

// The nodes of a file of tests/data/golden/builder.
Graph golden_graph(const std::string& name);

// Node by node as text; `_output_shapes` left out where they aren't to be compared.
std::vector<std::string> node_texts(const Graph& graph, bool shapes);

}  // namespace icecore::inline v0
