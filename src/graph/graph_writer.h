// Streams a graph into a file.
#pragma once

#include <icecore/graph.h>

#include <cstdint>
#include <functional>
#include <string>

#include "io/atomic_file.h"

namespace icecore::inline v0 {

// Called now and then with bytes done and the total.
using ProgressCallback = std::function<void(std::uint64_t done, std::uint64_t total)>;

// Bytes of the encoded GraphDef.
ICECORE_API std::uint64_t encoded_size(const Graph& graph);

// Writes the GraphDef to `path`, in one pass and constant memory. RESOURCE_EXHAUSTED, before
// anything is written, where it would have 2 GiB or more: no protobuf library reads such a message.
ICECORE_API void write_graph(FileSystem& files, const std::string& path, const Graph& graph,
                             Durability durability, const ProgressCallback& progress = {});

}  // namespace icecore::inline v0
