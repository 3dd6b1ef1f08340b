// Collections of a graph in a MetaGraphDef (meta_graph.py: add_collection_def,
// import_scoped_meta_graph; tf-rules 6).
#pragma once

#include <icecore/graph_builder.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>

#include "proto/blob.h"
#include "proto/piece.h"

namespace icecore::inline v0 {

// The encoded CollectionDef; empty where there is nothing that can be written, of which `warn` is
// told. Items named in `excluded` are left out.
Piece encode_collection(const GraphBuilder& graph, const std::string& key,
                        const std::unordered_set<std::string>& excluded,
                        const std::function<void(const std::string&)>& warn);

// Adds the items of all collections (CollectionDefs by key) to the graph's. Names get the scope
// before them. `has_trainable`: whether VariableDefs say whether variables are trainable; before
// TensorFlow 1.9 it was for the collection to say.
void add_collections(GraphBuilder& graph, const std::map<std::string, Span>& collections,
                     std::string_view scope, bool has_trainable,
                     const std::function<void(const std::string&)>& warn);

// ops.prepend_name_scope: "a", "^a", "loc:@a" -> "scope/a", …
std::string prepend_scope(std::string_view name, std::string_view scope);

}  // namespace icecore::inline v0
