// The data files of a V2 checkpoint.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "checkpoint/bundle_entry.h"
#include "io/file_system.h"

namespace icecore::inline v0 {

// Opened when first needed and kept open. The file system must outlive it. Threads: may be shared.
class DataFiles {
 public:
  DataFiles(const FileSystem& files, std::string prefix, std::uint32_t num_shards)
      : files_(files), prefix_(std::move(prefix)), num_shards_(num_shards) {}

  std::string path(std::uint32_t shard) const;
  // NOT_FOUND "shard 0 of 1 missing: …" where it isn't there.
  std::shared_ptr<const RandomAccessFile> open(std::uint32_t shard) const;
  // The file that holds the entry's range; OUT_OF_RANGE where it ends before.
  std::shared_ptr<const RandomAccessFile> open_for(const BundleEntry& entry) const;

 private:
  const FileSystem& files_;
  std::string prefix_;
  std::uint32_t num_shards_;
  mutable std::mutex mutex_;  // Guards what follows.
  mutable std::map<std::uint32_t, std::shared_ptr<const RandomAccessFile>> open_;
};

// Why a data file isn't what was saved, where something else is in its place: "a git-lfs pointer,
// not the file itself: …". "" where it may be a data file. Values can look like anything, so this
// is for files that are known to be wrong.
std::string foreign_content(const RandomAccessFile& file);
// The same, to stand behind a message: "; the file is a git-lfs pointer, …", or "".
std::string foreign_note(const RandomAccessFile& file);

// "(bytes 12 to 24)": where an entry lies, for messages.
std::string range_text(const BundleEntry& entry);

}  // namespace icecore::inline v0
