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
  // Both new files are in place: takes the second names away.
  void drop() noexcept;
  // Neither is: takes away what keep() made.
  void forget() noexcept;
  // Only the new data file is: makes it the old one again. Where even that fails, the set stays,
  // and counts.
  void put_back(const std::string& data_path) noexcept;

 private:
  std::vector<std::string> data_files_of(const std::string& prefix) const;
  void remove_set();

  FileSystem& files_;
  std::string prefix_;
  std::string previous_;
  bool kept_ = false, made_ = false;
};

}  // namespace icecore::inline v0
