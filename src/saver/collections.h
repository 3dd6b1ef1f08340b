// Collections of a graph in a MetaGraphDef (meta_graph.py: add_collection_def,
// import_scoped_meta_graph; tf-rules 6).
#pragma once

#include <icecore/graph_builder.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "graph/scope_names.h"
#include "proto/blob.h"
#include "proto/piece.h"

namespace icecore::inline v0 {

// What of the graph's collections is exported.
struct CollectionExport {
  // Items of these names are left out.
  const std::unordered_set<std::string>& excluded;
  // Only what is of the scope, without it; empty: all.
  std::string_view scope;
  // The items of the collection "unbound_inputs"; nothing: it is as any other.
  std::optional<std::vector<std::string>> unbound_inputs;
  const std::function<void(const std::string&)>& warn;
};

// The graph's collections, those of contexts included.
std::vector<std::string> collections_to_export(const GraphBuilder& graph,
                                               const CollectionExport& part);

// The encoded CollectionDef; empty where there is nothing that can be written, of which `warn` is
// told.
Piece encode_collection(const GraphBuilder& graph, const std::string& key,
                        const CollectionExport& part);

// Adds the items of all collections (CollectionDefs by key) to the graph's. Names get the scope
// before them. `has_trainable`: whether VariableDefs say whether variables are trainable; before
// TensorFlow 1.9 it was for the collection to say.
void add_collections(GraphBuilder& graph, const std::map<std::string, Span>& collections,
                     std::string_view scope, bool has_trainable,
                     const std::function<void(const std::string&)>& warn);

}  // namespace icecore::inline v0
