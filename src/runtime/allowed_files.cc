#include "runtime/allowed_files.h"

#include <icecore/error.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse_file(const std::string& path, const std::string& why) {
  throw Error(Code::kFailedPrecondition,
              "the graph would touch the file '" + path + "', " + why +
                  ": a graph's own ops touch only what --allow-io (SessionOptions::allow_io in "
                  "C++) names");
}

[[noreturn]] void refuse_outside(const std::string& path) {
  refuse_file(path, "which isn't below the folder that is allowed");
}

// Goes through a path as the system does, and tells where it ends.
class PathWalk {
 public:
  // Without links and dots; nothing where it can't be told.
  static std::optional<std::string> end_of(const std::string& path) {
    // To the system a path ends at a zero byte.
    if (path.find('\0') != std::string::npos) return std::nullopt;
    PathWalk walk;
    if (!path.starts_with('/')) {
      std::error_code failure;
      walk.at_ = std::filesystem::current_path(failure).string();  // Has no links.
      if (failure) return std::nullopt;
      if (walk.at_ == "/") walk.at_.clear();
    }
    walk.push(path);
    while (!walk.ahead_.empty()) {
      const std::string name = std::move(walk.ahead_.back());
      walk.ahead_.pop_back();
      if (!walk.step(name)) return std::nullopt;
    }
    return walk.at_.empty() ? "/" : walk.at_;
  }

 private:
  void push(std::string_view path) {
    for (std::size_t end = path.size(); end > 0;) {
      const std::size_t begin = path.rfind('/', end - 1) + 1;  // npos + 1 is 0.
      const std::string_view name = path.substr(begin, end - begin);
      if (!name.empty() && name != ".") ahead_.emplace_back(name);
      end = begin == 0 ? 0 : begin - 1;
    }
  }

  bool step(const std::string& name) {
    if (name == "..") {
      leave();
      return !missing_;  // Nothing leads back out of what isn't there.
    }
    at_ += '/' + name;
    if (missing_) return true;
    std::error_code failure;
    const auto type = std::filesystem::symlink_status(at_, failure).type();
    missing_ = type == std::filesystem::file_type::not_found;
    if (type == std::filesystem::file_type::symlink) return follow();
    return missing_ || !failure;
  }

  void leave() { at_.resize(std::min(at_.size(), at_.rfind('/'))); }

  bool follow() {
    constexpr int kMostLinks = 40;  // Linux follows no more.
    std::error_code failure;
    const std::string target = std::filesystem::read_symlink(at_, failure).string();
    if (failure || ++links_ > kMostLinks) return false;
    leave();
    if (target.starts_with('/')) at_.clear();
    push(target);
    return true;
  }

  std::string at_;                  // "" is the root.
  std::vector<std::string> ahead_;  // The next one last.
  bool missing_ = false;            // There is no `at_`.
  int links_ = 0;
};

// Where a name lies or would lie, whatever it leads to.
std::optional<std::string> place_of(const std::string& path) {
  const std::string name = base_name_of(path);
  // A slash at the end follows a link, too.
  if (name.empty() || name == "." || name == "..") return PathWalk::end_of(path);
  if (name.find('\0') != std::string::npos) return std::nullopt;
  const std::optional<std::string> folder = PathWalk::end_of(folder_of(path));
  if (!folder) return std::nullopt;
  return join_path(*folder, name);
}

bool lies_below(const std::optional<std::string>& path, const std::string& folder) {
  return path && path->starts_with(folder + '/');
}

}  // namespace

AllowedFiles::AllowedFiles(std::optional<std::string> folder)
    : folder_(std::move(folder)), files_(posix_file_system()) {
  if (folder_ && folder_->empty()) folder_.reset();
}

void AllowedFiles::check(const std::string& path) const {
  const std::optional<std::string> folder = limit(path);
  if (!folder) return;
  const std::optional<std::string> end = PathWalk::end_of(path);
  if (end != folder && !lies_below(end, *folder)) refuse_outside(path);
}

void AllowedFiles::check_name(const std::string& path) const {
  const std::optional<std::string> folder = limit(path);
  if (folder && !lies_below(place_of(path), *folder)) refuse_outside(path);
}

std::optional<std::string> AllowedFiles::limit(const std::string& path) const {
  if (!folder_) refuse_file(path, "and files aren't allowed");
  std::optional<std::string> folder = PathWalk::end_of(*folder_);
  if (!folder) refuse_outside(path);
  if (folder == "/") folder.reset();
  return folder;
}

std::unique_ptr<RandomAccessFile> AllowedFiles::open(const std::string& path) const {
  check(path);
  return files_.open(path);
}

std::unique_ptr<WritableFile> AllowedFiles::create(const std::string& path) {
  check(path);
  return files_.create(path);
}

std::unique_ptr<WritableFile> AllowedFiles::create_new(const std::string& path) {
  check_name(path);
  return files_.create_new(path);
}

std::optional<FileStatus> AllowedFiles::status(const std::string& path) const {
  check(path);
  return files_.status(path);
}

std::vector<std::string> AllowedFiles::list(const std::string& folder) const {
  check(folder);
  return files_.list(folder);
}

void AllowedFiles::rename(const std::string& from, const std::string& to) {
  check_name(from);
  check_name(to);
  files_.rename(from, to);
}

void AllowedFiles::remove(const std::string& path) {
  check_name(path);
  files_.remove(path);
}

void AllowedFiles::link(const std::string& from, const std::string& to) {
  check(from);
  check_name(to);
  files_.link(from, to);
}

void AllowedFiles::create_folder(const std::string& path) {
  check_name(path);
  files_.create_folder(path);
}

void AllowedFiles::remove_folder(const std::string& path) {
  check_name(path);
  files_.remove_folder(path);
}

void AllowedFiles::sync_folder(const std::string& path) {
  check(path);
  files_.sync_folder(path);
}

}  // namespace icecore::inline v0
