#include "io/folders.h"

#include <icecore/error.h>

#include <vector>

namespace icecore::inline v0 {

void make_folder(FileSystem& files, const std::string& folder) {
  if (folder.empty() || files.is_folder(folder)) return;
  try {
    files.create_folder(folder);
  } catch (const Error& error) {
    if (error.code() != Code::kAlreadyExists || !files.is_folder(folder)) throw;
  }
}

void make_folders(FileSystem& files, const std::string& folder) {
  // From below, since what lies above may not be ours to look at.
  std::vector<std::string> missing;
  for (std::string path = folder; !path.empty() && !files.is_folder(path); path = folder_of(path)) {
    missing.push_back(path);
  }
  for (; !missing.empty(); missing.pop_back()) make_folder(files, missing.back());
}

}  // namespace icecore::inline v0
