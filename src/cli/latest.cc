#include <fmt/format.h>
#include <icecore/checkpoint_state.h>
#include <icecore/error.h>

#include <nlohmann/json.hpp>

#include "cli/output.h"
#include "cli/verbs.h"
#include "io/file_system.h"
#include "locate/locate.h"

namespace icecore::inline v0 {

int run_latest(const LatestArguments& arguments) {
  const FileSystem& files = posix_file_system();
  if (!files.is_folder(arguments.folder)) {
    throw Error(Code::kNotFound, arguments.folder + " is no folder");
  }
  const std::string state_file = join_path(arguments.folder, arguments.latest_filename);
  // The state file where there is one, else what the folder holds: as every verb resolves a folder.
  const CheckpointLocation location =
      locate_checkpoint(files, files.is_file(state_file) ? state_file : arguments.folder);
  if (!arguments.json) {
    fmt::print("{}\n", location.prefix);
    return 0;
  }
  nlohmann::ordered_json document = {{"schema", 1},
                                     {"path", arguments.folder},
                                     {"latest", location.prefix},
                                     {"all", nlohmann::json::array()}};
  const auto state = get_checkpoint_state(arguments.folder, arguments.latest_filename);
  if (state) document["all"] = state->all_model_checkpoint_paths;
  fmt::print("{}\n", document.dump(1));
  return 0;
}

}  // namespace icecore::inline v0
