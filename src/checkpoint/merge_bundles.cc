#include "checkpoint/merge_bundles.h"

#include <icecore/error.h>

#include <cstdint>
#include <exception>
#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "checkpoint/bundle_entry.h"
#include "checkpoint/previous_files.h"
#include "checkpoint/table_reader.h"
#include "checkpoint/table_writer.h"
#include "io/atomic_file.h"
#include "io/folders.h"
#include "locate/file_name.h"
#include "locate/previous_set.h"
#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/piece.h"

namespace icecore::inline v0 {
namespace {

namespace Def = pb::BundleEntryProto;

// An entry's message, its shard's number left out.
struct Entry {
  Piece before, after;  // Of the place where that stands.
  std::uint32_t shard = 0;
  bool sliced = false;
};

Entry take_apart(std::string_view message, const BundleHeader& header) {
  Entry entry;
  entry.shard = parse_bundle_entry(message, header).shard;
  for (Cursor c(message); c.next();) {
    if (c.field() == Def::shard_id) continue;
    entry.sliced = entry.sliced || c.field() == Def::slices;
    (c.field() < Def::shard_id ? entry.before : entry.after).append(c.raw());
  }
  return entry;
}

std::string message_of(const Entry& entry) {
  Piece message;
  message.append(entry.before);
  if (entry.shard != 0) message.varint(Def::shard_id, entry.shard);
  return message.append(entry.after).bytes();
}

// The slices of a partitioned tensor of another part, put behind those that are there.
void append_slices(Entry& entry, std::string_view message) {
  for (Cursor c(message); c.next();) {
    if (c.field() == Def::slices) entry.after.append(c.raw());
  }
}

class Merge {
 public:
  void add(const FileSystem& files, const std::string& part) {
    const TableReader table(files.open(part + ".index"));
    BundleHeader header;
    bool first = true;
    table.scan([&](std::string_view key, std::string_view message) {
      if (first) {
        first = false;
        header = parse_bundle_header(key.empty() ? message : std::string_view(), table.path());
        if (any_ && header.big_endian != big_endian_) {
          throw Error(
              Code::kInvalidArgument,
              "Merging bundles with conflicting endianness; inputs corrupted? " + table.path());
        }
        big_endian_ = header.big_endian;
        any_ = true;
        num_shards_ += header.num_shards;
        if (key.empty()) return;
      }
      add_entry(part, header, key, message);
    });
  }

  // The new name of each data file, by the old one.
  const std::map<std::string, std::uint32_t>& data_files() const { return data_files_; }

  void write_index(AtomicFile& file) const {
    TableWriter table([&](std::span<const std::byte> bytes) { file.write(bytes); });
    table.add("", encode_bundle_header(num_shards_, big_endian_));
    for (const auto& [key, entry] : entries_) table.add(key, message_of(entry));
    table.finish();
    file.sync();
  }

 private:
  void add_entry(const std::string& part, const BundleHeader& header, std::string_view key,
                 std::string_view message) {
    Entry entry = take_apart(message, header);
    if (const auto found = entries_.find(key); found != entries_.end()) {
      if (!entry.sliced || !found->second.sliced) {
        throw Error(Code::kInvalidArgument, "Duplicate tensor keyed by " + std::string(key) +
                                                " encountered, when merging prefix: " + part);
      }
      append_slices(found->second, message);
      return;
    }
    // Numbers are handed out as files are met, also for entries that have no values of their own.
    const std::string data = data_file_name(part, entry.shard, header.num_shards);
    entry.shard =
        data_files_.emplace(data, static_cast<std::uint32_t>(data_files_.size())).first->second;
    entries_.emplace(key, std::move(entry));
  }

  bool any_ = false, big_endian_ = false;
  std::uint64_t num_shards_ = 0;
  std::map<std::string, std::uint32_t> data_files_;
  std::map<std::string, Entry, std::less<>> entries_;
};

// A part that is the destination would be lost, and one that comes twice is there once.
void check_parts(const std::vector<std::string>& parts, const std::string& prefix) {
  const auto shortest = [](const std::string& path) {
    return std::filesystem::path(path).lexically_normal().string();
  };
  std::set<std::string> seen = {shortest(prefix), shortest(previous_prefix(prefix))};
  for (const std::string& part : parts) {
    if (!seen.insert(shortest(part)).second) {
      throw Error(Code::kInvalidArgument, part + " can't be merged into " + prefix +
                                              ": it is that itself, or one of the parts twice");
    }
  }
}

// Data files that were renamed, until it is sure that they stay so.
class MovedFiles {
 public:
  explicit MovedFiles(FileSystem& files) : files_(files) {}

  void move(const std::string& from, const std::string& to) {
    files_.rename(from, to);
    moved_.emplace_back(from, to);
  }
  bool any() const { return !moved_.empty(); }
  // The last one first.
  void move_back() {
    for (; !moved_.empty(); moved_.pop_back()) {
      files_.rename(moved_.back().second, moved_.back().first);
    }
  }

 private:
  FileSystem& files_;
  std::vector<std::pair<std::string, std::string>> moved_;
};

void give_up(MovedFiles& moved, PreviousFiles& previous) noexcept {
  if (!moved.any()) return previous.forget();
  try {
    moved.move_back();
    previous.put_back();
  } catch (const std::exception&) {
    // What was kept of the old checkpoint stays, and counts.
  }
}

}  // namespace

void merge_bundles(FileSystem& files, const std::vector<std::string>& parts,
                   const std::string& prefix) {
  check_parts(parts, prefix);
  Merge merge;
  for (const std::string& part : parts) merge.add(files, part);
  make_folder(files, folder_of(prefix));
  AtomicFile index(files, prefix + ".index");
  merge.write_index(index);
  PreviousFiles previous(files, prefix);
  previous.keep();
  MovedFiles moved(files);
  try {
    const auto count = static_cast<std::uint32_t>(merge.data_files().size());
    for (const auto& [from, number] : merge.data_files()) {
      moved.move(from, data_file_name(prefix, number, count));
    }
    files.sync_folder(folder_of(prefix));
    index.commit(Durability::kSync);
  } catch (...) {
    // Where only the folder couldn't be synced, the new checkpoint is there, and what was kept of
    // the old one stays: a crash of the machine may undo the last step.
    if (!index.is_in_place()) give_up(moved, previous);
    throw;
  }
  previous.drop();
  for (const std::string& part : parts) files.remove(part + ".index");
}

}  // namespace icecore::inline v0
