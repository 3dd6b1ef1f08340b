#include <icecore/error.h>
#include <icecore/meta_graph.h>

#include <algorithm>
#include <set>
#include <unordered_set>
#include <utility>
#include <vector>

#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "io/folders.h"
#include "proto/fields.h"
#include "proto/piece.h"
#include "saver/collections.h"
#include "saver/export_scope.h"
#include "saver/meta_graph_def.h"
#include "saver/op_list.h"

namespace icecore::inline v0 {
namespace {

// The TensorFlow whose files ours are.
constexpr std::string_view kVersion = "1.15.5";
constexpr std::string_view kGitVersion = "v1.15.4-39-g3db52be";

// "save/" of "save/restore_all"; "/" at the top, which no node's name begins with.
std::string scope_of(std::string_view name) {
  const std::string_view node = parse_input(name).node;
  const std::size_t slash = node.rfind('/');
  return slash == std::string_view::npos ? "/" : std::string(node.substr(0, slash + 1));
}

bool saves_or_restores(std::string_view op) {
  constexpr std::string_view kOps[] = {
      "SaveV2",    "Save",    "SaveSlice",    "LegacySave",    "LegacySaveSlice",
      "RestoreV2", "Restore", "RestoreSlice", "LegacyRestore", "LegacyRestoreSlice"};
  return std::ranges::find(kOps, op) != std::end(kOps);
}

// Every node in the scope of an op that saves or restores, but for the Saver that is kept
// (meta_graph.py: _find_extraneous_saver_nodes).
std::unordered_set<std::string> extraneous_saver_nodes(const Graph& graph,
                                                       const std::optional<SaverDef>& kept) {
  std::set<std::string> ops, scopes;
  const std::vector<GraphNode> nodes = graph.nodes();
  for (const GraphNode& node : nodes) {
    if (saves_or_restores(node.op)) ops.insert(node.name);
  }
  for (const std::string& op : ops) {
    const std::string scope = scope_of(op);
    // The scope of an op's constants isn't one of a Saver.
    if (!ops.contains(scope.substr(0, scope.size() - 1))) scopes.insert(scope);
  }
  if (kept) {
    scopes.erase(scope_of(kept->save_tensor_name));
    scopes.erase(scope_of(kept->restore_op_name));
  }
  std::unordered_set<std::string> found;
  for (const GraphNode& node : nodes) {
    const bool is_extraneous = std::ranges::any_of(
        scopes, [&](const std::string& scope) { return node.name.starts_with(scope); });
    if (is_extraneous) found.insert(node.name);
  }
  return found;
}

Graph without(const Graph& graph, const std::unordered_set<std::string>& excluded) {
  if (excluded.empty()) return graph;
  std::vector<Span> kept;
  const GraphData& data = graph.data();
  for (std::size_t i = 0; i < data.nodes.size(); ++i) {
    if (!excluded.contains(std::string(data.names[i]))) kept.push_back(data.nodes[i]);
  }
  return make_graph(std::move(kept), data.others);
}

Piece meta_info(const Graph& graph, const OpSet& ops, bool stripped) {
  namespace Info = pb::MetaGraphDef_MetaInfoDef;
  Piece info;
  info.message(Info::stripped_op_list, stripped_op_list(graph, ops));
  info.text(Info::tensorflow_version, kVersion);
  info.text(Info::tensorflow_git_version, kGitVersion);
  if (stripped) info.boolean(Info::stripped_default_attrs, true);
  return info;
}

Piece saver_collection(const SaverDef& saver_def) {
  Piece list;
  list.text(pb::CollectionDef_BytesList::value, encode_saver_def(saver_def));
  Piece collection;
  collection.message(pb::CollectionDef::bytes_list, list);
  return collection;
}

}  // namespace

Span meta_graph_def(const GraphBuilder& graph, const ExportMetaGraphOptions& options) {
  Graph nodes = graph.graph(true);
  std::unordered_set<std::string> excluded;
  if (options.clear_extraneous_savers) {
    excluded = extraneous_saver_nodes(nodes, options.saver_def);
    nodes = without(nodes, excluded);
  }
  const std::string& scope = options.export_scope;
  std::optional<std::vector<std::string>> unbound_inputs;
  if (!scope.empty()) {
    ScopedGraph scoped = scoped_graph(nodes, scope);
    nodes = std::move(scoped.graph);
    // Those that are waited for can't be given, and aren't named.
    std::erase_if(scoped.unbound_inputs,
                  [&](const std::string& name) { return !is_exported(name, scope); });
    if (!scoped.unbound_inputs.empty()) unbound_inputs = std::move(scoped.unbound_inputs);
  }
  if (options.clear_devices) nodes = without_devices(nodes);
  Piece meta;
  meta.message(pb::MetaGraphDef::meta_info_def,
               meta_info(nodes, graph.ops(), options.strip_default_attrs));
  if (options.strip_default_attrs) nodes = without_default_attrs(nodes, graph.ops());
  meta.message(pb::MetaGraphDef::graph_def, encode_graph(nodes));
  if (options.saver_def) {
    meta.text(pb::MetaGraphDef::saver_def, encode_saver_def(*options.saver_def));
  }
  const CollectionExport part{excluded, scope, std::move(unbound_inputs), options.warn};
  for (const std::string& key :
       options.collection_list.value_or(collections_to_export(graph, part))) {
    const bool replaced =
        options.clear_extraneous_savers && options.saver_def && key == GraphKeys::kSavers;
    const Piece collection =
        replaced ? saver_collection(*options.saver_def) : encode_collection(graph, key, part);
    if (collection.empty()) continue;
    Piece entry;
    entry.text(pb::map_entry::key, key);
    entry.message(pb::map_entry::value, collection);
    meta.message(pb::MetaGraphDef::collection_def, entry);
  }
  return meta.finish();
}

std::string export_meta_graph(const GraphBuilder& graph, const ExportMetaGraphOptions& options) {
  const Span message = meta_graph_def(graph, options);
  if (!options.filename.empty()) {
    FileSystem& files = options.files != nullptr ? *options.files : posix_file_system();
    make_folders(files, folder_of(options.filename));
    write_message(files, options.filename, message, message_schema("MetaGraphDef"), options.as_text,
                  Durability::kRename);
  }
  return message.read();
}

}  // namespace icecore::inline v0
