// What a Graph holds: encoded nodes, which are their own single truth.
#pragma once

#include <icecore/graph.h>

#include <string_view>
#include <unordered_map>
#include <vector>

#include "proto/blob.h"

namespace icecore::inline v0 {

// A field of the GraphDef that is no node (library, versions, unknown ones), tag included.
struct OtherField {
  std::size_t before_node;  // Where it stood: before the node of this index.
  std::uint32_t field;
  Span encoded;
};

struct GraphData {
  std::vector<Span> nodes;              // NodeDefs.
  std::vector<std::string_view> names;  // Of the nodes, in their blobs.
  std::vector<OtherField> others;
  std::unordered_map<std::string_view, std::size_t> index;  // The first node of each name.
};

// Reads an encoded GraphDef. DATA_LOSS where it isn't one.
ICECORE_API Graph parse_graph(const Span& graph_def);

// A graph of these nodes, with `others` behind them. Names are taken from the nodes.
ICECORE_API Graph make_graph(std::vector<Span> nodes, std::vector<OtherField> others);

// The version of TensorFlow's graphs that its writer knew (versions.producer); 0 where none is
// given.
ICECORE_API std::int64_t producer_version(const Graph& graph);

// Whether a node of it holds a variable.
ICECORE_API bool has_variables(const Graph& graph);

// The encoded GraphDef: nodes and other fields in their places.
ICECORE_API Span encode_graph(const Graph& graph);

}  // namespace icecore::inline v0
