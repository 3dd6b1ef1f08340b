#include "checkpoint/previous_files.h"

#include <icecore/error.h>

#include <exception>
#include <utility>

#include "locate/file_name.h"
#include "locate/previous_set.h"

namespace icecore::inline v0 {
namespace {

// What a file system says that has no second names for files, or not for this one.
bool has_no_links(Code code) {
  return code == Code::kPermissionDenied || code == Code::kUnimplemented ||
         code == Code::kUnknown || code == Code::kInvalidArgument;
}

}  // namespace

PreviousFiles::PreviousFiles(FileSystem& files, std::string prefix)
    : files_(files), prefix_(std::move(prefix)), previous_(previous_prefix(prefix_)) {}

void PreviousFiles::keep() {
  if (previous_set_counts(files_, prefix_)) {
    kept_ = true;
    return;
  }
  remove_set();
  if (!files_.is_file(prefix_ + ".index")) return;
  const std::vector<std::string> data = data_files_of(prefix_);
  try {
    for (const std::string& path : data) {
      files_.link(path, previous_ + path.substr(prefix_.size()));
    }
    files_.sync_folder(folder_of(prefix_));
    // Last, since it is what the set is known by.
    files_.link(prefix_ + ".index", previous_ + ".index");
    files_.sync_folder(folder_of(prefix_));
    kept_ = made_ = true;
  } catch (const Error& error) {
    remove_set();
    if (!has_no_links(error.code())) throw;
  }
}

void PreviousFiles::drop() noexcept {
  if (!kept_) return;
  try {
    remove_set();
  } catch (const std::exception&) {
    // It doesn't count any more, and the next save removes it.
  }
}

void PreviousFiles::forget() noexcept {
  if (made_) drop();
}

void PreviousFiles::put_back() noexcept {
  if (!kept_) return;
  try {
    for (const std::string& path : data_files_of(previous_)) put_back(path);
    if (!files_.is_file(prefix_ + ".index")) put_back(previous_ + ".index");
    files_.sync_folder(folder_of(prefix_));
    remove_set();
  } catch (const std::exception&) {
    // The set stays and counts.
  }
}

std::vector<std::string> PreviousFiles::data_files_of(const std::string& prefix) const {
  const std::string folder = folder_of(prefix);
  std::vector<std::string> paths;
  if (!files_.is_folder(folder)) return paths;
  for (const std::string& name : files_.list(folder)) {
    const FileName parsed = parse_file_name(name);
    if (parsed.role == FileRole::kData && parsed.prefix == base_name_of(prefix)) {
      paths.push_back(data_file_name(prefix, parsed.shard, parsed.shards));
    }
  }
  return paths;
}

// By a third name, so that the set is whole until every file is back.
void PreviousFiles::put_back(const std::string& path) {
  const std::string third = path + ".tmp0_0";
  if (files_.status(third)) files_.remove(third);
  files_.link(path, third);
  files_.rename(third, prefix_ + path.substr(previous_.size()));
  // Where the file still has its name, renaming does nothing.
  if (files_.status(third)) files_.remove(third);
}

void PreviousFiles::remove_set() {
  if (files_.status(previous_ + ".index")) files_.remove(previous_ + ".index");
  for (const std::string& path : data_files_of(previous_)) files_.remove(path);
}

}  // namespace icecore::inline v0
