// The function library of a graph.
#pragma once

#include <icecore/graph.h>

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "proto/blob.h"

namespace icecore::inline v0 {

// A FunctionDef: its name and the NodeDefs of its body.
struct FunctionBody {
  std::string_view name;
  std::vector<Span> nodes;
};

// The graph's functions by name; the views live as long as the graph.
ICECORE_API std::unordered_map<std::string_view, FunctionBody> function_library(const Graph& graph);

// How often each op stands in the graph's nodes and in the bodies of the library's functions that
// can be reached from them (by op name or by a function attribute), each body counted once.
ICECORE_API std::map<std::string, std::size_t> count_ops(const Graph& graph);

}  // namespace icecore::inline v0
