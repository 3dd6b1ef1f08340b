// Streams a graph into a file.
#pragma once

#include <icecore/graph.h>
#include <icecore/progress.h>

#include <cstdint>
#include <string>

#include "io/atomic_file.h"

namespace icecore::inline v0 {

// Bytes of the encoded GraphDef.
ICECORE_API std::uint64_t encoded_size(const Graph& graph);

// Writes the GraphDef to `path`, in one pass and constant memory. RESOURCE_EXHAUSTED, before
// anything is written, where it would have 2 GiB or more: no protobuf library reads such a message.
ICECORE_API void write_graph(FileSystem& files, const std::string& path, const Graph& graph,
                             Durability durability, const Progress& progress = {});

}  // namespace icecore::inline v0
