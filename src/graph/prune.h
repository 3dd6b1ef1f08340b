// The part of a graph that given nodes need.
#pragma once

#include <icecore/graph.h>

#include <string>
#include <vector>

namespace icecore::inline v0 {

// The nodes that `outputs` (node names) need: over inputs, control inputs and colocation (`_class`
// "loc:@x" keeps x alive, as TensorFlow's extract_sub_graph does), in the graph's own order, with
// all other fields (library, versions). NOT_FOUND names every output that isn't there, with the
// nearest nodes; DATA_LOSS names an input that no node gives.
ICECORE_API Graph prune(const Graph& graph, const std::vector<std::string>& outputs);

}  // namespace icecore::inline v0
