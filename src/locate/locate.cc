#include "locate/locate.h"

#include <icecore/error.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "locate/file_name.h"
#include "locate/list_checkpoints.h"
#include "locate/not_found.h"
#include "locate/previous_set.h"
#include "locate/refuse.h"
#include "locate/sniff.h"
#include "locate/state_file.h"

namespace icecore::inline v0 {
namespace {

using Format = CheckpointLocation::Format;

constexpr const char* kStateFileName = "checkpoint";

std::string without_trailing_slashes(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

// "V2, 1 shard", "V1, 1 of 2 shards"
std::string kind_and_shards(const FileSystem& files, const CheckpointLocation& location) {
  const bool v2 = location.format == Format::kV2;
  std::string text = v2 ? "V2" : "V1";
  std::uint32_t shards = 1;
  if (v2) {
    if (const auto on_disk = checkpoint_on_disk(files, location.prefix)) shards = on_disk->shards;
  } else if (const FileName name = parse_file_name(location.prefix);
             name.role == FileRole::kShardPattern) {
    shards = name.shards;
    if (location.tables.size() < shards) {
      text += ", " + std::to_string(location.tables.size()) + " of " + std::to_string(shards) +
              " shards";
      return text;
    }
  }
  return text + ", " + std::to_string(shards) + (shards == 1 ? " shard" : " shards");
}

class Resolver {
 public:
  Resolver(const FileSystem& files, const std::string& path) : files_(files), path_(path) {}

  CheckpointLocation resolve() {
    // As TensorFlow is given it: the prefix itself.
    if (files_.is_file(path_ + ".index")) return v2(path_);
    if (path_.ends_with('/') && files_.is_folder(path_)) {
      return in_folder(without_trailing_slashes(path_));
    }
    if (path_.empty()) throw Error(Code::kNotFound, explain_no_checkpoint(files_, path_));
    if (files_.is_folder(path_)) return in_folder(path_);
    // A pipe too: opening it tells why it can't be read.
    if (files_.status(path_)) return of_file();
    return of_missing();
  }

 private:
  CheckpointLocation v2(const std::string& prefix) const {
    if (previous_set_counts(files_, prefix)) {
      return with_note(v2_as_named(previous_prefix(prefix)),
                       "what stood at " + prefix + " before a save that was interrupted");
    }
    return v2_as_named(prefix);
  }

  CheckpointLocation v2_as_named(const std::string& prefix) const {
    const std::string index = prefix + ".index";
    const Sniffed sniffed = sniff(files_, index);
    if (sniffed.content != Content::kTable) refuse_index(index, sniffed);
    return {Format::kV2, prefix, {index}, ""};
  }

  // Every shard that is there; nothing where there is none.
  std::optional<CheckpointLocation> v1_shards(const std::string& prefix,
                                              std::uint32_t shards) const {
    const std::string folder = folder_of(prefix);
    if (!files_.is_folder(folder)) return std::nullopt;
    CheckpointLocation location{Format::kV1, v1_shard_pattern(prefix, shards), {}, ""};
    for (const std::string& name : files_.list(folder)) {
      const FileName parsed = parse_file_name(name);
      if (parsed.role != FileRole::kV1Shard || parsed.shards != shards ||
          parsed.prefix != base_name_of(prefix)) {
        continue;
      }
      location.tables.push_back(v1_shard_name(prefix, parsed.shard, shards));
    }
    if (location.tables.empty()) return std::nullopt;
    std::ranges::sort(location.tables);
    for (const std::string& table : location.tables) check_v1(table);
    return location;
  }

  void check_v1(const std::string& table) const {
    const Sniffed sniffed = sniff(files_, table);
    if (sniffed.content != Content::kTable || sniffed.table == TableKind::kV2Index) {
      refuse(table, sniffed);
    }
  }

  // What a prefix stands for, whatever its format; nothing where there is no such checkpoint.
  std::optional<CheckpointLocation> at_prefix(const std::string& prefix) const {
    if (files_.is_file(prefix + ".index")) return v2(prefix);
    if (const FileName name = parse_file_name(prefix); name.role == FileRole::kShardPattern) {
      return v1_shards(name.prefix, name.shards);
    }
    if (files_.is_file(prefix)) {
      const Sniffed sniffed = sniff(files_, prefix);
      if (sniffed.content != Content::kTable || sniffed.table == TableKind::kV2Index) {
        refuse(prefix, sniffed);
      }
      return CheckpointLocation{Format::kV1, prefix, {prefix}, ""};
    }
    const auto sharded = checkpoint_on_disk(files_, prefix);
    return sharded ? v1_shards(prefix, sharded->shards) : std::nullopt;
  }

  // Of a prefix that was seen to be there.
  CheckpointLocation seen_at(const std::string& prefix) const {
    if (const auto found = at_prefix(prefix)) return *found;
    throw Error(Code::kNotFound, explain_no_checkpoint(files_, prefix));
  }

  CheckpointLocation with_note(CheckpointLocation location, const std::string& why) const {
    location.note =
        "using " + location.prefix + " (" + kind_and_shards(files_, location) + "; " + why + ")";
    return location;
  }

  // `path_` is a file, and there is no `path_`.index.
  CheckpointLocation of_file() const {
    const FileName name = parse_file_name(path_);
    const Sniffed sniffed = sniff(files_, path_);
    switch (name.role) {
      case FileRole::kIndex:
        if (sniffed.content == Content::kTable && sniffed.table == TableKind::kV1) break;
        return with_note(v2(name.prefix), "you passed its .index file");
      case FileRole::kData:
        return with_note(seen_at(name.prefix), "you passed its .data file");
      case FileRole::kMeta:
        if (sniffed.content != Content::kTable) return of_meta_graph(name.prefix);
        break;
      case FileRole::kTemporary:
        throw Error(Code::kInvalidArgument,
                    path_ + " was left by a save that was interrupted: it is no whole checkpoint");
      default:
        break;
    }
    switch (sniffed.content) {
      case Content::kStateFile:
        return of_state_file();
      case Content::kMetaGraphDef:
      case Content::kTextMetaGraph:
        if (const auto prefix = prefix_of_meta_graph()) return of_meta_graph(*prefix);
        refuse(path_, sniffed);
      case Content::kTable:
        if (sniffed.table == TableKind::kV2Index) refuse(path_, sniffed);
        if (name.role == FileRole::kV1Shard) {
          return with_note(seen_at(v1_shard_pattern(name.prefix, name.shards)),
                           "you passed one of them");
        }
        return {Format::kV1, path_, {path_}, ""};
      default:
        refuse(path_, sniffed);
    }
  }

  CheckpointLocation of_meta_graph(const std::string& prefix) const {
    return with_note(seen_at(prefix), "you passed its .meta file");
  }

  // Of a meta graph that isn't named P.meta: "P.meta.pbtxt", "P.mm" (meta_graph_suffix), if there
  // is a checkpoint P.
  std::optional<std::string> prefix_of_meta_graph() const {
    std::string prefix = path_;
    for (std::size_t dot = prefix.rfind('.');
         dot != std::string::npos && dot > prefix.rfind('/') + 1; dot = prefix.rfind('.')) {
      prefix.resize(dot);
      if (checkpoint_exists(files_, prefix)) return prefix;
    }
    return std::nullopt;
  }

  // Neither a file nor a folder. It may still be one of a checkpoint's files, or a V1 checkpoint
  // that is stored in shards.
  CheckpointLocation of_missing() const {
    if (!files_.is_folder(folder_of(path_))) {
      throw Error(Code::kNotFound, explain_no_checkpoint(files_, path_));
    }
    if (const auto found = at_prefix(path_)) {
      const bool whole_pattern =
          found->prefix == path_ && found->tables.size() == parse_file_name(path_).shards;
      return whole_pattern
                 ? *found
                 : with_note(*found, found->prefix == path_ ? "the others are missing"
                                                            : "it is stored in numbered files");
    }
    const auto [prefix, suffix] = split_known_suffix();
    if (suffix == ".meta" && !at_prefix(prefix)) {
      throw Error(Code::kNotFound,
                  "there is no file " + path_ + ": " + explain_no_checkpoint(files_, prefix));
    }
    if (!suffix.empty()) {
      return with_note(seen_at(prefix), "you passed its " + suffix + " file");
    }
    throw Error(Code::kNotFound, explain_no_checkpoint(files_, path_));
  }

  // What people make of a data file's name, too: "P.data", "P.data-?????-of-00001".
  std::pair<std::string, std::string> split_known_suffix() const {
    const FileName name = parse_file_name(path_);
    if (name.role == FileRole::kIndex) return {name.prefix, ".index"};
    if (name.role == FileRole::kMeta) return {name.prefix, ".meta"};
    const std::size_t data = path_.rfind(".data");
    if (data != std::string::npos &&
        path_.find_first_not_of("-?*0123456789of", data + 5) == std::string::npos) {
      return {path_.substr(0, data), ".data"};
    }
    return {path_, ""};
  }

  CheckpointLocation of_state_file() const {
    const std::string folder = folder_of(path_);
    ByStateFile found = by_state_file(folder, base_name_of(path_));
    if (found.location) return *std::move(found.location);
    throw Error(Code::kNotFound, explain_empty_folder(files_, folder, found.problem));
  }

  struct ByStateFile {
    std::optional<CheckpointLocation> location;
    std::string problem;  // Where there is none, a clause that says why.
  };

  // The newest of a state file; an older one of it, or the newest on disk, where that isn't whole.
  ByStateFile by_state_file(const std::string& folder, const std::string& name) const {
    const std::string file = join_path(folder, name);
    std::optional<CheckpointState> state;
    try {
      state = get_checkpoint_state(files_, folder, name);
    } catch (const Error& error) {
      return fall_back(folder, error.message());
    }
    if (!state) return {};
    const StatePath newest = follow_state_path(files_, folder, state->model_checkpoint_path);
    if (newest.found.empty()) {
      return fall_back(folder, file + " names " + newest.named + ", which isn't there");
    }
    const auto on_disk = checkpoint_on_disk(files_, newest.found);
    if (on_disk && !on_disk->complete) {
      const auto siblings = list_checkpoints(files_, folder_of(newest.found));
      const CheckpointOnDisk* const older = newest_checkpoint(siblings);
      if (older != nullptr && older->complete) {
        return {with_note(seen_at(older->prefix),
                          file + " names " + newest.named + ", but " + on_disk->defect),
                ""};
      }
    }
    return {with_note(seen_at(newest.found),
                      newest.has_moved() ? file + " names " + newest.named + ", which has moved"
                                         : "the latest of " + file),
            ""};
  }

  // The newest on disk where the state file is of no use.
  ByStateFile fall_back(const std::string& folder, const std::string& problem) const {
    const auto found = list_checkpoints(files_, folder);
    const CheckpointOnDisk* const newest = newest_checkpoint(found);
    if (newest == nullptr) return {std::nullopt, problem};
    return {with_note(seen_at(newest->prefix), "the newest on disk: " + problem), ""};
  }

  CheckpointLocation in_folder(const std::string& folder) const {
    std::string problem;
    if (files_.is_file(join_path(folder, kStateFileName))) {
      ByStateFile found = by_state_file(folder, kStateFileName);
      if (found.location) return *std::move(found.location);
      problem = found.problem;
    }
    const std::string variables = join_path(folder, "variables/variables");
    const bool is_saved_model = files_.is_file(join_path(folder, "saved_model.pb")) ||
                                files_.is_file(join_path(folder, "saved_model.pbtxt"));
    if (is_saved_model) {
      if (files_.is_file(variables + ".index")) {
        return with_note(v2(variables), "the variables of the SavedModel " + folder);
      }
      throw Error(Code::kNotFound, folder + " is a SavedModel without variables: there is no " +
                                       variables + ".index");
    }
    const auto found = list_checkpoints(files_, folder);
    if (const CheckpointOnDisk* const newest = newest_checkpoint(found)) {
      return with_note(seen_at(newest->prefix),
                       "the newest in " + folder + ", which has no " + kStateFileName + " file");
    }
    if (files_.is_file(variables + ".index")) {
      return with_note(v2(variables), "the variables in " + folder);
    }
    throw Error(Code::kNotFound, explain_empty_folder(files_, folder, problem));
  }

  const FileSystem& files_;
  const std::string path_;
};

}  // namespace

CheckpointLocation locate_checkpoint(const FileSystem& files, const std::string& path) {
  return Resolver(files, path).resolve();
}

}  // namespace icecore::inline v0
