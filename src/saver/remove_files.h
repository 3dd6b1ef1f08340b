// The files of a checkpoint, and their end.
#pragma once

#include <icecore/export.h>
#include <icecore/saver_def.h>

#include <string>

#include "io/file_system.h"

namespace icecore::inline v0 {

// Where a checkpoint's graph is: "P.meta"; the tail of shards' pattern, or of one of them, is no
// part of it.
ICECORE_API std::string meta_graph_filename(const std::string& path, const std::string& suffix);

// As remove_checkpoint().
ICECORE_API void remove_checkpoint_files(FileSystem& files, const std::string& prefix,
                                         SaverDef::Version version,
                                         const std::string& meta_graph_suffix);

}  // namespace icecore::inline v0
