// The `checkpoint` file, in which TensorFlow keeps which checkpoints a folder has.
#pragma once

#include <icecore/export.h>

#include <optional>
#include <string>
#include <vector>

namespace icecore::inline v0 {

class FileSystem;

struct ICECORE_API CheckpointState {
  std::string model_checkpoint_path;                    // The newest.
  std::vector<std::string> all_model_checkpoint_paths;  // Oldest first.
  std::vector<double> all_model_checkpoint_timestamps;  // Seconds since 1970; may be empty.
  std::optional<double> last_preserved_timestamp;

  bool operator==(const CheckpointState&) const = default;
};

// The text that TensorFlow writes for it, byte for byte.
ICECORE_API std::string to_text(const CheckpointState& state);
// INVALID_ARGUMENT where the text isn't a CheckpointState.
ICECORE_API CheckpointState parse_checkpoint_state(const std::string& text);

// The state in `folder`, relative paths joined to it; nothing where there is no state file.
// INVALID_ARGUMENT (naming the file) where it can't be parsed.
ICECORE_API std::optional<CheckpointState> get_checkpoint_state(
    const std::string& folder, const std::string& latest_filename = "checkpoint");

// The prefix of the newest checkpoint of `folder`: the one its state file names, looked for beside
// the state file where its absolute path has moved. Nothing where there is no state file or its
// checkpoint is gone; INVALID_ARGUMENT as above.
ICECORE_API std::optional<std::string> latest_checkpoint(
    const std::string& folder, const std::string& latest_filename = "checkpoint");

// Whether `prefix` names a checkpoint: PREFIX.index, a V1 file, or a V1 file's shards (by their
// pattern, or by one of them).
ICECORE_API bool checkpoint_exists(const std::string& prefix);

// When those of the checkpoints that exist were written, in seconds since 1970.
ICECORE_API std::vector<double> get_checkpoint_mtimes(const std::vector<std::string>& prefixes);

// The state that says that `model_checkpoint_path` is the newest of `folder`. It is added to the
// others where it isn't the last of them. Where the folder is a relative path, relative paths are
// made relative to it. INVALID_ARGUMENT (ValueError) where there are timestamps, but not one for
// each path.
ICECORE_API CheckpointState
generate_checkpoint_state(const std::string& folder, const std::string& model_checkpoint_path,
                          std::vector<std::string> all_model_checkpoint_paths = {},
                          std::vector<double> all_model_checkpoint_timestamps = {},
                          std::optional<double> last_preserved_timestamp = {});

// Writes that state; the file is there whole, or as it was. INVALID_ARGUMENT (RuntimeError) where
// the state file has the path of the checkpoint.
ICECORE_API void update_checkpoint_state(const std::string& folder,
                                         const std::string& model_checkpoint_path,
                                         std::vector<std::string> all_model_checkpoint_paths = {},
                                         const std::string& latest_filename = "checkpoint",
                                         std::vector<double> all_model_checkpoint_timestamps = {},
                                         std::optional<double> last_preserved_timestamp = {});

}  // namespace icecore::inline v0
