// MetaGraphDefs and text graphs, on any file system.
#pragma once

#include <icecore/meta_graph.h>

#include <string>

#include "io/atomic_file.h"
#include "io/file_system.h"
#include "proto/blob.h"
#include "proto/schema.h"

namespace icecore::inline v0 {

// What export_meta_graph() gives, large constants where they are.
ICECORE_API Span meta_graph_def(const GraphBuilder& graph, const ExportMetaGraphOptions& options);

// Writes a message, binary or as TensorFlow 1.15.5 prints it; the file is there whole, or as it
// was.
ICECORE_API void write_message(FileSystem& files, const std::string& path, const Span& message,
                               const MessageSchema& schema, bool as_text, Durability durability);

}  // namespace icecore::inline v0
