#include <icecore/error.h>
#include <icecore/import_graph_def.h>
#include <icecore/meta_graph.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include "graph/builder_data.h"
#include "graph/graph_data.h"
#include "io/file_system.h"
#include "model/model_file.h"
#include "proto/cursor.h"
#include "proto/fields.h"
#include "saver/collections.h"
#include "saver/op_list.h"

namespace icecore::inline v0 {
namespace {

struct Parts {
  Graph graph;
  std::string op_list, version;
  std::optional<SaverDef> saver;
  std::map<std::string, Span> collections;
};

void parse_info(const Span& info, Parts& parts) {
  for (Cursor c(info); c.next();) {
    if (c.field() == pb::MetaGraphDef_MetaInfoDef::stripped_op_list) {
      parts.op_list = c.bytes().read();
    } else if (c.field() == pb::MetaGraphDef_MetaInfoDef::tensorflow_version) {
      parts.version = c.bytes().read();
    }
  }
}

void parse_collection(const Span& entry, Parts& parts) {
  std::string key;
  Span value;
  for (Cursor c(entry); c.next();) {
    if (c.field() == pb::map_entry::key) key = c.bytes().read();
    if (c.field() == pb::map_entry::value) value = c.bytes();
  }
  parts.collections.insert_or_assign(std::move(key), std::move(value));
}

// Where the graph has been read already, it is given.
Parts parse(const Span& meta_graph_def, std::optional<Graph> graph = std::nullopt) {
  Parts parts;
  if (graph) parts.graph = *std::move(graph);
  for (Cursor c(meta_graph_def); c.next();) {
    switch (c.field()) {
      case pb::MetaGraphDef::meta_info_def:
        parse_info(c.bytes(), parts);
        break;
      case pb::MetaGraphDef::graph_def:
        if (!graph) parts.graph = parse_graph(c.bytes());
        break;
      case pb::MetaGraphDef::saver_def:
        parts.saver = decode_saver_def(c.bytes().read());
        break;
      case pb::MetaGraphDef::collection_def:
        parse_collection(c.bytes(), parts);
        break;
      default:
        break;
    }
  }
  return parts;
}

// Whether VariableDefs of that version say whether variables are trainable: from 1.9 on.
bool has_trainable(const std::string& version) {
  if (version.empty()) return true;
  int major = 0, minor = 0;
  const char* const end = version.data() + version.size();
  const auto [dot, error] = std::from_chars(version.data(), end, major);
  if (error != std::errc()) return true;
  if (dot != end) std::from_chars(dot + 1, end, minor);
  return std::pair(major, minor) >= std::pair(1, 9);
}

constexpr const char* kUnboundInputs = "unbound_inputs";

// Graphs that were exported from a scope name what they lack there.
void check_unbound_inputs(Parts& parts, const ImportMetaGraphOptions& options) {
  const auto found = parts.collections.find(kUnboundInputs);
  if (found == parts.collections.end()) return;
  std::set<std::string> wanted, given;
  for (Cursor c(found->second); c.next();) {
    const Span list = c.bytes();
    for (Cursor item(list); item.next();) wanted.insert(item.bytes().read());
  }
  for (const auto& [name, output] : options.input_map) given.insert(name);
  parts.collections.erase(found);
  if (wanted.empty() || wanted == given) return;
  std::string missing;
  for (const std::string& name : wanted) {
    if (!given.contains(name)) missing += (missing.empty() ? "" : ",") + name;
  }
  refuse_as(Misuse::kValue, "Graph contains unbound inputs: " + missing +
                                ". Must provide these inputs through input_map.");
}

std::optional<Saver> make_saver(const GraphBuilder& graph, const Parts& parts,
                                const ImportMetaGraphOptions& options, const std::string& scope) {
  SaverOptions saver = options.saver;
  const std::vector<Variable> imported = global_variables(graph, scope);
  if (parts.saver) {
    // Where the name was taken, the scope that the variables got tells which it is.
    saver.name = options.import_scope;
    if (!imported.empty()) {
      const std::string prefix = prepend_scope("", scope);
      saver.name = imported[0].name().starts_with(prefix) ? scope : "";
    }
    return Saver::from_def(graph, *parts.saver, std::move(saver));
  }
  if (global_variables(graph, options.import_scope).empty()) return std::nullopt;
  return Saver(graph, std::move(saver));
}

std::optional<Saver> import_parts(Parts parts, GraphBuilder& graph,
                                  const ImportMetaGraphOptions& options) {
  check_unbound_inputs(parts, options);
  if (options.clear_devices) parts.graph = without_devices(parts.graph);
  const std::string scope = graph.unique_name(options.import_scope, false);
  ImportOptions nodes;
  nodes.name = options.import_scope.empty() ? scope : options.import_scope;
  nodes.input_map = options.input_map;
  nodes.producer_op_list = parts.op_list;
  import_graph_def(graph, parts.graph, nodes);
  add_collections(graph, parts.collections, scope, has_trainable(parts.version),
                  options.saver.warn);
  return make_saver(graph, parts, options, scope);
}

// The MetaGraphDef in a file's message: of a SavedModel its first.
Span meta_graph_in(const ModelFile& model) {
  if (model.kind == ModelFile::Kind::kMetaGraph) return model.encoded;
  if (model.kind == ModelFile::Kind::kSavedModel) {
    for (Cursor c(model.encoded); c.next();) {
      if (c.field() == pb::SavedModel::meta_graphs) return c.bytes();
    }
  }
  throw Error(Code::kInvalidArgument,
              "Cannot parse file " + model.path +
                  ": it is a GraphDef, which has no Saver and no collections; import_graph_def() "
                  "reads it",
              Misuse::kOs);
}

}  // namespace

std::optional<Saver> import_meta_graph(const std::string& path, GraphBuilder& graph,
                                       const ImportMetaGraphOptions& options) {
  const FileSystem& files =
      options.saver.files != nullptr ? *options.saver.files : posix_file_system();
  std::optional<ModelFile> model;
  try {
    model = load_model(files, path);
  } catch (const Error& error) {
    if (error.code() != Code::kNotFound) throw;
    throw Error(Code::kNotFound, "File " + path + " does not exist. (" + error.message() + ")",
                Misuse::kOs);
  }
  return import_parts(parse(meta_graph_in(*model), model->meta_graph().graph), graph, options);
}

std::optional<Saver> import_meta_graph_def(std::string_view meta_graph_def, GraphBuilder& graph,
                                           const ImportMetaGraphOptions& options) {
  return import_parts(parse(Span::of(std::string(meta_graph_def))), graph, options);
}

}  // namespace icecore::inline v0
