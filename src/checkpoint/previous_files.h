// Keeps the files of a checkpoint while it is written over (locate/previous_set.h).
#pragma once

#include <string>
#include <vector>

#include "io/file_system.h"

namespace icecore::inline v0 {

class PreviousFiles {
 public:
  PreviousFiles(FileSystem& files, std::string prefix);

  // Gives the prefix's files their second names, durably. Does nothing where there is no old
  // checkpoint, and where the file system has no second names. A set that an interrupted save left
  // stays where it is what counts.
  void keep();
  // The new index is in place: takes the second names away.
  void drop() noexcept;
  // No new file is: takes away what keep() made.
  void forget() noexcept;
  // New data files are, or were, but no new index: gives the old files their names again. Where
  // even that fails, the set stays, and counts.
  void put_back() noexcept;

 private:
  std::vector<std::string> data_files_of(const std::string& prefix) const;
  void put_back(const std::string& path);
  void remove_set();

  FileSystem& files_;
  std::string prefix_;
  std::string previous_;
  bool kept_ = false, made_ = false;
};

}  // namespace icecore::inline v0
