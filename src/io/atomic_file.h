// A file that appears whole or not at all.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <icecore/export.h>

#include "io/file_system.h"

namespace icecore::inline v0 {

enum class Durability {
  kRename,  // A crash of the program leaves the old file or the new one.
  kSync,    // So does a crash of the machine: the file and its folder are synced.
};

// Whether `name` is one that AtomicFile writes under: "NAME.tmp<process>_<number>". Such a file was
// left by a program that was killed, or is being written.
ICECORE_API bool is_temporary_name(std::string_view name);

// Written under a temporary name beside `path`; commit() renames it. Dropped without commit(), the
// temporary file is removed. Whatever has a temporary name already is neither opened nor followed.
class ICECORE_API AtomicFile {
 public:
  AtomicFile(FileSystem& files, std::string path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void preallocate(std::uint64_t size);
  void write(std::span<const std::byte> bytes);
  void write(std::string_view text);
  // Makes what was written durable ahead of commit().
  void sync();
  void commit(Durability durability);
  // Whether `path` is the new file: after commit(), and after one that failed only to sync the
  // folder.
  bool is_in_place() const { return file_ == nullptr; }

 private:
  FileSystem& files_;
  std::string path_;
  std::string temporary_;
  std::unique_ptr<WritableFile> file_;
};

}  // namespace icecore::inline v0
