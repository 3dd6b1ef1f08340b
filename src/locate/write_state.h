// Writing the `checkpoint` file on any file system.
#pragma once

#include <icecore/checkpoint_state.h>

#include <string>
#include <vector>

#include "io/file_system.h"

namespace icecore::inline v0 {

// os.path.relpath of Python: how `path` is written as seen from `start`.
ICECORE_API std::string relative_path(const std::string& path, const std::string& start);

// Writes what generate_checkpoint_state() makes for that folder. With `relative_paths` absolute
// ones are made relative to the folder first (Saver's save_relative_paths).
ICECORE_API void write_checkpoint_state(FileSystem& files, const std::string& folder,
                                        const std::string& model_checkpoint_path,
                                        std::vector<std::string> all_model_checkpoint_paths,
                                        const std::string& latest_filename, bool relative_paths,
                                        std::vector<double> timestamps = {},
                                        std::optional<double> last_preserved_timestamp = {});

ICECORE_API std::vector<double> get_checkpoint_mtimes(const FileSystem& files,
                                                      const std::vector<std::string>& prefixes);

}  // namespace icecore::inline v0
