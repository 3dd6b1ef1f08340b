// The machine's own files.
#pragma once

#include "io/file_system.h"

namespace icecore::inline v0 {

// An empty folder name means the current folder.
class ICECORE_API PosixFileSystem : public FileSystem {
 public:
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
};

}  // namespace icecore::inline v0
