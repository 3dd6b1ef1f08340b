// The `checkpoint` file on any file system, and which checkpoint it leads to.
#pragma once

#include <icecore/checkpoint_state.h>

#include <optional>
#include <string>
#include <vector>

#include "io/file_system.h"

namespace icecore::inline v0 {

// As the public functions of <icecore/checkpoint_state.h>.
ICECORE_API std::optional<CheckpointState> get_checkpoint_state(
    const FileSystem& files, const std::string& folder,
    const std::string& latest_filename = "checkpoint");
ICECORE_API std::optional<std::string> latest_checkpoint(
    const FileSystem& files, const std::string& folder,
    const std::string& latest_filename = "checkpoint");

// A path of a state file and where it was found.
struct StatePath {
  std::string named;  // As get_checkpoint_state() gives it.
  std::string found;  // `named`, or its base name in the state file's folder where it has moved;
                      // empty where neither is there.
  bool has_moved() const { return !found.empty() && found != named; }
};

// TensorFlow writes absolute paths where it was given one, so a folder that is moved takes its
// state file's paths with it only by name.
ICECORE_API StatePath follow_state_path(const FileSystem& files, const std::string& folder,
                                        const std::string& named);

// Whether any file of that prefix that can be read is there: its .index, a V1 file, or V1 shards.
ICECORE_API bool checkpoint_exists(const FileSystem& files, const std::string& prefix);

}  // namespace icecore::inline v0
