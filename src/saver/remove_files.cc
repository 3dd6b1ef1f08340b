#include "saver/remove_files.h"

#include <icecore/saver.h>

#include <string_view>

#include "locate/file_name.h"
#include "locate/previous_set.h"

namespace icecore::inline v0 {
namespace {

void remove_if_there(FileSystem& files, const std::string& path) {
  if (files.is_file(path)) files.remove(path);
}

// Files of that role and prefix; of V1's shards those of one number.
void remove_all(FileSystem& files, const std::string& prefix, FileRole role, std::uint32_t shards) {
  const std::string folder = folder_of(prefix);
  if (!files.is_folder(folder)) return;
  for (const std::string& name : files.list(folder)) {
    const FileName parsed = parse_file_name(name);
    const bool counts = shards == 0 || parsed.shards == shards;
    if (parsed.role == role && counts && parsed.prefix == base_name_of(prefix)) {
      files.remove(join_path(folder, name));
    }
  }
}

void remove_v2(FileSystem& files, const std::string& prefix) {
  remove_if_there(files, prefix + ".index");
  remove_all(files, prefix, FileRole::kData, 0);
}

// Takes what `belongs` off the end of the text.
bool take_off(std::string_view& text, std::string_view characters) {
  const std::size_t before = text.find_last_not_of(characters);
  const std::size_t kept = before == std::string_view::npos ? 0 : before + 1;
  if (kept == text.size()) return false;
  text.remove_suffix(text.size() - kept);
  return true;
}

}  // namespace

std::string meta_graph_filename(const std::string& path, const std::string& suffix) {
  // The pattern -[\d\?]+-of-\d+ at the end.
  std::string_view rest = path;
  const bool has_tail = take_off(rest, "0123456789") && rest.ends_with("-of-");
  if (has_tail) rest.remove_suffix(4);
  if (has_tail && take_off(rest, "0123456789?") && rest.ends_with('-')) {
    rest.remove_suffix(1);
    return std::string(rest) + "." + suffix;
  }
  return path + "." + suffix;
}

void remove_checkpoint_files(FileSystem& files, const std::string& prefix,
                             SaverDef::Version version, const std::string& meta_graph_suffix) {
  remove_if_there(files, meta_graph_filename(prefix, meta_graph_suffix));
  if (version == SaverDef::Version::kV2) {
    remove_v2(files, prefix);
    // What an interrupted save over it kept.
    remove_v2(files, previous_prefix(prefix));
    return;
  }
  remove_if_there(files, prefix);
  const FileName pattern = parse_file_name(prefix);
  if (pattern.role == FileRole::kShardPattern) {
    remove_all(files, pattern.prefix, FileRole::kV1Shard, pattern.shards);
  }
}

void remove_checkpoint(const std::string& prefix, SaverDef::Version version,
                       const std::string& meta_graph_suffix) {
  remove_checkpoint_files(posix_file_system(), prefix, version, meta_graph_suffix);
}

}  // namespace icecore::inline v0
