#include "model/model_file.h"

#include <icecore/error.h>
#include <icecore/load_graph.h>

#include <algorithm>
#include <memory>

#include "graph/graph_data.h"
#include "locate/locate.h"
#include "locate/previous_set.h"
#include "locate/sniff.h"
#include "proto/blob_loader.h"
#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {
namespace {

constexpr std::string_view kMetaSuffix = ".meta";

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

// The SavedModel's file in that folder; nothing where it holds none.
std::optional<std::string> saved_model_in(const FileSystem& files, const std::string& folder) {
  for (const char* name : {"saved_model.pb", "saved_model.pbtxt"}) {
    std::string file = join_path(folder, name);
    if (files.is_file(file)) return file;
  }
  return std::nullopt;
}

struct GraphFile {
  std::string path;
  Content content;
  std::string note;
};

// What only adds to a message about something else must not fail itself.
std::vector<std::string> names_in(const FileSystem& files, const std::string& folder) {
  try {
    return files.list(folder);
  } catch (const Error&) {
    return {};
  }
}

bool is_readable_graph(const FileSystem& files, const std::string& path) {
  try {
    return files.is_file(path) && is_graph(sniff(files, path).content);
  } catch (const Error&) {
    return false;
  }
}

// Graph files that lie in a folder, for the message where a .meta is missing.
std::string graphs_beside(const FileSystem& files, const std::string& prefix) {
  constexpr std::size_t kListed = 5;
  std::vector<std::string> found;
  for (const std::string& name : names_in(files, folder_of(prefix))) {
    if (found.size() == kListed) break;
    if (is_readable_graph(files, join_path(folder_of(prefix), name))) found.push_back(name);
  }
  return found.empty() ? "no graph file lies beside it" : "beside it: " + joined(found);
}

// The .meta of the checkpoint that `path` means.
GraphFile meta_of_checkpoint(const FileSystem& files, const std::string& path) {
  const CheckpointLocation location = locate_checkpoint(files, path);
  std::string prefix = without_previous(location.prefix);
  // Of shards, TensorFlow writes one .meta, named without their tail.
  constexpr std::string_view kShardTail =
      "-????"
      "?-of-";  // In two, or g++ sees a trigraph.
  const std::size_t tail = prefix.rfind(kShardTail);
  if (tail != std::string::npos && location.format == CheckpointLocation::Format::kV1) {
    prefix.resize(tail);
  }
  std::string meta = prefix + std::string(kMetaSuffix);
  if (!files.is_file(meta)) {
    throw Error(Code::kNotFound, "the checkpoint " + location.prefix + " has no graph: " + meta +
                                     " isn't there (" + graphs_beside(files, prefix) + ")");
  }
  return {meta, sniff(files, meta).content, "using the graph of " + meta};
}

GraphFile find_graph(const FileSystem& files, const std::string& path) {
  if (files.is_file(path)) {
    const Sniffed sniffed = sniff(files, path);
    if (is_graph(sniffed.content)) return {path, sniffed.content, ""};
    if (path.ends_with(kMetaSuffix)) {
      throw Error(Code::kInvalidArgument, path + " is " + describe(sniffed));
    }
    return meta_of_checkpoint(files, path);
  }
  if (files.is_folder(path)) {
    if (const auto saved_model = saved_model_in(files, path)) {
      return {*saved_model, sniff(files, *saved_model).content, ""};
    }
  }
  // A name that only a graph has is not taken for a checkpoint's.
  const bool named_as_graph = path.ends_with(".pb") || path.ends_with(".pbtxt");
  if (named_as_graph && !files.status(path)) {
    const std::string folder = folder_of(path);
    const bool listable = folder.empty() || files.is_folder(folder);
    throw Error(Code::kNotFound, "there is no file " + path +
                                     (listable ? " (" + graphs_beside(files, path) + ")" : ""));
  }
  return meta_of_checkpoint(files, path);
}

// The file's message, large values left in it.
Span load(const FileSystem& files, const GraphFile& file, const MessageSchema& schema, bool text) {
  const std::shared_ptr<const RandomAccessFile> open = files.open(file.path);
  try {
    if (text) return parse_text(open->read_string(0, open->size()), schema);
    return load_message(open, 0, open->size(), schema);
  } catch (const Error& error) {
    if (error.message().find(file.path) != std::string::npos) throw;
    throw error.with_context(file.path);
  }
}

MetaGraph bare(const Span& graph_def) {
  MetaGraph meta;
  meta.graph = parse_graph(graph_def);
  return meta;
}

std::vector<MetaGraph> parse(ModelFile::Kind kind, const Span& encoded) {
  switch (kind) {
    case ModelFile::Kind::kGraphDef:
      return {bare(encoded)};
    case ModelFile::Kind::kMetaGraph:
      return {parse_meta_graph(encoded)};
    case ModelFile::Kind::kSavedModel:
      break;
  }
  std::vector<MetaGraph> graphs;
  for (Cursor c(encoded); c.next();) {
    if (c.field() == pb::SavedModel::meta_graphs) graphs.push_back(parse_meta_graph(c.bytes()));
  }
  return graphs;
}

ModelFile::Kind kind_of(const GraphFile& file) {
  switch (file.content) {
    case Content::kGraphDef:
    case Content::kTextGraph:
      return ModelFile::Kind::kGraphDef;
    case Content::kMetaGraphDef:
    case Content::kTextMetaGraph:
      return ModelFile::Kind::kMetaGraph;
    case Content::kSavedModel:
    case Content::kTextSavedModel:
      return ModelFile::Kind::kSavedModel;
    default:
      throw Error(Code::kInvalidArgument, file.path + " holds no graph");
  }
}

}  // namespace

const MessageSchema& schema_of(ModelFile::Kind kind) {
  switch (kind) {
    case ModelFile::Kind::kGraphDef:
      return message_schema("GraphDef");
    case ModelFile::Kind::kMetaGraph:
      return message_schema("MetaGraphDef");
    case ModelFile::Kind::kSavedModel:
      break;
  }
  return message_schema("SavedModel");
}

const MetaGraph& ModelFile::meta_graph(const std::vector<std::string>& tags) const {
  if (meta_graphs.empty()) throw Error(Code::kDataLoss, path + " holds no graph");
  if (tags.empty()) return meta_graphs.front();
  std::string present;
  for (const MetaGraph& meta : meta_graphs) {
    if (std::is_permutation(meta.tags.begin(), meta.tags.end(), tags.begin(), tags.end())) {
      return meta;
    }
    present += (present.empty() ? "'" : ", '") + joined(meta.tags) + "'";
  }
  throw Error(Code::kNotFound,
              path + " has no graph of tags '" + joined(tags) + "'; it has " + present);
}

ModelFile load_model(const FileSystem& files, const std::string& path) {
  const GraphFile file = find_graph(files, path);
  ModelFile model;
  model.kind = kind_of(file);
  model.text = file.content == Content::kTextGraph || file.content == Content::kTextMetaGraph ||
               file.content == Content::kTextSavedModel;
  model.path = file.path;
  model.note = file.note;
  model.encoded = load(files, file, schema_of(model.kind), model.text);
  try {
    model.meta_graphs = parse(model.kind, model.encoded);
  } catch (const Error& error) {
    throw error.with_context(file.path);
  }
  if (model.kind == ModelFile::Kind::kSavedModel) {
    const std::string prefix = join_path(folder_of(file.path), "variables/variables");
    if (files.is_file(prefix + ".index")) model.checkpoint = prefix;
  } else if (model.kind == ModelFile::Kind::kMetaGraph && file.path.ends_with(kMetaSuffix)) {
    model.checkpoint = file.path.substr(0, file.path.size() - kMetaSuffix.size());
  }
  return model;
}

Graph load_graph(const std::string& path, const std::vector<std::string>& tags) {
  return load_graph(posix_file_system(), path, tags);
}

Graph load_graph(const FileSystem& files, const std::string& path,
                 const std::vector<std::string>& tags) {
  return load_model(files, path).meta_graph(tags).graph;
}

}  // namespace icecore::inline v0
