// What a path is when a graph is wanted: a GraphDef, a MetaGraphDef, a SavedModel, or a checkpoint
// that has a .meta beside it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/file_system.h"
#include "model/meta_graph.h"
#include "proto/schema.h"

namespace icecore::inline v0 {

struct ICECORE_API ModelFile {
  enum class Kind { kGraphDef, kMetaGraph, kSavedModel };
  Kind kind = Kind::kGraphDef;
  bool text = false;                   // Text format rather than binary.
  std::string path;                    // The file that was read.
  std::string note;                    // What was chosen, where `path` wasn't the file itself.
  std::vector<MetaGraph> meta_graphs;  // One, but for SavedModels of several.
  // The checkpoint that belongs to it: a SavedModel's variables, a .meta's prefix. It may be
  // absent.
  std::optional<std::string> checkpoint;
  // Of the message in the file: what `icecore graph --text` prints.
  Span encoded;

  // The meta graph with exactly these tags; without tags the first. NOT_FOUND lists what there is.
  const MetaGraph& meta_graph(const std::vector<std::string>& tags = {}) const;
};

// Of the message that such a file holds.
ICECORE_API const MessageSchema& schema_of(ModelFile::Kind kind);

// Takes any path that leads to a graph: the file itself (told apart by content, never by its name),
// a SavedModel folder, a checkpoint's prefix or any of its files, a folder with a `checkpoint`
// file. NOT_FOUND, INVALID_ARGUMENT (the message says what the bytes are) or DATA_LOSS otherwise.
ICECORE_API ModelFile load_model(const FileSystem& files, const std::string& path);

}  // namespace icecore::inline v0
