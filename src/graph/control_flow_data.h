// What the builders of branches and loops share.
#pragma once

#include <unordered_set>

#include "graph/builder_data.h"

namespace icecore::inline v0 {

// Whether the op runs a function of the graph.
bool is_function_call(const GraphBuilder& graph, const Operation& op);

// Nodes in loops, which are given what they are given there (Graph.is_feedable); kept as an extra
// of the graph.
struct NotFeedable {
  std::unordered_set<int> nodes;
};

}  // namespace icecore::inline v0
