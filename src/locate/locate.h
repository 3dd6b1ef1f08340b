// Which checkpoint a path means (design.md, "Pass it anything").
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <icecore/export.h>

#include "io/file_system.h"

namespace icecore::inline v0 {

struct CheckpointLocation {
  enum class Format { kV1, kV2 };
  Format format;
  // What TensorFlow would be given: "run/model.ckpt-1000"; of a sharded V1 checkpoint the pattern
  // "run/model.ckpt-?????-of-00002".
  std::string prefix;
  // V2: the .index file. V1: the table file, or each shard that is there, in order.
  std::vector<std::string> tables;
  // One sentence for people where `path` wasn't the prefix ("using run/model.ckpt-1000 (V2, 1
  // shard; you passed its .data file)"), else empty.
  std::string note;
};

// NOT_FOUND where nothing fits: the message lists the checkpoints that are there, and the nearest.
// INVALID_ARGUMENT where the path is something else: the message says what its bytes are (git-lfs
// pointer, HTML page, zip, HDF5, PyTorch pickle, safetensors, a frozen graph …) and what to do.
// DATA_LOSS where a table lost its end or all its bytes. Blocks and data files aren't looked into.
//
// `path` is tried as what TensorFlow would take it for first (a V2 prefix, then a V1 file or the
// pattern of V1 shards), then as one of a checkpoint's files, as a state file, as a folder. No
// character in it is special but for the tail "-?????-of-00002".
ICECORE_API CheckpointLocation locate_checkpoint(const FileSystem& files, const std::string& path);

}  // namespace icecore::inline v0
