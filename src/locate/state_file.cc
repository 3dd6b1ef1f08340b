#include "locate/state_file.h"

#include <icecore/error.h>

#include <algorithm>
#include <bit>
#include <cstdint>

#include "locate/file_name.h"
#include "locate/sniff.h"
#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/packed.h"
#include "proto/piece.h"
#include "proto/schema.h"
#include "proto/text_parser.h"
#include "proto/text_printer.h"

namespace icecore::inline v0 {
namespace {

namespace field = pb::CheckpointState;

const MessageSchema& schema() {
  return message_schema("CheckpointState");
}

// Windows wrote some of them.
std::string last_component(const std::string& path) {
  const std::size_t slash = path.find_last_of("/\\");
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

bool any_v1_shard(const FileSystem& files, const FileName& pattern) {
  const std::string folder = folder_of(pattern.prefix);
  return files.is_folder(folder) &&
         std::ranges::any_of(files.list(folder), [&](const std::string& name) {
           const FileName parsed = parse_file_name(name);
           return parsed.role == FileRole::kV1Shard && parsed.shards == pattern.shards &&
                  parsed.prefix == base_name_of(pattern.prefix);
         });
}

}  // namespace

std::string to_text(const CheckpointState& state) {
  Piece message;
  message.text(field::model_checkpoint_path, state.model_checkpoint_path);
  for (const std::string& path : state.all_model_checkpoint_paths) {
    message.text(field::all_model_checkpoint_paths, path);
  }
  for (const double time : state.all_model_checkpoint_timestamps) {
    message.float64(field::all_model_checkpoint_timestamps, time);
  }
  if (state.last_preserved_timestamp) {
    message.float64(field::last_preserved_timestamp, *state.last_preserved_timestamp);
  }
  return print_text(message.finish(), schema());
}

CheckpointState parse_checkpoint_state(const std::string& text) {
  const Span message = parse_text(text, schema());
  CheckpointState state;
  for (Cursor fields(message); fields.next();) {
    switch (fields.field()) {
      case field::model_checkpoint_path:
        state.model_checkpoint_path = fields.text();
        break;
      case field::all_model_checkpoint_paths:
        state.all_model_checkpoint_paths.emplace_back(fields.text());
        break;
      case field::all_model_checkpoint_timestamps:
        for_each_packed(fields.bytes(), WireType::kFixed64, [&](std::uint64_t bits) {
          state.all_model_checkpoint_timestamps.push_back(std::bit_cast<double>(bits));
        });
        break;
      case field::last_preserved_timestamp:
        state.last_preserved_timestamp = fields.float64();
        break;
      default:
        break;
    }
  }
  return state;
}

std::optional<CheckpointState> get_checkpoint_state(const FileSystem& files,
                                                    const std::string& folder,
                                                    const std::string& latest_filename) {
  const std::string path = join_path(folder, latest_filename);
  if (!files.is_file(path)) return std::nullopt;
  const auto file = files.open(path);
  CheckpointState state;
  try {
    state = parse_checkpoint_state(file->read_string(0, file->size()));
  } catch (const Error& error) {
    const Sniffed sniffed = sniff(*file);
    const bool is_text =
        sniffed.content == Content::kStateFile || sniffed.content == Content::kPlainText;
    throw Error(Code::kInvalidArgument,
                path + (is_text ? " can't be read as a checkpoint state file: " + error.message()
                                : " is no checkpoint state file but " + describe(sniffed)));
  }
  if (state.model_checkpoint_path.empty()) {
    throw Error(Code::kInvalidArgument,
                path + " names no checkpoint (model_checkpoint_path is missing)");
  }
  state.model_checkpoint_path = join_path(folder, state.model_checkpoint_path);
  for (std::string& each : state.all_model_checkpoint_paths) each = join_path(folder, each);
  return state;
}

std::optional<std::string> latest_checkpoint(const FileSystem& files, const std::string& folder,
                                             const std::string& latest_filename) {
  const auto state = get_checkpoint_state(files, folder, latest_filename);
  if (!state) return std::nullopt;
  const StatePath path = follow_state_path(files, folder, state->model_checkpoint_path);
  if (path.found.empty()) return std::nullopt;
  return path.found;
}

StatePath follow_state_path(const FileSystem& files, const std::string& folder,
                            const std::string& named) {
  StatePath followed{named, ""};
  if (checkpoint_exists(files, named)) {
    followed.found = named;
    return followed;
  }
  // An empty base name keeps its slash: "run/" + ".index".
  const std::string name = last_component(named);
  const std::string beside =
      folder.empty() || folder.ends_with('/') ? folder + name : folder + '/' + name;
  if (checkpoint_exists(files, beside)) followed.found = beside;
  return followed;
}

bool checkpoint_exists(const FileSystem& files, const std::string& prefix) {
  if (files.is_file(prefix + ".index") || files.is_file(prefix)) return true;
  const FileName name = parse_file_name(prefix);
  return name.role == FileRole::kShardPattern && any_v1_shard(files, name);
}

std::optional<CheckpointState> get_checkpoint_state(const std::string& folder,
                                                    const std::string& latest_filename) {
  return get_checkpoint_state(posix_file_system(), folder, latest_filename);
}

std::optional<std::string> latest_checkpoint(const std::string& folder,
                                             const std::string& latest_filename) {
  return latest_checkpoint(posix_file_system(), folder, latest_filename);
}

}  // namespace icecore::inline v0
