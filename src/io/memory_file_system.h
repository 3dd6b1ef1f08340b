// Files in memory, for tests and for data that never was on a disk.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "io/file_system.h"

namespace icecore::inline v0 {

// A path's folders exist as soon as a file or folder below them does; "" is the root of relative
// paths. A file that is open keeps the content it had when it was opened.
class ICECORE_API MemoryFileSystem : public FileSystem {
 public:
  void put(const std::string& path, std::string content);
  // NOT_FOUND where there is no such file.
  std::string get(const std::string& path) const;

  std::unique_ptr<RandomAccessFile> open(const std::string& path) const override;
  std::unique_ptr<WritableFile> create(const std::string& path) override;
  std::unique_ptr<WritableFile> create_new(const std::string& path) override;
  std::optional<FileStatus> status(const std::string& path) const override;
  std::vector<std::string> list(const std::string& folder) const override;
  void rename(const std::string& from, const std::string& to) override;
  void remove(const std::string& path) override;
  void link(const std::string& from, const std::string& to) override;
  void create_folder(const std::string& path) override;
  void remove_folder(const std::string& path) override;
  void sync_folder(const std::string& path) override;

 private:
  class Writer;
  struct File {
    std::shared_ptr<const std::string> content;
    std::int64_t modified_ns;
  };
  const File& find(const std::string& path) const;
  std::unique_ptr<WritableFile> create_locked(const std::string& path);
  void store(const std::string& path, std::shared_ptr<const std::string> content);
  bool is_folder_locked(const std::string& path) const;

  mutable std::mutex mutex_;  // Guards what follows.
  std::map<std::string, File> files_;
  std::map<std::string, bool> folders_;  // Made by create_folder.
  std::int64_t clock_ns_ = 0;            // Counts changes, so that later files are newer.
};

}  // namespace icecore::inline v0
