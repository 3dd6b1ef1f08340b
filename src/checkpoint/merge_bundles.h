// Puts the shards of a V2 checkpoint together, as MergeV2Checkpoints does.
#pragma once

#include <string>
#include <vector>

#include <icecore/export.h>

#include "io/file_system.h"

namespace icecore::inline v0 {

// Each part is a checkpoint of its own. Their data files are renamed to those of `prefix`, and its
// index is made of theirs, which are removed. Byte for byte as TensorFlow does it. The folder of
// `prefix` is made where it is missing, though not the one above it.
//
// NOT_FOUND where a part has no index; INVALID_ARGUMENT where two have a tensor of one name that
// isn't in slices, or differ in byte order, and where a part is `prefix` itself or comes twice.
// Then, as after any other failure, parts and destination are as they were; a checkpoint that is
// written over counts until the new one is whole (locate/previous_set.h).
ICECORE_API void merge_bundles(FileSystem& files, const std::vector<std::string>& parts,
                               const std::string& prefix);

}  // namespace icecore::inline v0
