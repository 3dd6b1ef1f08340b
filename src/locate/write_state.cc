#include "locate/write_state.h"

#include <icecore/error.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "io/atomic_file.h"
#include "locate/file_name.h"
#include "locate/state_file.h"

namespace icecore::inline v0 {
namespace {

bool is_absolute(const std::string& path) {
  return path.starts_with('/');
}

// os.path.abspath, as components.
std::vector<std::string> components(const std::string& path) {
  std::string whole = path;
  if (!is_absolute(path)) whole = std::filesystem::current_path().string() + "/" + path;
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= whole.size();) {
    const std::size_t end = std::min(whole.find('/', at), whole.size());
    const std::string part = whole.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
      continue;
    }
    parts.push_back(part);
  }
  return parts;
}

std::string python_list(const std::vector<std::string>& items) {
  std::string text = "[";
  for (const std::string& item : items) text += (text.size() > 1 ? ", '" : "'") + item + "'";
  return text + "]";
}

// The file that says when a checkpoint was written: its index, or the first that the V1 prefix
// stands for.
std::optional<FileStatus> table_of(const FileSystem& files, const std::string& prefix) {
  if (files.is_file(prefix + ".index")) return files.status(prefix + ".index");
  if (files.is_file(prefix)) return files.status(prefix);
  const FileName pattern = parse_file_name(prefix);
  const std::string folder = folder_of(pattern.prefix);
  if (pattern.role != FileRole::kShardPattern || !files.is_folder(folder)) return std::nullopt;
  for (const std::string& name : files.list(folder)) {
    const FileName parsed = parse_file_name(name);
    if (parsed.role == FileRole::kV1Shard && parsed.shards == pattern.shards &&
        parsed.prefix == base_name_of(pattern.prefix)) {
      return files.status(join_path(folder, name));
    }
  }
  return std::nullopt;
}

}  // namespace

std::string relative_path(const std::string& path, const std::string& start) {
  const std::vector<std::string> to = components(path), from = components(start);
  std::size_t common = 0;
  while (common < to.size() && common < from.size() && to[common] == from[common]) ++common;
  std::string result;
  const auto append = [&](const std::string& part) {
    if (!result.empty()) result += '/';
    result += part;
  };
  for (std::size_t i = common; i < from.size(); ++i) append("..");
  for (std::size_t i = common; i < to.size(); ++i) append(to[i]);
  return result.empty() ? "." : result;
}

CheckpointState generate_checkpoint_state(const std::string& folder,
                                          const std::string& model_checkpoint_path,
                                          std::vector<std::string> all_model_checkpoint_paths,
                                          std::vector<double> all_model_checkpoint_timestamps,
                                          std::optional<double> last_preserved_timestamp) {
  CheckpointState state{model_checkpoint_path, std::move(all_model_checkpoint_paths),
                        std::move(all_model_checkpoint_timestamps), last_preserved_timestamp};
  std::vector<std::string>& all = state.all_model_checkpoint_paths;
  if (all.empty() || all.back() != model_checkpoint_path) all.push_back(model_checkpoint_path);
  const std::vector<double>& times = state.all_model_checkpoint_timestamps;
  if (!times.empty() && times.size() != all.size()) {
    std::string text;
    for (const double time : times) text += (text.empty() ? "" : ", ") + std::to_string(time);
    throw Error(Code::kInvalidArgument,
                "Checkpoint timestamps, if provided, must match checkpoint paths (got paths " +
                    python_list(all) + " and timestamps [" + text + "])",
                Misuse::kValue);
  }
  if (is_absolute(folder)) return state;
  const auto from_folder = [&](std::string& path) {
    if (!is_absolute(path)) path = relative_path(path, folder);
  };
  from_folder(state.model_checkpoint_path);
  std::ranges::for_each(all, from_folder);
  return state;
}

void write_checkpoint_state(FileSystem& files, const std::string& folder,
                            const std::string& model_checkpoint_path,
                            std::vector<std::string> all_model_checkpoint_paths,
                            const std::string& latest_filename, bool relative_paths,
                            std::vector<double> timestamps,
                            std::optional<double> last_preserved_timestamp) {
  std::string newest = model_checkpoint_path;
  if (relative_paths) {
    const auto from_folder = [&](std::string& path) {
      if (is_absolute(path)) path = relative_path(path, folder);
    };
    from_folder(newest);
    std::ranges::for_each(all_model_checkpoint_paths, from_folder);
  }
  const CheckpointState state =
      generate_checkpoint_state(folder, newest, std::move(all_model_checkpoint_paths),
                                std::move(timestamps), last_preserved_timestamp);
  const std::string path = join_path(folder, latest_filename);
  if (path == state.model_checkpoint_path) {
    throw Error(Code::kInvalidArgument,
                "Save path '" + model_checkpoint_path +
                    "' conflicts with path used for checkpoint state.  Please use a different "
                    "save path.",
                Misuse::kRuntime);
  }
  AtomicFile file(files, path);
  file.write(to_text(state));
  file.commit(Durability::kSync);
}

std::vector<double> get_checkpoint_mtimes(const FileSystem& files,
                                          const std::vector<std::string>& prefixes) {
  std::vector<double> times;
  for (const std::string& prefix : prefixes) {
    const auto status = table_of(files, prefix);
    if (!status) continue;
    // TensorFlow's file systems know whole seconds.
    constexpr std::int64_t kSecond = 1'000'000'000;
    const std::int64_t seconds = status->modified_ns / kSecond;
    times.push_back(static_cast<double>(seconds));
  }
  return times;
}

bool checkpoint_exists(const std::string& prefix) {
  return checkpoint_exists(posix_file_system(), prefix);
}

std::vector<double> get_checkpoint_mtimes(const std::vector<std::string>& prefixes) {
  return get_checkpoint_mtimes(posix_file_system(), prefixes);
}

void update_checkpoint_state(const std::string& folder, const std::string& model_checkpoint_path,
                             std::vector<std::string> all_model_checkpoint_paths,
                             const std::string& latest_filename,
                             std::vector<double> all_model_checkpoint_timestamps,
                             std::optional<double> last_preserved_timestamp) {
  write_checkpoint_state(posix_file_system(), folder, model_checkpoint_path,
                         std::move(all_model_checkpoint_paths), latest_filename, false,
                         std::move(all_model_checkpoint_timestamps), last_preserved_timestamp);
}

}  // namespace icecore::inline v0
