// Compares graphs node by node, in order.
#pragma once

#include <icecore/graph.h>
#include <icecore/graph_builder.h>

#include <string>
#include <vector>

namespace icecore::inline v0 {

// One line for each difference between the nodes of two graphs: name, op, inputs in order, device,
// attributes. Attributes are compared by what they say: tensors by their values however they are
// packed; `_output_shapes`, versions and the function library are ignored, as is the random part of
// the string "_temp_<32 hex digits>/part" that each sharded Saver makes. Where names part ways it
// ends.
std::vector<std::string> graph_differences(const Graph& expected, const Graph& actual);

// The GraphDef in a file below tests/data.
Graph graph_in_file(const std::string& path);

// The differences as one text; empty where there are none. Only the first few are told.
std::string difference_from_file(const std::string& path, const GraphBuilder& actual);

}  // namespace icecore::inline v0
