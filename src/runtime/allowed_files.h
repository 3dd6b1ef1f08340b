// The files that a graph's own ops may touch.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <icecore/export.h>

#include "io/file_system.h"

namespace icecore::inline v0 {

// The machine's files, of which only those in one folder may be touched: every path that is opened,
// made, renamed, removed, listed or looked at must lead there, links and dots resolved; what isn't
// there yet lies where its folder is. What would add or take away a name does so below the folder,
// never beside it. Anything else is FAILED_PRECONDITION, whether there is such a file or not.
//
// A program that changes links in the folder meanwhile isn't kept out; ops can't make any.
class ICECORE_API AllowedFiles final : public FileSystem {
 public:
  // "/" allows all, nothing forbids all.
  explicit AllowedFiles(std::optional<std::string> folder);

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
  // What `path` leads to.
  void check(const std::string& path) const;
  // The name itself: where it is a link, not what that leads to.
  void check_name(const std::string& path) const;

  // The folder, where there is a limit. Refuses `path` where nothing is allowed.
  std::optional<std::string> limit(const std::string& path) const;

  std::optional<std::string> folder_;
  FileSystem& files_;
};

}  // namespace icecore::inline v0
