// Graphs from files.
#pragma once

#include <icecore/export.h>
#include <icecore/graph.h>

#include <string>
#include <vector>

namespace icecore::inline v0 {

class FileSystem;

// The graph that `path` leads to: a GraphDef or MetaGraphDef (.pb, .pbtxt, .meta; binary or text,
// told apart by content), a SavedModel's folder, a checkpoint that has its .meta beside it. Of a
// SavedModel with several graphs the one with exactly `tags`; without tags the first.
//
// Opening costs what is not tensors: constants above 4 KiB stay in the file and are read when they
// are needed. NOT_FOUND, INVALID_ARGUMENT (the message says what the bytes are) or DATA_LOSS.
ICECORE_API Graph load_graph(const std::string& path, const std::vector<std::string>& tags = {});
ICECORE_API Graph load_graph(const FileSystem& files, const std::string& path,
                             const std::vector<std::string>& tags = {});

}  // namespace icecore::inline v0
