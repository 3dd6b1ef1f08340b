// A file that appears whole or not at all.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include <icecore/export.h>

#include "io/file_system.h"

namespace icecore::inline v0 {

enum class Durability {
  kRename,  // A crash of the program leaves the old file or the new one.
  kSync,    // So does a crash of the machine: the file and its folder are synced.
};

// Written under a temporary name beside `path`; commit() renames it. Dropped without commit(), the
// temporary file is removed.
class ICECORE_API AtomicFile {
 public:
  AtomicFile(FileSystem& files, std::string path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void preallocate(std::uint64_t size);
  void write(std::span<const std::byte> bytes);
  void write(std::string_view text);
  void commit(Durability durability);

 private:
  FileSystem& files_;
  std::string path_;
  std::string temporary_;
  std::unique_ptr<WritableFile> file_;
};

}  // namespace icecore::inline v0
