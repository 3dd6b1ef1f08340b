#include <fmt/format.h>
#include <icecore/checkpoint_state.h>
#include <icecore/error.h>

#include <nlohmann/json.hpp>

#include "cli/output.h"
#include "cli/verbs.h"
#include "io/file_system.h"
#include "locate/locate.h"

namespace icecore::inline v0 {
namespace {

// What the state file lists; nothing where there is none, or none that can be read.
std::optional<CheckpointState> readable_state(const LatestArguments& arguments) {
  try {
    return get_checkpoint_state(arguments.folder, arguments.latest_filename);
  } catch (const Error& error) {
    if (error.code() != Code::kInvalidArgument) throw;
    return std::nullopt;
  }
}

}  // namespace

int run_latest(const LatestArguments& arguments) {
  const FileSystem& files = posix_file_system();
  if (!files.is_folder(arguments.folder)) {
    throw Error(Code::kNotFound, arguments.folder + " is no folder");
  }
  // As every verb resolves a folder: by its state file, else by what it holds.
  const bool usual_name = arguments.latest_filename == LatestArguments().latest_filename;
  const CheckpointLocation location =
      locate_checkpoint(files, usual_name ? arguments.folder
                                          : join_path(arguments.folder, arguments.latest_filename));
  const std::optional<CheckpointState> state = readable_state(arguments);
  if (!state || state->model_checkpoint_path != location.prefix) print_note(location.note);
  if (!arguments.json) {
    fmt::print("{}\n", location.prefix);
    return 0;
  }
  nlohmann::ordered_json document = {{"schema", 1},
                                     {"path", arguments.folder},
                                     {"latest", location.prefix},
                                     {"all", nlohmann::json::array()}};
  if (state) document["all"] = state->all_model_checkpoint_paths;
  print_document(document);
  return 0;
}

}  // namespace icecore::inline v0
