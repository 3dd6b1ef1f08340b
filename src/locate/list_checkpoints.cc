#include "locate/list_checkpoints.h"

#include <icecore/error.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "locate/file_name.h"
#include "locate/previous_set.h"
#include "locate/sniff.h"

namespace icecore::inline v0 {
namespace {

using Format = CheckpointLocation::Format;

// Number of shards -> those of them that are there. After an overwrite with another number of
// shards both sets may lie there.
using ShardSets = std::map<std::uint32_t, std::set<std::uint32_t>>;

// What a folder holds, by base prefix.
struct Seen {
  std::map<std::string, ShardSets> data;
  std::map<std::string, ShardSets> v1_shards;
  std::set<std::string> indexes;
  std::set<std::string> others;
};

// The prefix without the pattern of V1 shards.
std::string without_pattern(const std::string& prefix) {
  const FileName name = parse_file_name(prefix);
  return name.role == FileRole::kShardPattern ? name.prefix : prefix;
}

// Of all names, or of those with the prefix `only`.
Seen sort_out(const std::vector<std::string>& names, const std::string* only) {
  Seen seen;
  for (const std::string& name : names) {
    const FileName parsed = parse_file_name(name);
    if (only != nullptr && parsed.prefix != *only) continue;
    switch (parsed.role) {
      case FileRole::kIndex:
        seen.indexes.insert(parsed.prefix);
        break;
      case FileRole::kData:
        seen.data[parsed.prefix][parsed.shards].insert(parsed.shard);
        break;
      case FileRole::kV1Shard:
        seen.v1_shards[parsed.prefix][parsed.shards].insert(parsed.shard);
        break;
      case FileRole::kOther:
        seen.others.insert(name);
        break;
      default:
        break;
    }
  }
  return seen;
}

// The set that is whole, else the one that lacks fewest.
ShardSets::const_iterator best_set(const ShardSets& sets) {
  return std::min_element(sets.begin(), sets.end(), [](const auto& a, const auto& b) {
    return a.first - a.second.size() < b.first - b.second.size();
  });
}

std::optional<std::uint32_t> first_missing(std::uint32_t shards,
                                           const std::set<std::uint32_t>& there) {
  for (std::uint32_t shard = 0; shard < shards; ++shard) {
    if (!there.contains(shard)) return shard;
  }
  return std::nullopt;
}

// What keeps a file from being a table; nothing where it is one.
std::string defect_of_table(const FileSystem& files, const std::string& path) {
  try {
    const Sniffed sniffed = sniff(files, path);
    if (sniffed.content == Content::kTable) return "";
    return base_name_of(path) + " is " + describe(sniffed);
  } catch (const Error& error) {
    return error.message();
  }
}

// Of a file that a name led to; nothing for what is no file, and for what can't be looked at, such
// as a link to itself: no other checkpoint may suffer from it.
std::optional<FileStatus> status_of_file(const FileSystem& files, const std::string& path) {
  try {
    const auto status = files.status(path);
    return status && status->kind == FileStatus::Kind::kFile ? status : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
}

// A name says little of a V1 checkpoint: tables of other kinds lie about, a V2 index kept as
// "m.index.bak" among them.
bool is_v1_table(const FileSystem& files, const std::string& path) {
  try {
    const Sniffed sniffed = sniff(files, path);
    return sniffed.content == Content::kTable && sniffed.table == TableKind::kV1;
  } catch (const Error&) {
    return false;  // Unreadable, which concerns those who ask for it.
  }
}

class Listing {
 public:
  Listing(const FileSystem& files, const std::string& folder) : files_(files), folder_(folder) {}

  std::vector<CheckpointOnDisk> list(const std::string* only) {
    const Seen seen = sort_out(files_.list(folder_), only);
    for (const std::string& prefix : seen.indexes) {
      // What is kept while its prefix is written over is no checkpoint of its own.
      if (only != nullptr || !is_previous_prefix(prefix)) add_v2(prefix, seen);
    }
    for (const auto& [prefix, sets] : seen.v1_shards) {
      for (const auto& [shards, there] : sets) add_v1_shards(prefix, shards, there);
    }
    for (const std::string& name : seen.others) {
      if (!seen.indexes.contains(name)) add_v1(name);
    }
    std::ranges::sort(found_, [](const CheckpointOnDisk& a, const CheckpointOnDisk& b) {
      return std::tie(a.stem, a.step, a.prefix) < std::tie(b.stem, b.step, b.prefix);
    });
    return std::move(found_);
  }

 private:
  CheckpointOnDisk start(const std::string& prefix, Format format) const {
    CheckpointOnDisk checkpoint;
    checkpoint.prefix = in_folder(prefix);
    const StemAndStep name = split_step(prefix);
    checkpoint.stem = in_folder(name.stem);
    checkpoint.step = name.step;
    checkpoint.format = format;
    return checkpoint;
  }

  void add_v2(const std::string& prefix, const Seen& seen) {
    CheckpointOnDisk checkpoint = start(prefix, Format::kV2);
    const std::string index = checkpoint.prefix + ".index";
    const auto status = status_of_file(files_, index);
    if (!status) return;
    checkpoint.modified_ns = status->modified_ns;
    checkpoint.defect = defect_of_table(files_, index);
    const auto data = seen.data.find(prefix);
    if (data == seen.data.end()) {
      if (checkpoint.defect.empty()) {
        checkpoint.defect = data_file_name(prefix, 0, 1) + " is missing";
      }
    } else {
      const auto& [shards, there] = *best_set(data->second);
      checkpoint.shards = shards;
      const auto missing = first_missing(shards, there);
      if (missing && checkpoint.defect.empty()) {
        checkpoint.defect = data_file_name(prefix, *missing, shards) + " is missing";
      }
    }
    add(std::move(checkpoint));
  }

  void add_v1_shards(const std::string& prefix, std::uint32_t shards,
                     const std::set<std::uint32_t>& there) {
    // Other programs number their files like this too.
    const std::string first = in_folder(v1_shard_name(prefix, *there.begin(), shards));
    const auto status = status_of_file(files_, first);
    if (!status) return;
    if (!is_v1_table(files_, first)) return;
    CheckpointOnDisk checkpoint = start(prefix, Format::kV1);
    checkpoint.prefix = in_folder(v1_shard_pattern(prefix, shards));
    checkpoint.shards = shards;
    checkpoint.modified_ns = status->modified_ns;
    if (const auto missing = first_missing(shards, there)) {
      checkpoint.defect = v1_shard_name(prefix, *missing, shards) + " is missing";
    }
    add(std::move(checkpoint));
  }

  void add_v1(const std::string& name) {
    CheckpointOnDisk checkpoint = start(name, Format::kV1);
    const auto status = status_of_file(files_, checkpoint.prefix);
    if (!status) return;
    if (!is_v1_table(files_, checkpoint.prefix)) return;
    checkpoint.modified_ns = status->modified_ns;
    add(std::move(checkpoint));
  }

  void add(CheckpointOnDisk checkpoint) {
    checkpoint.complete = checkpoint.defect.empty();
    found_.push_back(std::move(checkpoint));
  }

  // Unlike join_path() this keeps the slash before an empty base name ("run/" + ".index").
  std::string in_folder(const std::string& name) const {
    return folder_.empty() || folder_.ends_with('/') ? folder_ + name : folder_ + '/' + name;
  }

  const FileSystem& files_;
  std::string folder_;
  std::vector<CheckpointOnDisk> found_;
};

}  // namespace

std::vector<CheckpointOnDisk> list_checkpoints(const FileSystem& files, const std::string& folder) {
  return Listing(files, folder).list(nullptr);
}

std::optional<CheckpointOnDisk> checkpoint_on_disk(const FileSystem& files,
                                                   const std::string& prefix) {
  const std::string folder = folder_of(prefix);
  if (!files.is_folder(folder)) return std::nullopt;
  const std::string name = base_name_of(without_pattern(prefix));
  const std::vector<CheckpointOnDisk> found = Listing(files, folder).list(&name);
  const CheckpointOnDisk* const one = find_checkpoint(found, prefix);
  return one == nullptr ? std::nullopt : std::optional(*one);
}

const CheckpointOnDisk* find_checkpoint(const std::vector<CheckpointOnDisk>& found,
                                        const std::string& prefix) {
  const auto at = std::ranges::find_if(found, [&](const CheckpointOnDisk& checkpoint) {
    return checkpoint.prefix == prefix || without_pattern(checkpoint.prefix) == prefix;
  });
  return at == found.end() ? nullptr : &*at;
}

const CheckpointOnDisk* newest_checkpoint(const std::vector<CheckpointOnDisk>& found) {
  struct Family {
    const CheckpointOnDisk* newest = nullptr;
    std::int64_t modified_ns = 0;
  };
  std::map<std::string, Family> families;  // By stem.
  const bool any_complete = std::ranges::any_of(found, &CheckpointOnDisk::complete);
  for (const CheckpointOnDisk& checkpoint : found) {
    if (checkpoint.complete != any_complete) continue;
    Family& family = families[checkpoint.stem];
    if (family.newest == nullptr || checkpoint.step > family.newest->step) {
      family.newest = &checkpoint;
    }
    family.modified_ns = std::max(family.modified_ns, checkpoint.modified_ns);
  }
  const auto last = std::ranges::max_element(
      families, {}, [](const auto& family) { return family.second.modified_ns; });
  return last == families.end() ? nullptr : last->second.newest;
}

}  // namespace icecore::inline v0
