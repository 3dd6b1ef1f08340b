// Compares graphs by what they mean: nodes in order with their attributes, tensors by their values
// however they are stored, attributes in any order; `versions` doesn't count.
#pragma once

#include <icecore/graph.h>

#include <string>

namespace icecore::inline v0 {

// The first difference in words; empty where there is none.
std::string graph_difference(const Graph& got, const Graph& expected);

}  // namespace icecore::inline v0
